import { describe, expect, test } from 'vitest';
import { loadLimits } from '../../server/organisations/limits-file.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import type { ChosenPasswordRule } from '../../server/organisations/policy-parts.schema.ts';
import type { Policy } from '../../server/organisations/policy.schema.ts';
import { bitsOfRule, cnilCaseOf } from '../../server/supervision/password-strength.ts';
import { guessingOdds } from '../../server/supervision/odds.ts';
import { findWeakPoints, type Examined } from '../../server/supervision/weak-points.ts';

const seeds = loadOrganisations(new URL('../../seeds/organisations/', import.meta.url).pathname);
const invented = loadOrganisations(new URL('../support/organisations/', import.meta.url).pathname);
const limits = loadLimits(new URL('../../seeds/limits.yaml', import.meta.url).pathname);

const policyOf = (id: string): Policy => {
  const found = seeds.get(id) ?? invented.get(id);
  if (!found) throw new Error(`No organisation ${id}.`);
  return found;
};
const examine = (id: string, change: Partial<Policy> = {}): Examined => ({
  policy: { ...policyOf(id), ...change },
  limits,
  promiseKept: null,
});
const ids = (examined: Examined) => findWeakPoints(examined).map(({ id, severity }) => `${severity} ${id}`);
const pointOf = (examined: Examined, id: string) => findWeakPoints(examined).find((one) => one.id === id);

const digits = (count: number): ChosenPasswordRule => ({
  kind: 'digits',
  digits: count,
  shuffledKeypad: false,
  refusePersonal: true,
  refuseObvious: true,
});
const composed = (minLength: number, requires: string, forbidden = ''): ChosenPasswordRule => ({
  kind: 'composed',
  minLength,
  maxLength: 128,
  requires: requires.split(' ').filter(Boolean) as ('digit' | 'upper' | 'lower' | 'special')[],
  forbiddenCharacters: [...forbidden],
  strengthMeter: false,
  refusePersonal: true,
  refuseObvious: true,
});
const all = 'digit upper lower special';

describe('a password rule is worth what FACTS 2.6 computes', () => {
  test.each([
    ['6 digits', digits(6), '19.93', null],
    ['15 digits', digits(15), '49.83', null],
    ['16 digits', digits(16), '53.15', 'restricted'],
    [
      '002: 8 of three classes, four signs forbidden',
      composed(8, 'digit special upper', "'%\\_"),
      '51.93',
      'restricted',
    ],
    ['003: 8 of three classes', composed(8, 'digit upper lower'), '52.44', 'restricted'],
    ['004: 8 of four classes', composed(8, all), '52.44', 'restricted'],
    ['8 of two classes', composed(8, 'digit lower'), '52.44', null],
    ['8 of whatever', composed(8, ''), '52.44', null],
    ['12 of four classes: 79.5 bits, which the CNIL rounds', composed(12, all), '78.66', 'alone'],
    ['12 of four classes, four signs forbidden', composed(12, all, "'%\\_"), '77.90', 'restricted'],
    ['14 of digits and letters', composed(14, 'digit upper lower'), '91.76', 'alone'],
    ['15 of whatever: 10 digits alone would do', composed(15, ''), '98.32', null],
    ['16 of whatever', composed(16, ''), '104.87', 'restricted'],
  ] as const)('%s', (_name, rule, bits, cnil) => {
    expect(bitsOfRule(rule).toFixed(2)).toBe(bits);
    expect(cnilCaseOf(rule)).toBe(cnil);
  });
});

