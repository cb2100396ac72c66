import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  addDays,
  addTransitDays,
  addWorkingDays,
  atParis,
  endOfParisDay,
  isTransitDay,
  isWorkingDay,
  parisDay,
  parisTime,
} from '../../server/core/calendar.ts';
import type { Day, Zone } from '../../server/core/calendar.ts';
import { arrivalBy, letterDates } from '../../server/letters/promise.ts';
import type { LetterPromise } from '../../server/letters/promise.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};

const product = (transitDays: number) => ({
  id: `j${transitDays}`,
  label: '',
  transitDays,
  overseasExtraDays: 2,
});
const lettreVerte = product(3);
const within48Hours = { value: 48, unit: 'hours', basis: 'calendar', event: 'received' } as const;
const within8Days = { value: 8, unit: 'days', basis: 'calendar', event: 'received' } as const;

const within2WorkingDays = { ...within8Days, value: 2, basis: 'working' } as const;

type Asked = {
  day: Day;
  time?: string;
  cutoff?: string;
  transit?: number;
  zone?: Zone;
  promise?: LetterPromise;
};
const ask = ({ day, time = '10:00', cutoff = '15:00', transit = 3, zone = 'metropole', promise }: Asked) => {
  const askedAt = atParis(day, time);
  return letterDates({ askedAt, cutoff, product: product(transit), zone, promise: promise ?? null });
};

const pad = (number: number): string => String(number).padStart(2, '0');

describe('the planned posting day', () => {
  test.each([
    ['2026-12-23', '14:59', '2026-12-23'],
    ['2026-12-23', '15:00', '2026-12-24'],
    ['2026-12-24', '15:01', '2026-12-28'],
    ['2027-01-09', '10:00', '2027-01-11'],
    ['2027-01-10', '23:59', '2027-01-11'],
    ['2027-04-30', '16:00', '2027-05-03'],
    ['2027-05-06', '09:00', '2027-05-07'],
    ['2028-02-28', '16:00', '2028-02-29'],
    ['2027-03-27', '23:30', '2027-03-30'],
  ])('of a letter asked on %s at %s is %s', (day, time, planned) => {
    expect(ask({ day, time }).plannedPostingDay).toBe(planned);
  });

  test('follows the Paris clock, not the server one', () => {
    const askedAt = new Date('2027-07-12T12:59:00Z');

    const dates = letterDates({
      askedAt,
      cutoff: '15:00',
      product: lettreVerte,
      zone: 'metropole',
      promise: null,
    });

    expect(dates.plannedPostingDay).toBe('2027-07-12');
  });
});

describe('the arrival', () => {
  // FACTS 4.4: deposit, then J+1, J+2, J+3.
  test.each([
    ['2026-12-23', ['2026-12-24', '2026-12-26', '2026-12-28']],
    ['2027-04-30', ['2027-05-03', '2027-05-04', '2027-05-05']],
    ['2027-05-05', ['2027-05-07', '2027-05-10', '2027-05-11']],
    ['2027-05-14', ['2027-05-15', '2027-05-18', '2027-05-19']],
    ['2027-07-12', ['2027-07-13', '2027-07-15', '2027-07-16']],
    ['2027-11-10', ['2027-11-12', '2027-11-13', '2027-11-15']],
  ])('of a letter posted on %s is at the latest %j', (day, arrivals) => {
    const answers = [1, 2, 3].map((transit) => ask({ day, transit }));

    expect(answers.map((dates) => dates.latestArrival)).toEqual(arrivals);
    expect(answers.map((dates) => dates.announcedDay)).toEqual(arrivals);
    expect(answers.map((dates) => dates.earliestArrival)).toEqual([arrivals[0], arrivals[0], arrivals[1]]);
  });

  test.each<[Zone, string, string]>([
    ['metropole', '2026-12-28', '2027-01-07'],
    ['alsace-moselle', '2026-12-29', '2027-01-07'],
    ['RE', '2026-12-30', '2027-01-22'],
    ['foreign', '2026-12-30', '2027-01-22'],
  ])('in %s of a letter posted on 23 December 2026 is %s', (zone, arrival, limit) => {
    const dates = ask({ day: '2026-12-23', zone });

    expect(dates.latestArrival).toBe(arrival);
    expect(dates.limitDay).toBe(limit);
  });

  test('in Mayotte skips its own 27 April', () => {
    expect(ask({ day: '2027-04-22', zone: 'YT' }).latestArrival).toBe('2027-04-29');
    expect(ask({ day: '2027-04-22', zone: 'RE' }).latestArrival).toBe('2027-04-28');
  });
});

describe('the limit', () => {
  test.each([
    ['2027-03-15', '2027-03-30', '2027-03-30T21:59:59.999Z'],
    ['2027-10-18', '2027-11-02', '2027-11-02T22:59:59.999Z'],
    ['2027-10-15', '2027-10-30', '2027-10-30T21:59:59.999Z'],
    ['2028-02-14', '2028-02-29', '2028-02-29T22:59:59.999Z'],
  ])('of a letter posted on %s is the end of %s in Paris', (day, limitDay, validUntil) => {
    const dates = ask({ day });

    expect(dates.limitDay).toBe(limitDay);
    expect(dates.validUntil.toISOString()).toBe(validUntil);
  });
});

