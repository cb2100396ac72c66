import CheckCircle from '@mui/icons-material/CheckCircle';
import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import HourglassTop from '@mui/icons-material/HourglassTop';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { fieldErrorOf, messageOf } from '../shared/ErrorText.tsx';
import { useMay, useOrganisationName } from '../shared/useMe.ts';
import type { ReturnedLine } from './useReturns.ts';

/** What became of each piece of mail: reference, lot, what was done, or why nothing was. */
export const ReturnedLines = ({ lines }: { lines: ReturnedLine[] }) => {
  const translate = useTranslate();
  return (
    <Box
      component="ol"
      aria-live="polite"
      aria-label={translate('returns.scan.lines')}
      sx={{ listStyle: 'none', m: 0, mt: 1, p: 0 }}
    >
      {lines.map((line) => (
        <Box
          key={line.id}
          component="li"
          sx={{ display: 'flex', gap: 1, py: 0.75, borderTop: '1px solid var(--line)' }}
        >
          <Line line={line} />
        </Box>
      ))}
    </Box>
  );
};

const Line = ({ line: { typed, letter, error } }: { line: ReturnedLine }) => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  if (error) {
    return (
      <>
        <ErrorOutline aria-hidden sx={{ color: 'var(--danger-ink)' }} />
        <Box sx={{ color: 'var(--danger-ink)' }}>
          <b>{typed}</b> : {translate(whyNot(error))}
        </Box>
      </>
    );
  }
  if (!letter) {
    return (
      <>
        <HourglassTop aria-hidden sx={{ color: 'var(--ink-soft)' }} />
        <Box sx={{ color: 'var(--ink-soft)' }}>{typed}</Box>
      </>
    );
  }
  const { warning, reference, organisationId, returnReason } = letter;
  const done = translate(letter.state === 'returned' ? 'returns.scan.done' : 'returns.scan.waste');
  return (
    <>
      {warning ? (
        <WarningAmber aria-hidden sx={{ color: 'var(--locked-ink)' }} />
      ) : (
        <CheckCircle aria-hidden sx={{ color: 'var(--open-ink)' }} />
      )}
      <Box>
        <b>{reference}</b> · {nameOf(organisationId)} · <Lot letter={letter} />
        <Box>{[returnReason, warning ?? done].filter(Boolean).join('. ')}</Box>
      </Box>
    </>
  );
};

/** What is said of the code or the reference tells more than that something is wrong. */
const whyNot = (error: unknown): string =>
  fieldErrorOf(error, 'code') ?? fieldErrorOf(error, 'reference') ?? messageOf(error);

const Lot = ({ letter }: { letter: NonNullable<ReturnedLine['letter']> }) => {
  const translate = useTranslate();
  const maySeeLots = useMay('lot.list');
  const { lotId, lotNumber, sheet } = letter;
  const place = translate('returns.scan.lot', { lot: lotNumber ?? '?', sheet: sheet ?? '?' });
  return lotId && maySeeLots ? <Link to={`/lots/${encodeURIComponent(lotId)}/show`}>{place}</Link> : place;
};
