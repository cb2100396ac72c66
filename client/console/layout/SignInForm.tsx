import { Box, Button, Divider, TextField } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { HttpError, useLogin, useTranslate } from 'react-admin';
import { useLocation } from 'react-router-dom';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { leaveForSso, type WayIn } from '../authProvider.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { OtherWay, SecondStep } from './SecondStep.tsx';
import { useSecondStep } from './useSecondStep.ts';

/** Name and password, or single sign-on where there is one; then the second factor of who has one. */
export const SignInForm = ({ sso }: { sso: string | null }) => {
  const translate = useTranslate();
  const login = useLogin();
  const after = useAfter();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const isBySso = useRef(false);
  const signIn = (proof: OwnProof) => {
    const byPassword = { username: username.trim(), password, proof };
    return login(isBySso.current ? { path: '/sso/finish', body: proof } : byPassword, after);
  };
  const step = useSecondStep(signIn, () => {
    isBySso.current = false;
    setPassword('');
  });
  const { wanted, isPending } = step;
  useSsoReturn(async (query) => {
    isBySso.current = true;
    await step.submit({}, () => login({ path: '/sso/return', body: { query } } satisfies WayIn, after));
  });

  const submit = () => {
    if (!wanted && (!username.trim() || !password))
      return step.setError(new HttpError('shell.login.missing', 400));
    return void step.submit();
  };
  return (
    <>
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        sx={{ display: 'grid', gap: 2 }}
      >
        {wanted ? (
          <SecondStep
            wanted={wanted}
            proof={step.proof}
            onChange={step.setProof}
            onKey={(proof) => void step.submit(proof)}
            error={step.error}
          />
        ) : (
          <>
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
          </>
        )}
        <ErrorText error={step.shown} />
        <Button type="submit" variant="contained" size="large" disabled={isPending}>
          {translate(isPending ? 'act.pending' : 'shell.login.submit')}
        </Button>
        {wanted && <OtherWay onClick={step.back} />}
      </Box>
      {sso && !wanted && <SsoButton label={sso} onProblem={step.setError} />}
    </>
  );
};

const SsoButton = ({ label, onProblem }: { label: string; onProblem: (error: unknown) => void }) => {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Divider>{translate('ownAccount.sso.or')}</Divider>
      <Button type="button" variant="outlined" size="large" onClick={() => leaveForSso().catch(onProblem)}>
        {label}
      </Button>
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate('ownAccount.sso.ending')}</Box>
    </Box>
  );
};

/** The identity provider leads back to /sso with a query of one use, which leaves the address at once. */
const useSsoReturn = (finish: (query: string) => Promise<void>): void => {
  const isTaken = useRef(false);
  useEffect(() => {
    const { pathname, search, hash } = window.location;
    if (pathname !== '/sso' || isTaken.current) return;
    isTaken.current = true;
    window.history.replaceState(window.history.state, '', `/${hash}`);
    void finish(search);
  });
};

/** A call that rings is still there after signing in; any other screen may be another person's. */
const useAfter = (): string => {
  const { nextPathname } = (useLocation().state ?? {}) as { nextPathname?: string };
  return nextPathname?.startsWith('/incoming/') ? nextPathname : '/';
};
