import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ReviewPage } from '../../../server/supervision/reviews.schema.ts';
import { Panel } from '../shared/Page.tsx';

/** Why it stands in the queue: each signal, what it counted, and what it adds to the score. */
export const SignalsOfReview = ({ review: { signals, score, kind } }: { review: ReviewPage }) => {
  const translate = useTranslate();
  return (
    <Panel title={translate('reviews.why')} aside={translate('reviews.scoreIs', { score })}>
      <Table size="small" aria-label={translate('reviews.why')}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('reviews.columns.signal')}</TableCell>
            <TableCell align="right">
              {translate(kind === 'cause' ? 'reviews.columns.agents' : 'reviews.columns.measure')}
            </TableCell>
            <TableCell align="right">{translate('reviews.columns.weight')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {signals.map(({ signal, cause, measure, weight, isFolded }) => (
            <TableRow key={`${signal} ${cause ?? ''}`}>
              <TableCell>
                {translate(`reviews.signals.${signal}`)}
                {cause && ` · ${cause}`}
                {isFolded && ` (${translate('reviews.folded')})`}
              </TableCell>
              <TableCell align="right">{measure}</TableCell>
              <TableCell align="right">{isFolded ? 0 : weight}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
};
