import { describe, expect, test } from 'vitest';

import { addDays, atParis, isWorkingDay, type Zone } from '../../server/core/calendar.ts';
import { promiseKept } from '../../server/letters/promise-kept.ts';
import { letterDates } from '../../server/letters/promise.ts';
import type { LetterPromise } from '../../server/letters/promise.ts';

const within48Hours = { value: 48, unit: 'hours', basis: 'calendar', event: 'received' } as const;
const within8Days = { value: 8, unit: 'days', basis: 'calendar', event: 'received' } as const;
const within2WorkingDays = { ...within8Days, value: 2, basis: 'working' } as const;
const within192Hours = { ...within48Hours, value: 192 } as const;
const overnight = '00:00';

const pad = (number: number): string => String(number).padStart(2, '0');

// FACTS 4.4: every quarter of an hour from 8:30 to 18:00 of the working days of a year; the box at 13:00.
const momentsOf = (year: number): Date[] => {
  const days = Array.from({ length: 365 }, (_, n) => addDays(`${year}-01-01`, n)).filter((day) =>
    isWorkingDay(day),
  );
  const minutes = Array.from({ length: 38 }, (_, quarter) => 8 * 60 + 30 + quarter * 15);
  const times = minutes.map((minute) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`);
  return days.flatMap((day) => times.map((time) => atParis(day, time)));
};

type Asked = { transit: number; cutoff: string; promise: LetterPromise; zone?: Zone };
const askedBy = ({ transit, cutoff, promise, zone = 'metropole' }: Asked) => {
  const product = {
    id: 'any',
    label: '',
    transitDays: transit,
    overseasExtraDays: 2,
    europeExtraDays: 2,
    worldExtraDays: 7,
    abroadOnly: false,
  };
  return { cutoff, collectionAt: cutoff === overnight ? '17:00' : cutoff, product, zone, promise };
};

describe('how often a promise is kept in 2027, and the worst case (FACTS 4.4)', () => {
  test.each([
    ['e-Lettre rouge within 48 hours', 1, '20:00', within48Hours, 98.3, '3 d 4.5 h'],
    ['e-Lettre rouge within two working days', 1, '20:00', within2WorkingDays, 100, '3 d 4.5 h'],
    ['Services plus within 48 hours', 2, '15:00', within48Hours, 16.1, '5 d 22 h'],
    ['Services plus within two working days', 2, '15:00', within2WorkingDays, 74.4, '5 d 22 h'],
    ['Lettre verte within 48 hours', 3, '15:00', within48Hours, 0, '6 d 22 h'],
    ['Lettre verte within two working days', 3, '15:00', within2WorkingDays, 26, '6 d 22 h'],
    ['Lettre verte within eight days', 3, '15:00', within8Days, 100, '6 d 22 h'],
    ['Lettre verte overnight, 48 hours', 3, overnight, within48Hours, 0, '7 d 4.5 h'],
    ['Lettre verte overnight, two working days', 3, overnight, within2WorkingDays, 0, '7 d 4.5 h'],
    ['Lettre verte overnight within eight days', 3, overnight, within8Days, 100, '7 d 4.5 h'],
    ['J+4 overnight within eight days by the clock', 4, overnight, within192Hours, 97.9, '10 d 4.5 h'],
    ['J+7 overnight within eight days', 7, overnight, within8Days, 0, '13 d 4.5 h'],
  ] as const)('%s', (_name, transit, cutoff, promise, percent, worst) => {
    const { share, worstMinutes } = promiseKept(askedBy({ transit, cutoff, promise }), 2027);

    expect(Math.abs(100 * share - percent)).toBeLessThan(0.5);
    expect(`${Math.floor(worstMinutes / 1_440)} d ${(worstMinutes % 1_440) / 60} h`).toBe(worst);
  });

  test('a promise to post is another one: within 48 hours it is kept but over week-ends and holidays', () => {
    const kept = (promise: LetterPromise) =>
      promiseKept(askedBy({ transit: 3, cutoff: '15:00', promise }), 2027);
    const { share } = kept({ ...within48Hours, event: 'deposited' });

    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1);
    expect(kept({ ...within2WorkingDays, value: 5, event: 'deposited' }).share).toBe(1);
  });
});

describe('the share of a year', () => {
  const moments = momentsOf(2027);

  test.each<[string, Asked]>([
    ['by the hour', { transit: 2, cutoff: '15:00', promise: within48Hours }],
    [
      'by working days in Alsace-Moselle',
      { transit: 2, cutoff: '11:30', promise: within2WorkingDays, zone: 'alsace-moselle' },
    ],
    ['in the world', { transit: 1, cutoff: '15:00', promise: { ...within8Days, value: 11 }, zone: 'world' }],
  ])('%s is that of the letters asked for in it, one by one', (_name, asked) => {
    const kept = moments.filter((askedAt) => letterDates({ ...askedBy(asked), askedAt }).keepsPromise);

    expect(promiseKept(askedBy(asked), 2027).share).toBe(kept.length / moments.length);
  });

  test('takes well under a second for every zone and four products', () => {
    const zones: Zone[] = [
      'metropole',
      'alsace-moselle',
      'GP',
      'MQ',
      'GF',
      'RE',
      'YT',
      'PM',
      'BL',
      'MF',
      'europe',
      'world',
    ];
    const began = performance.now();

    for (const zone of zones) {
      for (const transit of [1, 2, 3, 4])
        promiseKept(askedBy({ transit, cutoff: '15:15', promise: within48Hours, zone }), 2028);
    }

    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
