import { describe, expect, test } from 'vitest';
import {
  bitsOf,
  hitOnAny,
  hitOnOne,
  mostWithin,
  oddsOf,
  oddsOfFact,
  perYear,
  possibilitiesOfBirthDay,
  possibilitiesOfDigits,
  possibilitiesOfTemporaryPassword,
  yearInMinutes,
  type Window,
} from '../../server/core/guessing.ts';
import { makeCode, readCode } from '../../server/credentials/code.ts';

const day = 1_440;
const threeADay: Window = { most: 3, minutes: day };
const tenIn30Days: Window = { most: 10, minutes: 30 * day };
/** As YARDSTICK 5.1 prints it: two figures. */
const printed = (value: number): string => value.toPrecision(2);

describe('the table of YARDSTICK 5.1', () => {
  test.each([
    // bits, one code, 1,000 codes, 3 a day, 10 in 30 days, spray
    ['4 digits', 10 ** 4, '13.3', '0.00030', 0.259, 0.28, 0.036, 300],
    ['6 digits', 10 ** 6, '19.9', '0.0000030', 0.003, 0.0033, 0.00037, 3],
    ['8 digits', 10 ** 8, '26.6', '3.0e-8', 3e-5, 3.3e-5, 4e-6, 0.03],
    ['8 symbols of 32', 32 ** 8, '40.0', '2.7e-12', 0, 0, 0, 2.7e-6],
  ])('%s', (_name, possibilities, bits, one, thousand, daily, monthly, spray) => {
    const year = (window: Window) => hitOnAny({ possibilities, tries: 3, secrets: perYear([window]) });
    const near = (value: number, expected: number) =>
      expected === 0
        ? expect(value).toBeLessThan(1e-8)
        : expect(Math.abs(value / expected - 1)).toBeLessThan(0.1);

    expect(bitsOf(possibilities).toFixed(1)).toBe(bits);
    expect(printed(hitOnOne(possibilities, 3))).toBe(one);
    near(hitOnAny({ possibilities, tries: 3, secrets: 1_000 }), thousand);
    near(year(threeADay), daily);
    near(year(tenIn30Days), monthly);
    near(1e6 * hitOnOne(possibilities, 3), spray);
  });

  test('to the digits printed, where they are', () => {
    const four = (secrets: number) => hitOnAny({ possibilities: 10 ** 4, tries: 3, secrets });

    expect(four(1_000).toFixed(3)).toBe('0.259');
    expect(four(2_310).toFixed(3)).toBe('0.500');
    expect(four(perYear([threeADay])).toFixed(3)).toBe('0.280');
    expect(four(perYear([tenIn30Days])).toFixed(3)).toBe('0.036');
  });

  test.each([
    [4, '87.6'],
    [6, '0.876'],
    [8, '0.00876'],
  ])('with the breaker at 100 wrong codes an hour, %i digits: %s accounts a year', (digits, accounts) => {
    const { perMillionYear } = oddsOf({
      possibilities: possibilitiesOfDigits(digits),
      triesPerSecret: 3,
      requests: [threeADay],
      wrongTries: [{ most: 100, minutes: 60 }],
    });

    expect(perMillionYear.toPrecision(3)).toBe(accounts);
  });

  test('the day of birth, the temporary password', () => {
    expect(bitsOf(possibilitiesOfBirthDay).toFixed(2)).toBe('4.93');
    expect(hitOnOne(possibilitiesOfBirthDay, 3).toFixed(3)).toBe('0.099');
    expect(hitOnOne(possibilitiesOfBirthDay, 10).toFixed(2)).toBe('0.33');
    expect(hitOnOne(possibilitiesOfBirthDay, 400)).toBe(1);
    expect(bitsOf(possibilitiesOfTemporaryPassword)).toBe(60);
    expect(printed(hitOnOne(possibilitiesOfTemporaryPassword, 9 * 21))).toBe('1.6e-16');
  });

  test('six digits with three tries, ten codes in 30 days and the breaker pass; less does not', () => {
    const six = {
      possibilities: possibilitiesOfDigits(6),
      triesPerSecret: 3,
      requests: [threeADay, tenIn30Days],
      wrongTries: [{ most: 100, minutes: 60 }],
    };

    expect(oddsOf(six).acceptable).toBe(true);
    expect(oddsOf({ ...six, possibilities: possibilitiesOfDigits(4) }).acceptable).toBe(false);
    expect(oddsOf({ ...six, requests: [threeADay] }).acceptable).toBe(false);
    expect(oddsOf({ ...six, triesPerSecret: 10 }).acceptable).toBe(false);
    expect(oddsOf({ ...six, wrongTries: [] }).acceptable).toBe(false);
    expect(oddsOf({ ...six, wrongTries: [{ most: 200, minutes: 60 }] }).acceptable).toBe(false);
  });

  test('a fact that stays the same falls to a year of tries', () => {
    const odds = oddsOfFact({ possibilities: possibilitiesOfBirthDay, tries: [threeADay, tenIn30Days] });

    expect(odds).toMatchObject({ perMemberYear: 1, perMillionYear: 1e6, acceptable: false });
  });
});

describe('windows that begin with their first use', () => {
  test.each([
    ['one window', [threeADay], day, 3],
    ['the end of one begins the next', [threeADay], day + 1, 6],
    ['the longer one binds', [threeADay, tenIn30Days], 30 * day, 10],
    ['a year of both: thirteen windows', [threeADay, tenIn30Days], yearInMinutes, 130],
    ['a year of hours', [{ most: 50, minutes: 60 }], yearInMinutes, 438_000],
  ])('%s', (_what, windows, minutes, most) => {
    expect(mostWithin(windows, minutes)).toBe(most);
  });
});

describe('a code', () => {
  test('takes each digit from 25 of the bytes and draws the other six again', () => {
    const drawn = Array.from({ length: 256 }, (_, byte) => {
      const bytes = [byte, 7];
      return makeCode(() => Uint8Array.of(bytes.shift() ?? 0), 1);
    });

    const counts = Array.from(
      '0123456789',
      (digit) => drawn.slice(0, 250).filter((one) => one === digit).length,
    );
    expect(new Set(counts)).toEqual(new Set([25]));
    expect(drawn.slice(250)).toEqual(Array.from({ length: 6 }, () => '7'));
  });

  test('has its number of digits, the first of them zero or not', () => {
    let next = 0;
    const bytes = (length: number) => Uint8Array.from({ length }, () => (next += 83) % 256);

    for (const digits of [4, 6, 8]) {
      const codes = Array.from({ length: 200 }, () => makeCode(bytes, digits));
      expect(codes.filter((code) => !new RegExp(`^\\d{${digits}}$`).test(code))).toEqual([]);
      expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    }
  });

  test('is read without the spaces and hyphens that a telephone puts in', () => {
    expect(readCode(' 048\u00a0291 ')).toBe('048291');
    expect(readCode('04-82‑91')).toBe('048291');
    expect(readCode('O48291')).toBe('O48291');
  });
});
