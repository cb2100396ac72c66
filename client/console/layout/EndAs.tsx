import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';

const outcomes = [
  'settled',
  'letter-on-its-way',
  'waiting-for-approval',
  'to-call-back',
  'not-verified',
  'suspicion',
  'refused',
  'nothing-done',
] as const;

type EndProps = { disabled: boolean; onEnd: (outcome: Call['outcome']) => void };

/** Ends with what was done as its outcome, unless another is chosen. */
export const EndAs = ({ disabled, onEnd }: EndProps) => {
  const translate = useTranslate();
  const [outcome, setOutcome] = useState<Call['outcome']>(null);
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      <TextField
        select
        margin="none"
        label={translate('shell.call.outcome')}
        value={outcome ?? ''}
        disabled={disabled}
        onChange={(event) => setOutcome((event.target.value || null) as Call['outcome'])}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        sx={{ flex: 1 }}
      >
        <MenuItem value="">{translate('shell.call.outcomeDerived')}</MenuItem>
        {outcomes.map((one) => (
          <MenuItem key={one} value={one}>
            {translate(`callOutcome.${one}`)}
          </MenuItem>
        ))}
      </TextField>
      <Button
        variant="outlined"
        disabled={disabled}
        onClick={() => onEnd(outcome)}
        sx={{ whiteSpace: 'nowrap' }}
      >
        {translate('shell.call.endNow')}
      </Button>
    </Box>
  );
};
