import { describe, expect, test } from 'vitest';
import { readSheets, writeSheets } from '../../client/console/lots/sheets.ts';
import { expected, oneIn, rarestTold } from '../../client/console/policy-report/figures.ts';
import { fromParisField, toParisField } from '../../client/console/shared/parisClock.ts';

describe('sheet numbers as a person writes them', () => {
  test.each([
    ['', []],
    ['4, 7-9', [4, 7, 8, 9]],
    ['9;4 4', [4, 9]],
    ['1 – 3', [1, 2, 3]],
  ])('« %s » are %j', (typed, sheets) => {
    expect(readSheets(typed, 5_000)).toEqual({ ok: true, sheets });
  });

  test.each(['0', '9-7', 'x', '5001', '1-99999'])('« %s » is refused and named', (typed) => {
    expect(readSheets(`4, ${typed}`, 5_000)).toEqual({ ok: false, part: typed });
  });

  test('a sheet before the bundle’s first is refused as one after its last', () => {
    expect(readSheets('251, 250', 500, 251)).toEqual({ ok: false, part: '250' });
    expect(readSheets('251-500', 500, 251)).toMatchObject({ ok: true });
  });

  test.each([
    [[], ''],
    [[9, 4, 7, 8, 8], '4, 7-9'],
  ])('%j are written « %s »', (sheets, written) => {
    expect(writeSheets(sheets)).toBe(written);
  });
});

describe('a moment typed in Paris time', () => {
  test.each([
    ['2026-07-01T12:00', '2026-07-01T10:00:00.000Z'],
    ['2026-12-01T12:00', '2026-12-01T11:00:00.000Z'],
    ['2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T04:00', '2026-10-25T03:00:00.000Z'],
  ])('%s is the instant %s, and shown again as typed', (typed, instant) => {
    const at = fromParisField(typed);

    expect(at?.toISOString()).toBe(instant);
    expect(at && toParisField(at)).toBe(typed);
  });

  test.each(['', '2026-13-01T10:00', 'demain'])('« %s » names none', (typed) => {
    expect(fromParisField(typed)).toBeUndefined();
  });
});

describe('the figures of the policy report', () => {
  test.each([
    [1 / 55_555.6, { under: false, value: 56_000 }],
    [0.5, { under: false, value: 2 }],
    [1, { under: false, value: 1 }],
    [1e-15, { under: true, value: rarestTold }],
  ])('a chance of %d is told as one in %j', (chance, told) => {
    expect(oneIn(chance)).toEqual(told);
  });

  test.each([0, -1, Number.NaN])('a chance of %d is none', (chance) => {
    expect(oneIn(chance)).toBeUndefined();
  });

  test.each([
    [0, { under: false, value: 0 }],
    [0.000_2, { under: true, value: 0.01 }],
    [0.0349, { under: false, value: 0.035 }],
    [18.4, { under: false, value: 18 }],
    [1234.5, { under: false, value: 1235 }],
  ])('%d accounts expected are told as %j', (count, told) => {
    expect(expected(count)).toEqual(told);
  });
});
