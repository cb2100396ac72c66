import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay, useMe } from '../shared/useMe.ts';
import { CallBar } from './CallBar.tsx';
import { WhoAmI } from './WhoAmI.tsx';

/** Where I am, the open call, who I am. */
export const TopBar = () => {
  const translate = useTranslate();
  const hasCalls = useMay('call.manage');
  const isTraining = useMe()?.training;
  return (
    <Box
      sx={{
        height: 56,
        px: 2,
        display: 'flex',
        alignItems: 'center',
        gap: 3,
        color: 'var(--bar-ink)',
        backgroundColor: isTraining ? 'var(--training)' : 'var(--bar)',
        ':focus-visible': { outlineColor: 'var(--bar-ink)' },
      }}
    >
      <Box
        component={Link}
        to="/"
        sx={{ display: 'flex', alignItems: 'center', gap: 1, color: 'inherit', textDecoration: 'none' }}
      >
        <Mark />
        <Box component="span" sx={{ fontSize: 17, fontWeight: 700 }}>
          {translate('shell.product')}
        </Box>
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>{hasCalls && <CallBar />}</Box>
      <WhoAmI />
    </Box>
  );
};

/** A counter under its arch, with someone behind it. */
export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden>
    <path d="M7 25V14a9 9 0 0 1 18 0v11" stroke="currentColor" strokeWidth="3" />
    <path d="M4 25.5h24" stroke="#f0a94e" strokeWidth="3" />
    <circle cx="16" cy="15" r="3" fill="#f0a94e" />
  </svg>
);
