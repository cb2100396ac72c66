import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { CallSummaryView } from './CallSummaryView.tsx';

/** The summary of one call of the list. */
export const SummaryButton = ({ callId }: { callId: string }) => {
  const translate = useTranslate();
  const titleId = useId();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {translate('calls.summary.open')}
      </Button>
      {isOpen && (
        <Dialog open onClose={close} aria-labelledby={titleId} maxWidth="sm" fullWidth>
          <DialogTitle id={titleId} sx={{ fontSize: 17, fontWeight: 700 }}>
            {translate('calls.summary.title')}
          </DialogTitle>
          <DialogContent>
            <CallSummaryView callId={callId} />
          </DialogContent>
          <DialogActions sx={{ px: 3, pb: 2 }}>
            <Button onClick={close}>{translate('calls.summary.close')}</Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
};
