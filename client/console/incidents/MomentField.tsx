import { TextField } from '@mui/material';

type Props = { label: string; value: string; error?: string | undefined; onChange: (text: string) => void };

/** A moment by Paris clocks, as `parisClock.ts` reads it. */
export const MomentField = ({ label, value, error, onChange }: Props) => (
  <TextField
    type="datetime-local"
    margin="none"
    label={label}
    value={value}
    error={error !== undefined}
    helperText={error}
    slotProps={{ inputLabel: { shrink: true } }}
    onChange={(event) => onChange(event.target.value)}
  />
);
