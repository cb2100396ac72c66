import { Box, MenuItem, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Figures } from '../../../server/supervision/figures.schema.ts';
import { DayField } from '../shared/DayField.tsx';
import { useOrganisations } from '../shared/useMe.ts';
import type { Asked } from './useFigures.ts';

type Props = { asked: Asked; sites: Figures['sites']; onChange: (asked: Asked) => void };

/** Of which days, organisation, site and team; a team is chosen within its site. */
export const FigureFilters = ({ asked, sites, onChange }: Props) => {
  const translate = useTranslate();
  const say = (key: string) => translate(`figures.${key}`);
  const set = (change: Partial<Asked>) => onChange({ ...asked, ...change });
  const teams = sites.find(({ id }) => id === asked.site)?.teams ?? [];
  const steps = { day: 'byDay', week: 'byWeek', month: 'byMonth' } as const;
  return (
    <Box role="group" aria-label={say('period')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
      <DayField label={say('from')} value={asked.from} onChange={(from) => set({ from })} />
      <DayField label={say('to')} value={asked.to} onChange={(to) => set({ to })} />
      <Choice
        label={say('by')}
        value={asked.by}
        options={Object.entries(steps).map(([id, key]) => ({ id, name: say(key) }))}
        onChange={(by) => set({ by: by as Asked['by'] })}
      />
      <Choice
        label={say('organisation')}
        value={asked.organisation}
        options={[{ id: '', name: say('everyOrganisation') }, ...useOrganisations()]}
        onChange={(organisation) => set({ organisation, site: '', team: '' })}
      />
      {sites.length > 0 && (
        <Choice
          label={say('site')}
          value={asked.site}
          options={[{ id: '', name: say('everySite') }, ...sites]}
          onChange={(site) => set({ site, team: '' })}
        />
      )}
      {teams.length > 0 && (
        <Choice
          label={say('team')}
          value={asked.team}
          options={[{ id: '', name: say('everyTeam') }, ...teams.map((team) => ({ id: team, name: team }))]}
          onChange={(team) => set({ team })}
        />
      )}
    </Box>
  );
};

type FieldProps = { label: string; value: string; onChange: (value: string) => void };

type ChoiceProps = FieldProps & { options: { id: string; name: string }[] };

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <TextField
    select
    margin="none"
    label={label}
    value={options.some(({ id }) => id === value) ? value : ''}
    sx={{ minWidth: 150 }}
    slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    onChange={(event) => onChange(event.target.value)}
  >
    {options.map(({ id, name }) => (
      <MenuItem key={id} value={id}>
        {name}
      </MenuItem>
    ))}
  </TextField>
);
