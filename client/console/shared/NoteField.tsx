import { Box, Checkbox, FormControlLabel, TextField } from '@mui/material';
import { useId } from 'react';
import { HttpError, useTranslate } from 'react-admin';

/** As in the server's schema. */
export const noteLength = 200;

export type Written = { text: string; confirmed: boolean };

type Props = {
  label: string;
  /** Who reads it and what it never holds, where it is no note about a member. */
  warning?: string;
  written: Written;
  onChange: (written: Written) => void;
  /** What the server said to it: it asks for a second look at words of health or opinions. */
  error: unknown;
  disabled: boolean;
};

/** A short note, with its warning always in sight; asked once more when the server finds it sensitive. */
export const NoteField = ({
  label,
  warning = 'notes.warning',
  written,
  onChange,
  error,
  disabled,
}: Props) => {
  const translate = useTranslate();
  const warningId = useId();
  const { text, confirmed } = written;
  return (
    <Box>
      <TextField
        fullWidth
        multiline
        minRows={2}
        margin="dense"
        label={label}
        value={text}
        disabled={disabled}
        // Another text is looked at anew.
        onChange={(event) => onChange({ text: event.target.value, confirmed: false })}
        slotProps={{ htmlInput: { maxLength: noteLength, 'aria-describedby': warningId } }}
      />
      <Box
        id={warningId}
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          gap: 2,
          fontSize: 13,
          color: 'var(--ink-soft)',
        }}
      >
        <b>{translate(warning)}</b>
        <span>{translate('notes.left', { smart_count: noteLength - text.length })}</span>
      </Box>
      {(isSensitive(error) || confirmed) && (
        <FormControlLabel
          sx={{ mt: 0.5 }}
          label={translate('notes.again')}
          control={
            <Checkbox
              size="small"
              checked={confirmed}
              disabled={disabled}
              onChange={(event) => onChange({ text, confirmed: event.target.checked })}
            />
          }
        />
      )}
    </Box>
  );
};

/** As the server takes it: nothing when nothing is written. */
export const noteFrom = ({ text, confirmed }: Written): { note?: string; confirmed?: true } => ({
  ...(text.trim() && { note: text }),
  ...(confirmed && { confirmed: true as const }),
});

const isSensitive = (error: unknown): boolean =>
  error instanceof HttpError && (error.body as { rule?: string } | undefined)?.rule === 'note-sensitive';
