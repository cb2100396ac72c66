import { Box } from '@mui/material';
import { useEffect, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Mark } from '../layout/TopBar.tsx';

/** One thing to do, in place of every screen. */
export const FullPage = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => {
  const translate = useTranslate();
  useEffect(() => {
    document.title = `${title} · ${translate('shell.product')}`;
  }, [title, translate]);
  return (
    <Box
      component="main"
      sx={{
        minHeight: '100vh',
        display: 'grid',
        placeItems: 'center',
        p: 4,
        backgroundColor: 'var(--ground)',
      }}
    >
      <Box
        sx={{
          width: 560,
          display: 'grid',
          gap: 2,
          p: 4,
          borderRadius: 1.5,
          backgroundColor: 'var(--paper)',
          border: '1px solid var(--line)',
        }}
      >
        <Box sx={{ color: 'var(--accent)' }}>
          <Mark size={40} />
        </Box>
        <Box component="h1" sx={{ m: 0, fontSize: 24, lineHeight: 1.25 }}>
          {title}
        </Box>
        <Box>{text}</Box>
        {children}
      </Box>
    </Box>
  );
};
