import { Box, Button, TextField } from '@mui/material';
import { useEffect, useState } from 'react';
import { HttpError, Notification, useLogin, useTranslate } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { isDemo } from '../authProvider.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { Mark } from './TopBar.tsx';

/** The door. The hint about demonstration accounts shows only when the server says it is one. */
export const LoginPage = () => {
  const translate = useTranslate();
  const login = useLogin();
  const after = useAfter();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    document.title = `${translate('shell.login.title')} · ${translate('shell.product')}`;
  }, [translate]);

  const submit = async () => {
    if (!username.trim() || !password) return setProblem(new HttpError('shell.login.missing', 400));
    setPending(true);
    setProblem(undefined);
    try {
      await login({ username: username.trim(), password }, after);
    } catch (error) {
      setPassword('');
      setProblem(error);
      setPending(false);
    }
  };
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', gridTemplateColumns: '5fr 7fr' }}>
      <Welcome />
      <Box sx={{ display: 'grid', placeContent: 'center', p: 4 }}>
        <Box
          component="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          sx={{ width: 380, display: 'grid', gap: 2 }}
        >
          <Box component="h1" sx={{ m: 0, fontSize: 30, lineHeight: 1.2 }}>
            {translate('shell.login.title')}
          </Box>
          <TextField
            autoFocus
            fullWidth
            size="medium"
            margin="none"
            label={translate('shell.login.username')}
            value={username}
            autoComplete="username"
            slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false, maxLength: 100 } }}
            onChange={(event) => setUsername(event.target.value)}
          />
          <PasswordField value={password} onChange={setPassword} />
          <ErrorText error={problem} />
          <Button type="submit" variant="contained" size="large" disabled={isPending}>
            {translate(isPending ? 'act.pending' : 'shell.login.submit')}
          </Button>
          <DemoHint />
        </Box>
      </Box>
      <Notification />
    </Box>
  );
};

/** A call that rings is still there after signing in; any other screen may be another person's. */
const useAfter = (): string => {
  const { nextPathname } = (useLocation().state ?? {}) as { nextPathname?: string };
  return nextPathname?.startsWith('/incoming/') ? nextPathname : '/';
};

const Welcome = () => {
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
        backgroundColor: 'var(--bar)',
      }}
    >
      <Mark size={72} />
      <Box sx={{ fontSize: 30, fontWeight: 700, lineHeight: 1.2 }}>{translate('shell.product')}</Box>
      <Box sx={{ fontSize: 17, color: 'var(--bar-soft)', maxWidth: 320 }}>{translate('shell.claim')}</Box>
    </Box>
  );
};

const DemoHint = () => {
  const translate = useTranslate();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    let isHere = true;
    // Only a hint: a server out of reach says so when somebody signs in.
    isDemo().then(
      (demo) => isHere && setShown(demo),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, []);
  if (!isShown) return null;
  return (
    <Box
      role="note"
      sx={{ p: 1.5, borderRadius: 1, color: 'var(--fresh-ink)', backgroundColor: 'var(--fresh-soft)' }}
    >
      {translate('shell.login.demo')}
    </Box>
  );
};
