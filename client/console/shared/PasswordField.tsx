import Visibility from '@mui/icons-material/Visibility';
import VisibilityOff from '@mui/icons-material/VisibilityOff';
import { IconButton, InputAdornment, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';

type Props = {
  value: string;
  onChange: (typed: string) => void;
  autoFocus?: boolean;
  label?: string;
  /** Why it was not taken, in words. */
  error?: string | undefined;
};

/** The agent's own password; never a member's. */
export const PasswordField = ({ value, onChange, autoFocus, label, error }: Props) => {
  const translate = useTranslate();
  const [isShown, setShown] = useState(false);
  const toggle = (
    <InputAdornment position="end">
      <IconButton
        edge="end"
        aria-label={translate(isShown ? 'shell.login.hide' : 'shell.login.show')}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <VisibilityOff /> : <Visibility />}
      </IconButton>
    </InputAdornment>
  );
  return (
    <TextField
      fullWidth
      size="medium"
      margin="none"
      autoFocus={autoFocus}
      type={isShown ? 'text' : 'password'}
      label={label ?? translate('shell.login.password')}
      error={error !== undefined}
      helperText={error}
      value={value}
      autoComplete="current-password"
      slotProps={{ input: { endAdornment: toggle }, htmlInput: { maxLength: 200 } }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
};
