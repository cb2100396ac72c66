import ContentCopy from '@mui/icons-material/ContentCopy';
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId } from 'react';
import { useLocale, useNotify, useTranslate } from 'react-admin';
import type { Invited } from '../../../server/agents/roster.schema.ts';
import { formatMoment } from '../shared/dates.ts';

/** A link, shown once: it is in this answer and nowhere else, so nothing but its button closes the dialog. */
export const InvitedDialog = ({ invited, onClose }: { invited: Invited; onClose: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const notify = useNotify();
  const titleId = useId();
  const { agent, link, until } = invited;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    notify('agents.invitation.copied');
  };
  return (
    <Dialog open aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId} sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate('agents.invitation.shown', { name: agent.name })}
      </DialogTitle>
      <DialogContent>
        <Box sx={{ mb: 1.5 }}>
          {translate('agents.invitation.once', { until: formatMoment(until, locale, translate) })}
        </Box>
        <Box
          component="code"
          sx={{
            display: 'block',
            p: 1.5,
            borderRadius: 1,
            overflowWrap: 'anywhere',
            backgroundColor: 'var(--raised)',
          }}
        >
          {link}
        </Box>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button startIcon={<ContentCopy />} onClick={() => void copy()}>
          {translate('agents.invitation.copy')}
        </Button>
        <Button variant="contained" onClick={onClose}>
          {translate('agents.invitation.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
