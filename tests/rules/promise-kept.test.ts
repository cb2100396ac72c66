import { describe, expect, test } from 'vitest';

import { addDays, atParis, isWorkingDay } from '../../server/core/calendar.ts';
import type { Day } from '../../server/core/calendar.ts';
import { letterDates } from '../../server/letters/promise.ts';
import type { LetterPromise } from '../../server/letters/promise.ts';

const within48Hours = { value: 48, unit: 'hours', basis: 'calendar', event: 'received' } as const;
const within8Days = { value: 8, unit: 'days', basis: 'calendar', event: 'received' } as const;
const within2WorkingDays = { ...within8Days, value: 2, basis: 'working' } as const;

type Asked = { day: Day; time: string; cutoff: string; transit: number; promise?: LetterPromise };
const ask = ({ day, time, cutoff, transit, promise }: Asked) => {
  const product = { id: 'any', label: '', transitDays: transit, overseasExtraDays: 2 };
  const askedAt = atParis(day, time);
  return letterDates({ askedAt, cutoff, product, zone: 'metropole', promise: promise ?? null });
};

const pad = (number: number): string => String(number).padStart(2, '0');

const workingMoments = (): { day: Day; time: string }[] => {
  const days = Array.from({ length: 365 }, (_, n) => addDays('2027-01-01', n));
  const minutes = Array.from({ length: 38 }, (_, quarter) => 8 * 60 + 30 + quarter * 15);
  const times = minutes.map((minute) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`);
  return days.filter((day) => isWorkingDay(day)).flatMap((day) => times.map((time) => ({ day, time })));
};

// FACTS 4.4: every quarter of an hour from 8:30 to 18:00 of the working days of 2027; the box at 13:00.
describe('how often a promise is kept in 2027', () => {
  const moments = workingMoments();
  const overnight = '00:00';
  const halfAPoint = 0.5;

  test.each([
    ['e-Lettre rouge within two working days', 1, '20:00', within2WorkingDays, 100],
    ['Services plus within two working days', 2, '15:00', within2WorkingDays, 74.4],
    ['Lettre verte within two working days', 3, '15:00', within2WorkingDays, 26],
    ['Lettre verte overnight, two working days', 3, overnight, within2WorkingDays, 0],
    ['Lettre verte within 48 hours', 3, '15:00', within48Hours, 0],
    ['Lettre verte overnight within eight days', 3, overnight, within8Days, 100],
    ['J+7 overnight within eight days', 7, overnight, within8Days, 0],
  ] as const)('%s', (_name, transit, cutoff, promise, percent) => {
    const kept = moments.filter((at) => ask({ ...at, transit, cutoff, promise }).keepsPromise);

    expect(Math.abs((100 * kept.length) / moments.length - percent)).toBeLessThan(halfAPoint);
  });

  test.each([
    ['e-Lettre rouge within 48 hours', 1, '20:00', 2, 98.3],
    ['Services plus within 48 hours', 2, '15:00', 2, 16.1],
    ['Lettre verte within 48 hours', 3, '15:00', 2, 0],
    ['J+4 overnight within eight days', 4, overnight, 8, 97.9],
  ] as const)('%s by the clock', (_name, transit, cutoff, days, percent) => {
    const kept = moments.filter(({ day, time }) => {
      const { latestArrival } = ask({ day, time, transit, cutoff });
      return `${latestArrival}T13:00` <= `${addDays(day, days)}T${time}`;
    });

    expect(Math.abs((100 * kept.length) / moments.length - percent)).toBeLessThan(halfAPoint);
  });
});
