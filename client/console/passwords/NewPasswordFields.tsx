import { Box, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';

export type Typed = { next: string; again: string };

/** Whether the new password was typed twice alike; whether it is one, the server says. */
export const isTyped = ({ next, again }: Typed): boolean => next !== '' && next === again;

type Props = { typed: Typed; onChange: (typed: Typed) => void; error: string | undefined };

/** A new password, twice; a password manager may fill both. */
export const NewPasswordFields = ({ typed, onChange, error }: Props) => {
  const translate = useTranslate();
  const isDifferent = typed.again !== '' && typed.again !== typed.next;
  const field = (name: 'next' | 'again', problem: string | undefined, help?: string) => (
    <TextField
      fullWidth
      size="medium"
      margin="none"
      type="password"
      label={translate(`passwords.${name}`)}
      value={typed[name]}
      error={problem !== undefined}
      helperText={problem ?? help}
      autoComplete="new-password"
      slotProps={{ htmlInput: { maxLength: 128 } }}
      onChange={(event) => onChange({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {field('next', error, translate('passwords.rule'))}
      {field('again', isDifferent ? translate('passwords.different') : undefined)}
    </Box>
  );
};
