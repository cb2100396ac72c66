import { Box, Button } from '@mui/material';
import { useRedirect, useTranslate } from 'react-admin';
import { Page } from '../shared/Page.tsx';

/** A screen that broke: the frame stays, with a way out. Its details go to nobody's eyes. */
export const ScreenProblem = ({ onRetry }: { onRetry: () => void }) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  return (
    <Page title={translate('shell.error.screenTitle')}>
      <Box role="alert" sx={{ mb: 2 }}>
        {translate('shell.error.screenText')}
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" onClick={onRetry}>
          {translate('shell.error.retry')}
        </Button>
        <Button onClick={() => redirect('/')}>{translate('shell.error.home')}</Button>
      </Box>
    </Page>
  );
};

export const NoSuchPage = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  return (
    <Page title={translate('shell.error.notFoundTitle')}>
      <Button variant="contained" onClick={() => redirect('/')}>
        {translate('shell.error.home')}
      </Button>
    </Page>
  );
};
