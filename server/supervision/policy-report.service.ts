import type { House } from '../core/ctx.ts';
import type { Language } from '../core/words.ts';
import { isCarriedTo } from '../letters/promise.ts';
import type { LetterPolicy } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { guessingOdds } from './odds.ts';
import type { PolicyReport } from './policy-report.schema.ts';
import { comingYear, keptBy, minutesInWords, promiseInWords } from './promise-keeping.service.ts';
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
    .map((policy) => reportOf(house, language, policy));

/** How numbers, shares and lists are written for people. */
export const tellerOf = ({ words }: Pick<House, 'words'>, language: Language): Teller => {
  const locale = { fr: 'fr-FR', en: 'en-GB' }[language];
  return {
    language,
    number: (value, decimals = 1) => value.toLocaleString(locale, { maximumFractionDigits: decimals }),
    share: (value) =>
      (value < 1 ? Math.min(value, nearlyAll) : value).toLocaleString(locale, {
        style: 'percent',
        maximumFractionDigits: 1,
      }),
    list: (items) => items.join(', '),
    say: (key, params) => words.say(language, `policyReport.${key}`, params),
  };
};

// « 100 % » is a promise always kept, never one that nearly is.
const nearlyAll = 0.999;

const reportOf = (house: House, language: Language, policy: Policy): PolicyReport => {
  const tell = tellerOf(house, language);
  const year = comingYear(house.clock());
  const examined: Examined = {
    policy,
    limits: house.limits,
    promiseKept: keptByProduct(policy.letter, year),
  };
  return {
    organisationId: policy.id,
    organisationName: policy.name,
    weakPoints: findWeakPoints(examined).map(({ id, severity, bits, params }) => {
      const say = (part: string) => tell.say(`points.${id}.${part}`, params?.(tell));
      const words = { title: say('title'), rule: say('rule'), detail: say('detail'), change: say('change') };
      return { id, severity, bits, ...words };
    }),
    odds: guessingOdds(examined).map(({ id, ...odds }) => ({ secret: tell.say(`secrets.${id}`), ...odds })),
    promise: promiseOf({ house, language }, policy.letter, year),
  };
};

const keptByProduct = (letter: LetterPolicy | null, year: number, productId = letter?.product) => {
  const product = letter?.products.find(({ id }) => id === productId);
  if (!letter?.promise || !product) return null;
  return keptBy({ ...letter, promise: letter.promise }, product, home, year);
};

// Where most members live; the page of promises tells the other zones.
const home = 'metropole';

const promiseOf = (
  telling: { house: House; language: Language },
  letter: LetterPolicy | null,
  year: number,
): PolicyReport['promise'] => {
  const kept = keptByProduct(letter, year);
  if (!letter?.promise || !kept) return null;
  const better = letter.products.find(
    (product) =>
      product.id !== letter.product &&
      isCarriedTo(product, home) &&
      keptByProduct(letter, year, product.id)?.share === 1,
  );
  return {
    promised: promiseInWords(telling, letter.promise),
    product: letter.products.find(({ id }) => id === letter.product)?.label ?? letter.product,
    keptShare: kept.share,
    worst: minutesInWords(telling, kept.worstMinutes),
    better: kept.share < 1 && better ? better.label : null,
  };
};
