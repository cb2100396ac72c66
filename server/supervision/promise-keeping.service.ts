import { parisDay, zones, type Zone } from '../core/calendar.ts';
import type { z } from 'zod';
import type { Ctx, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Language } from '../core/words.ts';
import { promiseKept, type PromiseKept } from '../letters/promise-kept.ts';
import { isCarriedTo, productTo } from '../letters/promise.ts';
import type { LetterPolicy, LetterPromise, PostalProduct } from '../organisations/policy-parts.schema.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { PromiseKeeping, PromiseKeepingQuery } from './promise-keeping.schema.ts';

type Telling = { house: Pick<House, 'words'>; language: Language };

/**
 * What share of a year's requests keep the promise, for every product of the organisation's file and every zone that
 * it goes to: computed from the file alone, by the same table as the dates of each letter.
 *
 * @throws AppError `invalid-input` for a product that the file does not have.
 */
export const promiseKeeping = (
  { house, language }: Telling,
  { id, letter }: Policy,
  asked: { year: number; product?: string | undefined },
): PromiseKeeping => {
  const { year } = asked;
  const promise = letter?.promise ?? null;
  const products = letter?.products.filter((one) => one.id === (asked.product ?? one.id)) ?? [];
  if (asked.product !== undefined && products.length === 0) {
    throw new AppError('invalid-input', 'lots.unknownProduct', {
      fields: { product: 'lots.unknownProduct' },
    });
  }
  const inWords = (one: LetterPromise) => promiseInWords({ house, language }, one);
  return {
    organisationId: id,
    year,
    promise,
    promiseInWords: promise && inWords(promise),
    rows: !letter
      ? []
      : products.flatMap((product) =>
          zones
            .filter((zone) => isCarriedTo(product, zone))
            .map((zone) => ({
              product: product.id,
              label: product.label,
              zone,
              zoneInWords: house.words.say(language, `promiseKeeping.zones.${zone}`),
              ...figuresOf(letter, product, zone, year),
              isDefault: productTo(letter, zone) === product,
              compared: others.map((other) => ({
                promiseInWords: inWords(other),
                share: keptBy({ ...letter, promise: other }, product, zone, year).share,
              })),
            })),
        ),
  };
};

/** The same for whoever works for the organisation. @throws AppError `not-found` for anybody else. */
export const readPromiseKeeping = (
  ctx: Ctx,
  { organisation, year = comingYear(ctx.now), product }: z.output<typeof PromiseKeepingQuery>,
): PromiseKeeping => {
  if (!ctx.scope.organisationIds.includes(organisation)) throw new AppError('not-found', 'common.notFound');
  return promiseKeeping(ctx, policyOf(ctx.house, organisation), { year, product });
};

/** The year that is told about when nobody names one: the next one can still be promised otherwise. */
export const comingYear = (now: Date): number => Number(parisDay(now).slice(0, 4)) + 1;

/** How often this product keeps what the organisation promises. */
export const keptBy = (
  letter: Pick<LetterPolicy, 'cutoff' | 'collectionAt'> & { promise: LetterPromise },
  product: PostalProduct,
  zone: Zone,
  year: number,
): PromiseKept => promiseKept({ ...letter, product, zone }, year);

/** « reçu sous 48 heures » */
export const promiseInWords = (
  { house, language }: Telling,
  { value, unit, basis, event }: LetterPromise,
): string => {
  const say = (key: string, params: Record<string, string | number>) =>
    house.words.say(language, `promiseKeeping.${key}`, params);
  return say(event, { delay: say(`${unit}-${basis}`, { value }) });
};

/** « 5 j 22 h » */
export const minutesInWords = ({ house, language }: Telling, minutes: number): string => {
  const left = minutes % 60;
  const params = { days: Math.floor(minutes / 1_440), hours: Math.floor((minutes % 1_440) / 60) };
  return left === 0
    ? house.words.say(language, 'promiseKeeping.took.days', params)
    : house.words.say(language, 'promiseKeeping.took.half', { ...params, minutes: left });
};

// FACTS 4.4 compares them: what mutuals promise, and what of it a letter can keep.
const received = { event: 'received', basis: 'calendar' } as const;
const others: LetterPromise[] = [
  { ...received, value: 48, unit: 'hours' },
  { ...received, value: 2, unit: 'days', basis: 'working' },
  { ...received, value: 8, unit: 'days' },
  { value: 48, unit: 'hours', basis: 'calendar', event: 'deposited' },
];

const figuresOf = (letter: LetterPolicy, product: PostalProduct, zone: Zone, year: number) => {
  if (letter.promise) return keptBy({ ...letter, promise: letter.promise }, product, zone, year);
  // The longest way does not depend on the delay promised; without one it is told to the letter box.
  const promise = { ...received, value: 1, unit: 'days' } as const;
  return { share: null, worstMinutes: keptBy({ ...letter, promise }, product, zone, year).worstMinutes };
};
