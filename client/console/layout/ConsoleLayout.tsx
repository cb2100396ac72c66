import { Box } from '@mui/material';
import { Suspense, type ReactNode } from 'react';
import { Loading, useTranslate } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { FactorFirst } from '../own-account/FactorFirst.tsx';
import { PasswordFirst } from '../passwords/PasswordFirst.tsx';
import { useMe } from '../shared/useMe.ts';
import { TrainingBar } from '../training/TrainingBar.tsx';
import { IncidentBanners } from './IncidentBanners.tsx';
import { PasswordAgain } from './PasswordAgain.tsx';
import { RoomTabs } from './RoomTabs.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { SideMenu } from './SideMenu.tsx';
import { TopBar } from './TopBar.tsx';
import type { ConsoleResource } from '../shared/resource.ts';

/** Top bar, slim menu, one screen; the password dialog stands above all of it. */
export const makeLayout = (resources: ConsoleResource[]) => {
  const ConsoleLayout = ({ children }: { children: ReactNode }) => {
    const { pathname } = useLocation();
    const me = useMe();
    if (me?.next === 'password') return <PasswordFirst />;
    if (me?.next === 'factor') return <FactorFirst />;
    return (
      <Box
        sx={{
          minHeight: '100vh',
          display: 'flex',
          flexDirection: 'column',
          backgroundColor: 'var(--ground)',
        }}
      >
        <SkipToContent />
        <Box component="header" sx={{ position: 'sticky', top: 0, zIndex: 'appBar', displayPrint: 'none' }}>
          <TopBar />
          <DemoBand />
          <IncidentBanners />
        </Box>
        <TrainingBar />
        <Box sx={{ flex: 1, display: 'flex', alignItems: 'stretch' }}>
          <SideMenu resources={resources} />
          <Box
            component="main"
            id="main-content"
            tabIndex={-1}
            sx={{ flex: 1, minWidth: 0, outline: 'none' }}
          >
            <RoomTabs resources={resources} />
            <ScreenBoundary key={pathname}>
              <Suspense fallback={<Loading />}>{children}</Suspense>
            </ScreenBoundary>
          </Box>
        </Box>
        <PasswordAgain />
      </Box>
    );
  };
  return ConsoleLayout;
};

// A button, not a link: a link's #fragment is a route of the console.
const SkipToContent = () => {
  const translate = useTranslate();
  return (
    <Box
      component="button"
      onClick={() => document.getElementById('main-content')?.focus()}
      sx={{
        displayPrint: 'none',
        position: 'fixed',
        top: -60,
        left: 12,
        zIndex: 'tooltip',
        p: 1.25,
        font: 'inherit',
        color: 'var(--on-accent)',
        backgroundColor: 'var(--accent)',
        border: 0,
        '&:focus': { top: 8 },
      }}
    >
      {translate('shell.toContent')}
    </Box>
  );
};

/** What is not for real here: invented people, or messages that go to a mailbox of our own. */
const DemoBand = () => {
  const translate = useTranslate();
  const me = useMe();
  if (!me?.demo && !me?.mailbox) return null;
  return (
    <Box
      role="note"
      sx={{
        px: 2,
        py: 0.25,
        fontSize: 13,
        fontWeight: 700,
        textAlign: 'center',
        color: 'var(--disabled-ink)',
        backgroundColor: 'var(--disabled-soft)',
        borderBottom: '1px solid var(--line)',
      }}
    >
      {me.demo && translate('shell.demoBand')}{' '}
      {me.mailbox && (
        <>
          {translate('shell.mailbox.text')}{' '}
          <a href={me.mailbox} target="_blank" rel="noreferrer">
            {translate('shell.mailbox.link')}
          </a>
          .
        </>
      )}
    </Box>
  );
};
