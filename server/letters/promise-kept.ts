import { addDays, addWorkingDays, atParis, isWorkingDay, type Day } from '../core/calendar.ts';
import { arrivalBy, letterDates, type LetterPromise, type PostalProduct } from './promise.ts';

export type PromiseKept = {
  /** Of the quarter-hours from 8:30 to 18:00 of a year's working days, the share at which it is kept. */
  share: number;
  /** The longest from a request to the letter box (13:00), or to the post where that is promised, in minutes. */
  worstMinutes: number;
};

type Asked = { cutoff: string; product: PostalProduct; promise: LetterPromise };

/**
 * How often a product can keep a promise at all, in the metropole: by the clock where hours are promised, by the
 * day where days are (FACTS 4.4).
 */
export const promiseKept = (asked: Asked, year: number): PromiseKept => {
  const key = JSON.stringify([asked.cutoff, asked.product.transitDays, asked.promise, year]);
  const found = computed.get(key) ?? compute(asked, year);
  computed.set(key, found);
  return found;
};

// A year has ten thousand such moments, and files change at a restart only.
const computed = new Map<string, PromiseKept>();

const compute = (asked: Asked, year: number): PromiseKept => {
  const days = workingDaysOf(year);
  let kept = 0;
  let worstMinutes = 0;
  for (const day of days) {
    // What is asked before the collection leaves with it, and all of it at once; so does what comes after.
    for (const some of [times.filter((at) => at < asked.cutoff), times.filter((at) => at >= asked.cutoff)]) {
      const [first, last] = [some[0], some.at(-1)];
      if (first === undefined || last === undefined) continue;
      const end = endMinutes(asked, day, first);
      worstMinutes = Math.max(worstMinutes, end - wallMinutes(day, first));
      kept += keptOf(asked, day, some, end);
    }
  }
  return { share: kept / (days.length * times.length), worstMinutes };
};

const keptOf = (asked: Asked, day: Day, some: string[], end: number): number => {
  const { unit, basis, value } = asked.promise;
  if (unit === 'hours' && basis === 'calendar') {
    return some.filter((time) => end - wallMinutes(day, time) <= value * 60).length;
  }
  if (unit === 'hours') return some.filter((time) => isDayKept(asked, day, time)).length;
  return isDayKept(asked, day, some[0] ?? '') ? some.length : 0;
};

const isDayKept = ({ cutoff, product, promise }: Asked, day: Day, time: string): boolean => {
  const askedAt = atParis(day, time);
  return letterDates({ askedAt, cutoff, product, zone: 'metropole', promise }).keepsPromise === true;
};

const endMinutes = ({ cutoff, product, promise }: Asked, day: Day, time: string): number => {
  const posted = time < cutoff ? day : addWorkingDays(day, 1);
  if (promise.event === 'deposited') return wallMinutes(posted, cutoff);
  return wallMinutes(arrivalBy(posted, product, 'metropole'), letterBoxAt);
};

const letterBoxAt = '13:00';

/** As clocks on the wall show it, whatever is done to them in between. */
const wallMinutes = (day: Day, time: string): number => Date.parse(`${day}T${time}:00Z`) / 60_000;

const workingDaysOf = (year: number): Day[] => {
  const days: Day[] = [];
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
    if (isWorkingDay(day)) days.push(day);
  }
  return days;
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const times = Array.from({ length: 38 }, (_, quarter) => {
  const minutes = 8 * 60 + 30 + quarter * 15;
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
});
