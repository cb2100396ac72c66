import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { describe, expect, test } from 'vitest';

import { corsicanReadings, displayNir, maskNir, nirKey, readNir } from '../../server/members/nir.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};

const valid = [
  ['V01', '185017599990156', '1 85 01 75 999 901 56'],
  ['V02', '299121399990205', '2 99 12 13 999 902 05'],
  ['V03', '190062A99990343', '1 90 06 2A 999 903 43'],
  ['V04', '278032B99990474', '2 78 03 2B 999 904 74'],
  ['V05', '265052099990509', '2 65 05 20 999 905 09'],
  ['V06', '180079719990633', '1 80 07 97 199 906 33'],
  ['V07', '292119749990761', '2 92 11 97 499 907 61'],
  ['V08', '104029769990824', '1 04 02 97 699 908 24'],
  ['V09', '288049989990920', '2 88 04 99 899 909 20'],
  ['V10', '170209989991043', '1 70 20 99 899 910 43'],
  ['V11', '271429989991104', '2 71 42 99 899 911 04'],
  ['V12', '169509989991285', '1 69 50 99 899 912 85'],
  ['V13', '263999989991345', '2 63 99 99 899 913 45'],
  ['V14', '155099199991445', '1 55 09 91 999 914 45'],
  ['V15', '149039699991510', '1 49 03 96 999 915 10'],
  ['V16', '185017599918197', '1 85 01 75 999 181 97'],
  ['V17', '285066999917009', '2 85 06 69 999 170 09'],
  ['V20', '200017599992078', '2 00 01 75 999 920 78'],
  ['V21', '190061999990343', '1 90 06 19 999 903 43'],
] as const;

const invalid = [
  ['I01', '185017599990155', 'key'],
  ['I02', '85017599990156', 'length'],
  ['I03', '1850175999901560', 'length'],
  ['I04', '985017599990144', 'format'],
  ['I05', '085017599990109', 'format'],
  ['I06', '185137599990154', 'format'],
  ['I07', '185007599990140', 'format'],
  ['I08', '185197599990153', 'format'],
  ['I09', '190062C99990343', 'format'],
  ['I10', '190062B99990343', 'key'],
  ['I11', '18501O599990156', 'letter-o'],
  ['I12', '185015799990156', 'key'],
  ['I13', '185017599991056', 'key'],
  ['I14', '185017599990198', 'format'],
  ['I15', '185017599990100', 'format'],
  ['I16', '185017500090153', 'format'],
  ['I17', '185017599900084', 'format'],
  ['I18', '185010099990144', 'format'],
  ['I19', '7312312345678', 'format'],
  ['I20', '71123123456780', 'length'],
  ['V18, sex 3', '385079989991859', 'format'],
  ['V19, sex 4', '485079989991908', 'format'],
  ['nothing', '', 'length'],
  ['a name', 'Sophie', 'length'],
  ['an NNP with a key', '711231234567812', 'format'],
  ['an exponent with a comma', '1,85E+14', 'spreadsheet'],
  ['an exponent with a point', '1.85057E+14', 'spreadsheet'],
  ['an exponent in lower case', ' 1,85017599990156e14 ', 'spreadsheet'],
  ['a number with a trailing .0', '185017599990156.0', 'spreadsheet'],
  ['a body with a trailing ,00', '1850175999901,00', 'spreadsheet'],
  ['an error cell', '#N/A', 'spreadsheet'],
] as const;

