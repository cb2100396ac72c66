import { Box, Button } from '@mui/material';
import { useLogout, useTranslate } from 'react-admin';
import { PasswordAgain } from '../layout/PasswordAgain.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { FullPage } from '../shared/FullPage.tsx';
import { Factors } from './Factors.tsx';
import { useFactors } from './useFactors.ts';

/** In place of every screen, until a second factor is enrolled. */
export const FactorFirst = () => {
  const translate = useTranslate();
  const logout = useLogout();
  const { data, error } = useFactors();
  return (
    <FullPage title={translate('ownAccount.first.title')} text={translate('ownAccount.first.text')}>
      <ErrorText error={error} />
      {data && <Factors own={data} />}
      <Box>
        <Button size="small" onClick={() => void logout()}>
          {translate('shell.me.signOut')}
        </Button>
      </Box>
      <PasswordAgain />
    </FullPage>
  );
};
