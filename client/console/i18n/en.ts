import englishMessages from 'ra-language-english';
import { desk } from './en/desk.ts';
import { members } from './en/members.ts';
import { agents } from './en/agents.ts';
import { alarms } from './en/alarms.ts';
import { alerts } from './en/alerts.ts';
import { approvals } from './en/approvals.ts';
import { audit } from './en/audit.ts';
import { callbacks } from './en/callbacks.ts';
import { calls } from './en/calls.ts';
import { changeFiles } from './en/changeFiles.ts';
import { corrections } from './en/corrections.ts';
import { counting } from './en/counting.ts';
import { destructions } from './en/destructions.ts';
import { figures } from './en/figures.ts';
import { imports } from './en/imports.ts';
import { incidents } from './en/incidents.ts';
import { letters } from './en/letters.ts';
import { lots } from './en/lots.ts';
import { messages } from './en/messages.ts';
import { notes } from './en/notes.ts';
import { organisations } from './en/organisations.ts';
import { ownAccount } from './en/ownAccount.ts';
import { paper } from './en/paper.ts';
import { passwords } from './en/passwords.ts';
import { policyReport } from './en/policyReport.ts';
import { printing } from './en/printing.ts';
import { returns } from './en/returns.ts';
import { rights } from './en/rights.ts';
import { reviews } from './en/reviews.ts';
import { promises } from './en/promises.ts';
import { shared } from './en/shared.ts';
import { shell } from './en/shell.ts';
import { sites } from './en/sites.ts';
import { testLetters } from './en/testLetters.ts';
import { training } from './en/training.ts';
import { verify } from './en/verify.ts';

/** One line a room; `resources` names resources and their fields for react-admin. */
export const en = {
  ...englishMessages,
  ...shared,
  shell,
  desk,
  members,
  verify,
  approvals,
  organisations,
  lots,
  printing,
  counting,
  letters,
  returns,
  destructions,
  alarms,
  testLetters,
  paper,
  messages,
  alerts,
  reviews,
  policyReport,
  promises,
  incidents,
  imports,
  changeFiles,
  corrections,
  callbacks,
  notes,
  calls,
  audit,
  agents,
  sites,
  rights,
  passwords,
  figures,
  ownAccount,
  training,
  resources: {
    members: { name: 'Member |||| Members' },
    organisations: organisations.resource,
    lots: lots.resource,
    letters: letters.resource,
    returns: returns.resource,
    destructions: destructions.resource,
    alarms: alarms.resource,
    'test-letters': testLetters.resource,
    paper: paper.resource,
    messages: messages.resource,
    alerts: alerts.resource,
    reviews: reviews.resource,
    'review-signals': reviews.ratesResource,
    'own-reviews': reviews.ownResource,
    'policy-report': policyReport.resource,
    'promise-keeping': promises.resource,
    incidents: incidents.resource,
    'mass-locks': incidents.locksResource,
    imports: imports.resource,
    'change-files': changeFiles.resource,
    approvals: approvals.resource,
    callbacks: callbacks.resource,
    calls: calls.resource,
    'audit-events': audit.resource,
    agents: agents.resource,
    sites: sites.resource,
    'rights-review': rights.resource,
    figures: figures.resource,
  },
};
