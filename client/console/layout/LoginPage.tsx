import { Box } from '@mui/material';
import { useEffect, useState } from 'react';
import { Notification, useTranslate } from 'react-admin';
import type { Welcome as WelcomeWords } from '../../../server/agents/agents.schema.ts';
import { readWelcome } from '../authProvider.ts';
import { SignInForm } from './SignInForm.tsx';
import { Mark } from './TopBar.tsx';

/** The door. The hint about demonstration accounts shows only when the server says it is one. */
export const LoginPage = () => {
  const translate = useTranslate();
  const welcome = useWelcome();
  useEffect(() => {
    document.title = `${translate('shell.login.title')} · ${translate('shell.product')}`;
  }, [translate]);
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', gridTemplateColumns: '5fr 7fr' }}>
      <Welcome isTraining={welcome?.training ?? false} />
      <Box sx={{ display: 'grid', placeContent: 'center', p: 4 }}>
        <Box sx={{ width: 380, display: 'grid', gap: 2 }}>
          <Box component="h1" sx={{ m: 0, fontSize: 30, lineHeight: 1.2 }}>
            {translate('shell.login.title')}
          </Box>
          <SignInForm sso={welcome?.sso ?? null} />
          {welcome?.demo && <DemoHint />}
        </Box>
      </Box>
      <Notification />
    </Box>
  );
};

const Welcome = ({ isTraining }: { isTraining: boolean }) => {
  const translate = useTranslate();
  return (
    <Box
      sx={{
        p: 6,
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'center',
        gap: 2,
        color: 'var(--bar-ink)',
        backgroundColor: isTraining ? 'var(--training)' : 'var(--bar)',
      }}
    >
      <Mark size={72} />
      <Box sx={{ fontSize: 30, fontWeight: 700, lineHeight: 1.2 }}>{translate('shell.product')}</Box>
      <Box sx={{ fontSize: 17, color: isTraining ? 'inherit' : 'var(--bar-soft)', maxWidth: 320 }}>
        {translate(isTraining ? 'training.band' : 'shell.claim')}
      </Box>
    </Box>
  );
};

const useWelcome = (): WelcomeWords | null => {
  const [welcome, setWelcome] = useState<WelcomeWords | null>(null);
  useEffect(() => {
    let isHere = true;
    // Only hints: a server out of reach says so when somebody signs in.
    readWelcome().then(
      (said) => isHere && setWelcome(said),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, []);
  return welcome;
};

const DemoHint = () => {
  const translate = useTranslate();
  return (
    <Box
      role="note"
      sx={{ p: 1.5, borderRadius: 1, color: 'var(--fresh-ink)', backgroundColor: 'var(--fresh-soft)' }}
    >
      {translate('shell.login.demo')}
    </Box>
  );
};
