import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { CallerChoice } from '../shared/CallerChoice.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useCall, useChangeCall } from '../shared/useCall.ts';

/** Asked on the page itself until it is said, and kept in sight for a third party. */
export const WhoSpeaks = () => {
  const call = useCall();
  if (!call) return null;
  return call.caller === 'unsaid' || call.caller === 'third-party' ? <Question call={call} /> : null;
};

const Question = ({ call }: { call: Call }) => {
  const translate = useTranslate();
  const change = useChangeCall(call);
  return (
    <Box
      sx={{
        px: 2,
        py: 1,
        borderRadius: 1.5,
        backgroundColor: 'var(--fresh-soft)',
        borderLeft: '4px solid var(--accent)',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.5 }}>
        <b>{translate('members.call.who')}</b>
        <CallerChoice
          label={translate('members.call.who')}
          value={call.caller}
          disabled={change.isPending}
          onChange={(caller) => change.mutate({ caller })}
        />
      </Box>
      {call.caller === 'third-party' && <Box sx={{ mt: 0.5 }}>{translate('shell.call.thirdParty')}</Box>}
      <ErrorText error={change.error} />
    </Box>
  );
};
