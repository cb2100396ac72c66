import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import type { Language } from '../core/words.ts';
import { promiseKept } from '../letters/promise-kept.ts';
import type { LetterPolicy, LetterPromise } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { guessingOdds } from './odds.ts';
import type { PolicyReport } from './policy-report.schema.ts';
import { findWeakPoints, type Examined, type Teller } from './weak-points.ts';

/**
 * What is weak in the procedures of these organisations: the rules they break, what guessing brings under the limits
 * in force, and whether their letters can keep what is promised in the coming year. It is computed from the
 * organisations' files and the limits file alone, and reads no member.
 */
export const policyReport = (
  house: House,
  language: Language,
  organisationIds: readonly string[],
): PolicyReport[] =>
  house.organisations
    .all()
    .filter(({ id }) => organisationIds.includes(id))
    .map((policy) => reportOf(house, tellerOf(house, language), policy));

/** How numbers, shares and lists are written for people. */
export const tellerOf = ({ words }: Pick<House, 'words'>, language: Language): Teller => {
  const locale = { fr: 'fr-FR', en: 'en-GB' }[language];
  return {
    language,
    number: (value, decimals = 1) => value.toLocaleString(locale, { maximumFractionDigits: decimals }),
    share: (value) => value.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 }),
    list: (items) => items.join(', '),
    say: (key, params) => words.say(language, `policyReport.${key}`, params),
  };
};

const reportOf = (house: House, tell: Teller, policy: Policy): PolicyReport => {
  const year = Number(parisDay(house.clock()).slice(0, 4)) + 1;
  const examined: Examined = { policy, limits: house.limits, promiseKept: keptBy(policy.letter, year) };
  return {
    organisationId: policy.id,
    organisationName: policy.name,
    weakPoints: findWeakPoints(examined).map(({ id, severity, bits, params }) => {
      const say = (part: string) => tell.say(`points.${id}.${part}`, params?.(tell));
      const words = { title: say('title'), rule: say('rule'), detail: say('detail'), change: say('change') };
      return { id, severity, bits, ...words };
    }),
    odds: guessingOdds(examined).map(({ id, ...odds }) => ({ secret: tell.say(`secrets.${id}`), ...odds })),
    promise: promiseOf(tell, policy.letter, year),
  };
};

const keptBy = (letter: LetterPolicy | null, year: number, productId = letter?.product) => {
  const product = letter?.products.find(({ id }) => id === productId);
  if (!letter?.promise || !product) return null;
  return promiseKept({ cutoff: letter.cutoff, product, promise: letter.promise }, year);
};

const promiseOf = (tell: Teller, letter: LetterPolicy | null, year: number): PolicyReport['promise'] => {
  const kept = keptBy(letter, year);
  if (!letter?.promise || !kept) return null;
  const better = letter.products.find(
    ({ id }) => id !== letter.product && keptBy(letter, year, id)?.share === 1,
  );
  return {
    promised: promisedIn(tell, letter.promise),
    product: letter.products.find(({ id }) => id === letter.product)?.label ?? letter.product,
    keptShare: kept.share,
    worst: tookIn(tell, kept.worstMinutes),
    better: kept.share < 1 && better ? better.label : null,
  };
};

const promisedIn = ({ say }: Teller, { value, unit, basis, event }: LetterPromise): string =>
  say(`promise.${event}`, { delay: say(`promise.${unit}-${basis}`, { value }) });

const tookIn = ({ say }: Teller, minutes: number): string => {
  const left = minutes % 60;
  const params = { days: Math.floor(minutes / 1_440), hours: Math.floor((minutes % 1_440) / 60) };
  return left === 0 ? say('took.days', params) : say('took.half', { ...params, minutes: left });
};
