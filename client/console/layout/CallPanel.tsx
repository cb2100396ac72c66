import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { CallerChoice } from '../shared/CallerChoice.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useEndCall } from '../shared/useCall.ts';
import { useCallReasons } from '../shared/useCallReasons.ts';
import { ChannelField } from './ChannelField.tsx';
import { EndAs } from './EndAs.tsx';

/** Everything one may say about the open call; each choice is kept as soon as it is made. */
export const CallPanel = ({ call, onEnded }: { call: Call; onEnded: () => void }) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const change = useEndCall(call, onEnded);
  return (
    <Box sx={{ p: 2, display: 'grid', gap: 2 }}>
      <Box>
        <Box sx={{ mb: 0.5, fontWeight: 700 }}>{translate('shell.call.whoSpeaks')}</Box>
        <CallerChoice
          label={translate('shell.call.whoSpeaks')}
          value={call.caller}
          disabled={change.isPending}
          onChange={(caller) => change.mutate({ caller })}
        />
        {call.caller === 'third-party' && (
          <Box sx={{ mt: 1, color: 'var(--locked-ink)' }}>{translate('shell.call.thirdParty')}</Box>
        )}
      </Box>
      <ReasonField call={call} disabled={change.isPending} onChange={(reason) => change.mutate({ reason })} />
      <ChannelField
        value={call.channel}
        disabled={change.isPending}
        onChange={(channel) => change.mutate({ channel })}
      />
      <ReferenceField
        call={call}
        disabled={change.isPending}
        onChange={(reference) => change.mutate({ reference })}
      />
      <ErrorText error={change.error} />
      <EndAs
        disabled={change.isPending}
        onEnd={(outcome) => change.mutate({ ended: true, ...(outcome && { outcome }) })}
      />
      {call.memberId && (
        <Button
          sx={{ justifySelf: 'start' }}
          onClick={() => {
            onEnded();
            redirect('show', 'members', call.memberId ?? undefined);
          }}
        >
          {translate('shell.call.backToMember')}
        </Button>
      )}
    </Box>
  );
};

type FieldProps = { call: Call; disabled: boolean; onChange: (value: string) => void };

const ReasonField = ({ call, disabled, onChange }: FieldProps) => {
  const translate = useTranslate();
  const reasons = useCallReasons(call.organisationId);
  const known =
    call.reason && !reasons.some(({ id }) => id === call.reason)
      ? [{ id: call.reason, label: call.reason }]
      : [];
  return (
    <TextField
      select
      fullWidth
      margin="none"
      label={translate('shell.call.reason')}
      value={call.reason ?? ''}
      disabled={disabled || call.reason !== null}
      helperText={translate('shell.call.reasonOnce')}
      onChange={(event) => onChange(event.target.value)}
    >
      {[...reasons, ...known].map(({ id, label }) => (
        <MenuItem key={id} value={id}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
};

const ReferenceField = ({ call, disabled, onChange }: FieldProps) => {
  const translate = useTranslate();
  const [typed, setTyped] = useState(call.reference ?? '');
  const isChanged = typed.trim() !== (call.reference ?? '');
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) onChange(typed.trim());
      }}
      sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}
    >
      <TextField
        fullWidth
        margin="none"
        autoComplete="off"
        label={translate('shell.call.reference')}
        helperText={translate('shell.call.referenceHelp')}
        value={typed}
        slotProps={{ htmlInput: { maxLength: 60 } }}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" disabled={disabled || !isChanged}>
        {translate('shell.call.saveReference')}
      </Button>
    </Box>
  );
};
