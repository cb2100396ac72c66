import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import type { Tone } from '../palette.ts';

type Props = { tone: Tone; icon: ReactNode; title: string; isUrgent?: boolean; children?: ReactNode };

/** What must be seen before anything else: an icon and a sentence say it, the colour repeats it. */
export const Banner = ({ tone, icon, title, isUrgent, children }: Props) => (
  <Box
    sx={{
      display: 'flex',
      gap: 1.5,
      px: 2,
      py: 1.5,
      borderRadius: 1.5,
      color: 'var(--ink)',
      backgroundColor: `var(--${tone}-soft)`,
      border: `1px solid var(--${tone}-ink)`,
      '& > svg': { mt: 0.25, color: `var(--${tone}-ink)` },
    }}
  >
    {icon}
    <Box sx={{ flex: 1, minWidth: 0 }}>
      <Box role={isUrgent ? 'alert' : 'status'} sx={{ fontSize: 17, fontWeight: 700 }}>
        {title}
      </Box>
      {children}
    </Box>
  </Box>
);
