import { Box, FormControlLabel, Switch, TextField } from '@mui/material';
import { useState } from 'react';
import { useNotify, useRefresh, useTranslate } from 'react-admin';
import type { ListedSite } from '../../../server/agents/sites.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { HoursField } from './HoursField.tsx';
import { bodyOf, capNames, formOf } from './siteForm.ts';

type Props = { site?: ListedSite; onClose: () => void };

/** A site, new or as it is. */
export const SiteDialog = ({ site, onClose }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const [form, setForm] = useState(() => formOf(site));
  const kind = site ? 'change' : 'make';
  const body = bodyOf(form, site && formOf(site));
  const save = useAct(
    (input: object, key) =>
      site
        ? sendJson('PATCH', `/sites/${encodeURIComponent(site.id)}`, { ...input, version: site.version }, key)
        : sendJson('POST', '/sites', input, key),
    () => {
      onClose();
      notify(`sites.${kind}.done`);
      refresh();
    },
  );
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const networksError = ['networks', 'networks.0', 'networks.1']
    .map((one) => fieldErrorOf(save.error, one))
    .find(Boolean);
  return (
    <ActionDialog
      title={translate(`sites.${kind}.title`)}
      confirm={translate(`sites.${kind}.confirm`)}
      canConfirm={form.name.trim() !== '' && Object.keys(body).length > 0}
      isPending={save.isPending}
      error={save.error}
      onClose={onClose}
      onReload={() => {
        onClose();
        refresh();
      }}
      reload={translate('agents.change.reload')}
      onConfirm={() => save.mutate(body)}
    >
      <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
        <TextField
          size="small"
          margin="none"
          label={translate('sites.form.name')}
          value={form.name}
          slotProps={{ htmlInput: { maxLength: 100 } }}
          onChange={(event) => set({ name: event.target.value })}
        />
        <HoursField hours={form.hours} onChange={(hours) => set({ hours })} />
        <TextField
          size="small"
          margin="none"
          multiline
          minRows={2}
          label={translate('sites.form.networks')}
          helperText={networksError ?? translate('sites.form.networksHelp')}
          error={networksError !== undefined}
          value={form.networks}
          onChange={(event) => set({ networks: event.target.value })}
        />
        <Box component="fieldset" sx={{ m: 0, p: 0, border: 0 }}>
          <Box component="legend" sx={{ p: 0, mb: 1, fontWeight: 700 }}>
            {translate('sites.form.caps')}
          </Box>
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
            {capNames.map((name) => (
              <TextField
                key={name}
                size="small"
                margin="none"
                label={translate(`sites.caps.${name}`)}
                value={form.caps[name]}
                slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 6 } }}
                onChange={(event) =>
                  set({ caps: { ...form.caps, [name]: event.target.value.replace(/\D/g, '') } })
                }
              />
            ))}
          </Box>
        </Box>
        <FormControlLabel
          control={
            <Switch
              checked={form.noUnmasking}
              onChange={(event) => set({ noUnmasking: event.target.checked })}
            />
          }
          label={translate('sites.form.noUnmasking')}
        />
      </Box>
    </ActionDialog>
  );
};
