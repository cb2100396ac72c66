import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { WeakPoint } from '../../../server/supervision/policy-report.schema.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { severities, SeverityChip } from './SeverityChip.tsx';

/** What is weak, the gravest first: by which rule, by how much, and what to change. */
export const WeakPoints = ({ points }: { points: WeakPoint[] }) => {
  const translate = useTranslate();
  if (points.length === 0) return translate('policyReport.noWeakPoint');
  const sorted = [...points].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {sorted.map((point) => (
        <Point key={point.id} point={point} />
      ))}
    </Box>
  );
};

const Point = ({ point: { severity, title, rule, bits, detail, change } }: { point: WeakPoint }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const strength = bits === null ? [] : [translate('policyReport.bits', { bits: format(roundBits(bits)) })];
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '110px 1fr',
        columnGap: 2,
        py: 1,
        borderTop: '1px solid var(--line)',
        '&:first-of-type': { borderTop: 0, pt: 0 },
        breakInside: 'avoid',
      }}
    >
      <Box>
        <SeverityChip severity={severity} />
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Box component="h4" sx={{ m: 0, fontSize: 15 }}>
          {title}
        </Box>
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{[rule, ...strength].join(' · ')}</Box>
        <Box>{detail}</Box>
        <Box>
          <b>{translate('policyReport.change')}</b> {change}
        </Box>
      </Box>
    </Box>
  );
};

/** One digit after the comma: more would claim to know how people choose. */
export const roundBits = (bits: number): number => Math.round(bits * 10) / 10;
