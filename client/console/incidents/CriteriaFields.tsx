import { Box, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { Agent } from '../../../server/agents/agents.schema.ts';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { getJson } from '../request.ts';
import { fieldErrorOf } from '../shared/ErrorText.tsx';
import { useMay } from '../shared/useMe.ts';
import type { Draft } from './criteria.ts';
import { MomentField } from './MomentField.tsx';

type Choice = { id: string; name: string };
const all = 'range=[0,99]&sort=';

/** Whom one may choose; empty for who may not see the list. */
const useChoices = (by: Draft['by']): Choice[] => {
  const mayAgents = useMay('agent.list');
  const maySites = useMay('site.list');
  const mayLots = useMay('lot.list');
  const { data } = useQuery({
    queryKey: ['incidents', 'choices', by],
    enabled: (by === 'agent' && mayAgents) || (by === 'site' && maySites) || (by === 'lot' && mayLots),
    queryFn: async ({ signal }): Promise<Choice[]> => {
      if (by === 'agent') {
        const found = await getJson<Agent[]>(`/agents?${all}["name","ASC"]`, { signal });
        return found.map(({ id, name, username }) => ({ id, name: `${name} (${username})` }));
      }
      if (by === 'site') return getJson<Choice[]>(`/sites?${all}["name","ASC"]`, { signal });
      const lots = await getJson<Lot[]>(`/lots?${all}["number","DESC"]`, { signal });
      return lots.map(({ id, number }) => ({ id, name: String(number) }));
    },
  });
  return data ?? [];
};

/** From what the people touched are found. */
export const CriteriaFields = ({
  draft,
  error,
  onChange,
}: {
  draft: Draft;
  error: unknown;
  onChange: (draft: Draft) => void;
}) => {
  const translate = useTranslate();
  const choices = useChoices(draft.by);
  const field = { agent: 'agentId', site: 'siteId', lot: 'lotId', period: '' }[draft.by];
  const problem = fieldErrorOf(error, field);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1.5 }}>
      <TextField
        select
        margin="none"
        label={translate('incidents.touched.by')}
        value={draft.by}
        sx={{ minWidth: 170 }}
        onChange={(event) => onChange({ ...draft, by: event.target.value as Draft['by'], id: '' })}
      >
        {(['agent', 'site', 'lot', 'period'] as const).map((by) => (
          <MenuItem key={by} value={by}>
            {translate(`incidents.touched.by-${by}`)}
          </MenuItem>
        ))}
      </TextField>
      {draft.by !== 'period' && (
        <TextField
          select
          margin="none"
          label={translate(`incidents.touched.by-${draft.by}`)}
          value={choices.some(({ id }) => id === draft.id) ? draft.id : ''}
          error={problem !== undefined}
          helperText={problem}
          sx={{ minWidth: 220 }}
          onChange={(event) => onChange({ ...draft, id: event.target.value })}
        >
          {choices.map(({ id, name }) => (
            <MenuItem key={id} value={id}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      )}
      {draft.by !== 'lot' && (
        <>
          <MomentField
            label={translate('incidents.touched.from')}
            value={draft.from}
            error={fieldErrorOf(error, 'from')}
            onChange={(from) => onChange({ ...draft, from })}
          />
          <MomentField
            label={translate('incidents.touched.to')}
            value={draft.to}
            error={fieldErrorOf(error, 'to')}
            onChange={(to) => onChange({ ...draft, to })}
          />
        </>
      )}
    </Box>
  );
};
