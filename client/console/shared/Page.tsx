import { Box, Typography } from '@mui/material';
import { useEffect, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useMe } from './useMe.ts';

/**
 * One h1 per page. The tab's title names the screen and never a member: browsers keep titles in their history.
 * `heading` replaces the visible h1 where it must say more than the title.
 */
export const Page = ({
  title,
  heading,
  children,
}: {
  title: string;
  heading?: ReactNode;
  children: ReactNode;
}) => {
  const translate = useTranslate();
  const isTraining = useMe()?.training;
  useEffect(() => {
    const product = translate(isTraining ? 'training.title' : 'shell.product');
    document.title = `${title} · ${product}`;
  }, [title, translate, isTraining]);
  return (
    <Box sx={{ maxWidth: 1240, mx: 'auto', px: 3, py: 2.5 }}>
      {heading ?? (
        <Typography variant="h1" sx={{ mb: 2 }}>
          {title}
        </Typography>
      )}
      {children}
    </Box>
  );
};

/** A titled block of a page; `level` 3 inside a section that has a title and is the landmark. */
export const Panel = ({
  title,
  level = 2,
  aside,
  children,
}: {
  title: string;
  level?: 2 | 3;
  aside?: ReactNode;
  children: ReactNode;
}) => (
  <Box
    {...(level === 2 && { component: 'section', 'aria-label': title })}
    sx={{
      backgroundColor: 'var(--paper)',
      border: '1px solid var(--line)',
      borderRadius: 1.5,
      px: 2,
      py: 1.5,
    }}
  >
    <Box sx={{ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', gap: 2, mb: 1 }}>
      <Typography variant="h2" component={`h${level}`} sx={{ color: 'var(--ink-soft)' }}>
        {title}
      </Typography>
      {aside}
    </Box>
    {children}
  </Box>
);
