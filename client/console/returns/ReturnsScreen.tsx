import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { Page } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { PostFiles } from './PostFiles.tsx';
import { ScanReturns } from './ScanReturns.tsx';

/** Mail that the post brought back: scanned in a row, or in a file. */
export const ReturnsScreen = () => (useMay('letter.return') ? <Returns /> : <NoSuchPage />);

const Returns = () => {
  const translate = useTranslate();
  return (
    <Page title={translate('returns.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <ScanReturns />
        <PostFiles />
      </Box>
    </Page>
  );
};
