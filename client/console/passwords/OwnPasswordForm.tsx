import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { refreshMe } from '../authProvider.ts';
import { request } from '../request.ts';
import { ErrorText, fieldErrorOf } from '../shared/ErrorText.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { useAct } from '../shared/useAct.ts';
import { isTyped, NewPasswordFields } from './NewPasswordFields.tsx';

const nothing = { next: '', again: '' };

/** The agent's own password, by the former one. */
export const OwnPasswordForm = () => {
  const translate = useTranslate();
  const notify = useNotify();
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(nothing);
  const change = useAct(
    (body: { current: string; next: string }) =>
      request('/api/own-account/password', { method: 'POST', body: JSON.stringify(body) }),
    () => {
      setCurrent('');
      setTyped(nothing);
      notify('passwords.done');
      void refreshMe();
    },
  );
  const isBeside = ['current', 'next'].some((field) => fieldErrorOf(change.error, field) !== undefined);
  return (
    <Box
      component="form"
      noValidate
      sx={{ display: 'grid', gap: 1.5, maxWidth: 480 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (current && isTyped(typed) && !change.isPending) change.mutate({ current, next: typed.next });
      }}
    >
      <PasswordField
        label={translate('passwords.current')}
        value={current}
        error={fieldErrorOf(change.error, 'current')}
        onChange={setCurrent}
      />
      <NewPasswordFields typed={typed} onChange={setTyped} error={fieldErrorOf(change.error, 'next')} />
      <ErrorText error={isBeside ? null : change.error} />
      <Box>
        <Button type="submit" variant="contained" disabled={!current || !isTyped(typed) || change.isPending}>
          {translate(change.isPending ? 'act.pending' : 'passwords.submit')}
        </Button>
      </Box>
    </Box>
  );
};
