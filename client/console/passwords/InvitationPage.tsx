import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate, useParams } from 'react-router-dom';
import { requestSession } from '../request.ts';
import { ErrorText, fieldErrorOf } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { FullPage } from '../shared/FullPage.tsx';
import { isTyped, NewPasswordFields } from './NewPasswordFields.tsx';

/** The link that an agent was handed: they choose their password, and then sign in with it. */
export const InvitationPage = () => {
  const translate = useTranslate();
  const navigate = useNavigate();
  const { token = '' } = useParams();
  const [typed, setTyped] = useState({ next: '', again: '' });
  const accept = useAct(async (password: string) => {
    const { json } = await requestSession('POST', '/invitations/accept', { token, password });
    return json as { username: string };
  });
  const said = accept.data
    ? translate('passwords.invitation.done', { username: accept.data.username })
    : translate('passwords.invitation.text');
  const beside = fieldErrorOf(accept.error, 'password');
  return (
    <FullPage title={translate('passwords.invitation.title')} text={said}>
      {accept.data ? (
        <Box>
          <Button variant="contained" onClick={() => void navigate('/login', { replace: true })}>
            {translate('passwords.invitation.signIn')}
          </Button>
        </Box>
      ) : (
        <Box
          component="form"
          noValidate
          sx={{ display: 'grid', gap: 1.5 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (isTyped(typed) && !accept.isPending) accept.mutate(typed.next);
          }}
        >
          <NewPasswordFields typed={typed} onChange={setTyped} error={beside} />
          <ErrorText error={beside === undefined ? accept.error : null} />
          <Box>
            <Button type="submit" variant="contained" disabled={!isTyped(typed) || accept.isPending}>
              {translate(accept.isPending ? 'act.pending' : 'passwords.submit')}
            </Button>
          </Box>
        </Box>
      )}
    </FullPage>
  );
};
