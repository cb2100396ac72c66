import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import type { Language } from '../core/words.ts';
import { dayInWords, dayOfMoment, momentInWords } from '../core/days.ts';
import type { WordParams } from '../core/errors.ts';
import { expectedOf } from '../letters/letter-news.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Verdict } from './accounts.schema.ts';
import { decide, type Act, type Rule } from './decision.ts';
import type { DeskSituation, Situation } from './facts.service.ts';

type Saying = { house: House; language: Language };

/** What may be done now, in words: what comes first, who else is needed, or why not and what to do instead. */
export const verdictOf = (saying: Saying, act: Act, policy: Policy, situation: DeskSituation): Verdict => {
  const { house, language } = saying;
  const decision = decide(act, policy, situation.facts, situation.desk);
  const say = (key: string, params = {}) => house.words.say(language, `accounts.${key}`, params);
  if (decision.as === 'allowed') {
    return { state: 'allowed', allowed: true, rule: null, why: null, instead: null, reasons: [] };
  }
  if (decision.as === 'after') {
    const { step } = decision;
    const why = say(`steps.${step}`);
    return {
      state: 'after',
      allowed: false,
      rule: step,
      why,
      instead: say(`steps.${step}-how`),
      reasons: [],
    };
  }
  const offer = offerOf(saying, act, policy, situation);
  const params = { ...paramsOf(saying, policy, situation), offer };
  if (decision.as === 'approval') {
    const reasons = decision.rules.map((rule) => say(`rules.${rule}`, params));
    const instead = say('approvalNeeded', params);
    const why = reasons.join(' ');
    return { state: 'approval', allowed: false, rule: decision.rules[0], why, instead, reasons };
  }
  const { rule } = decision;
  if (rule === 'not-locked') {
    const { notLocked, instead } = policy.deskUnblock;
    const said = { notLocked: notLocked[language], instead: instead[language] };
    const toldInstead = say('rules.not-locked-instead', said);
    return {
      state: 'refused',
      allowed: false,
      rule,
      why: say('rules.not-locked'),
      instead: toldInstead,
      reasons: [],
    };
  }
  return {
    state: 'refused',
    allowed: false,
    rule,
    why: say(`rules.${rule}`, params),
    instead: say(`rules.${insteadOf(rule, act, policy)}`, params),
    reasons: [],
  };
};

/** Why an account is closed, for whoever reads about a member: part of a sentence. */
export const closureForDesk = ({ house, language }: Saying, { standing }: Situation): string =>
  standing.disabled === null ? '' : house.words.say(language, `accounts.closures.${standing.disabled}`);

/** The same as it is said to the member: the sentence of the organisation's file. */
export const closureInWords = (policy: Policy, language: Language, situation: Situation): string | null => {
  const { disabled } = situation.standing;
  return policy.disabled.find(({ id }) => id === disabled)?.say[language] ?? disabled;
};

// The desk sends no code, but the member may get one on the portal.
const insteadOf = (rule: Rule, act: Act, { channels }: Policy): string => {
  const hasCode = channels.some(({ kind }) => kind === `${act}-code`);
  return rule === 'channel-none' && hasCode ? 'channel-none-code' : `${rule}-instead`;
};

/** « Proposez l’e-mail ou le courrier. »: only what may be asked for, now or after a proof. */
const offerOf = (
  { house, language }: Saying,
  act: Act,
  policy: Policy,
  { facts, desk }: DeskSituation,
): string => {
  const say = (key: string, params = {}) => house.words.say(language, `accounts.offers.${key}`, params);
  const others = (['sms', 'email', 'letter'] as const).filter(
    (other) => other !== act && ['allowed', 'after'].includes(decide(other, policy, facts, desk).as),
  );
  if (others.length === 0) return say('nothing');
  const list = new Intl.ListFormat(language, { type: 'disjunction' });
  return say('offer', { ways: list.format(others.map((other) => say(other))) });
};

const paramsOf = ({ house, language }: Saying, policy: Policy, situation: DeskSituation) => {
  const { facts, limits, outlook, standing } = situation;
  const unfit = outlook.ok ? null : outlook.problem;
  const say = (rule: string, params: WordParams) =>
    house.words.say(language, `accounts.rules.${rule}`, params);
  const returned = returnInWords({ house, language }, situation);
  const scope = policy.channels.flatMap((one) => ('scope' in one ? [one.scope] : []))[0] ?? 'any';
  return {
    why: closureForDesk({ house, language }, situation),
    day: facts.unblocks.last24Hours,
    month: facts.unblocks.last30Days,
    problem: unfit ? house.words.say(language, `accounts.address.${unfit.what}`) : '',
    line: unfit?.line ?? '',
    reference: limits.onItsWay?.reference ?? '',
    announced: limits.onItsWay ? dayInWords(language, expectedOf(policy, limits.onItsWay).latest) : '',
    from: limits.mayAskFrom ? dayInWords(language, parisDay(limits.mayAskFrom)) : '',
    again: limits.mayAskOn ? ` ${say('letter-again', { from: dayInWords(language, limits.mayAskOn) })}` : '',
    returned: returned ? ` ${say('letter-address-doubtful-returned', returned)}` : '',
    waitingDays: policy.contacts.waitingDays,
    secondRecoveryDays: policy.contacts.secondRecoveryDays,
    until: standing.suspectedUntil ? momentInWords(language, standing.suspectedUntil) : '',
    mobiles: house.words.say(language, `accounts.mobiles.${scope}`),
    code: policy.code.name[language],
    portal: policy.portal.name[language],
    forgotten: policy.portal.labels.forgottenPassword[language],
  };
};

/** When and why the letter came back that made the address doubtful; null when another has been promised since. */
const returnInWords = ({ house, language }: Saying, { limits }: Situation): WordParams | null => {
  const letter = limits.news?.as === 'returned' ? limits.news.letter : null;
  if (!letter?.return_reason) return null;
  const reason = house.words.say(language, `letters.returnReasons.${letter.return_reason}`);
  return { day: dayOfMoment(language, letter.state_at), reason };
};
