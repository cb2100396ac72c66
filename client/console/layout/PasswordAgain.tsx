import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useLocale, useLogout, useTranslate } from 'react-admin';
import type { Me } from '../../../server/agents/agents.schema.ts';
import { finishBySso, renewBySso, signInAs } from '../authProvider.ts';
import { giveUp } from '../request.ts';
import { isBlocked, notNow, offerPasswordAgain, useSession } from '../session.ts';
import { formatTime } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { isProved } from '../shared/ProofField.tsx';
import { SecondStep } from './SecondStep.tsx';
import { useSecondStep } from './useSecondStep.ts';

const offeredBeforeMs = 5 * 60_000;

/** Asks the same agent's password or single sign-on, and second factor, over the unchanged screen, blurred: they may have left their desk. */
export const PasswordAgain = () => {
  const { me, isAsking } = useSession();
  useEffect(() => {
    if (!me) return;
    const wait = new Date(me.endsAt).getTime() - Date.now() - offeredBeforeMs;
    if (wait < 0 || wait > 2 ** 31 - 1) return;
    const timer = setTimeout(offerPasswordAgain, wait);
    return () => clearTimeout(timer);
  }, [me]);
  return me && isAsking ? <PasswordDialog me={me} /> : null;
};

const PasswordDialog = ({ me }: { me: Me }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const logout = useLogout();
  const [password, setPassword] = useState('');
  const isBySso = useRef(false);
  const step = useSecondStep(
    (proof) => (isBySso.current ? finishBySso(proof) : signInAs(me.username, password, proof)),
    () => {
      isBySso.current = false;
      setPassword('');
    },
  );
  const bySso = () => {
    isBySso.current = true;
    void step.submit({}, () => renewBySso(me.id));
  };
  const { wanted, isPending } = step;
  const canSubmit = !isPending && (wanted ? isProved(step.proof) : password !== '');
  const isEnded = isBlocked();
  const words = me.hasPassword ? 'shell.session' : 'ownAccount.sso';
  const leave = () => {
    giveUp();
    void logout();
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="xs"
      aria-labelledby="password-again"
      slotProps={{ backdrop: { sx: { backdropFilter: isEnded ? 'blur(10px)' : 'none' } } }}
    >
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (canSubmit) void step.submit();
        }}
      >
        <DialogTitle id="password-again" sx={{ fontSize: 17, fontWeight: 700 }}>
          {translate(`${words}.againTitle`)}
        </DialogTitle>
        <DialogContent>
          <Box sx={{ mb: 2 }}>
            {isEnded
              ? translate(`${words}.againEnded`)
              : translate(`${words}.againSoon`, { time: formatTime(me.endsAt, locale) })}
          </Box>
          <Box sx={{ mb: 1.5, fontWeight: 700 }}>{me.name}</Box>
          <input type="hidden" name="username" autoComplete="username" value={me.username} />
          {wanted ? (
            <SecondStep
              wanted={wanted}
              proof={step.proof}
              onChange={step.setProof}
              onKey={(proof) => void step.submit(proof)}
              error={step.error}
            />
          ) : (
            <Box sx={{ display: 'grid', gap: 1.5 }}>
              {isPending && password === '' && <Box role="status">{translate('ownAccount.sso.asking')}</Box>}
              {me.hasPassword && <PasswordField autoFocus value={password} onChange={setPassword} />}
              {me.sso && (
                <Button
                  type="button"
                  variant="outlined"
                  size="large"
                  disabled={isPending && password !== ''}
                  onClick={bySso}
                >
                  {me.sso}
                </Button>
              )}
            </Box>
          )}
          <ErrorText error={step.shown} />
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button type="button" onClick={isEnded ? leave : notNow} disabled={isPending}>
            {translate(isEnded ? 'shell.session.otherUser' : 'shell.session.later')}
          </Button>
          {(wanted || me.hasPassword) && (
            <Button type="submit" variant="contained" disabled={!canSubmit}>
              {translate(isPending ? 'act.pending' : 'shell.session.again')}
            </Button>
          )}
        </DialogActions>
      </Box>
    </Dialog>
  );
};
