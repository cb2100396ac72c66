import {
  addDays,
  addTransitDays,
  addWorkingDays,
  atParis,
  endOfParisDay,
  isWorkingDay,
  parisDay,
  parisTime,
} from '../core/calendar.ts';
import type { Day, Zone } from '../core/calendar.ts';
import type { LetterPolicy, LetterPromise, PostalProduct } from '../organisations/policy-parts.schema.ts';

export type { LetterPromise, PostalProduct };

/** When letters leave: what is asked before `cutoff` is posted by `collectionAt` of the same day ('HH:MM', Paris). */
export type Posting = { cutoff: string; collectionAt: string };

export type LetterDates = {
  plannedPostingDay: Day;
  latestPostingAt: Date;
  earliestArrival: Day;
  latestArrival: Day;
  limitDay: Day;
  validUntil: Date;
  promisedDay: Day | null;
  keepsPromise: boolean | null;
  announcedDay: Day;
};

// DOMAIN, "Letters": used where the caller names no other (an organisation's file may, within bounds).
const limitDays = 15;
const limitDaysFarAway = 30;

/**
 * Every date of a letter, from the moment it is asked for.
 *
 * - The next collection that can be made: the same working day when asked before `cutoff`, else the next one.
 *   Collections run Monday to Friday by the metropolitan calendar, wherever the letter goes.
 * - It arrives by the table of the destination zone. The earliest day is one transit day before the latest; where
 *   days were added as a margin, it counts none of them.
 * - The limit printed on the sheet follows the planned day; a later deposit does not move it.
 * - `announcedDay` is the date an agent may say, the latest arrival, whatever was promised.
 * - `latestPostingAt` is the last collection by which the letter is still there on the announced day, and a promise
 *   to post it is still kept. Mostly the planned one; later when the next working day is a holiday where it goes.
 * - `keepsPromise` is null where nothing was promised; else whether the letter is in the box, or posted, by the end
 *   of the promised day, or by the minute where hours are promised.
 */
export const letterDates = (
  input: Posting & {
    askedAt: Date;
    product: PostalProduct;
    zone: Zone;
    promise: LetterPromise | null;
    /** When the promise was made, where that was before: to the letter that this one takes the place of. */
    promisedAt?: Date;
    validityDays?: number;
    validityDaysOverseas?: number;
  },
): LetterDates => {
  const { askedAt, promisedAt = askedAt, collectionAt, product, zone, promise } = input;
  const plannedPostingDay = nextCollection(wallTime(askedAt), input.cutoff);
  const latestArrival = arrivalBy(plannedPostingDay, product, zone);
  const { validityDays = limitDays, validityDaysOverseas = limitDaysFarAway } = input;
  const limitDay = addDays(plannedPostingDay, isFarAway(zone) ? validityDaysOverseas : validityDays);
  const until = promise && promisedUntil(wallTime(promisedAt), promise);
  const keeps = (postingDay: Day): boolean | null =>
    until && wallMinutes(promisedEvent(input, postingDay, promise.event)) <= wallMinutes(until);
  const keepsPromise = keeps(plannedPostingDay);
  const isInTime = (postingDay: Day): boolean =>
    arrivalBy(postingDay, product, zone) <= latestArrival && keeps(postingDay) === keepsPromise;

  return {
    plannedPostingDay,
    latestPostingAt: atParis(lastPostingDay(plannedPostingDay, isInTime), collectionAt),
    earliestArrival: arrivalFrom(plannedPostingDay, product, zone),
    latestArrival,
    limitDay,
    validUntil: endOfParisDay(limitDay),
    promisedDay: until?.day ?? null,
    keepsPromise,
    announcedDay: latestArrival,
  };
};

/** As a letter's row keeps it. */
export const keptInRow = ({ keepsPromise }: Pick<LetterDates, 'keepsPromise'>): number | null =>
  keepsPromise === null ? null : Number(keepsPromise);

/** A minute of Paris as clocks on the wall show it; '24:00' ends its day. */
export type WallTime = { day: Day; time: string };

const wallTime = (at: Date): WallTime => ({ day: parisDay(at), time: parisTime(at) });

/** When what is promised happens to a letter posted on `postingDay`: its collection, or the box where it ends. */
export const promisedEvent = (
  { collectionAt, product, zone }: Pick<Posting, 'collectionAt'> & { product: PostalProduct; zone: Zone },
  postingDay: Day,
  event: LetterPromise['event'],
): WallTime =>
  event === 'deposited'
    ? { day: postingDay, time: collectionAt }
    : { day: arrivalBy(postingDay, product, zone), time: letterBoxAt };

