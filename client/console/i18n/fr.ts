import frenchMessages from 'ra-language-french';
import { desk } from './fr/desk.ts';
import { members } from './fr/members.ts';
import { agents } from './fr/agents.ts';
import { alerts } from './fr/alerts.ts';
import { audit } from './fr/audit.ts';
import { calls } from './fr/calls.ts';
import { imports } from './fr/imports.ts';
import { letters } from './fr/letters.ts';
import { lots } from './fr/lots.ts';
import { messages } from './fr/messages.ts';
import { organisations } from './fr/organisations.ts';
import { policyReport } from './fr/policyReport.ts';
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
  messages,
  alerts,
  policyReport,
  imports,
  calls,
  audit,
  agents,
  resources: {
    members: { name: 'Adhérent |||| Adhérents' },
    organisations: organisations.resource,
    lots: lots.resource,
    letters: letters.resource,
    messages: messages.resource,
    alerts: alerts.resource,
    'policy-report': policyReport.resource,
    imports: imports.resource,
    calls: calls.resource,
    'audit-events': audit.resource,
    agents: agents.resource,
  },
};
