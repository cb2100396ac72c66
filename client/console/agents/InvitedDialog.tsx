import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { Invited } from '../../../server/agents/roster.schema.ts';
import { formatDeadline } from '../shared/dates.ts';
import { LinkToHand } from './LinkToHand.tsx';

/** A link, shown once: it is in this answer and nowhere else, so nothing but its button closes the dialog. */
export const InvitedDialog = ({ invited, onClose }: { invited: Invited; onClose: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const titleId = useId();
  const { agent, link, until } = invited;
  return (
    <Dialog open aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId} sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate('agents.invitation.shown', { name: agent.name })}
      </DialogTitle>
      <DialogContent>
        <Box sx={{ mb: 1.5 }}>
          {translate('agents.invitation.once', { until: formatDeadline(until, locale, translate) })}
        </Box>
        <LinkToHand link={link} />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button variant="contained" onClick={onClose}>
          {translate('agents.invitation.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
