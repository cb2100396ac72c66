import frenchMessages from 'ra-language-french';
import { desk } from './fr/desk.ts';
import { members } from './fr/members.ts';
import { agents } from './fr/agents.ts';
import { alarms } from './fr/alarms.ts';
import { alerts } from './fr/alerts.ts';
import { approvals } from './fr/approvals.ts';
import { audit } from './fr/audit.ts';
import { callbacks } from './fr/callbacks.ts';
import { calls } from './fr/calls.ts';
import { changeFiles } from './fr/changeFiles.ts';
import { corrections } from './fr/corrections.ts';
import { counting } from './fr/counting.ts';
import { destructions } from './fr/destructions.ts';
import { figures } from './fr/figures.ts';
import { imports } from './fr/imports.ts';
import { incidents } from './fr/incidents.ts';
import { letters } from './fr/letters.ts';
import { lots } from './fr/lots.ts';
import { messages } from './fr/messages.ts';
import { notes } from './fr/notes.ts';
import { organisations } from './fr/organisations.ts';
import { ownAccount } from './fr/ownAccount.ts';
import { paper } from './fr/paper.ts';
import { passwords } from './fr/passwords.ts';
import { policyReport } from './fr/policyReport.ts';
import { printing } from './fr/printing.ts';
import { returns } from './fr/returns.ts';
import { rights } from './fr/rights.ts';
import { reviews } from './fr/reviews.ts';
import { promises } from './fr/promises.ts';
import { shared } from './fr/shared.ts';
import { shell } from './fr/shell.ts';
import { sites } from './fr/sites.ts';
import { testLetters } from './fr/testLetters.ts';
import { training } from './fr/training.ts';
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
    members: { name: 'Adhérent |||| Adhérents' },
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
