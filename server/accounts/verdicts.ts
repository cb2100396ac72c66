import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import type { Language } from '../core/words.ts';
import { dayInWords } from '../core/days.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Verdict } from './accounts.schema.ts';
import { decide, type Act, type Rule } from './decision.ts';
import type { Situation } from './facts.service.ts';

type Saying = { house: House; language: Language };

/** What may be done now, in words: why not, and what to do instead. */
export const verdictOf = (saying: Saying, act: Act, policy: Policy, situation: Situation): Verdict => {
  const { house, language } = saying;
  const rule = decide(act, policy, situation.facts);
  if (!rule) return { allowed: true, rule: null, why: null, instead: null };
  if (rule === 'not-locked') {
    const { notLocked, instead } = policy.deskUnblock;
    return { allowed: false, rule, why: notLocked[language], instead: instead[language] };
  }
  const params = { ...paramsOf(saying, policy, situation), offer: offerOf(saying, act, policy, situation) };
  const say = (key: string) => house.words.say(language, `accounts.rules.${key}`, params);
  return { allowed: false, rule, why: say(rule), instead: say(insteadOf(rule, act, policy)) };
};

/** The sentence of the organisation's file that says why an account is closed. */
export const closureInWords = (policy: Policy, language: Language, situation: Situation): string | null => {
  const { disabled } = situation.standing;
  return policy.disabled.find(({ id }) => id === disabled)?.say[language] ?? disabled;
};

// The desk sends no code, but the member may get one on the portal.
const insteadOf = (rule: Rule, act: Act, { channels }: Policy): string => {
  const hasCode = channels.some(({ kind }) => kind === `${act}-code`);
  return rule === 'channel-none' && hasCode ? 'channel-none-code' : `${rule}-instead`;
};

/** « Proposez l’e-mail ou le courrier. »: only what may really be asked for now. */
const offerOf = ({ house, language }: Saying, act: Act, policy: Policy, { facts }: Situation): string => {
  const say = (key: string, params = {}) => house.words.say(language, `accounts.offers.${key}`, params);
  const others = (['sms', 'email', 'letter'] as const).filter(
    (other) => other !== act && decide(other, policy, facts) === null,
  );
  if (others.length === 0) return say('nothing');
  const list = new Intl.ListFormat(language, { type: 'disjunction' });
  return say('offer', { ways: list.format(others.map((other) => say(other))) });
};

const paramsOf = ({ house, language }: Saying, policy: Policy, situation: Situation) => {
  const { facts, limits, outlook } = situation;
  const problem =
    !outlook.ok && outlook.problem ? house.words.say(language, `accounts.address.${outlook.problem}`) : '';
  const scope = policy.channels.flatMap((one) => ('scope' in one ? [one.scope] : []))[0] ?? 'any';
  return {
    why: closureInWords(policy, language, situation) ?? '',
    day: facts.unblocks.last24Hours,
    month: facts.unblocks.last30Days,
    problem,
    reference: limits.onItsWay?.reference ?? '',
    announced: limits.onItsWay ? dayInWords(language, limits.onItsWay.announced_on) : '',
    from: limits.mayAskFrom ? dayInWords(language, parisDay(limits.mayAskFrom)) : '',
    waitingDays: policy.contacts.waitingDays,
    mobiles: house.words.say(language, `accounts.mobiles.${scope}`),
    code: policy.code.name[language],
    portal: policy.portal.name[language],
    forgotten: policy.portal.labels.forgottenPassword[language],
  };
};
