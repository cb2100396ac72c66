import { Box, LinearProgress } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useNumbers } from '../shared/useNumbers.ts';

/** The server reads while bytes arrive; once all have left, it finishes checking the file. */
export const UploadProgress = ({ sent, size }: { sent: number; size: number }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const isSent = sent >= size;
  const text = isSent
    ? translate('imports.upload.checking')
    : translate('imports.upload.sending', {
        done: format(Math.round(sent / 1024)),
        all: format(Math.ceil(size / 1024)),
      });
  return (
    <Box>
      <Box role={isSent ? 'status' : undefined}>{text}</Box>
      <LinearProgress
        variant={isSent ? 'indeterminate' : 'determinate'}
        value={size > 0 ? Math.min(100, (sent / size) * 100) : undefined}
        aria-label={translate('imports.upload.progress')}
        aria-valuetext={text}
        sx={{ mt: 0.5, height: 8, borderRadius: 1 }}
      />
      <Box sx={{ mt: 0.5, fontSize: 13, color: 'var(--ink-soft)' }}>{translate('imports.upload.stay')}</Box>
    </Box>
  );
};
