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

/** `transitDays`: the n of J+n in jours ouvrables. `overseasExtraDays`: added to it outside the metropole. */
export type PostalProduct = { id: string; label: string; transitDays: number; overseasExtraDays: number };

/** 'deposited': handed to the post; 'received': in the member's letter box. */
export type LetterPromise = {
  value: number;
  unit: 'hours' | 'days';
  basis: 'calendar' | 'working';
  event: 'deposited' | 'received';
};

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
 * - The next collection that can be made: the same working day when asked before `cutoff` ('HH:MM', Paris), else
 *   the next one. Collections run Monday to Friday by the metropolitan calendar, wherever the letter goes.
 * - It arrives by the table of the destination zone; the earliest day is one transit day before the latest.
 * - The limit printed on the sheet follows the planned day; a later deposit does not move it.
 * - `announcedDay` is the date an agent may say, the latest arrival, whatever was promised.
 * - `latestPostingAt` is the last collection by which the letter is still there on the announced day. Mostly the
 *   planned one; later when the next working day is a holiday where the letter goes.
 * - `keepsPromise` compares days, not hours, and is null where nothing was promised.
 */
export const letterDates = (input: {
  askedAt: Date;
  cutoff: string;
  product: PostalProduct;
  zone: Zone;
  promise: LetterPromise | null;
  validityDays?: number;
  validityDaysOverseas?: number;
}): LetterDates => {
  const { askedAt, cutoff, product, zone, promise } = input;
  const plannedPostingDay = nextCollection(askedAt, cutoff);
  const latestArrival = arrivalBy(plannedPostingDay, product, zone);
  const { validityDays = limitDays, validityDaysOverseas = limitDaysFarAway } = input;
  const limitDay = addDays(plannedPostingDay, isFarAway(zone) ? validityDaysOverseas : validityDays);
  const promisedDay = promise && promisedBy(askedAt, promise);
  const eventDay = promise?.event === 'deposited' ? plannedPostingDay : latestArrival;

  return {
    plannedPostingDay,
    latestPostingAt: atParis(lastPostingDay(plannedPostingDay, latestArrival, product, zone), cutoff),
    earliestArrival: addTransitDays(plannedPostingDay, Math.max(1, transitOf(product, zone) - 1), zone),
    latestArrival,
    limitDay,
    validUntil: endOfParisDay(limitDay),
    promisedDay,
    keepsPromise: promisedDay === null ? null : eventDay <= promisedDay,
    announcedDay: latestArrival,
  };
};

/** The day by which a letter posted on `postingDay` is there: transit counts Monday to Saturday of its zone. */
export const arrivalBy = (postingDay: Day, product: PostalProduct, zone: Zone): Day =>
  addTransitDays(postingDay, transitOf(product, zone), zone);

const nextCollection = (askedAt: Date, cutoff: string): Day => {
  const asked = parisDay(askedAt);
  const isInTime = isWorkingDay(asked) && parisTime(askedAt) < cutoff;
  return isInTime ? asked : addWorkingDays(asked, 1);
};

const isFarAway = (zone: Zone): boolean => zone !== 'metropole' && zone !== 'alsace-moselle';

// Nothing arrives on the day it is posted.
const transitOf = (product: PostalProduct, zone: Zone): number =>
  Math.max(1, product.transitDays + (isFarAway(zone) ? product.overseasExtraDays : 0));

const lastPostingDay = (planned: Day, announced: Day, product: PostalProduct, zone: Zone): Day => {
  const next = addWorkingDays(planned, 1);
  return arrivalBy(next, product, zone) <= announced
    ? lastPostingDay(next, announced, product, zone)
    : planned;
};

/** The last day on which a promise made at `askedAt` is kept. Working days are the desk's, in the metropole. */
const promisedBy = (askedAt: Date, promise: LetterPromise): Day => {
  const asked = parisDay(askedAt);
  if (promise.unit === 'hours') return endOfHours(askedAt, promise);
  return promise.basis === 'working' ? addWorkingDays(asked, promise.value) : addDays(asked, promise.value);
};

/**
 * The Paris day on which the hours end, by the clock on the wall: 48 hours from 14:30 end at 14:30 two days
 * later, also when the clocks change between. Working hours run on working days only, round the clock.
 */
const endOfHours = (askedAt: Date, { value, basis }: LetterPromise): Day => {
  const asked = parisDay(askedAt);
  const time = parisTime(askedAt);
  const minuteOfDay = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const days = Math.floor((minuteOfDay + value * 60) / 1440);
  if (basis === 'calendar') return addDays(asked, days);
  if (isWorkingDay(asked)) return addWorkingDays(asked, days);

  // They start with the next working day, so whole days of them end with its last minute.
  return addWorkingDays(addWorkingDays(asked, 0), Math.max(0, Math.ceil(value / 24) - 1));
};
