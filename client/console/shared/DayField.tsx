import { TextField } from '@mui/material';

type Props = { label: string; value: string; onChange: (day: string) => void };

/** A day of the calendar, whose label stands above it: the browser writes into an empty one too. */
export const DayField = ({ label, value, onChange }: Props) => (
  <TextField
    type="date"
    margin="none"
    label={label}
    value={value}
    slotProps={{ inputLabel: { shrink: true } }}
    onChange={(event) => onChange(event.target.value)}
  />
);
