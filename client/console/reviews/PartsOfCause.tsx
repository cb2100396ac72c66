import { Box, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Review } from '../../../server/supervision/reviews.schema.ts';
import { getJson } from '../request.ts';
import { Panel } from '../shared/Page.tsx';
import { SignalChips, useReviewTitle } from './Signals.tsx';
import { VerdictChip } from './VerdictChip.tsx';
import { DoneTo } from './Who.tsx';

/** What a cause stands for: nothing is hidden by it, each can still be read and decided by itself. */
export const PartsOfCause = ({ id }: { id: string }) => {
  const translate = useTranslate();
  const titleOf = useReviewTitle();
  const query = new URLSearchParams({
    filter: JSON.stringify({ partOf: id }),
    range: '[0,99]',
    sort: '["lastAt","DESC"]',
  });
  const { data = [] } = useQuery({
    queryKey: ['reviews', 'part-of', id],
    queryFn: ({ signal }) => getJson<Review[]>(`/reviews?${query}`, { signal }),
  });
  return (
    <Panel title={translate('reviews.parts')}>
      <Box sx={{ mb: 1, color: 'var(--ink-soft)' }}>{translate('reviews.partsLead')}</Box>
      <Table size="small" aria-label={translate('reviews.parts')}>
        <TableBody>
          {data.map((review) => (
            <TableRow key={review.id}>
              <TableCell>
                <Link to={`/reviews/${encodeURIComponent(review.id)}/show`}>{titleOf(review)}</Link>
              </TableCell>
              <TableCell>
                <DoneTo what={review.what} who={review.who} />
              </TableCell>
              <TableCell>
                <SignalChips signals={review.signals} />
              </TableCell>
              <TableCell>{review.verdict && <VerdictChip verdict={review.verdict} />}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
};
