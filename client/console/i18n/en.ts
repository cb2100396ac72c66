import englishMessages from 'ra-language-english';
import { desk } from './en/desk.ts';
import { members } from './en/members.ts';
import { agents } from './en/agents.ts';
import { alerts } from './en/alerts.ts';
import { audit } from './en/audit.ts';
import { calls } from './en/calls.ts';
import { imports } from './en/imports.ts';
import { letters } from './en/letters.ts';
import { lots } from './en/lots.ts';
import { messages } from './en/messages.ts';
import { organisations } from './en/organisations.ts';
import { policyReport } from './en/policyReport.ts';
import { shared } from './en/shared.ts';
import { shell } from './en/shell.ts';

/** One line a room; `resources` names resources and their fields for react-admin. */
export const en = {
  ...englishMessages,
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
    members: { name: 'Member |||| Members' },
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
