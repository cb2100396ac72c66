import type { Desk, Facts } from '../../server/accounts/decision-facts.ts';
import type { Standing } from '../../server/accounts/standing.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import type { Policy } from '../../server/organisations/policy.schema.ts';

const organisations = loadOrganisations('seeds/organisations');

/** The file of one of the four. */
export const policy = (id: string): Policy => {
  const found = organisations.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

export const open: Standing = {
  hasAccount: true,
  disabled: null,
  disabledSince: null,
  frozenAt: null,
  frozenWhy: null,
  suspectedAt: null,
  suspectedUntil: null,
  failures: 0,
  maxFailures: 3,
  lockedAt: null,
  waiting: null,
  firstSignedInAt: '2026-01-01T00:00:00.000Z',
  lastSignedInAt: '2026-01-01T00:00:00.000Z',
  hasPassword: true,
};
export const locked: Standing = { ...open, failures: 3, lockedAt: '2026-11-01T00:00:00.000Z' };
export const suspected = {
  suspectedAt: '2026-11-18T08:00:00.000Z',
  suspectedUntil: '2026-11-20T08:00:00.000Z',
};

type SomeFacts = Omit<Partial<Facts>, 'letter'> & { letter?: Partial<Facts['letter']> };

/** An account against which nothing stands; a test names only what matters to it. */
export const facts = (more: SomeFacts = {}): Facts => ({
  standing: open,
  unblocks: { last24Hours: 0, last30Days: 0 },
  contacts: { email: 'usable', sms: 'usable' },
  leaving: new Set(),
  shared: new Set(),
  isProtected: false,
  usedRecently: false,
  ...more,
  letter: { refusedBy: null, isOnItsWay: false, mayAskFrom: null, isRecent: false, ...more.letter },
});

/** The member calls and nothing is proved yet, though everything but a document may be. */
export const desk = (more: Partial<Desk> = {}): Desk => ({
  caller: 'member',
  hasMandate: false,
  level: 'none',
  confirmed: new Set(),
  confirmable: new Set(['mobile', 'email']),
  best: 'contact-confirmed',
  hasFailed: false,
  kin: null,
  isFarFromDesk: false,
  isBeginner: false,
  changedHere: new Set(),
  changedByAsker: new Set(),
  lettersWithoutProofSpent: false,
  ...more,
});
