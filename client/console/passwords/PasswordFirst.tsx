import { Box, Button } from '@mui/material';
import { Notification, useLogout, useTranslate } from 'react-admin';
import { PasswordAgain } from '../layout/PasswordAgain.tsx';
import { FullPage } from '../shared/FullPage.tsx';
import { OwnPasswordForm } from './OwnPasswordForm.tsx';

/** In place of every screen, until a new password is chosen. */
export const PasswordFirst = () => {
  const translate = useTranslate();
  const logout = useLogout();
  return (
    <FullPage title={translate('passwords.first.title')} text={translate('passwords.first.text')}>
      <OwnPasswordForm />
      <Box>
        <Button size="small" onClick={() => void logout()}>
          {translate('shell.me.signOut')}
        </Button>
      </Box>
      <PasswordAgain />
      <Notification />
    </FullPage>
  );
};
