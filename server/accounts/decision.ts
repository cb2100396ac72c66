import type { ContactKind, MessageChannel } from '../core/vocabulary.ts';
import type { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isEntitled } from '../verifications/entitlement.ts';
import { isBelow } from '../verifications/levels.ts';
import { isForSeniors } from './beginner-acts.ts';
import type { Desk, Facts, Reach } from './decision-facts.ts';
import { deskMessageOf } from './desk-messages.ts';
import { isLocked, type Standing } from './standing.ts';

/** Acts that lead to the account, and so need a caller and a proof. */
export const provedActs = ['unblock', 'sms', 'email', 'letter', 'contacts'] as const;
type ProvedAct = (typeof provedActs)[number];
/** A supervisor's word, and what an agent reports: none of them needs the caller. */
export const otherActs = ['unfreeze', 'suspicion', 'death', 'disputed-closure'] as const;
type OtherAct = (typeof otherActs)[number];
export type Act = ProvedAct | OtherAct;

/** A rule that stands against an act, as a key under `accounts.rules` of the words. */
export type Rule =
  | 'no-account'
  | 'disabled'
  | 'frozen'
  | 'not-frozen'
  | 'not-closed'
  | 'not-locked'
  | 'unblock-budget'
  | 'letter-none'
  | 'letter-address-doubtful'
  | 'letter-address'
  | 'letter-address-recent'
  | 'letter-on-its-way'
  | 'letter-too-soon'
  | 'letter-without-proof-budget'
  | 'channel-none'
  | 'email-unknown'
  | 'email-recent'
  | 'email-shared'
  | 'mobile-unknown'
  | 'mobile-overseas'
  | 'mobile-recent'
  | 'mobile-shared'
  | 'message-on-its-way'
  | 'flagged'
  | 'protected'
  | 'second-recovery'
  | 'far-from-desk'
  | 'proof-failed'
  | 'proof-impossible'
  | 'document-needed'
  | 'own-account'
  | 'relative-account'
  | 'caller-not-entitled'
  | 'changed-in-this-call'
  | 'changed-by-asker'
  | 'beginner-asks';

/** What comes before an act, as a key under `accounts.steps` of the words. */
export type Step = 'say-caller' | 'identify' | 'confirm-contact' | 'confirm-destination' | 'show-document';

export type Decision =
  | { as: 'allowed' }
  | { as: 'after'; step: Step }
  | { as: 'approval'; rules: [Rule, ...Rule[]] }
  | { as: 'refused'; rule: Rule };

/**
 * What may be done at the desk now: allowed; allowed after something; needs a second person; refused, by which rule.
 * For the screen and for the act alike, decided here and nowhere else (DOMAIN, "Verification").
 */
export const decide = (act: Act, policy: Policy, facts: Facts, desk: Desk): Decision => {
  const against = obstaclesTo(act, policy, facts);
  const refusal = against.find((rule) => !liftable.has(rule)) ?? refusalOf(act, policy, desk);
  if (refusal) return { as: 'refused', rule: refusal };
  if (isOther(act)) return { as: 'allowed' };

  const proof = proofBefore(act, policy, facts, desk);
  if (proof && 'step' in proof) return { as: 'after', step: proof.step };
  if (proof && !isLeftToSupervisor(act, policy)) return { as: 'refused', rule: proof.rule };

  const unproved = proof ? [proof.rule] : [];
  const [first, ...others] = [...unproved, ...against, ...risksOf(act, facts, desk)];
  return first ? { as: 'approval', rules: [first, ...others] } : { as: 'allowed' };
};

/** The first rule against an act, whoever asks: what the member's own recovery meets too. Null: none. */
export const obstacleTo = (act: Act, policy: Policy, facts: Facts): Rule | null =>
  obstaclesTo(act, policy, facts)[0] ?? null;

/** A second person's word lifts these, and nothing else (DOMAIN, "Verification" and "Letters"). */
const liftable: ReadonlySet<Rule> = new Set([
  'unblock-budget',
  'letter-address-recent',
  'letter-on-its-way',
  'letter-too-soon',
  'email-recent',
  'mobile-recent',
  'flagged',
]);

const obstaclesTo = (act: Act, policy: Policy, facts: Facts): Rule[] => {
  const closed = closedBy(act, facts.standing);
  if (closed) return [closed];
  const flagged: Rule[] = !isOther(act) && facts.standing.suspectedUntil ? ['flagged'] : [];
  return [...rules[act](policy, facts), ...flagged];
};

const closedBy = (act: Act, standing: Standing): Rule | null => {
  if (!standing.hasAccount) return 'no-account';
  if (act === 'unfreeze') return standing.disabled ? 'disabled' : null;
  if (isOther(act)) return null;
  if (standing.disabled) return 'disabled';
  return standing.frozenAt ? 'frozen' : null;
};

const isOther = (act: Act): act is OtherAct => (otherActs as readonly Act[]).includes(act);

