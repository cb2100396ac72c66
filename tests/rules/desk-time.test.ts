import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHoliday, parisDay, parisTime } from '../../server/core/calendar.ts';
import { addDeskTime, isWithin, type Opening } from '../../server/core/desk-time.ts';
import { weekdays } from '../../server/core/vocabulary.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};
const line = (days: Opening['days'], opens: string, closes: string): Opening => ({ days, opens, closes });
const week = weekdays.slice(0, 5);

/** Ten hours a day and three on Saturdays; and with a lunch break. */
const long = [line(week, '08:30', '18:30'), line(['saturday'], '09:00', '12:00')];
const broken = [line(week, '08:30', '12:15'), line(week, '13:30', '16:30')];
const nights = [line(weekdays, '01:00', '04:00')];

describe('hours of desk time', () => {
  test.each<[string, string, number, Opening[], string]>([
    ['within one day', '2026-11-18T09:00:00Z', 2, long, '2026-11-18T11:00:00Z'],
    ['with seconds kept', '2026-11-18T09:00:07.250Z', 1, long, '2026-11-18T10:00:07.250Z'],
    ['up to the very close', '2026-11-18T09:00:00Z', 8.5, long, '2026-11-18T17:30:00Z'],
    ['into the next day', '2026-11-18T09:00:00Z', 9.5, long, '2026-11-19T08:30:00Z'],
    ['over lunch', '2026-11-18T10:15:00Z', 2, broken, '2026-11-18T13:30:00Z'],
    ['begun at night', '2026-11-18T02:00:00Z', 1, long, '2026-11-18T08:30:00Z'],
    ['begun after the close', '2026-11-18T19:00:00Z', 1, long, '2026-11-19T08:30:00Z'],
    ['over a Sunday', '2026-11-20T16:30:00Z', 5, long, '2026-11-23T08:30:00Z'],
    ['twenty-four of them', '2026-11-18T09:00:00Z', 24, long, '2026-11-20T13:00:00Z'],
    ['over Christmas', '2026-12-24T16:30:00Z', 4, long, '2026-12-26T11:00:00Z'],
    ['over Easter and the change of clocks', '2027-03-27T10:00:00Z', 2, long, '2027-03-30T07:30:00Z'],
    ['in the night that has one hour less', '2026-03-28T23:00:00Z', 2, nights, '2026-03-29T02:00:00Z'],
    ['in the night that has one hour more', '2026-10-24T22:00:00Z', 4, nights, '2026-10-25T03:00:00Z'],
    ['none', '2026-11-18T02:00:00Z', 0, long, '2026-11-18T02:00:00Z'],
    ['a site of no known hours', '2026-11-20T23:00:00Z', 24, [], '2026-11-21T23:00:00Z'],
    [
      'hours that never open',
      '2026-11-20T23:00:00Z',
      24,
      [line(week, '09:00', '09:00')],
      '2026-11-21T23:00:00Z',
    ],
    [
      'lines that overlap count once',
      '2026-11-18T07:00:00Z',
      4,
      [line(week, '08:00', '11:00'), line(['wednesday'], '10:00', '12:00'), line(week, '10:30', '10:45')],
      '2026-11-18T11:00:00Z',
    ],
  ])('%s: from %s, %d more', (_what, from, hours, opening, expected) => {
    expect(addDeskTime(new Date(from), hours, opening)).toEqual(new Date(expected));
  });

  test.each([-1, Number.NaN, Infinity, 10_001])('%d hours are none', (hours) => {
    expect(() => addDeskTime(new Date('2026-11-18T09:00:00Z'), hours, long)).toThrow(RangeError);
  });

  test.each<[string, Opening[], boolean]>([
    ['2026-11-18T07:29:59.999Z', long, false],
    ['2026-11-18T07:30:00.000Z', long, true],
    ['2026-11-18T17:29:59.999Z', long, true],
    ['2026-11-18T17:30:00.000Z', long, false],
    ['2026-11-18T11:30:00.000Z', broken, false],
    ['2026-11-22T09:00:00.000Z', long, false],
    ['2026-11-11T09:00:00.000Z', long, false],
    ['2026-11-22T02:00:00.000Z', [], true],
  ])('at %s the desk is open or not', (at, opening, expected) => {
    expect(isWithin(new Date(at), opening)).toBe(expected);
  });
});

// Quarters of an hour, so that an oracle can walk them; between two and three o'clock clocks may be ambiguous.
const quarter = 900_000;
const time = fc
  .integer({ min: 0, max: 95 })
  .filter((n) => n <= 8 || n >= 12)
  .map((n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`);
const openings = fc.array(
  fc
    .record({ days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 3 }), a: time, b: time })
    .filter(({ a, b }) => a.slice(0, 2) !== b.slice(0, 2))
    .map(({ days, a, b }) => line(days, a < b ? a : b, a < b ? b : a)),
  { minLength: 1, maxLength: 3 },
);
const anyMoment = fc
  .oneof(
    fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2031-01-01') }),
    fc.constantFrom('2026-03-28', '2026-10-24', '2027-03-27', '2027-10-30', '2026-12-24').map(Date.parse),
  )
  .map((at) => new Date(Math.floor(at / quarter) * quarter));
const hours = fc.integer({ min: 0, max: 48 }).map((n) => n / 4);

/** Whether this moment's wall clock stands within a line, told apart from how the rule finds it. */
const isOpenByTheClock = (at: number, opening: Opening[]): boolean => {
  const day = parisDay(new Date(at));
  const wall = parisTime(new Date(at));
  const name = weekdays[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7];
  const isCovered = opening.some(
    ({ days, opens, closes }) => days.some((one) => one === name) && opens <= wall && wall < closes,
  );
  return isCovered && !isHoliday(day, 'metropole');
};

describe('desk time, whatever the hours', () => {
  test('between the two moments the desk was open for just so long', () => {
    const holds = fc.property(anyMoment, hours, openings, (from, more, opening) => {
      const until = addDeskTime(from, more, opening).getTime();
      let open = 0;
      for (let at = from.getTime(); at < until; at += quarter) {
        const isOpen = isOpenByTheClock(at, opening);
        expect(isWithin(new Date(at), opening)).toBe(isOpen);
        if (isOpen) open += 1;
      }
      expect(open / 4).toBe(more);
      if (more > 0) expect(isOpenByTheClock(until - quarter, opening)).toBe(true);
    });

    fc.assert(holds, { ...seed, numRuns: 300 });
  });

  test('added in two steps is the same as at once, and never earlier for more', () => {
    const holds = fc.property(anyMoment, hours, hours, openings, (from, a, b, opening) => {
      const first = addDeskTime(from, a, opening);
      const both = addDeskTime(from, a + b, opening);
      expect(addDeskTime(first, b, opening)).toEqual(both);
      expect(both.getTime()).toBeGreaterThanOrEqual(first.getTime());
    });

    fc.assert(holds, { ...seed, numRuns: 500 });
  });
});
