import { Box, MenuItem, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { fr } from '../i18n/fr.ts';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { useOrganisations } from '../shared/useMe.ts';
import { useSites } from '../shared/useSites.ts';
import type { AgentForm } from './agentForm.ts';

type Props = {
  form: AgentForm;
  onChange: (form: AgentForm) => void;
  /** What the server answered: said beside the field that it concerns. */
  error: unknown;
  isNew?: boolean;
  /** What gives rights is read and not changed: one's own. */
  areRightsShut?: boolean;
};

/** What is said of an account, for a new one and for one that changes. */
export const AgentFields = ({ form, onChange, error, isNew = false, areRightsShut = false }: Props) => {
  const translate = useTranslate();
  const organisations = useOrganisations();
  const sites = useSites();
  const text = (field: keyof AgentForm, more: Partial<FieldProps> = {}) => (
    <Field
      label={translate(`agents.form.${field}`)}
      value={form[field]}
      error={fieldErrorOf(error, field)}
      onChange={(value) => onChange({ ...form, [field]: value })}
      {...more}
    />
  );
  const right = { isShut: areRightsShut };
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5, pt: 1 }}>
      {text('username', { isShut: !isNew, help: isNew ? translate('agents.form.usernameHelp') : undefined })}
      {text('name')}
      {text('role', {
        ...right,
        choices: Object.keys(fr.role).map((id) => ({ id, name: translate(`role.${id}`) })),
      })}
      {text('organisations', { ...right, isMany: true, choices: organisations })}
      {text('experience', {
        ...right,
        help: translate('agents.form.experienceHelp'),
        choices: Object.keys(fr.agents.experience).map((id) => ({
          id,
          name: translate(`agents.experience.${id}`),
        })),
      })}
      {text('site', {
        ...right,
        choices: [
          { id: '', name: translate('agents.form.noSite') },
          ...sites.map(({ name }) => ({ id: name, name })),
        ],
      })}
      {text('team', right)}
      {text('email')}
      {text('own', { ...right, help: translate('agents.form.householdsHelp') })}
      {text('relatives', right)}
    </Box>
  );
};

type FieldProps = {
  label: string;
  value: string | string[];
  error: string | undefined;
  help?: string | undefined;
  isShut?: boolean;
  isMany?: boolean;
  choices?: { id: string; name: string }[];
  onChange: (value: string | string[]) => void;
};

const Field = ({ label, value, error, help, isShut, isMany, choices, onChange }: FieldProps): ReactNode => (
  <TextField
    size="small"
    margin="none"
    fullWidth
    label={label}
    value={value}
    select={choices !== undefined}
    disabled={isShut}
    error={error !== undefined}
    helperText={error ?? help}
    autoComplete="off"
    slotProps={{
      ...(isMany && { select: { multiple: true } }),
      // An empty choice has a name of its own.
      ...(choices && !isMany && { select: { displayEmpty: true }, inputLabel: { shrink: true } }),
      htmlInput: { maxLength: 254 },
    }}
    onChange={(event) => onChange(event.target.value)}
  >
    {choices?.map(({ id, name }) => (
      <MenuItem key={id} value={id}>
        {name}
      </MenuItem>
    ))}
  </TextField>
);