const rules: Record<Act, (policy: Policy, facts: Facts) => Rule[]> = {
  unblock: ({ deskUnblock }, { standing, unblocks }) => {
    if (!isLocked(standing)) return ['not-locked'];
    const spent =
      unblocks.last24Hours >= deskUnblock.per24Hours || unblocks.last30Days >= deskUnblock.per30Days;
    return spent ? ['unblock-budget'] : [];
  },
  unfreeze: (_policy, { standing }) => (standing.frozenAt || standing.suspectedUntil ? [] : ['not-frozen']),
  letter: (_policy, { letter }) => {
    if (letter.refusedBy === 'letter.none') return ['letter-none'];
    if (letter.refusedBy === 'letter.address-doubtful') return ['letter-address-doubtful'];
    if (letter.refusedBy === 'letter.address') return ['letter-address'];
    const limit: Rule[] = letter.isOnItsWay ? ['letter-on-its-way'] : [];
    const soon: Rule[] = letter.mayAskFrom && !letter.isOnItsWay ? ['letter-too-soon'] : [];
    return [...limit, ...soon, ...(letter.isRecent ? (['letter-address-recent'] as const) : [])];
  },
  email: (policy, facts) => byMessage('email', policy, facts),
  sms: (policy, facts) => byMessage('sms', policy, facts),
  contacts: () => [],
  suspicion: () => [],
  death: (_policy, { standing }) => (standing.frozenAt ? ['frozen'] : []),
  'disputed-closure': (_policy, { standing }) => (standing.disabled ? [] : ['not-closed']),
};

const byMessage = (channel: MessageChannel, policy: Policy, { contacts, leaving }: Facts): Rule[] => {
  if (!deskMessageOf(policy, channel)) return ['channel-none'];
  const reach = contacts[channel];
  if (leaving.has(channel)) return ['message-on-its-way'];
  return reach === 'usable' ? [] : [refusals[channel][reach]];
};

const refusals: Record<MessageChannel, Record<Exclude<Reach, 'usable'>, Rule>> = {
  email: { unknown: 'email-unknown', 'out-of-reach': 'email-unknown', recent: 'email-recent' },
  sms: { unknown: 'mobile-unknown', 'out-of-reach': 'mobile-overseas', recent: 'mobile-recent' },
};

/** What no second person lifts either: who acts, for whom, and to where they changed it themselves. */
const refusalOf = (act: Act, policy: Policy, desk: Desk): Rule | null => {
  if (desk.kin) return desk.kin === 'self' ? 'own-account' : 'relative-account';
  if (isOther(act)) return null;
  const destination = destinationOf[act];
  if (destination && desk.changedHere.has(destination)) return 'changed-in-this-call';
  // Anybody may have the letter sent to the address on file: it goes to its member, whoever asked (DOMAIN, "Calls").
  if (act === 'letter' && policy.verification.levels.letter === 'none') return null;
  return desk.caller === 'unsaid' || isEntitled(desk) ? null : 'caller-not-entitled';
};

const destinationOf: Partial<Record<ProvedAct, ContactKind | 'address'>> = {
  sms: 'mobile',
  email: 'email',
  letter: 'address',
};

const stepTo = {
  identified: 'identify',
  'contact-confirmed': 'confirm-contact',
  strong: 'show-document',
} as const;

const neededFor = (act: ProvedAct, { verification: { levels } }: Policy): VerificationLevel =>
  ({
    unblock: levels.unblock,
    sms: levels.temporaryPassword,
    email: levels.temporaryPassword,
    letter: levels.letter,
    contacts: levels.contactChange,
  })[act];

/** What is still to be proved, or why it cannot be in this call; null when enough is proved. */
const proofBefore = (
  act: ProvedAct,
  policy: Policy,
  facts: Facts,
  desk: Desk,
): { step: Step } | { rule: Rule } | null => {
  const needed = neededFor(act, policy);
  if (desk.caller === 'unsaid' && (act !== 'letter' || needed !== 'none')) return { step: 'say-caller' };
  if (needed !== 'none' && isBelow(desk.level, needed)) {
    return isBelow(desk.best, needed) ? { rule: whyUnproved(needed, desk) } : { step: stepTo[needed] };
  }
  // A code to one contact proves nothing of another; one too new to be confirmed is a supervisor's affair.
  const isMessage = act === 'sms' || act === 'email';
  if (!isMessage || desk.level === 'strong' || facts.contacts[act] !== 'usable') return null;
  const kind = act === 'sms' ? 'mobile' : 'email';
  if (desk.confirmed.has(kind)) return null;
  return desk.confirmable.has(kind)
    ? { step: 'confirm-destination' }
    : { rule: whyUnproved('contact-confirmed', desk) };
};

const whyUnproved = (needed: VerificationLevel, { hasFailed }: Desk): Rule => {
  if (needed === 'strong') return 'document-needed';
  return hasFailed ? 'proof-failed' : 'proof-impossible';
};

/** Where a failed or impossible proof leads to no letter, a supervisor decides (DOMAIN, "Verification"). */
const isLeftToSupervisor = (act: Act, { letter }: Policy): boolean =>
  (act === 'sms' || act === 'email') && letter === null;

const risksOf = (act: Act, facts: Facts, desk: Desk): Rule[] => {
  const risks: Rule[] = [];
  if (act === 'email' && facts.shared.has('email')) risks.push('email-shared');
  if (act === 'sms' && facts.shared.has('sms')) risks.push('mobile-shared');
  if (facts.isProtected) risks.push('protected');
  const sends = act === 'sms' || act === 'email' || act === 'letter';
  const isProved = isEntitled(desk) && desk.level !== 'none';
  if (act === 'letter' && !isProved && desk.lettersWithoutProofSpent)
    risks.push('letter-without-proof-budget');
  const destination = isOther(act) ? undefined : destinationOf[act];
  if (destination && desk.changedByAsker.has(destination)) risks.push('changed-by-asker');
  if (sends && facts.usedRecently) risks.push('second-recovery');
  if ((sends || act === 'unblock') && desk.isFarFromDesk) risks.push('far-from-desk');
  if (desk.isBeginner && isForSeniors(act)) risks.push('beginner-asks');
  return risks;
};