describe('the weak points of each organisation', () => {
  test.each([
    [
      'safiag',
      [
        'high password-digits',
        'high first-password-printed',
        'medium first-password-everlasting',
        'medium other-hosts',
        'low password-keypad',
        'low invented',
        'low no-address',
      ],
    ],
    [
      'mutuelle-agents-publics',
      [
        'medium password-forbidden-characters',
        'low password-short',
        'low password-composition',
        'low password-periodic-change',
        'low sms-code',
        'low invented',
        'low no-address',
      ],
    ],
    [
      'mgen',
      [
        'high proof-birth-date',
        'medium state-told',
        'medium sms-temporary',
        'low password-short',
        'low password-composition',
        'low signed-in-after-reset',
        'low no-letter',
        'low invented',
        'low no-address',
      ],
    ],
    [
      'msa-sud-aquitaine',
      [
        'high code-short',
        'medium proof-knowledge',
        'medium proof-wrong-letter',
        'medium code-long-lived',
        'medium sms-temporary',
        'medium email-temporary',
        'medium contacts-after-reset',
        'low password-short',
        'low password-composition',
        'low invented',
        'low no-address',
      ],
    ],
    [
      'mutuelle-imaginaire',
      [
        'high first-password-printed',
        'high proof-birth-date',
        'medium password-forbidden-characters',
        'medium first-password-everlasting',
        'medium proof-knowledge',
        'medium state-told',
        'medium sms-temporary',
        'medium contacts-after-reset',
        'low password-short',
        'low password-composition',
        'low password-personal',
        'low signed-in-after-reset',
        'low invented',
      ],
    ],
  ])('%s', (id, expected) => {
    expect(ids(examine(id))).toEqual(expected);
  });

  test.each([
    ['safiag', 'password-digits', 19.93],
    ['safiag', 'first-password-printed', 0],
    ['msa-sud-aquitaine', 'code-short', 13.29],
    ['mutuelle-agents-publics', 'password-forbidden-characters', 51.93],
    ['mgen', 'proof-birth-date', 4.95],
  ])('%s, %s: %d bits', (id, point, bits) => {
    expect(pointOf(examine(id), point)?.bits).toBeCloseTo(bits, 2);
  });

  test('come from the numbers of a file, not from its name', () => {
    const msa = policyOf('msa-sud-aquitaine');
    const code = (digits: number, lifetimeMinutes: number) =>
      ids(examine(msa.id, { code: { ...msa.code, digits, lifetimeMinutes } }));

    expect(code(6, 10).join()).not.toMatch(/code-(short|long)/);
    expect(code(5, 11)).toEqual(expect.arrayContaining(['high code-short', 'medium code-long-lived']));
    expect(ids(examine(msa.id, { chosenPassword: composed(15, '') }))).toContain('high password-below-cnil');
    expect(ids(examine('safiag', { chosenPassword: composed(16, '') })).join()).not.toMatch(/ password-/);
  });

  test.each([
    [0.16, 'high promise-not-kept'],
    [0.979, 'medium promise-not-kept'],
    [1, undefined],
  ])('a promise kept for a share of %d: %s', (share, expected) => {
    const examined = { ...examine('safiag'), promiseKept: { share, worstMinutes: 0 } };

    expect(ids(examined).find((one) => one.endsWith('promise-not-kept'))).toBe(expected);
  });
});

describe('the odds of each organisation under the limits (YARDSTICK 5.1)', () => {
  const oddsOf = (id: string) =>
    new Map(guessingOdds(examine(id)).map(({ id: secret, ...odds }) => [secret, odds]));

  test.each([
    ['msa-sud-aquitaine', 'code', '13.3', '0.036', '44', false],
    ['mutuelle-agents-publics', 'code', '19.9', '0.00036', '0.44', true],
    ['mutuelle-imaginaire', 'code', '26.6', '0.0000024', '0.0044', true],
    ['safiag', 'chosen-password', '19.9', '0.00018', '1.8e+2', false],
    ['mgen', 'birth-date', '4.9', '1.0', '1.0e+6', false],
    ['msa-sud-aquitaine', 'fact', '6.6', '1.0', '1.0e+6', false],
    ['safiag', 'temporary-password', '60.0', '1.1e-13', '1.1e-7', true],
  ])('%s, %s', (id, secret, bits, perMember, perMillion, acceptable) => {
    const odds = oddsOf(id).get(secret);

    expect(odds?.bits.toFixed(1)).toBe(bits);
    expect(odds?.perMemberYear.toPrecision(2)).toBe(perMember);
    expect(odds?.perMillionYear.toPrecision(2)).toBe(perMillion);
    expect(odds?.acceptable).toBe(acceptable);
  });

  test('name no code where the public is never asked for one, nor a proof nobody asks', () => {
    expect([...oddsOf('safiag').keys()]).toEqual(['chosen-password', 'temporary-password']);
    expect([...oddsOf('mgen').keys()]).toEqual(['chosen-password', 'temporary-password', 'birth-date']);
  });
});
