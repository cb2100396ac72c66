import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { ReviewPage } from '../../../server/supervision/reviews.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';

/** The rows of the chain that it is about, in order; the member's page is a look of its own. */
export const Happened = ({ review: { happened, moreHappened, lotId } }: { review: ReviewPage }) => {
  const translate = useTranslate();
  return (
    <Panel
      title={translate('reviews.happened')}
      aside={lotId && <Link to={`/lots/${encodeURIComponent(lotId)}/show`}>{translate('reviews.lot')}</Link>}
    >
      {moreHappened > 0 && (
        <Box sx={{ mb: 1, color: 'var(--ink-soft)' }}>
          {translate('reviews.moreHappened', { smart_count: moreHappened })}
        </Box>
      )}
      <Table size="small" aria-label={translate('reviews.happened')}>
        <TableHead>
          <TableRow>
            {['at', 'type', 'actor', 'member'].map((name) => (
              <TableCell key={name}>{translate(`reviews.columns.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {happened.map(({ seq, at, type, actorName, memberId }) => (
            <TableRow key={seq}>
              <TableCell>
                <ShortMoment at={at} />
              </TableCell>
              <TableCell>{translate(`audit.type.${type}`, { _: type })}</TableCell>
              <TableCell>{actorName ?? translate('reviews.nobody')}</TableCell>
              <TableCell>
                <MemberLink id={memberId} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
};

/** To the member's page, or enough of an id to tell two members apart. */
export const MemberLink = ({ id }: { id: string | null }) => {
  const translate = useTranslate();
  const mayView = useMay('member.view');
  if (!id) return '—';
  if (!mayView) return `${id.slice(0, 8)}…`;
  return (
    <Link to={`/members/${encodeURIComponent(id)}/show`}>
      {translate('reviews.member')} {id.slice(0, 8)}
    </Link>
  );
};
