import { describe, expect, test } from 'vitest';
import { monthsBefore, readFactValue } from '../../server/verifications/fact-value.ts';

describe('a fact is read the same however it is written', () => {
  test.each([
    ['amount', '1 234,56 €', '123456'],
    ['amount', '1\u202f234,56\u00a0€', '123456'],
    ['amount', '1234.56', '123456'],
    ['amount', '1.234,56', '123456'],
    ['amount', '1,234.56 EUR', '123456'],
    ['amount', '1234,5', '123450'],
    ['amount', '1234', '123400'],
    ['amount', '1.234', '123400'],
    ['amount', '0,07', '7'],
    ['amount', '012,30 euros', '1230'],
    ['amount', '12eur', '1200'],
    ['amount', '１２,５０', '1250'],
    ['amount', '1234,567', null],
    ['amount', '-12,00', null],
    ['amount', '12,00,00', null],
    ['amount', 'douze euros', null],
    ['amount', '', null],
    ['month', '03/2019', '2019-03'],
    ['month', '3-2019', '2019-03'],
    ['month', 'mars 2019', '2019-03'],
    ['month', 'Août 2019', '2019-08'],
    ['month', 'déc. 2019', '2019-12'],
    ['month', 'June 2019', '2019-06'],
    ['month', '2019-03', '2019-03'],
    ['month', '2019-03-15', '2019-03'],
    ['month', '15/03/2019', '2019-03'],
    ['month', '1er mars 2019', '2019-03'],
    ['month', '03/26', '2026-03'],
    ['month', '03/27', '1927-03'],
    ['month', '13/2019', null],
    ['month', '32/03/2019', null],
    ['month', 'brumaire 2019', null],
    ['month', '2019', null],
    ['month', 'mars', null],
    ['number', '12', '12'],
    ['number', '1 200', '1200'],
    ['number', '007', '7'],
    ['number', '0', '0'],
    ['number', '12 bis', null],
    ['number', '-3', null],
    ['text', 'ab-12 34.é', 'AB1234E'],
    ['text', 'AB1234E', 'AB1234E'],
    ['text', '-- !', null],
    ['text', 'x'.repeat(65), null],
    ['text', 'x'.repeat(5_000), null],
  ] as const)('%s %j → %j', (kind, typed, read) => {
    expect(readFactValue(kind, typed, 2026)).toBe(read);
  });

  test.each(['amount', 'month', 'number', 'text'] as const)(
    'a %s of hostile characters is read in time and throws nothing',
    (kind) => {
      const hostile = ['9'.repeat(100_000), '1.'.repeat(50_000), '\u0000', '٣/٢٠١٩', '\ud800', '1e9', '∞'];
      const began = performance.now();

      for (const typed of hostile) expect(() => readFactValue(kind, typed, 2026)).not.toThrow();

      expect(performance.now() - began).toBeLessThan(500);
    },
  );
});

describe('months are those of the calendar', () => {
  test.each([
    ['2026-11-18', 6, '2026-05-18'],
    ['2026-11-18', 12, '2025-11-18'],
    ['2026-08-31', 6, '2026-02-28'],
    ['2028-08-31', 6, '2028-02-29'],
    ['2026-03-31', 1, '2026-02-28'],
    ['2026-01-15', 1, '2025-12-15'],
    ['2026-01-15', 24, '2024-01-15'],
  ])('%s, %i months before: %s', (day, months, before) => {
    expect(monthsBefore(day, months)).toBe(before);
  });
});
