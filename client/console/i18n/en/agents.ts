import type { agents as french } from '../fr/agents.ts';

export const agents: typeof french = {
  title: 'Desk accounts',
  open: 'open',
  closed: 'Closed',
  resource: {
    name: 'Account |||| Accounts',
    fields: {
      q: 'Exact username',
      role: 'Role',
      name: 'Name',
      username: 'Username',
      organisations: 'Organisations',
      site: 'Site',
      team: 'Team',
      createdAt: 'Created',
      closedAt: 'State',
    },
  },
};
