import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import { Second, What, Who, Whom } from './AuditCells.tsx';
import { ResultChip } from './ResultChip.tsx';
import { useValueInWords } from './useValueInWords.ts';

type Props = {
  label: string;
  events: AuditRow[];
  /** What the page says once above is not said again on each line. */
  without: 'who' | 'whom';
  /** Whose story it is: events about somebody else, or nobody, are marked. */
  memberId?: string;
  timeOnly?: boolean;
};

/** Events of one story, in the order given, with what they carry on the line itself. */
export const EventTable = ({ label, events, without, memberId, timeOnly = false }: Props) => {
  const translate = useTranslate();
  const field = (name: string) => translate(`audit.resource.fields.${name}`);
  return (
    <Table size="small" aria-label={label} sx={{ tableLayout: 'fixed', '& td, & th': { px: 1, py: 0.5 } }}>
      <TableHead>
        <TableRow>
          <TableCell sx={{ width: timeOnly ? 90 : 170 }}>{field('at')}</TableCell>
          <TableCell sx={{ width: 260 }}>{field('type')}</TableCell>
          <TableCell sx={{ width: 210 }}>{field(without === 'who' ? 'memberId' : 'actorName')}</TableCell>
          <TableCell>{translate('audit.details.data')}</TableCell>
          <TableCell sx={{ width: 110 }}>{field('result')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {events.map((row) => (
          <TableRow key={row.id}>
            <TableCell>
              <Second at={row.at} timeOnly={timeOnly} />
            </TableCell>
            <TableCell>
              <What type={row.type} />
              {memberId !== undefined && row.memberId !== memberId && (
                <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate('audit.story.beside')}</Box>
              )}
            </TableCell>
            <TableCell>{without === 'who' ? <Whom memberId={row.memberId} /> : <Who row={row} />}</TableCell>
            <TableCell>
              <Carried row={row} />
            </TableCell>
            <TableCell>
              <ResultChip result={row.result} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};

/** What the event carries, but for ids that say nothing to a reader. */
const Carried = ({ row: { data, organisationId } }: { row: AuditRow }) => {
  const translate = useTranslate();
  const inWords = useValueInWords(organisationId);
  if (data === null) return translate('audit.details.removed');
  const told = Object.entries(data).filter(([name, value]) => !isMute(name) && value !== null);
  return (
    <Box sx={{ fontSize: 13, overflowWrap: 'anywhere' }}>
      {told
        .map(([name, value]) =>
          translate('audit.details.pair', {
            name: translate(`audit.data.${name}`, { _: name }),
            value: inWords(name, value),
          }),
        )
        .join(' · ')}
    </Box>
  );
};

/** Ids and digests. */
const isMute = (name: string): boolean => /Id$|^(query|tried|block|resumes|replacedBy)$/.test(name);
