import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { AutocompleteArrayInput, AutocompleteInput, SelectInput, TextInput, useTranslate } from 'react-admin';
import type { Agent } from '../../../server/agents/agents.schema.ts';
import { fr } from '../i18n/fr.ts';
import { getJson } from '../request.ts';
import { OrganisationFilter } from '../shared/OrganisationField.tsx';
import { ChosenCall, ChosenMember } from './ChosenFilter.tsx';

const results = ['done', 'refused', 'failed'].map((id) => ({ id, name: `audit.result.${id}` }));
const kinds = Object.keys(fr.audit.actor).map((id) => ({ id, name: `audit.actor.${id}` }));
const roles = Object.keys(fr.role).map((id) => ({ id, name: `role.${id}` }));

/**
 * Who, what, whom, when, with what result, in which call, and on demand in which role, where and for whom: chosen by
 * what a person knows, no id is typed.
 */
export const useAuditFilters = (): ReactElement[] => {
  const translate = useTranslate();
  const agents = useAgents();
  return [
    <AutocompleteInput
      key="actorId"
      source="actorId"
      alwaysOn
      helperText={false}
      choices={agents.map(({ id, name, username }) => ({ id, name: `${name} (${username})` }))}
      translateChoice={false}
      sx={{ minWidth: 190 }}
    />,
    <AutocompleteArrayInput
      key="type"
      source="type"
      alwaysOn
      helperText={false}
      choices={typeChoices(translate)}
      translateChoice={false}
      sx={{ minWidth: 240 }}
    />,
    <SelectInput key="result" source="result" alwaysOn helperText={false} choices={results} />,
    <Moment key="from" source="from" alwaysOn />,
    <Moment key="to" source="to" alwaysOn />,
    <ChosenMember key="memberId" source="memberId" alwaysOn />,
    <ChosenCall key="callId" source="callId" alwaysOn />,
    <SelectInput key="role" source="role" helperText={false} choices={roles} />,
    <SelectInput
      key="site"
      source="site"
      helperText={false}
      choices={sitesOf(agents)}
      translateChoice={false}
    />,
    <SelectInput key="actorKind" source="actorKind" helperText={false} choices={kinds} />,
    <OrganisationFilter key="organisationId" source="organisationId" />,
  ];
};

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

/** Where the reader's colleagues work. */
const sitesOf = (agents: Agent[]): { id: string; name: string }[] =>
  [...new Set(agents.flatMap(({ site }) => site ?? []))].sort().map((name) => ({ id: name, name }));

const atOnce = 100;

/** Everybody of the reader's organisations, closed accounts too: what they did is still there to be read. */
const useAgents = (): Agent[] => {
  const { data } = useQuery({
    queryKey: ['agents', 'for-audit'],
    queryFn: async ({ signal }) => {
      const found: Agent[] = [];
      for (let page: Agent[] = []; found.length === 0 || page.length === atOnce; found.push(...page)) {
        const range = `[${found.length},${found.length + atOnce - 1}]`;
        const query = new URLSearchParams({ sort: '["name","ASC"]', range });
        page = await getJson<Agent[]>(`/agents?${query}`, { signal });
        if (page.length === 0) break;
      }
      return found;
    },
    staleTime: 10 * 60_000,
  });
  return data ?? [];
};
