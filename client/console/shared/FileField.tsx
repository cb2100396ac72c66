import AttachFile from '@mui/icons-material/AttachFile';
import { Box, Button } from '@mui/material';
import { useId, useRef } from 'react';
import { useTranslate } from 'react-admin';
import { useNumbers } from './useNumbers.ts';

type Props = {
  label: string;
  file: File | null;
  disabled: boolean;
  /** What is said while none is chosen. */
  empty?: string;
  onChange: (file: File | null) => void;
};

/** The file, by its name and size: nothing of it is read here. */
export const FileField = ({ label, file, disabled, empty, onChange }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const input = useRef<HTMLInputElement>(null);
  const chosenId = useId();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,text/csv,text/plain"
        aria-label={label}
        onChange={(event) => {
          onChange(event.target.files?.[0] ?? null);
          // A corrected file often has the same name.
          event.target.value = '';
        }}
      />
      <Button
        variant="outlined"
        startIcon={<AttachFile />}
        disabled={disabled}
        aria-describedby={chosenId}
        sx={{ flexShrink: 0 }}
        onClick={() => input.current?.click()}
      >
        {translate('imports.upload.choose')}
      </Button>
      <Box id={chosenId} aria-live="polite" sx={{ overflowWrap: 'anywhere' }}>
        {file
          ? translate('imports.upload.chosen', { name: file.name, size: format(Math.ceil(file.size / 1024)) })
          : (empty ?? translate('imports.upload.noFile'))}
      </Box>
    </Box>
  );
};
