import { Box, Checkbox, FormControlLabel, TextField, Typography } from '@mui/material';
import { HttpError, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { MaskedField } from '../shared/MaskedField.tsx';
import { correctableKinds, knownOf, type CorrectableKind, type TypedCorrection } from './correction.ts';

type Props = {
  member: MemberPage;
  typed: TypedCorrection;
  onChange: (typed: TypedCorrection) => void;
  /** What the server said of each field. */
  error: unknown;
  disabled: boolean;
};

/** What is on file, masked, beside empty fields for what comes in its place. */
export const CorrectionFields = (props: Props) => {
  const translate = useTranslate();
  return (
    <>
      <Part title={translate('corrections.contacts')}>
        <Box sx={pair}>
          {correctableKinds.map((kind) => (
            <ContactField key={kind} {...props} kind={kind} />
          ))}
        </Box>
      </Part>
      <Part title={translate('corrections.address')}>
        <AddressFields {...props} />
      </Part>
    </>
  );
};

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <Box component="section" aria-label={title} sx={{ mb: 1.5 }}>
    <Typography component="h3" sx={{ fontSize: 15, fontWeight: 700 }}>
      {title}
    </Typography>
    {children}
  </Box>
);

const ContactField = ({
  member,
  typed,
  onChange,
  error,
  disabled,
  kind,
}: Props & { kind: CorrectableKind }) => {
  const translate = useTranslate();
  const known = knownOf(member, kind);
  const isRemoved = typed.removed.includes(kind);
  const problem = problemOf(error, `contacts.${kind}`);
  const toggle = () =>
    onChange({
      ...typed,
      contacts: { ...typed.contacts, [kind]: '' },
      removed: isRemoved ? typed.removed.filter((one) => one !== kind) : [...typed.removed, kind],
    });
  return (
    <Box>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          minHeight: 32,
          fontSize: 13,
        }}
      >
        <span>{known ? <MaskedField text={known} /> : translate('corrections.none')}</span>
        {known && (
          <FormControlLabel
            label={translate('corrections.remove')}
            slotProps={{ typography: { sx: { fontSize: 13 } } }}
            sx={{ mr: 0 }}
            control={
              <Checkbox
                size="small"
                sx={{ p: 0.5 }}
                checked={isRemoved}
                disabled={disabled}
                onChange={toggle}
                slotProps={{
                  input: { 'aria-label': translate('corrections.removeOf', { what: name(translate, kind) }) },
                }}
              />
            }
          />
        )}
      </Box>
      <TextField
        fullWidth
        margin="none"
        label={translate(`corrections.new.${kind}`)}
        value={typed.contacts[kind]}
        disabled={disabled || isRemoved}
        error={problem !== undefined}
        helperText={problem}
        onChange={({ target }) =>
          onChange({ ...typed, contacts: { ...typed.contacts, [kind]: target.value } })
        }
        slotProps={{
          htmlInput: { maxLength: 254, autoComplete: 'off', inputMode: kind === 'email' ? 'email' : 'tel' },
        }}
      />
    </Box>
  );
};

const AddressFields = ({ member, typed, onChange, error, disabled }: Props) => {
  const translate = useTranslate();
  const { address } = member.identity;
  const field = (name: 'postcode' | 'town' | 'country', maxLength: number) => (
    <Line
      label={translate(`corrections.${name}`)}
      value={typed[name]}
      problem={problemOf(error, `address.${name}`)}
      disabled={disabled}
      maxLength={maxLength}
      onChange={(text) => onChange({ ...typed, [name]: text })}
    />
  );
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ fontSize: 13 }}>
        {address.length > 0 ? address.join(', ') : translate('corrections.none')}
      </Box>
      <Box sx={pair}>
        {typed.lines.map((line, at) => (
          <Line
            key={at}
            label={translate('corrections.line', { number: at + 1 })}
            value={line}
            problem={
              problemOf(error, `address.lines.${at}`) ??
              (at === 0 ? problemOf(error, 'address.lines') : undefined)
            }
            disabled={disabled}
            maxLength={120}
            onChange={(text) =>
              onChange({ ...typed, lines: typed.lines.with(at, text) as TypedCorrection['lines'] })
            }
          />
        ))}
      </Box>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 2fr 1.5fr', gap: 1 }}>
        {field('postcode', 12)}
        {field('town', 80)}
        {field('country', 60)}
      </Box>
    </Box>
  );
};

type LineProps = {
  label: string;
  value: string;
  problem: string | undefined;
  disabled: boolean;
  maxLength: number;
  onChange: (text: string) => void;
};

const Line = ({ label, value, problem, disabled, maxLength, onChange }: LineProps) => (
  <TextField
    fullWidth
    margin="none"
    label={label}
    value={value}
    disabled={disabled}
    error={problem !== undefined}
    helperText={problem}
    onChange={(event) => onChange(event.target.value)}
    slotProps={{ htmlInput: { maxLength, autoComplete: 'off' } }}
  />
);

const pair = { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1, columnGap: 2 } as const;

const name = (translate: (key: string) => string, kind: CorrectableKind): string =>
  translate(`members.contacts.${kind}`);

const problemOf = (error: unknown, field: string): string | undefined =>
  error instanceof HttpError
    ? (error.body as { errors?: Record<string, string> } | undefined)?.errors?.[field]
    : undefined;
