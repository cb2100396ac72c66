import { Button } from '@mui/material';
import { useEffect } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { messageOf } from '../shared/ErrorText.tsx';
import { useEndCall, useRefreshCall } from '../shared/useCall.ts';

/** The two ends of a call, in sight on every screen: over, or cut. One press each. */
export const CallEnd = ({ call }: { call: Call }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refreshCall = useRefreshCall();
  const { mutate, isPending, error } = useEndCall(call);
  useEffect(() => {
    if (!error) return;
    notify(messageOf(error), { type: 'error' });
    refreshCall();
    // Said once for each refusal.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error]);
  const isWritten = call.channel === 'email' || call.channel === 'post';
  return (
    <>
      <Button color="inherit" disabled={isPending} onClick={() => mutate({ dropped: true })} sx={plain}>
        {translate(isWritten ? 'shell.call.setAside' : 'shell.call.dropped')}
      </Button>
      <Button color="inherit" disabled={isPending} onClick={() => mutate({ ended: true })} sx={framed}>
        {translate('shell.call.end')}
      </Button>
    </>
  );
};

const plain = { flexShrink: 0, whiteSpace: 'nowrap', fontWeight: 400 } as const;
const framed = { ...plain, fontWeight: 700, border: '1px solid var(--bar-soft)' } as const;
