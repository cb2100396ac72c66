import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { AutocompleteArrayInput, AutocompleteInput, SelectInput, TextInput, useTranslate } from 'react-admin';
import type { Agent } from '../../../server/agents/agents.schema.ts';
import { fr } from '../i18n/fr.ts';
import { getJson } from '../request.ts';
import { OrganisationFilter } from '../shared/OrganisationField.tsx';
import { useMay } from '../shared/useMe.ts';

const results = ['done', 'refused', 'failed'].map((id) => ({ id, name: `audit.result.${id}` }));
const kinds = Object.keys(fr.audit.actor).map((id) => ({ id, name: `audit.actor.${id}` }));
const roles = Object.keys(fr.role).map((id) => ({ id, name: `role.${id}` }));

/** Who, what, whom, when, with what result, in which call. Agents are chosen by name where the role may list them. */
export const useAuditFilters = (): ReactElement[] => {
  const translate = useTranslate();
  const mayListAgents = useMay('agent.list');
  const agents = useAgents(mayListAgents);
  return [
    mayListAgents ? (
      <AutocompleteInput
        key="actorId"
        source="actorId"
        alwaysOn
        helperText={false}
        choices={agents.map(({ id, name, username }) => ({ id, name: `${name} (${username})` }))}
        translateChoice={false}
        sx={{ minWidth: 220 }}
      />
    ) : (
      <TextInput key="actorId" source="actorId" label="audit.filter.actorId" {...typed} />
    ),
    <SelectInput key="role" source="role" alwaysOn helperText={false} choices={roles} />,
    <SelectInput key="actorKind" source="actorKind" alwaysOn helperText={false} choices={kinds} />,
    <AutocompleteArrayInput
      key="type"
      source="type"
      alwaysOn
      helperText={false}
      choices={typeChoices(translate)}
      translateChoice={false}
      sx={{ minWidth: 300 }}
    />,
    <SelectInput key="result" source="result" alwaysOn helperText={false} choices={results} />,
    <Moment key="from" source="from" alwaysOn />,
    <Moment key="to" source="to" alwaysOn />,
    <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
    <TextInput key="memberId" source="memberId" label="audit.filter.memberId" {...typed} />,
    <TextInput key="callId" source="callId" {...typed} />,
  ];
};

const typed = { alwaysOn: true, resettable: true, helperText: false } as const;

/** A minute of Paris, sent as it stands in the field: no clock of this computer has a say in it. */
const Moment = ({ source }: { source: 'from' | 'to'; alwaysOn: boolean }) => (
  <TextInput
    source={source}
    label={`audit.filter.${source}`}
    type="datetime-local"
    helperText={false}
    slotProps={{ inputLabel: { shrink: true } }}
  />
);

/** Families first, then every event. */
const typeChoices = (translate: ReturnType<typeof useTranslate>): { id: string; name: string }[] => [
  ...Object.keys(fr.audit.family.of).map((id) => ({
    id: `${id}.*`,
    name: translate('audit.family.all', { family: translate(`audit.family.of.${id}`) }),
  })),
  ...Object.keys(fr.audit.type).map((id) => ({ id, name: translate(`audit.type.${id}`) })),
];

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
