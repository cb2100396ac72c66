import {
  Box,
  Checkbox,
  FormControlLabel,
  FormGroup,
  FormHelperText,
  FormLabel,
  MenuItem,
  TextField,
} from '@mui/material';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import type { Incident, IncidentKind, OpenIncident } from '../../../server/supervision/incidents.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { fromParisField, toParisField } from '../shared/parisClock.ts';
import { useAct } from '../shared/useAct.ts';
import { useOrganisations } from '../shared/useMe.ts';
import { MomentField } from './MomentField.tsx';
import { incidentKinds } from './kinds.ts';

/** Opens an incident: what, whose, since when; and what the desks tell callers from now on. */
export const OpenIncidentDialog = ({ onClose }: { onClose: () => void }) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const own = useOrganisations();
  const now = toParisField(new Date());
  const [kind, setKind] = useState<IncidentKind>('portal-fault');
  const [chosen, setChosen] = useState<string[]>([]);
  const [beganAt, setBegan] = useState(now);
  const [knownAt, setKnown] = useState(now);
  const [banner, setBanner] = useState('');
  const ids = own.length === 1 ? own.map(({ id }) => id) : chosen;
  const open = useAct(
    (input: OpenIncident, key) => sendJson<Incident>('POST', '/incidents', input, key),
    ({ id }) => redirect('show', 'incidents', id),
  );
  const wrongIds = fieldErrorOf(open.error, 'organisationIds');
  const [began, known] = [fromParisField(beganAt), fromParisField(knownAt)];
  const input = began &&
    known && {
      kind,
      organisationIds: ids,
      beganAt: began.toISOString(),
      knownAt: known.toISOString(),
      bannerText: banner.trim() || null,
    };
  return (
    <ActionDialog
      title={translate('incidents.open.title')}
      confirm={translate('incidents.open.confirm')}
      canConfirm={ids.length > 0 && input !== undefined}
      isPending={open.isPending}
      error={open.error}
      onClose={onClose}
      onConfirm={() => input && open.mutate(input)}
    >
      <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
        <TextField
          select
          fullWidth
          margin="none"
          label={translate('incidents.open.kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value as IncidentKind)}
        >
          {incidentKinds.map((one) => (
            <MenuItem key={one} value={one}>
              {translate(`incidents.kinds.${one}`)}
            </MenuItem>
          ))}
        </TextField>
        {own.length > 1 && (
          <FormGroup>
            <FormLabel>{translate('incidents.open.organisations')}</FormLabel>
            {own.map(({ id, name }) => (
              <FormControlLabel
                key={id}
                label={name}
                control={
                  <Checkbox
                    size="small"
                    checked={chosen.includes(id)}
                    onChange={(_event, isOn) =>
                      setChosen(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))
                    }
                  />
                }
              />
            ))}
            {(ids.length === 0 || wrongIds) && (
              <FormHelperText error={wrongIds !== undefined} sx={{ mx: 0 }}>
                {wrongIds ?? translate('incidents.open.chooseOne')}
              </FormHelperText>
            )}
          </FormGroup>
        )}
        <Box sx={{ display: 'flex', gap: 2 }}>
          <MomentField
            label={translate('incidents.open.beganAt')}
            value={beganAt}
            error={fieldErrorOf(open.error, 'beganAt')}
            onChange={setBegan}
          />
          <MomentField
            label={translate('incidents.open.knownAt')}
            value={knownAt}
            error={fieldErrorOf(open.error, 'knownAt')}
            onChange={setKnown}
          />
        </Box>
        <BannerField value={banner} error={fieldErrorOf(open.error, 'bannerText')} onChange={setBanner} />
      </Box>
    </ActionDialog>
  );
};

/** The sentence that every desk concerned reads. */
export const BannerField = ({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}) => {
  const translate = useTranslate();
  return (
    <TextField
      fullWidth
      multiline
      minRows={2}
      margin="none"
      label={translate('incidents.banner.label')}
      helperText={error ?? translate('incidents.banner.help')}
      error={error !== undefined}
      value={value}
      slotProps={{ htmlInput: { maxLength: 300 } }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
};
