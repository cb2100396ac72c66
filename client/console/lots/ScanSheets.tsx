import CheckCircle from '@mui/icons-material/CheckCircle';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import { Box } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { ScanField } from '../shared/ScanField.tsx';
import { recognise, withSpoiled, type AllTyped, type Scanned } from './counting.ts';
import { PhotoField } from './PhotoField.tsx';

type Props = { lot: Lot; typed: AllTyped; onTyped: (typed: AllTyped) => void };
type Line = { id: number; scanned: Scanned };

const linesKept = 4;

/** Spoiled sheets by their code, from a hand scanner or a photo; each says what it was. */
export const ScanSheets = ({ lot, typed, onTyped }: Props) => {
  const translate = useTranslate();
  const [lines, setLines] = useState<Line[]>([]);
  const take = (codes: string[]) => {
    let now = typed;
    const found = codes.map((code) => {
      const scanned = recognise(lot, now, code);
      if (scanned.result === 'marked') now = withSpoiled(now, scanned.bundle, scanned.sheet);
      return scanned;
    });
    onTyped(now);
    const next = (lines[0]?.id ?? 0) + 1;
    const added = found.map((scanned, at) => ({ id: next + at, scanned })).reverse();
    setLines([...added, ...lines].slice(0, Math.max(linesKept, added.length)));
  };
  return (
    <Box sx={{ mt: 2 }}>
      <ScanField
        label={translate('counting.scan.field')}
        help={translate('counting.scan.help')}
        onScan={(code) => take([code])}
      />
      <PhotoField onCodes={take} />
      <Box
        component="ul"
        aria-live="polite"
        aria-label={translate('counting.scan.results')}
        sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, minHeight: 24 }}
      >
        {lines.map(({ id, scanned }) => (
          <ScannedLine key={id} scanned={scanned} />
        ))}
      </Box>
    </Box>
  );
};

const ScannedLine = ({ scanned }: { scanned: Scanned }) => {
  const translate = useTranslate();
  const isFine = scanned.result === 'marked' || scanned.result === 'already';
  const Icon = isFine ? CheckCircle : ReportProblem;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        color: `var(--${isFine ? 'open' : 'danger'}-ink)`,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`counting.scanned.${scanned.result}`, { ...scanned })}
    </Box>
  );
};
