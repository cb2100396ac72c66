import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** One way to prove who speaks: its lead, and what to press or type beside it. */
export const Way = ({ lead, children }: { lead?: string; children: ReactNode }) => (
  <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5 }}>
    {lead && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{lead}</Box>}
    {children}
  </Box>
);

/** A way that was gone, and proved something. */
export const Proved = ({ children }: { children: ReactNode }) => (
  <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, fontSize: 13, color: 'var(--open-ink)' }}>
    <CheckCircle aria-hidden sx={{ fontSize: 17 }} />
    <span>{children}</span>
  </Box>
);
