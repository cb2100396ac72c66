import { provedActs } from '../../server/accounts/decision.ts';
import type { Desk, Facts } from '../../server/accounts/decision-facts.ts';
import type { ContactKind } from '../../server/core/vocabulary.ts';
import { desk, facts, locked, open, suspected } from './decisions.ts';

export const organisations = ['safiag', 'mutuelle-agents-publics', 'mgen', 'msa-sud-aquitaine'] as const;
export const acts = provedActs;
export type Act = (typeof acts)[number];

type Who = Pick<Desk, 'caller' | 'hasMandate'>;
export const callers = {
  member: { caller: 'member', hasMandate: false },
  'with-mandate': { caller: 'legal-representative', hasMandate: true },
  'without-mandate': { caller: 'legal-representative', hasMandate: false },
  dependant: { caller: 'dependant', hasMandate: false },
  'third-party': { caller: 'third-party', hasMandate: false },
  unsaid: { caller: 'unsaid', hasMandate: false },
} as const satisfies Record<string, Who>;
export type Caller = keyof typeof callers;

const kindOf = {
  sms: 'mobile',
  email: 'email',
  unblock: 'mobile',
  letter: 'mobile',
  contacts: 'mobile',
} as const;
const both: ContactKind[] = ['mobile', 'email'];
type Proved = Partial<Pick<Desk, 'level' | 'confirmed' | 'confirmable' | 'best' | 'hasFailed'>>;

/** What the call proved so far, and what it still may; « this » is the contact that the act would send to. */
const proofs = {
  /** Nothing yet: questions, codes and call backs are left. */
  none: () => ({}),
  /** The same where a document may be shown or came in. */
  'none-in-branch': () => ({ best: 'strong' }),
  /** Wrong answers; a code may still be read back. */
  'failed-codes-left': () => ({ hasFailed: true }),
  /** Wrong answers or codes, and nothing is left. */
  failed: () => ({ hasFailed: true, confirmable: new Set<ContactKind>(), best: 'none' }),
  /** Nothing on file by which anybody could be verified. */
  impossible: () => ({ confirmable: new Set<ContactKind>(), best: 'none' }),
  /** Two right answers. */
  identified: () => ({ level: 'identified' }),
  /** Two right answers, and no contact that may be confirmed. */
  'identified-only': () => ({ level: 'identified', confirmable: new Set<ContactKind>(), best: 'identified' }),
  /** A code read back from this contact. */
  this: (act) => ({ level: 'contact-confirmed', confirmed: new Set([kindOf[act]]) }),
  /** Another contact confirmed; this one may still be. */
  other: (act) => ({
    level: 'contact-confirmed',
    confirmed: new Set<ContactKind>(['landline']),
    confirmable: new Set<ContactKind>([kindOf[act], 'landline']),
  }),
  /** Another contact confirmed, and this one may not be any more. */
  'other-only': (act) => ({
    level: 'contact-confirmed',
    confirmed: new Set<ContactKind>(['landline']),
    confirmable: new Set<ContactKind>(both.filter((kind) => kind !== kindOf[act])),
  }),
  /** A document. */
  strong: () => ({ level: 'strong', best: 'strong' }),
} as const satisfies Record<string, (act: Act) => Proved>;
export type Proof = keyof typeof proofs;
export const proofNames = Object.keys(proofs) as Proof[];

type Circumstance = (act: Act) => { facts?: Parameters<typeof facts>[0]; desk?: Partial<Desk> };
const soon = new Date('2026-11-20T00:00:00Z');
const at = '2026-11-17T00:00:00.000Z';
const messageOf = (act: Act): 'email' | 'sms' => (act === 'email' ? 'email' : 'sms');
const standing = (more: Partial<Facts['standing']>) => () => ({
  facts: { standing: { ...locked, ...more } },
});
const reach = (as: Facts['contacts']['sms']): Circumstance => {
  return (act) => ({ facts: { contacts: { email: 'usable', sms: 'usable', [messageOf(act)]: as } } });
};

/** What else is so; the account is locked unless it says otherwise. */
const circumstances = {
  ordinary: () => ({}),
  // Who acts.
  'own-account': () => ({ desk: { kin: 'self' } }),
  relative: () => ({ desk: { kin: 'relative' } }),
  'far-from-desk': () => ({ desk: { isFarFromDesk: true } }),
  beginner: () => ({ desk: { isBeginner: true } }),
  // Where it goes; for an unblock and a correction, some contact.
  'recent-contact': reach('recent'),
  'shared-contact': (act) => ({ facts: { shared: new Set([messageOf(act)]) } }),
  'unknown-contact': reach('unknown'),
  'out-of-reach': reach('out-of-reach'),
  'changed-in-this-call': (act) => ({
    desk: { changedHere: new Set([act === 'letter' ? 'address' : kindOf[act]]) },
  }),
  'changed-by-asker': (act) => ({
    desk: { changedByAsker: new Set([act === 'letter' ? 'address' : kindOf[act]]) },
  }),
  'message-leaving': (act) => ({ facts: { leaving: new Set([messageOf(act)]) } }),
  'recent-address': () => ({ facts: { letter: { isRecent: true } } }),
  'doubtful-address': () => ({ facts: { letter: { refusedBy: 'letter.address-doubtful' } } }),
  'bad-address': () => ({ facts: { letter: { refusedBy: 'letter.address' } } }),
  // What was done before.
  'unblock-budget-spent': () => ({ facts: { unblocks: { last24Hours: 2, last30Days: 2 } } }),
  'letter-on-its-way': () => ({ facts: { letter: { isOnItsWay: true, mayAskFrom: soon } } }),
  'letter-too-soon': () => ({ facts: { letter: { mayAskFrom: soon } } }),
  'without-proof-spent': () => ({ desk: { lettersWithoutProofSpent: true } }),
  'second-recovery': () => ({ facts: { usedRecently: true } }),
  // Whose account it is, and how it stands.
  protected: () => ({ facts: { isProtected: true } }),
  flagged: standing(suspected),
  open: () => ({ facts: { standing: open } }),
  frozen: standing({ frozenAt: at, frozenWhy: 'repudiated' }),
  disabled: standing({ disabled: 'contract-ended' }),
  'no-account': standing({ hasAccount: false }),
} as const satisfies Record<string, Circumstance>;
export type CircumstanceName = keyof typeof circumstances;
export const circumstanceNames = Object.keys(circumstances) as CircumstanceName[];

/** The facts and the desk of one combination; several circumstances may hold together. */
export const caseOf = (
  organisation: (typeof organisations)[number],
  act: Act,
  caller: Caller,
  proof: Proof,
  ...names: CircumstanceName[]
): { facts: Facts; desk: Desk } => {
  const given = names.map((name) => (circumstances[name] as Circumstance)(act));
  const some = Object.assign({}, ...given.map((one) => one.facts ?? {})) as Parameters<typeof facts>[0];
  const letter = Object.assign({}, ...given.map((one) => one.facts?.letter ?? {})) as Partial<
    Facts['letter']
  >;
  // This one has no letters, whatever the address is.
  const without = organisation === 'mgen' ? { refusedBy: 'letter.none' as const } : {};
  return {
    facts: facts({ standing: locked, ...some, letter: { ...letter, ...without } }),
    desk: desk({
      ...callers[caller],
      ...(proofs[proof] as (act: Act) => Proved)(act),
      ...(Object.assign({}, ...given.map((one) => one.desk ?? {})) as Partial<Desk>),
    }),
  };
};
