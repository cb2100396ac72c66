import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { CallerChoice } from '../shared/CallerChoice.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useOpenCall } from '../shared/useCall.ts';
import { ChannelField } from './ChannelField.tsx';

/** Opens a call by hand, before any search. */
export const NewCallPanel = ({ onOpened }: { onOpened: () => void }) => {
  const translate = useTranslate();
  const [channel, setChannel] = useState<Call['channel']>('telephone');
  const [caller, setCaller] = useState<Call['caller']>('unsaid');
  const open = useOpenCall();
  return (
    <Box sx={{ p: 2, display: 'grid', gap: 2 }}>
      <Box sx={{ color: 'var(--ink-soft)' }}>{translate('shell.call.startHelp')}</Box>
      <Box>
        <Box sx={{ mb: 0.5, fontWeight: 700 }}>{translate('shell.call.whoSpeaks')}</Box>
        <CallerChoice label={translate('shell.call.whoSpeaks')} value={caller} onChange={setCaller} />
      </Box>
      <ChannelField value={channel} onChange={setChannel} />
      <ErrorText error={open.error} />
      <Button
        variant="contained"
        disabled={open.isPending}
        onClick={() => open.mutate({ channel, caller }, { onSuccess: onOpened })}
      >
        {translate('shell.call.start')}
      </Button>
    </Box>
  );
};
