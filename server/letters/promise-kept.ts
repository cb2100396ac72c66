import { addDays, isWorkingDay, type Day, type Zone } from '../core/calendar.ts';
import {
  nextCollection,
  promisedEvent,
  promisedUntil,
  wallMinutes,
  type LetterPromise,
  type PostalProduct,
  type Posting,
  type WallTime,
} from './promise.ts';

export type PromiseKept = {
  /** Of the quarter-hours from 8:30 to 18:00 of a year's working days, the share at which it is kept. */
  share: number;
  /** The longest from a request to the letter box (13:00), or to the post where that is promised, in minutes. */
  worstMinutes: number;
};

type Asked = Posting & { product: PostalProduct; zone: Zone; promise: LetterPromise };

/** Below this share of a year's requests a promise is one that its product cannot keep (DOMAIN, "Letters"). */
export const keptTooRarely = 0.5;

/** How often a product keeps a promise made to a zone, by the same table as the dates of each letter (FACTS 4.4). */
export const promiseKept = (asked: Asked, year: number): PromiseKept => {
  const [ends, until] = [endsOf(asked, year), promisesOf(asked.promise, year)];
  let kept = 0;
  let worstMinutes = 0;
  ends.forEach(({ begins, before, after }, row) => {
    times.forEach(({ time, minute }, at) => {
      const end = time < asked.cutoff ? before : after;
      worstMinutes = Math.max(worstMinutes, end - begins - minute);
      if (end <= (until[row * times.length + at] as number)) kept += 1;
    });
  });
  return { share: kept / until.length, worstMinutes };
};

type Ends = { begins: number; before: number; after: number };

/** For every working day of a year: its first minute, and when what is asked before and after the cut-off ends. */
const endsOf = ({ cutoff, collectionAt, product, zone, promise: { event } }: Asked, year: number): Ends[] => {
  const { transitDays, overseasExtraDays, europeExtraDays, worldExtraDays } = product;
  const days = [transitDays, overseasExtraDays, europeExtraDays, worldExtraDays];
  const endAt = (asked: WallTime): number =>
    wallMinutes(promisedEvent({ collectionAt, product, zone }, nextCollection(asked, cutoff), event));
  return remember(ended, 200, [cutoff, collectionAt, days, zone, event, year], () =>
    workingDaysOf(year).map((day) => ({
      begins: wallMinutes({ day, time: '00:00' }),
      before: endAt({ day, time: '00:00' }),
      after: endAt({ day, time: '24:00' }),
    })),
  );
};

/** Until when the promise runs, for every moment of a year in turn: the same for all products and zones. */
const promisesOf = (promise: LetterPromise, year: number): number[] =>
  remember(promised, 20, [promise, year], () =>
    workingDaysOf(year).flatMap((day) =>
      times.map(({ time }) => wallMinutes(promisedUntil({ day, time }, promise))),
    ),
  );

// A year has ten thousand such moments, and files change at a restart only.
const ended = new Map<string, Ends[]>();
const promised = new Map<string, number[]>();

const remember = <Value>(
  known: Map<string, Value>,
  most: number,
  of: unknown[],
  make: () => Value,
): Value => {
  const key = JSON.stringify(of);
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= most) known.clear();
  const made = make();
  known.set(key, made);
  return made;
};

const workingDaysOf = (year: number): Day[] => {
  const days: Day[] = [];
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
    if (isWorkingDay(day)) days.push(day);
  }
  return days;
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const times = Array.from({ length: 38 }, (_, quarter) => {
  const minute = 8 * 60 + 30 + quarter * 15;
  return { minute, time: `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}` };
});
