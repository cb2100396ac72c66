import RecordVoiceOver from '@mui/icons-material/RecordVoiceOverOutlined';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';

/** One sentence for the caller, to be read aloud. */
export const SayBanner = ({ toSay, title }: { toSay: string; title?: string }) => {
  const translate = useTranslate();
  return (
    <Box
      component="section"
      aria-label={title ?? translate('members.toSay')}
      sx={{
        display: 'flex',
        gap: 1.5,
        px: 2,
        py: 1.25,
        borderRadius: 1.5,
        backgroundColor: 'var(--paper)',
        border: '1px solid var(--line)',
      }}
    >
      <RecordVoiceOver aria-hidden sx={{ mt: 0.25, color: 'var(--accent)' }} />
      <Box>
        <Box sx={{ fontSize: 13, fontWeight: 700, color: 'var(--ink-soft)' }}>
          {title ?? translate('members.toSay')}
        </Box>
        <Box sx={{ fontSize: 17 }}>« {toSay} »</Box>
      </Box>
    </Box>
  );
};
