import frenchMessages from 'ra-language-french';
import { desk } from './fr/desk.ts';
import { members } from './fr/members.ts';
import { agents } from './fr/agents.ts';
import { alerts } from './fr/alerts.ts';
import { approvals } from './fr/approvals.ts';
import { audit } from './fr/audit.ts';
import { callbacks } from './fr/callbacks.ts';
import { calls } from './fr/calls.ts';
import { changeFiles } from './fr/changeFiles.ts';
import { corrections } from './fr/corrections.ts';
import { imports } from './fr/imports.ts';
import { letters } from './fr/letters.ts';
import { lots } from './fr/lots.ts';
import { messages } from './fr/messages.ts';
import { notes } from './fr/notes.ts';
import { organisations } from './fr/organisations.ts';
import { policyReport } from './fr/policyReport.ts';
import { shared } from './fr/shared.ts';
import { shell } from './fr/shell.ts';
import { verify } from './fr/verify.ts';

/** One line a room; `resources` names resources and their fields for react-admin. */
export const fr = {
  ...frenchMessages,
  ...shared,
  shell,
  desk,
  members,
  verify,
  approvals,
  organisations,
  lots,
  letters,
  messages,
  alerts,
  policyReport,
  imports,
  changeFiles,
  corrections,
  callbacks,
  notes,
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
    'change-files': changeFiles.resource,
    approvals: approvals.resource,
    callbacks: callbacks.resource,
    calls: calls.resource,
    'audit-events': audit.resource,
    agents: agents.resource,
  },
};
