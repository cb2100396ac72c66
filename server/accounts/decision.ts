import type { Policy } from '../organisations/policy.schema.ts';
import { isLocked, type Standing } from './standing.ts';

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
  contacts: { email: boolean; mobile: boolean; metropolitanMobile: boolean };
};

export type Act = 'unblock' | 'letter' | 'email' | 'sms';

/** The rule that refuses an act, as a key under `accounts.rules` of the words; null: allowed. */
export type Rule =
  | 'no-account'
  | 'disabled'
  | 'frozen'
  | 'not-locked'
  | 'unblock-budget'
  | 'letter-none'
  | 'letter-address-doubtful'
  | 'letter-address'
  | 'letter-on-its-way'
  | 'letter-too-soon'
  | 'channel-none'
  | 'email-unknown'
  | 'mobile-unknown'
  | 'mobile-overseas'
  | 'channel-not-yet';

/**
 * What may be done now, and by which rule not: for the screen and for the act alike, decided here and nowhere
 * else. Rules that need proofs and approvals stand in the organisations' files and are not yet applied.
 */
export const decide = (act: Act, policy: Policy, facts: Facts): Rule | null =>
  closedBy(facts.standing) ?? rules[act](policy, facts);

const closedBy = (standing: Standing): Rule | null => {
  if (!standing.hasAccount) return 'no-account';
  if (standing.disabled) return 'disabled';
  if (standing.frozenAt) return 'frozen';
  return null;
};

const rules: Record<Act, (policy: Policy, facts: Facts) => Rule | null> = {
  unblock: ({ deskUnblock }, { standing, unblocks }) => {
    if (!isLocked(standing)) return 'not-locked';
    const spent =
      unblocks.last24Hours >= deskUnblock.per24Hours || unblocks.last30Days >= deskUnblock.per30Days;
    return spent ? 'unblock-budget' : null;
  },
  letter: (_policy, { letter }) => {
    if (letter.refusedBy === 'letter.none') return 'letter-none';
    if (letter.refusedBy === 'letter.address-doubtful') return 'letter-address-doubtful';
    if (letter.refusedBy === 'letter.address') return 'letter-address';
    if (letter.isOnItsWay) return 'letter-on-its-way';
    return letter.mayAskFrom ? 'letter-too-soon' : null;
  },
  email: ({ channels }, { contacts }) => {
    if (!channels.some(({ kind }) => kind === 'email-link' || kind === 'email-temporary'))
      return 'channel-none';
    return contacts.email ? 'channel-not-yet' : 'email-unknown';
  },
  sms: ({ channels }, { contacts }) => {
    const sms = channels.find(({ kind }) => kind === 'sms-temporary');
    if (!sms || !('scope' in sms)) return 'channel-none';
    if (!contacts.mobile) return 'mobile-unknown';
    if (sms.scope === 'metropolitan' && !contacts.metropolitanMobile) return 'mobile-overseas';
    return 'channel-not-yet';
  },
};
