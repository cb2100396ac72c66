import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Nothing moves under the agent's hand: that the acts have changed is said, and they are read again when asked for. */
export const StaleNotice = ({ onReload }: { onReload: () => void }) => {
  const translate = useTranslate();
  return (
    <Box
      role="status"
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: 1,
        mb: 1,
        px: 1.5,
        py: 0.5,
        borderRadius: 1,
        color: 'var(--waiting-ink)',
        backgroundColor: 'var(--waiting-soft)',
      }}
    >
      {translate('members.acts.stale')}
      <Button size="small" color="inherit" onClick={onReload}>
        {translate('act.reload')}
      </Button>
    </Box>
  );
};
