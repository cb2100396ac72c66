import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { CallSummaryView } from '../calls/CallSummaryView.tsx';
import { Panel } from '../shared/Page.tsx';
import { useCall, useEndedCall } from '../shared/useCall.ts';

/** The call that has just ended, beside the box that the next one begins in: nothing to close first. */
export const EndedCall = () => {
  const translate = useTranslate();
  const call = useCall();
  const [callId, setEnded] = useEndedCall();
  if (!callId || call) return null;
  return (
    <Box sx={{ mb: 2 }}>
      <Panel
        title={translate('calls.summary.justEnded')}
        aside={
          <Button size="small" onClick={() => setEnded(null)}>
            {translate('calls.summary.dismiss')}
          </Button>
        }
      >
        <CallSummaryView key={callId} callId={callId} />
      </Panel>
    </Box>
  );
};
