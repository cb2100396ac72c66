import { Button } from '@mui/material';
import { useEffect } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { messageOf } from '../shared/ErrorText.tsx';
import { useCall, useEndCall, useRefreshCall } from '../shared/useCall.ts';

/** Ends the call where one is open, as at the real desk, and then shows how it went. */
export const HangUp = ({ onOver }: { onOver: () => void }) => {
  const translate = useTranslate();
  const call = useCall();
  if (call) return <EndCall key={call.id} call={call} onOver={onOver} />;
  return (
    <Button variant="outlined" size="small" disabled={call === undefined} onClick={onOver}>
      {translate('training.debrief')}
    </Button>
  );
};

const EndCall = ({ call, onOver }: { call: Call; onOver: () => void }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refreshCall = useRefreshCall();
  const { mutate, isPending, error } = useEndCall(call, onOver);
  useEffect(() => {
    if (!error) return;
    notify(messageOf(error), { type: 'error' });
    refreshCall();
    // Said once for each refusal.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error]);
  return (
    <Button variant="outlined" size="small" disabled={isPending} onClick={() => mutate({ ended: true })}>
      {translate('training.debrief')}
    </Button>
  );
};
