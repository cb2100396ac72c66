import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { ReviewPage } from '../../../server/supervision/reviews.schema.ts';
import { DayLink } from '../audit/DayLink.tsx';
import { Panel } from '../shared/Page.tsx';
import { toParisField } from '../shared/parisClock.ts';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { MemberLink } from './Who.tsx';

/** The rows of the chain that it is about, in order; the member's page is a look of its own. */
export const Happened = ({ review: { happened, members, moreHappened, lotId } }: { review: ReviewPage }) => {
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
            <TableCell>{translate('audit.story.call')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {happened.map(({ seq, at, type, actorId, actorName, memberId, callId }) => (
            <TableRow key={seq}>
              <TableCell>
                <ShortMoment at={at} />
              </TableCell>
              <TableCell>{translate(`audit.type.${type}`, { _: type })}</TableCell>
              <TableCell>{actorName ?? translate('reviews.nobody')}</TableCell>
              <TableCell>
                <MemberLink who={members.find((one) => one.memberId === memberId)} />
              </TableCell>
              <TableCell>
                {actorName && callId ? <DayLink agentId={actorId} day={dayOf(at)} callId={callId} /> : '—'}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
};

const dayOf = (at: string): string => toParisField(new Date(at)).slice(0, 10);
