import QrCodeScanner from '@mui/icons-material/QrCodeScanner';
import { InputAdornment, TextField } from '@mui/material';
import { useState } from 'react';

type Props = {
  label: string;
  help?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  onScan: (text: string) => void;
};

/** What a hand scanner types into: Enter takes the text, empties the field and leaves the focus where it is. */
export const ScanField = ({ label, help, disabled, autoFocus, onScan }: Props) => {
  const [text, setText] = useState('');
  return (
    <TextField
      fullWidth
      margin="dense"
      label={label}
      helperText={help}
      value={text}
      disabled={disabled}
      autoFocus={autoFocus}
      slotProps={{
        htmlInput: { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, maxLength: 60 },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <QrCodeScanner aria-hidden />
            </InputAdornment>
          ),
        },
      }}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        // The form around it is not what the scanner confirms.
        event.preventDefault();
        const scanned = text.trim();
        setText('');
        if (scanned !== '') onScan(scanned);
      }}
    />
  );
};
