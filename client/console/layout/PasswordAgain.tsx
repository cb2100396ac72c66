import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useEffect, useState } from 'react';
import { useLocale, useLogout, useTranslate } from 'react-admin';
import type { Me } from '../../../server/agents/agents.schema.ts';
import { signInAs } from '../authProvider.ts';
import { giveUp } from '../request.ts';
import { isBlocked, notNow, offerPasswordAgain, useSession } from '../session.ts';
import { formatTime } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { SecondStep } from './SecondStep.tsx';
import { useSecondStep } from './useSecondStep.ts';

const offeredBeforeMs = 5 * 60_000;

/** Asks the same agent's password, and second factor, over the unchanged screen, blurred: they may have left their desk. */
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
  const step = useSecondStep(
    (proof) => signInAs(me.username, password, proof),
    () => setPassword(''),
  );
  const { wanted, isPending } = step;
  const isEnded = isBlocked();
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
          if (password && !isPending) void step.submit();
        }}
      >
        <DialogTitle id="password-again" sx={{ fontSize: 17, fontWeight: 700 }}>
          {translate('shell.session.againTitle')}
        </DialogTitle>
        <DialogContent>
          <Box sx={{ mb: 2 }}>
            {isEnded
              ? translate('shell.session.againEnded')
              : translate('shell.session.againSoon', { time: formatTime(me.endsAt, locale) })}
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
            <PasswordField autoFocus value={password} onChange={setPassword} />
          )}
          <ErrorText error={step.shown} />
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button type="button" onClick={isEnded ? leave : notNow} disabled={isPending}>
            {translate(isEnded ? 'shell.session.otherUser' : 'shell.session.later')}
          </Button>
          <Button type="submit" variant="contained" disabled={!password || isPending}>
            {translate(isPending ? 'act.pending' : 'shell.session.again')}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
};