describe('the latest posting', () => {
  test.each<[string, Day, Zone, string]>([
    ['is the planned collection', '2027-01-04', 'metropole', '2027-01-04T14:00:00.000Z'],
    ['is told in summer time too', '2027-07-12', 'metropole', '2027-07-12T13:00:00.000Z'],
    [
      'before Good Friday in Alsace-Moselle may wait a day',
      '2027-03-25',
      'alsace-moselle',
      '2027-03-26T14:00:00.000Z',
    ],
    ['before Good Friday elsewhere may not', '2027-03-25', 'metropole', '2027-03-25T14:00:00.000Z'],
    ['before 20 December in Réunion may wait', '2028-12-19', 'RE', '2028-12-20T14:00:00.000Z'],
  ])('%s (%s, %s)', (_sentence, day, zone, latest) => {
    expect(ask({ day, zone }).latestPostingAt.toISOString()).toBe(latest);
  });
});

describe('the promise', () => {
  test('none made: nothing kept, nothing broken', () => {
    expect(ask({ day: '2027-01-04' })).toMatchObject({ promisedDay: null, keepsPromise: null });
  });

  test.each<[Day, string, LetterPromise, Day]>([
    ['2027-01-04', '10:00', within48Hours, '2027-01-06'],
    ['2027-01-08', '23:59', within48Hours, '2027-01-10'],
    ['2027-03-27', '23:30', within48Hours, '2027-03-29'],
    ['2027-10-30', '00:15', within48Hours, '2027-11-01'],
    ['2027-01-04', '20:00', { ...within48Hours, value: 5 }, '2027-01-05'],
    ['2027-01-08', '10:00', { ...within48Hours, basis: 'working' }, '2027-01-12'],
    ['2027-01-09', '10:00', { ...within48Hours, basis: 'working' }, '2027-01-12'],
    ['2027-01-04', '10:00', within8Days, '2027-01-12'],
    ['2028-02-25', '10:00', within8Days, '2028-03-04'],
    ['2027-05-05', '10:00', within2WorkingDays, '2027-05-10'],
    ['2027-05-08', '10:00', { ...within8Days, value: 1, basis: 'working' }, '2027-05-10'],
  ])('made on %s at %s, %j, is for %s', (day, time, promise, promisedDay) => {
    expect(ask({ day, time, promise }).promisedDay).toBe(promisedDay);
  });

  test('of a deposit is kept where that of a receipt is not', () => {
    const received = ask({ day: '2027-01-04', promise: within48Hours });
    const deposited = ask({ day: '2027-01-04', promise: { ...within48Hours, event: 'deposited' } });

    expect(received).toMatchObject({
      keepsPromise: false,
      announcedDay: '2027-01-07',
      promisedDay: '2027-01-06',
    });
    expect(deposited).toMatchObject({ keepsPromise: true, announcedDay: '2027-01-07' });
  });

  test('of a deposit within 48 hours is broken by a long weekend', () => {
    const promise = { ...within48Hours, event: 'deposited' } as const;

    expect(ask({ day: '2027-03-26', time: '16:00', promise })).toMatchObject({
      plannedPostingDay: '2027-03-30',
      keepsPromise: false,
    });
  });
});

describe('whenever and wherever', () => {
  const zones: Zone[] = ['metropole', 'alsace-moselle', 'GP', 'MQ', 'GF', 'RE', 'YT', 'BL', 'MF', 'foreign'];
  const asked = fc.record({
    day: fc.integer({ min: 0, max: 1_826 }).map((n) => addDays('2026-01-01', n)),
    time: fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`),
    cutoff: fc.constantFrom('08:30', '15:00', '17:45', '20:00'),
    transit: fc.integer({ min: 1, max: 7 }),
    zone: fc.constantFrom(...zones),
  });
  const holds = (check: (input: Required<Omit<Asked, 'promise'>>, dates: ReturnType<typeof ask>) => void) =>
    fc.assert(
      fc.property(asked, (input) => check(input, ask(input))),
      { ...seed, numRuns: 2_000 },
    );

  test('a letter posted by the latest posting is there on the announced day, and one posted later is not', () => {
    holds(({ transit, zone }, { latestPostingAt, announcedDay }) => {
      const day = parisDay(latestPostingAt);
      const next = addWorkingDays(day, 1);
      expect(arrivalBy(day, product(transit), zone) <= announcedDay).toBe(true);
      expect(arrivalBy(next, product(transit), zone) > announcedDay).toBe(true);
    });
  });

  test('the latest posting is the cut-off of a working day, not before the planned one nor the question', () => {
    holds(({ day, time, cutoff }, { latestPostingAt, plannedPostingDay }) => {
      expect(parisTime(latestPostingAt)).toBe(cutoff);
      expect(isWorkingDay(parisDay(latestPostingAt))).toBe(true);
      expect(latestPostingAt >= atParis(plannedPostingDay, cutoff)).toBe(true);
      expect(latestPostingAt > atParis(day, time)).toBe(true);
    });
  });

  test('the days follow one another, and the letter outlives its journey', () => {
    holds(({ transit, zone }, dates) => {
      const isFar = zone !== 'metropole' && zone !== 'alsace-moselle';
      const { plannedPostingDay, earliestArrival, latestArrival, limitDay, validUntil } = dates;
      expect(earliestArrival > plannedPostingDay).toBe(true);
      expect(latestArrival >= earliestArrival).toBe(true);
      expect(latestArrival).toBe(addTransitDays(plannedPostingDay, transit + (isFar ? 2 : 0), zone));
      expect([earliestArrival, latestArrival].every((day) => isTransitDay(day, zone))).toBe(true);
      expect(limitDay > latestArrival).toBe(true);
      expect(validUntil).toEqual(endOfParisDay(limitDay));
    });
  });
});