describe('reading a NIR', () => {
  test.each(valid)('%s %s is read', (_id, nir, display) => {
    const [body, key] = [nir.slice(0, 13), nir.slice(13)];

    expect(readNir(nir)).toEqual({ ok: true, kind: 'nir', body, key });
    expect(readNir(body)).toEqual({ ok: true, kind: 'nir', body, key: null });
    expect(readNir(display)).toEqual(readNir(nir));
    expect(nirKey(body)).toBe(key);
    expect(displayNir(body, key)).toBe(display);
  });

  test.each([
    ['7112312345678', 'nnp'],
    ['8278965432189', 'nnp'],
    ['5112312345678', 'mig'],
    ['6278965432189', 'mig'],
  ])('the number without key %s is %s', (body, kind) => {
    expect(readNir(body)).toEqual({ ok: true, kind, body, key: null });
  });

  test.each(invalid)('%s (%s) is refused: %s', (_id, typed, problem) => {
    expect(readNir(typed)).toEqual({ ok: false, problem });
  });

  test.each([
    '1\u00a085\u202f01\u200975 999 901 56',
    '1.85.01.75.999.901.56',
    '1-85-01-75-999-901-56',
    '1/85/01/75/999/901/56',
    '１８５０１７５９９９９０１５６',
    '\ufeff185017599990156\n',
  ])('however it is spaced: %j', (typed) => {
    expect(readNir(typed)).toMatchObject({ ok: true, body: '1850175999901', key: '56' });
  });

  test('2a is 2A', () => {
    expect(readNir('1 90 06 2a 999 903 43')).toMatchObject({ ok: true, body: '190062A999903' });
  });
});

describe('the key', () => {
  test('is the one of stdnum', () => {
    const other = stdnum.FR?.nir;

    const verdicts = valid.map(([, nir]) => other?.validate(nir).isValid);

    expect(verdicts).toEqual(valid.map(() => true));
  });

  test('of every vector leaves one right key of a hundred', () => {
    for (const [, nir] of valid) {
      const keys = Array.from({ length: 100 }, (_, key) => String(key).padStart(2, '0'));
      expect(keys.filter((key) => readNir(nir.slice(0, 13) + key).ok)).toEqual([nir.slice(13)]);
    }
  });

  test('catches every wrong digit and every swap of neighbours in the body', () => {
    const body = fc
      .tuple(
        fc.constantFrom('1', '2'),
        fc.stringMatching(/^\d{2}(0[1-9]|1[0-2])(7[1-9]|13)[1-8]\d{2}[1-9]\d{2}$/),
      )
      .map((parts) => parts.join(''));
    const caught = fc.property(body, fc.nat(12), fc.nat(9), (right, at, digit) => {
      const wrong = right.slice(0, at) + String(digit) + right.slice(at + 1);
      const swapped =
        right.slice(0, at) +
        right
          .slice(at, at + 2)
          .split('')
          .reverse()
          .join('') +
        right.slice(at + 2);
      for (const slip of [wrong, swapped]) {
        expect(readNir(slip + nirKey(right)).ok).toBe(slip === right);
      }
    });

    fc.assert(caught, { ...seed, numRuns: 2_000 });
  });

  test('is not made of anything that is no body', () => {
    expect(() => nirKey('190062C999903')).toThrow(RangeError);
    expect(() => nirKey('')).toThrow(RangeError);
  });

  test.each([
    ['1900619999903', ['190062A999903']],
    ['190062A999903', ['1900619999903']],
    ['2780318999904', ['278032B999904']],
    ['278032B999904', ['2780318999904']],
    ['1850175999901', []],
  ])('cannot tell %s from %j', (body, others) => {
    expect(corsicanReadings(body)).toEqual(others);
    for (const other of others) expect(nirKey(other)).toBe(nirKey(body));
  });
});

describe('showing a number', () => {
  test.each([
    ['1850175999901', '56', '• •• •• •• ••• 901 56'],
    ['1850175999901', null, '• •• •• •• ••• 901'],
    ['190062A999903', undefined, '• •• •• •• ••• 903'],
    ['7112312345678', null, '• • ••• •••••678'],
  ])('%s with key %s is masked as %s', (body, key, masked) => {
    expect(maskNir(body, key)).toBe(masked);
  });

  test('a provisional number has groups of its own', () => {
    expect(displayNir('7112312345678')).toBe('7 1 123 12345678');
  });
});
