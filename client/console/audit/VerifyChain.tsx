import GppBad from '@mui/icons-material/GppBadOutlined';
import VerifiedUser from '@mui/icons-material/VerifiedUserOutlined';
import { Box, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Verification } from '../../../server/audit/verification.schema.ts';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useMay } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { ChainSegments } from './ChainSegments.tsx';

/** Asks the server to read the whole chain again; what it says stays in sight. */
export const VerifyChain = () => {
  const translate = useTranslate();
  const mayVerify = useMay('audit.verify');
  const [reading, setReading] = useState<Verification | null>(null);
  const verify = useMutation({
    mutationFn: () => readWhole(setReading),
    onSettled: () => setReading(null),
  });
  if (!mayVerify) return null;
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Button
          size="small"
          variant="outlined"
          startIcon={<VerifiedUser />}
          disabled={verify.isPending}
          onClick={() => verify.mutate()}
          sx={{ flexShrink: 0 }}
        >
          {translate(verify.isPending ? 'audit.verify.pending' : 'audit.verify.button')}
        </Button>
        <Box role="status" aria-live="polite" sx={{ flex: 1 }}>
          {verify.isPending && reading && <Reading so={reading} />}
          {verify.data && !verify.isPending && <Answer answer={verify.data} />}
        </Box>
      </Box>
      {verify.data && !verify.isPending && <ChainSegments segments={verify.data.segments} />}
      <ErrorText error={verify.error} />
    </Box>
  );
};

/** A long chain is read on after each answer: asked again until it was read whole. */
const readWhole = async (told: (so: Verification) => void): Promise<Verification> => {
  for (;;) {
    const found = await getJson<Verification>('/audit-events/verification');
    if (found.finished) return found;
    told(found);
  }
};

const Reading = ({ so: { rows, of } }: { so: Verification }) => {
  const translate = useTranslate();
  const format = useNumbers();
  return (
    <Box sx={{ color: 'var(--ink-soft)' }}>
      {translate('audit.verify.reading', { rows: format(rows), of: format(of) })}{' '}
      {translate('audit.verify.readAgain')}
    </Box>
  );
};

const Answer = ({ answer: { holds, rows, brokenAt, why } }: { answer: Verification }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const Icon = holds ? VerifiedUser : GppBad;
  const tone = holds ? 'open' : 'danger';
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 1.5,
        py: 0.75,
        borderRadius: 1,
        fontWeight: 700,
        color: `var(--${tone}-ink)`,
        backgroundColor: `var(--${tone}-soft)`,
      }}
    >
      <Icon aria-hidden />
      {holds
        ? translate('audit.verify.holds', { smart_count: rows, rows: format(rows) })
        : translate('audit.verify.broken', {
            row: format(brokenAt ?? 0),
            why: translate(`audit.verify.why.${why}`),
          })}
    </Box>
  );
};
