import { Box, Button } from '@mui/material';
import { useId } from 'react';
import type { Verdict } from './Act.tsx';
import type { OneAct } from './useActs.tsx';

/** All acts stopped by one thing: why, once for all of them, then the acts that it stops. */
export const StoppedActs = ({ acts, verdict: { why, instead } }: { acts: OneAct[]; verdict: Verdict }) => {
  const whyId = useId();
  return (
    <>
      <Box id={whyId} sx={{ mb: 1 }}>
        {why} <Box sx={{ color: 'var(--ink-soft)' }}>{instead}</Box>
      </Box>
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}
      >
        {acts.map(({ act, label, icon }) => (
          <li key={act}>
            <Button
              fullWidth
              disabled
              variant="outlined"
              startIcon={icon}
              aria-describedby={whyId}
              sx={{
                justifyContent: 'flex-start',
                px: 1.5,
                '&.Mui-disabled': { color: 'var(--ink-soft)', borderColor: 'var(--line)' },
              }}
            >
              {label}
            </Button>
          </li>
        ))}
      </Box>
    </>
  );
};
