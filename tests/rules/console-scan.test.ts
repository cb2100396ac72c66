import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recognise, withSpoiled, type AllTyped } from '../../client/console/lots/counting.ts';
import { minutesLeft } from '../../client/console/lots/timeLeft.ts';
import { isScan, readScannedCode } from '../../client/console/shared/scannedCode.ts';
import { readSheetCode } from '../../server/letters/sheet-code.schema.ts';
import { sheetCode } from '../../server/letters/sheet-code.ts';
import type { Bundle, Lot } from '../../server/letters/lots.schema.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};
const unshifted = 'à&é"\'(-è_ç';

describe('a scanned code, read in the browser', () => {
  const codes = fc
    .record({ lot: fc.nat(999_999_999), attempt: fc.nat(9_999), sheet: fc.nat(9_999_999) })
    .map(sheetCode);

  test('is what the server reads, also from a French keyboard', () => {
    const typed = codes.chain((code) =>
      fc.constantFrom(code, ` ${code}\r`, [...code].map((digit) => unshifted[Number(digit)]).join('')),
    );

    fc.assert(
      fc.property(typed, (text) => {
        expect(readScannedCode(text)).not.toBeNull();
        expect(readScannedCode(text)).toEqual(readSheetCode(text));
        expect(isScan(text)).toBe(true);
      }),
      { ...seed, numRuns: 200 },
    );
  });

  test('is refused where the server refuses it, misread digits included', () => {
    const broken = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc
        .tuple(codes, fc.nat(23), fc.nat(9))
        .map(([code, at, digit]) => code.slice(0, at) + digit + code.slice(at + 1)),
    );

    fc.assert(
      fc.property(broken, (text) => {
        expect(readScannedCode(text)).toEqual(readSheetCode(text));
      }),
      { ...seed, numRuns: 500 },
    );
  });

  test.each(['K7Q4-9ZTB', '2026', 'Réf. pli 4W4A82V3 / 4', ''])('« %s » is no scan', (text) => {
    expect(isScan(text)).toBe(false);
  });
});

describe('a sheet scanned at the count', () => {
  const bundle = (number: number, more: Partial<Bundle> = {}): Bundle => ({
    attempt: 2,
    number,
    fromSheet: (number - 1) * 250 + 1,
    toSheet: number * 250,
    sheets: 250,
    deliveredAt: null,
    problem: null,
    good: null,
    spoiled: null,
    countedAt: null,
    ...more,
  });
  const bundles = [bundle(1), bundle(2), bundle(3, { countedAt: '2026-11-18T16:00:00.000Z' })];
  const lot = { number: 12, bundles } as Lot;
  const scanned = (sheet: number, typed: AllTyped = {}, attempt = 2, of = 12) =>
    recognise(lot, typed, sheetCode({ lot: of, attempt, sheet }));

  test('is marked once in its own bundle, beside what is typed there', () => {
    const typed = { '2.2': { good: '240', spoiled: '262-264' } };

    expect(scanned(265, typed)).toMatchObject({ result: 'marked', sheet: 265, bundle: { number: 2 } });
    const after = withSpoiled(typed, bundle(2), 265);
    expect(after).toEqual({ '2.2': { good: '240', spoiled: '262-265' } });
    expect(scanned(265, after)).toMatchObject({ result: 'already' });
  });

  test('leaves a half typed list as it is', () => {
    const typed = { '2.1': { good: '', spoiled: '12-' } };

    expect(withSpoiled(typed, bundle(1), 40)).toEqual({ '2.1': { good: '', spoiled: '12-, 40' } });
  });

  test.each([
    ['of a counted bundle', scanned(700), 'counted'],
    ['of another lot', scanned(1, {}, 2, 13), 'other-lot'],
    ['of an attempt that was given up', scanned(1, {}, 1), 'void'],
    ['beyond the last sheet', scanned(751), 'void'],
    ['that is no code', recognise(lot, {}, '12345'), 'unknown'],
  ])('%s, marks nothing and says so', (_which, found, result) => {
    expect(found.result).toBe(result);
  });
});

describe('the time left of a print', () => {
  const started = '2026-11-18T16:00:00.000Z';
  const after = (minutes: number) => Date.parse(started) + minutes * 60_000;
  const running = { startedAt: started, attempt: 1, letters: 1_000, printed: 500, refused: 0, bundles: [] };

  test.each([
    ['half done after 4 minutes', running, 4, 4],
    ['nearly done', { ...running, printed: 990 }, 4, 0],
    ['refused letters are not waited for', { ...running, refused: 250 }, 4, 2],
    ['nothing done yet', { ...running, printed: 0 }, 4, null],
    ['a clock that is behind', running, -3, null],
    ['a clock a day ahead', running, 25 * 60, null],
  ])('%s', (_case, lot, minutes, left) => {
    expect(minutesLeft(lot, after(minutes))).toBe(left);
  });

  test('counts at the speed of this attempt, not with what an earlier one delivered', () => {
    const before = [{ attempt: 1, sheets: 250 }] as Bundle[];

    expect(minutesLeft({ ...running, attempt: 2, bundles: before }, after(5))).toBe(10);
  });
});
