import {
  FormControl,
  FormControlLabel,
  FormLabel,
  MenuItem,
  Radio,
  RadioGroup,
  TextField,
} from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { useOrganisations } from '../shared/useMe.ts';

export type UploadWords = {
  organisation: string;
  content: Import['content'];
  /** Never chosen beforehand: a complete file closes whoever is not in it. */
  extent: Import['extent'] | '';
  lines: string;
};
export const noWords: UploadWords = { organisation: '', content: 'members', extent: '', lines: '' };

type Props = {
  words: UploadWords;
  areLinesRight: boolean;
  disabled: boolean;
  onChange: (words: UploadWords) => void;
};

/** What is said about the file: whose it is, what it holds, how far it goes. */
export const UploadFields = ({ words, areLinesRight, disabled, onChange }: Props) => {
  const translate = useTranslate();
  const organisations = useOrganisations();
  const set = (part: Partial<UploadWords>) => onChange({ ...words, ...part });
  return (
    <>
      <TextField
        select
        required
        margin="none"
        label={translate('imports.upload.organisation')}
        value={words.organisation}
        disabled={disabled}
        onChange={(event) => set({ organisation: event.target.value })}
      >
        {organisations.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <Choice
        label={translate('imports.upload.content')}
        value={words.content}
        disabled={disabled}
        choices={contents.map((id) => ({ id, label: `imports.content.${id}` }))}
        onChange={(content) => set({ content })}
      />
      <Choice
        label={translate('imports.upload.extent')}
        value={words.extent}
        disabled={disabled}
        choices={extentsOf(words.content)}
        onChange={(extent) => set({ extent })}
      />
      <TextField
        margin="none"
        label={translate('imports.upload.lines')}
        helperText={translate(areLinesRight ? 'imports.upload.linesHelp' : 'imports.upload.linesWrong')}
        error={!areLinesRight}
        value={words.lines}
        disabled={disabled}
        slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 8 } }}
        onChange={(event) => set({ lines: event.target.value.replace(/\s/g, '') })}
      />
    </>
  );
};

const contents: readonly Import['content'][] = ['members', 'companies', 'proofs'];

/** What a complete file does besides its lines depends on what it holds. */
const extentsOf = (content: Import['content']): { id: Import['extent']; label: string }[] => [
  { id: 'complete', label: `imports.upload.complete.${content}` },
  { id: 'movements', label: 'imports.upload.movements' },
];

type ChoiceProps<Id extends string> = {
  label: string;
  value: Id | '';
  choices: { id: Id; label: string }[];
  disabled: boolean;
  onChange: (id: Id) => void;
};

const Choice = <Id extends string>({ label, value, choices, disabled, onChange }: ChoiceProps<Id>) => {
  const translate = useTranslate();
  const labelId = useId();
  return (
    <FormControl disabled={disabled} margin="none">
      <FormLabel id={labelId} sx={{ fontWeight: 700, fontSize: 15 }}>
        {label}
      </FormLabel>
      <RadioGroup
        aria-labelledby={labelId}
        value={value}
        onChange={(event) => onChange(event.target.value as Id)}
      >
        {choices.map((choice) => (
          <FormControlLabel
            key={choice.id}
            value={choice.id}
            label={translate(choice.label)}
            control={<Radio size="small" sx={{ py: 0.5 }} />}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
};