// FACTS 4.4: the letter reaches the box at 13:00.
const letterBoxAt = '13:00';

/** Minutes as the clocks on the wall count them, whatever is done to them in between. */
export const wallMinutes = ({ day, time }: WallTime): number =>
  Date.parse(`${day}T00:00Z`) / 60_000 + minuteOf(time);

/** The first day on which a letter posted on `postingDay` may be there. */
export const arrivalFrom = (postingDay: Day, product: PostalProduct, zone: Zone): Day =>
  addTransitDays(postingDay, fewestTransitDays(product, zone), zone);

/** The day by which a letter posted on `postingDay` is there: transit counts Monday to Saturday of its zone. */
export const arrivalBy = (postingDay: Day, product: PostalProduct, zone: Zone): Day =>
  addTransitDays(postingDay, transitOf(product, zone), zone);

/** Whether the post carries a product to a zone. */
export const isCarriedTo = (product: PostalProduct, zone: Zone): boolean =>
  isFarAway(zone) ? extraDaysOf(product, zone) !== null : !product.abroadOnly;

/** The product that a letter to this zone leaves by: the one wanted, else the usual one, else the first that goes. */
export const productTo = (
  letter: Pick<LetterPolicy, 'product' | 'products'>,
  zone: Zone,
  wanted: string = letter.product,
): PostalProduct => {
  const carried = letter.products.filter((product) => isCarriedTo(product, zone));
  const named = [wanted, letter.product].flatMap((id) => carried.filter((product) => product.id === id));
  const product = named[0] ?? carried[0];
  if (!product) throw new Error('An organisation’s file passed its check without a product for every zone.');
  return product;
};

/** The collection that a letter asked for at this minute can leave with. */
export const nextCollection = ({ day, time }: WallTime, cutoff: string): Day =>
  isWorkingDay(day) && time < cutoff ? day : addWorkingDays(day, 1);

const isFarAway = (zone: Zone): boolean => zone !== 'metropole' && zone !== 'alsace-moselle';

const extraDaysOf = (product: PostalProduct, zone: Zone): number | null => {
  if (!isFarAway(zone)) return 0;
  if (zone === 'europe') return product.europeExtraDays;
  return zone === 'world' ? product.worldExtraDays : product.overseasExtraDays;
};

// Nothing arrives on the day it is posted.
const transitOf = (product: PostalProduct, zone: Zone): number =>
  Math.max(1, product.transitDays + (extraDaysOf(product, zone) ?? 0));

const fewestTransitDays = (product: PostalProduct, zone: Zone): number =>
  Math.max(1, extraDaysOf(product, zone) ? product.transitDays : transitOf(product, zone) - 1);

const lastPostingDay = (planned: Day, isInTime: (day: Day) => boolean): Day => {
  const next = addWorkingDays(planned, 1);
  return isInTime(next) ? lastPostingDay(next, isInTime) : planned;
};

/**
 * The last minute at which a promise made at `asked` is kept. Working days are the desk's, in the metropole. Hours run
 * by the clock on the wall: 48 hours from 14:30 end at 14:30 two days later, also when the clocks change between.
 * Working hours run on working days only, round the clock.
 */
export const promisedUntil = (asked: WallTime, { value, unit, basis }: LetterPromise): WallTime => {
  const { day } = asked;
  if (unit === 'days') {
    return { day: basis === 'working' ? addWorkingDays(day, value) : addDays(day, value), time: '24:00' };
  }
  const isRunning = basis === 'calendar' || isWorkingDay(day);
  const minutes = (isRunning ? minuteOf(asked.time) : 0) + value * 60;
  const days = Math.floor(minutes / 1440);
  if (basis === 'calendar') return { day: addDays(day, days), time: timeOf(minutes % 1440) };
  if (isRunning) return { day: addWorkingDays(day, days), time: timeOf(minutes % 1440) };

  // They start with the next working day, so whole days of them end with its last minute.
  const start = addWorkingDays(day, 0);
  if (minutes % 1440 === 0) return { day: addWorkingDays(start, days - 1), time: '24:00' };
  return { day: addWorkingDays(start, days), time: timeOf(minutes % 1440) };
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
