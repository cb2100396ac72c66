import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import type { Language } from '../core/words.ts';
import { dayInWords } from '../core/days.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Verdict } from './accounts.schema.ts';
import { decide, type Act } from './decision.ts';
import type { Situation } from './facts.service.ts';

/** What may be done now, in words: why not, and what to do instead. */
export const verdictOf = (
  { house, language }: { house: House; language: Language },
  act: Act,
  policy: Policy,
  situation: Situation,
): Verdict => {
  const rule = decide(act, policy, situation.facts);
  if (!rule) return { allowed: true, rule: null, why: null, instead: null };
  if (rule === 'not-locked') {
    const { notLocked, instead } = policy.deskUnblock;
    return { allowed: false, rule, why: notLocked[language], instead: instead[language] };
  }
  const params = paramsOf(house, language, policy, situation);
  const say = (key: string) => house.words.say(language, `accounts.rules.${key}`, params);
  // « Proposez le courrier » only where a letter may really be asked for.
  const isDeadEnd = (act === 'email' || act === 'sms') && decide('letter', policy, situation.facts) !== null;
  const isChannel = !['no-account', 'disabled', 'frozen'].includes(rule);
  const instead = isDeadEnd && isChannel ? 'nothing-instead' : `${rule}-instead`;
  return { allowed: false, rule, why: say(rule), instead: say(instead) };
};

/** The sentence of the organisation's file that says why an account is closed. */
export const closureInWords = (policy: Policy, language: Language, situation: Situation): string | null => {
  const { disabled } = situation.standing;
  return policy.disabled.find(({ id }) => id === disabled)?.say[language] ?? disabled;
};

const paramsOf = (house: House, language: Language, policy: Policy, situation: Situation) => {
  const { facts, limits, outlook } = situation;
  const problem =
    !outlook.ok && outlook.problem ? house.words.say(language, `accounts.address.${outlook.problem}`) : '';
  return {
    why: closureInWords(policy, language, situation) ?? '',
    day: facts.unblocks.last24Hours,
    month: facts.unblocks.last30Days,
    problem,
    reference: limits.onItsWay?.reference ?? '',
    announced: limits.onItsWay ? dayInWords(language, limits.onItsWay.announced_on) : '',
    from: limits.mayAskFrom ? dayInWords(language, parisDay(limits.mayAskFrom)) : '',
  };
};
