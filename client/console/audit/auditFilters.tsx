import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { AutocompleteInput, DateInput, SelectInput, TextInput, useTranslate } from 'react-admin';
import type { Agent } from '../../../server/agents/agents.schema.ts';
import { fr } from '../i18n/fr.ts';
import { getJson } from '../request.ts';
import { OrganisationFilter } from '../shared/OrganisationField.tsx';
import { useMay } from '../shared/useMe.ts';

const results = ['done', 'refused', 'failed'].map((id) => ({ id, name: `audit.result.${id}` }));

/** Who, what, whom, when, with what result, in which call. Agents are chosen by name where the role may list them. */
export const useAuditFilters = (): ReactElement[] => {
  const translate = useTranslate();
  const mayListAgents = useMay('agent.list');
  const agents = useAgents(mayListAgents);
  const types = Object.keys(fr.audit.type).map((id) => ({ id, name: translate(`audit.type.${id}`) }));
  return [
    mayListAgents ? (
      <AutocompleteInput
        key="actorId"
        source="actorId"
        alwaysOn
        helperText={false}
        choices={agents.map(({ id, name, username }) => ({ id, name: `${name} (${username})` }))}
        translateChoice={false}
      />
    ) : (
      <TextInput
        key="actorId"
        source="actorId"
        label="audit.filter.actorId"
        alwaysOn
        resettable
        helperText={false}
      />
    ),
    <AutocompleteInput
      key="type"
      source="type"
      alwaysOn
      helperText={false}
      choices={types}
      translateChoice={false}
      sx={{ minWidth: 260 }}
    />,
    <SelectInput key="result" source="result" alwaysOn helperText={false} choices={results} />,
    <DateInput key="from" source="from" alwaysOn helperText={false} />,
    <DateInput key="to" source="to" alwaysOn helperText={false} />,
    <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
    <TextInput
      key="memberId"
      source="memberId"
      label="audit.filter.memberId"
      alwaysOn
      resettable
      helperText={false}
    />,
    <TextInput key="callId" source="callId" alwaysOn resettable helperText={false} />,
  ];
};

const useAgents = (enabled: boolean): Agent[] => {
  const query = new URLSearchParams({ sort: '["name","ASC"]', range: '[0,99]' });
  const { data } = useQuery({
    queryKey: ['agents', 'for-audit'],
    queryFn: ({ signal }) => getJson<Agent[]>(`/agents?${query}`, { signal }),
    staleTime: 10 * 60_000,
    enabled,
  });
  return data ?? [];
};
