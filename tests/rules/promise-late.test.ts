import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { zones, type Zone } from '../../server/core/calendar.ts';
import { letterDates, type LetterPromise } from '../../server/letters/promise.ts';

/*
 * A table of its own, day by day, that shares nothing with the code under test: weekdays from Temporal, holidays as
 * FACTS 4.3 prints them, Paris time from Temporal.
 */
const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};
const easters = ['2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21'];
const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const local: Partial<Record<Zone, string[]>> = {
  'alsace-moselle': ['12-26'],
  YT: ['04-27'],
  MQ: ['05-22'],
  GP: ['05-27'],
  MF: ['05-27', '05-28'],
  GF: ['06-10'],
  BL: ['10-09'],
  RE: ['12-20'],
};

const movable = (zone: Zone): string[] =>
  easters.flatMap((easter) => {
    const shifts = [1, 39, 50, ...(zone === 'alsace-moselle' ? [-2] : [])];
    return shifts.map((days) => Temporal.PlainDate.from(easter).add({ days }).toString());
  });

type Entry = { day: string; isCollected: boolean; isDelivered: boolean };

/** Every day of 2026 to 2030: whether the metropole's post collects, whether the zone's delivers. */
const tableOf = (zone: Zone): Entry[] => {
  const closed = (where: Zone) => new Set([...movable(where), ...(local[where] ?? []), ...fixed]);
  const [home, there] = [closed('metropole'), closed(zone)];
  const isHoliday = (day: string, days: Set<string>) => days.has(day) || days.has(day.slice(5));
  return Array.from({ length: 5 * 365 + 1 }, (_, days) => {
    const date = Temporal.PlainDate.from('2026-01-01').add({ days });
    const day = date.toString();
    return {
      day,
      isCollected: date.dayOfWeek <= 5 && !isHoliday(day, home),
      isDelivered: date.dayOfWeek <= 6 && !isHoliday(day, there),
    };
  });
};

const tables = new Map(zones.map((zone) => [zone, tableOf(zone)]));
const indexOf = new Map(tableOf('metropole').map(({ day }, at) => [day, at]));
const after = (zone: Zone, day: string): Entry[] => {
  const from = (indexOf.get(day) ?? 0) + 1;
  return (tables.get(zone) ?? []).slice(from, from + 60);
};

const arrival = (zone: Zone, posted: string, transit: number): string =>
  after(zone, posted).filter(({ isDelivered }) => isDelivered)[transit - 1]?.day ?? 'never';
/** The collection that takes what is handed in at this moment. */
const collectionOf = (moment: Temporal.ZonedDateTime, closes: string): string => {
  const day = moment.toPlainDate().toString();
  const isToday = tables.get('metropole')?.[indexOf.get(day) ?? 0]?.isCollected;
  const isInTime = Temporal.PlainTime.compare(moment.toPlainTime(), closes) <= 0;
  return isToday && isInTime ? day : nextCollection(day);
};
const nextCollection = (day: string): string =>
  after('metropole', day).find(({ isCollected }) => isCollected)?.day ?? 'never';

const dayBefore = (day: string | null): string =>
  Temporal.PlainDate.from(day ?? '2026-01-01')
    .subtract({ days: 1 })
    .toString();

const inParis = (at: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Paris');

const extra = { overseasExtraDays: 2, europeExtraDays: 1, worldExtraDays: 7, abroadOnly: false };
const transitTo = (zone: Zone, transitDays: number): number => {
  if (zone === 'metropole' || zone === 'alsace-moselle') return transitDays;
  return transitDays + ({ europe: 1, world: 7 }[zone as string] ?? 2);
};

const promises = fc.record({
  value: fc.integer({ min: 1, max: 240 }),
  unit: fc.constantFrom('hours', 'days'),
  basis: fc.constantFrom('calendar', 'working'),
  event: fc.constantFrom('deposited', 'received'),
}) as fc.Arbitrary<LetterPromise>;

const asked = fc.record({
  minute: fc.integer({ min: 0, max: 4 * 365 * 1440 }),
  hours: fc.constantFrom(['08:30', '12:00'], ['11:30', '11:30'], ['15:00', '17:00'], ['18:00', '20:00']),
  transitDays: fc.integer({ min: 1, max: 7 }),
  zone: fc.constantFrom(...zones),
  promise: fc.option(promises),
  /** How far between the question and the latest posting it is handed in. */
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('a letter handed in by its latest posting', () => {
  const holds = (check: (dates: ReturnType<typeof letterDates>, input: Input) => void, numRuns = 1_500) =>
    fc.assert(
      fc.property(asked, ({ minute, hours: [cutoff = '', collectionAt = ''], ...rest }) => {
        const askedAt = new Date(Date.parse('2026-01-01T00:00Z') + minute * 60_000);
        const product = { id: 'any', label: '', transitDays: rest.transitDays, ...extra };
        const input = { ...rest, askedAt, cutoff, collectionAt, product };
        check(letterDates(input), input);
      }),
      { ...seed, numRuns },
    );
  type Input = {
    askedAt: Date;
    cutoff: string;
    collectionAt: string;
    transitDays: number;
    zone: Zone;
    promise: LetterPromise | null;
    share: number;
  };

  test('is never there after the day announced, nor after the day promised where the promise holds', () => {
    holds((dates, { askedAt, collectionAt, transitDays, zone, promise, share }) => {
      const { latestPostingAt, announcedDay, promisedDay, keepsPromise } = dates;
      const span = latestPostingAt.getTime() - askedAt.getTime();
      const handedIn = inParis(new Date(askedAt.getTime() + Math.floor(share * span)));

      const posted = collectionOf(handedIn, collectionAt);
      const there = arrival(zone, posted, transitTo(zone, transitDays));

      expect(span).toBeGreaterThan(0);
      expect(there <= announcedDay).toBe(true);
      if (!keepsPromise) return;
      expect((promise?.event === 'received' ? there : posted) <= (promisedDay ?? '')).toBe(true);
    });
  });

  test('and one collection later it is late', () => {
    holds((dates, { zone, transitDays, promise, collectionAt }) => {
      const { latestPostingAt, announcedDay, promisedDay, keepsPromise } = dates;
      const last = inParis(latestPostingAt);

      const next = nextCollection(last.toPlainDate().toString());
      const isLate = arrival(zone, next, transitTo(zone, transitDays)) > announcedDay;
      const isToPost = keepsPromise === true && promise?.event === 'deposited';
      // What is promised by the hour may end in the course of a day.
      const lastKept = promise?.unit === 'hours' ? dayBefore(promisedDay) : promisedDay;
      const breaksPromise = isToPost && next > (lastKept ?? '');

      expect(last.toPlainTime().toString().slice(0, 5)).toBe(collectionAt);
      expect(isLate || breaksPromise).toBe(true);
    });
  });

  test('leaves with the first collection that can be made, and the day announced is no earlier than it must be', () => {
    holds((dates, { askedAt, cutoff, zone, transitDays }) => {
      const moment = inParis(askedAt);
      const isBefore = Temporal.PlainTime.compare(moment.toPlainTime(), cutoff) < 0;
      const day = moment.toPlainDate().toString();
      const planned = isBefore ? collectionOf(moment, '23:59') : nextCollection(day);

      expect(dates.plannedPostingDay).toBe(planned);
      expect(dates.announcedDay).toBe(arrival(zone, planned, transitTo(zone, transitDays)));
      expect(dates.limitDay > dates.announcedDay).toBe(true);
    });
  });
});
