import { bitsOf, possibilitiesOfDigits } from '../core/guessing.ts';
import type { BudgetName, Limits } from '../organisations/limits.schema.ts';
import type { Check, Examined, Teller } from './weak-points.ts';

/** ASVS 5.0 6.5.4 and 6.5.5, NIST SP 800-63B-4 3.1.3. */
const fewestDigits = 6;
const longestMinutes = 10;

/** Whoever has the NIR has year and month of the birth date: one day of 31 is left (FACTS 1.4). */
const bitsOfBirthDay = bitsOf(31);

/** What is weak in the ways back in: proofs, codes, temporary passwords, what is told and what follows. */
export const recoveryChecks = ({ policy, limits }: Examined): Check[] => {
  const { memberUnblock, recovery, proofs, facts, code, channels, afterChange, contacts, portal } = policy;
  const isOwnPage = memberUnblock.path === 'own-page';
  const asksBirthDate =
    recovery.asks.includes('birth-date') || (isOwnPage && memberUnblock.asks.includes('birth-date'));
  const has = (kind: (typeof channels)[number]['kind']) => channels.some((channel) => channel.kind === kind);
  const minutesOf = (kind: 'sms-temporary' | 'email-temporary') =>
    channels.flatMap((channel) => (channel.kind === kind ? [channel.lifetimeMinutes] : []))[0] ?? 0;
  const proved = facts.filter(({ id }) => proofs.some(({ anyOf }) => anyOf.includes(id)));
  const tries = (tell: Teller) => triesOf(limits, 'proofs-per-member', tell);
  return [
    {
      id: 'proof-birth-date',
      severity: 'high',
      isWeak: asksBirthDate,
      bits: bitsOfBirthDay,
      params: (tell) => ({ bits: tell.number(bitsOfBirthDay, 2), tries: tries(tell) }),
    },
    {
      id: 'proof-knowledge',
      severity: 'medium',
      isWeak: proofs.length > 0,
      bits: null,
      params: (tell) => ({
        facts: tell.list(proved.map(({ label }) => `${label[tell.language]}`)),
        tries: tries(tell),
      }),
    },
    {
      id: 'proof-wrong-letter',
      severity: 'medium',
      isWeak: proofs.some(({ wrong }) => wrong === 'letter'),
      bits: null,
      params: () => ({
        days: policy.letter?.daysApart ?? 0,
        letters: policy.letter?.perNinetyDays ?? 0,
      }),
    },
    {
      id: 'state-told',
      severity: 'medium',
      isWeak: isOwnPage && memberUnblock.notLocked !== null,
      bits: memberUnblock.asks.includes('birth-date') ? bitsOfBirthDay : 0,
      params: ({ language }) => ({ words: memberUnblock.notLocked?.[language] ?? '' }),
    },
    {
      id: 'code-short',
      severity: 'high',
      isWeak: code.digits < fewestDigits,
      bits: bitsOf(possibilitiesOfDigits(code.digits)),
      params: ({ number }) => ({
        digits: code.digits,
        fewest: fewestDigits,
        bits: number(bitsOf(possibilitiesOfDigits(code.digits)), 2),
      }),
    },
    {
      id: 'code-long-lived',
      severity: 'medium',
      isWeak: code.lifetimeMinutes > longestMinutes,
      bits: null,
      params: () => ({ minutes: code.lifetimeMinutes, longest: longestMinutes }),
    },
    {
      id: 'sms-temporary',
      severity: 'medium',
      isWeak: has('sms-temporary'),
      bits: null,
      params: () => ({ minutes: minutesOf('sms-temporary') }),
    },
    { id: 'sms-code', severity: 'low', isWeak: has('sms-code'), bits: null },
    {
      id: 'email-temporary',
      severity: 'medium',
      isWeak: has('email-temporary'),
      bits: null,
      params: () => ({ minutes: minutesOf('email-temporary') }),
    },
    {
      id: 'contacts-after-reset',
      severity: 'medium',
      isWeak: afterChange.confirmContacts.length > 0,
      bits: null,
      params: () => ({ days: contacts.waitingDays, hours: contacts.confirmedWaitingHours }),
    },
    { id: 'signed-in-after-reset', severity: 'low', isWeak: !afterChange.signInAgain, bits: null },
    {
      id: 'other-hosts',
      severity: 'medium',
      isWeak: portal.otherHosts.length > 0,
      bits: null,
      params: ({ list }) => ({ hosts: list(portal.otherHosts), site: new URL(portal.publicSite).host }),
    },
  ];
};

const triesOf = (limits: Limits, name: BudgetName, { number, list, say }: Teller): string =>
  list(limits.budgets[name].limits.map(({ most, per }) => say(`per.${per}`, { most: number(most) })));
