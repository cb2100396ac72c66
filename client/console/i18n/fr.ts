import frenchMessages from 'ra-language-french';
import { desk } from './fr/desk.ts';
import { members } from './fr/members.ts';
import { agents } from './fr/agents.ts';
import { audit } from './fr/audit.ts';
import { calls } from './fr/calls.ts';
import { imports } from './fr/imports.ts';
import { letters } from './fr/letters.ts';
import { lots } from './fr/lots.ts';
import { organisations } from './fr/organisations.ts';
import { shared } from './fr/shared.ts';
import { shell } from './fr/shell.ts';

/** One line a room; `resources` names resources and their fields for react-admin. */
export const fr = {
  ...frenchMessages,
  ...shared,
  shell,
  desk,
  members,
  organisations,
  lots,
  letters,
  imports,
  calls,
  audit,
  agents,
  resources: {
    members: { name: 'Adhérent |||| Adhérents' },
    organisations: organisations.resource,
    lots: lots.resource,
    letters: letters.resource,
    imports: imports.resource,
    calls: calls.resource,
    'audit-events': audit.resource,
    agents: agents.resource,
  },
};
