import type { MessageChannel } from '../core/vocabulary.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { deskMessageOf } from './desk-messages.ts';
import { isLocked, type Standing } from './standing.ts';

/** Whether a contact on file may be sent a way back in now; `recent`: it changed too short a while ago. */
export type Reach = 'unknown' | 'out-of-reach' | 'recent' | 'usable';

/** What is known when an act is asked for; every rule reads from here and nowhere else. */
export type Facts = {
  standing: Standing;
  unblocks: { last24Hours: number; last30Days: number };
  letter: {
    /** Null when a letter can be drawn; else the rule that refuses it. */
    refusedBy: 'letter.none' | 'letter.address-doubtful' | 'letter.address' | null;
    isOnItsWay: boolean;
    mayAskFrom: Date | null;
  };
  contacts: Record<MessageChannel, Reach>;
  /** Channels by which a secret is about to leave. */
  leaving: ReadonlySet<MessageChannel>;
};

export type Act = 'unblock' | 'unfreeze' | 'letter' | 'email' | 'sms';

/** The rule that refuses an act, as a key under `accounts.rules` of the words; null: allowed. */
export type Rule =
  | 'no-account'
  | 'disabled'
  | 'frozen'
  | 'not-frozen'
  | 'not-locked'
  | 'unblock-budget'
  | 'letter-none'
  | 'letter-address-doubtful'
  | 'letter-address'
  | 'letter-on-its-way'
  | 'letter-too-soon'
  | 'channel-none'
  | 'email-unknown'
  | 'email-recent'
  | 'mobile-unknown'
  | 'mobile-overseas'
  | 'mobile-recent'
  | 'message-on-its-way';

/**
 * What may be done now, and by which rule not: for the screen and for the act alike, decided here and nowhere
 * else. Rules that need proofs and approvals stand in the organisations' files and are not yet applied.
 */
export const decide = (act: Act, policy: Policy, facts: Facts): Rule | null =>
  closedBy(act, facts.standing) ?? rules[act](policy, facts);

const closedBy = (act: Act, standing: Standing): Rule | null => {
  if (!standing.hasAccount) return 'no-account';
  if (standing.disabled) return 'disabled';
  if (act === 'unfreeze') return null;
  return standing.frozenAt ? 'frozen' : null;
};

const rules: Record<Act, (policy: Policy, facts: Facts) => Rule | null> = {
  unblock: ({ deskUnblock }, { standing, unblocks }) => {
    if (!isLocked(standing)) return 'not-locked';
    const spent =
      unblocks.last24Hours >= deskUnblock.per24Hours || unblocks.last30Days >= deskUnblock.per30Days;
    return spent ? 'unblock-budget' : null;
  },
  unfreeze: (_policy, { standing }) => (standing.frozenAt ? null : 'not-frozen'),
  letter: (_policy, { letter }) => {
    if (letter.refusedBy === 'letter.none') return 'letter-none';
    if (letter.refusedBy === 'letter.address-doubtful') return 'letter-address-doubtful';
    if (letter.refusedBy === 'letter.address') return 'letter-address';
    if (letter.isOnItsWay) return 'letter-on-its-way';
    return letter.mayAskFrom ? 'letter-too-soon' : null;
  },
  email: (policy, facts) => byMessage('email', policy, facts),
  sms: (policy, facts) => byMessage('sms', policy, facts),
};

const byMessage = (channel: MessageChannel, policy: Policy, { contacts, leaving }: Facts): Rule | null => {
  if (!deskMessageOf(policy, channel)) return 'channel-none';
  const reach = contacts[channel];
  if (reach !== 'usable') return refusals[channel][reach];
  return leaving.has(channel) ? 'message-on-its-way' : null;
};

const refusals: Record<MessageChannel, Record<Exclude<Reach, 'usable'>, Rule>> = {
  email: { unknown: 'email-unknown', 'out-of-reach': 'email-unknown', recent: 'email-recent' },
  sms: { unknown: 'mobile-unknown', 'out-of-reach': 'mobile-overseas', recent: 'mobile-recent' },
};
