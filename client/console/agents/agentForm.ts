import type { AgentPage, AgentToMake } from '../../../server/agents/roster.schema.ts';

type Household = AgentPage['own'][number];

/** What is typed of an account. */
export type AgentForm = {
  username: string;
  name: string;
  role: AgentToMake['role'];
  organisations: string[];
  experience: NonNullable<AgentToMake['experience']>;
  site: string;
  team: string;
  email: string;
  own: string;
  relatives: string;
};

/** The columns of a file of accounts, in the order of the model. */
export const agentColumns = [
  'username',
  'name',
  'role',
  'organisations',
  'site',
  'team',
  'email',
  'experience',
  'own',
  'relatives',
] as const;
export type ModelColumn = (typeof agentColumns)[number];

export const emptyForm: AgentForm = {
  username: '',
  name: '',
  role: 'agent',
  organisations: [],
  experience: 'usual',
  site: '',
  team: '',
  email: '',
  own: '',
  relatives: '',
};

export const formOf = (agent: AgentPage): AgentForm => ({
  username: agent.username,
  name: agent.name,
  role: agent.role,
  organisations: agent.organisations,
  experience: agent.experience,
  site: agent.site ?? '',
  team: agent.team ?? '',
  email: agent.email ?? '',
  own: inText(agent.own),
  relatives: inText(agent.relatives),
});

/** The body that says all of it, or, beside `former`, what differs. */
export const bodyOf = (form: AgentForm, former?: AgentForm): Record<string, unknown> => {
  const body: Record<string, unknown> = {
    name: form.name.trim(),
    role: form.role,
    organisations: form.organisations,
    experience: form.experience,
    site: form.site || null,
    team: form.team.trim() || null,
    email: form.email.trim() || null,
    own: householdsIn(form.own),
    relatives: householdsIn(form.relatives),
  };
  if (!former) return { username: form.username.trim(), ...body };
  const changed = Object.entries(body).filter(
    ([key]) =>
      JSON.stringify(form[key as keyof AgentForm]) !== JSON.stringify(former[key as keyof AgentForm]),
  );
  return Object.fromEntries(changed);
};

/** Whether it changes what somebody may do: then the server asks who sits there. */
export const givesRights = (body: Record<string, unknown>): boolean =>
  ['role', 'organisations', 'experience', 'site', 'own', 'relatives'].some((key) => body[key] !== undefined);

const inText = (households: Household[]): string =>
  households.map(({ organisationId, memberNumber }) => `${organisationId}:${memberNumber}`).join(', ');

const householdsIn = (text: string): Household[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [organisationId = '', memberNumber = ''] = part.split(':');
      return { organisationId: organisationId.trim(), memberNumber: memberNumber.trim() };
    });
