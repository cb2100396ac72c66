import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SegmentVerdict } from '../../../server/audit/verification.schema.ts';
import { useNumbers } from '../shared/useNumbers.ts';

/** Where the chain was broken and went on: each segment with what is known of it. One segment needs no table. */
export const ChainSegments = ({ segments }: { segments: SegmentVerdict[] }) => {
  const translate = useTranslate();
  const format = useNumbers();
  if (segments.length < 2) return null;
  return (
    <Table size="small" aria-label={translate('audit.verify.segments')} sx={{ mt: 1, maxWidth: 900 }}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('audit.verify.segment')}</TableCell>
          <TableCell>{translate('audit.verify.range')}</TableCell>
          <TableCell>{translate('audit.verify.state')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {segments.map((segment) => (
          <TableRow key={segment.number}>
            <TableCell>{segment.number}</TableCell>
            <TableCell>
              {format(segment.fromRow)} – {format(segment.toRow)}
            </TableCell>
            <TableCell>
              <State segment={segment} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};

const State = ({ segment: { holds, brokenAt, why, more } }: { segment: SegmentVerdict }) => {
  const translate = useTranslate();
  const format = useNumbers();
  if (holds) return translate('audit.verify.segmentHolds');
  const words = translate('audit.verify.segmentBroken', {
    row: format(brokenAt ?? 0),
    why: translate(`audit.verify.why.${why}`),
  });
  return (
    <>
      {words}
      {more > 0 && ` (${translate('audit.verify.more', { smart_count: more })})`}
    </>
  );
};
