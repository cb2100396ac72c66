import { describe, expect, test } from 'vitest';

import {
  displayPhone,
  isDemoNumber,
  isMetropolitanMobile,
  maskEmail,
  maskPhone,
  readPhone,
} from '../../server/members/phone.ts';

describe('reading a telephone number', () => {
  test.each([
    ['06 12 34 56 78', '+33612345678', 'mobile', 'FR'],
    ['07.45.12.34.56', '+33745123456', 'mobile', 'FR'],
    ['+33 (0)6 12 34 56 78', '+33612345678', 'mobile', 'FR'],
    ['+33 06 12 34 56 78', '+33612345678', 'mobile', 'FR'],
    ['0033612345678', '+33612345678', 'mobile', 'FR'],
    ['０６１２３４５６７８', '+33612345678', 'mobile', 'FR'],
    ['06\u00a012\u202f34-56/78', '+33612345678', 'mobile', 'FR'],
    ['01 45 67 89 01', '+33145678901', 'landline', 'FR'],
    ['09 70 12 34 56', '+33970123456', 'landline', 'FR'],
    ['0 800 12 34 56', '+33800123456', 'other', 'FR'],
    ['06 39 98 12 34', '+33639981234', 'mobile', 'FR'],
    ['+33639981234', '+33639981234', 'mobile', 'FR'],
    ['0690001234', '+590690001234', 'mobile', 'GP'],
    ['0691 22 12 34', '+590691221234', 'mobile', 'GP'],
    ['0692123456', '+262692123456', 'mobile', 'RE'],
    ['0694201234', '+594694201234', 'mobile', 'GF'],
    ['0696201234', '+596696201234', 'mobile', 'MQ'],
    ['0639012345', '+262639012345', 'mobile', 'YT'],
    ['0708401234', '+508708401234', 'mobile', 'PM'],
    ['0709001234', '+590709001234', 'mobile', 'GP'],
    ['0709101234', '+596709101234', 'mobile', 'MQ'],
    ['0709201234', '+262709201234', 'mobile', 'RE'],
    ['0709301234', '+594709301234', 'mobile', 'GF'],
    ['0709351234', '+262709351234', 'mobile', 'YT'],
    ['+508551234', '+508551234', 'mobile', 'PM'],
    ['0262 20 12 34', '+262262201234', 'landline', 'RE'],
    ['0269 60 12 34', '+262269601234', 'landline', 'YT'],
    ['0590 20 12 34', '+590590201234', 'landline', 'GP'],
    ['0594 30 12 34', '+594594301234', 'landline', 'GF'],
    ['0596 50 12 34', '+596596501234', 'landline', 'MQ'],
    ['0508 41 23 45', '+508412345', 'landline', 'PM'],
    ['+590690001234', '+590690001234', 'mobile', 'GP'],
    ['+687 75 12 34', '+687751234', 'mobile', 'NC'],
    ['+377 6 12 34 56 78', '+377612345678', 'mobile', 'MC'],
    ['00 32 470 12 34 56', '+32470123456', 'mobile', 'BE'],
  ])('%s is %s', (typed, e164, kind, region) => {
    expect(readPhone(typed)).toEqual({ ok: true, e164, kind, region, corrected: false });
  });

  test.each([
    ['+33690001234', '+590690001234', 'GP'],
    ['0033 690 00 12 34', '+590690001234', 'GP'],
    ['+33 (0)692 12 34 56', '+262692123456', 'RE'],
    ['+33639012345', '+262639012345', 'YT'],
    ['+33694201234', '+594694201234', 'GF'],
    ['+33696201234', '+596696201234', 'MQ'],
    ['+33708401234', '+508708401234', 'PM'],
    ['+33709101234', '+596709101234', 'MQ'],
    ['+33262201234', '+262262201234', 'RE'],
  ])('%s is put right as %s, and says so', (typed, e164, region) => {
    expect(readPhone(typed)).toMatchObject({ ok: true, e164, region, corrected: true });
  });

  test.each([
    '',
    'néant',
    '0',
    '112',
    '3631',
    '0712345678',
    '0700123456',
    '0708001234',
    '0691501234',
    '+33639981',
    '06 12 34 56 7',
    '06 12 34 56 789',
    '612345678',
    '33612345678',
    '6,12346E+08',
    '06 12 34 56 78 poste 5',
    '06 12 34 56 78 / 07 45 12 34 56',
    '++33612345678',
    '+0612345678',
    '00000000000',
    '+881 6 12 34 56 78',
    '+883 510 012 345 678',
    '+800 1234 5678',
  ])('%j is not a number', (typed) => {
    expect(readPhone(typed)).toEqual({ ok: false, problem: 'not-a-number' });
  });
});

describe('what a number can receive', () => {
  test.each([
    ['+33612345678', true],
    ['+33745123456', true],
    ['+33639981234', true],
    ['+33145678901', false],
    ['+33712345678', false],
    ['+33690001234', false],
    ['+590690001234', false],
    ['+262639012345', false],
    ['+377612345678', false],
    ['+32470123456', false],
  ])('%s is a metropolitan mobile: %s', (e164, expected) => {
    expect(isMetropolitanMobile(e164)).toBe(expected);
  });

  // FACTS 3.1, every three-digit prefix of 06 and 07.
  test('the metropolitan prefixes are those of the numbering plan', () => {
    const prefixes = Array.from({ length: 200 }, (_, index) => `0${600 + index}`);

    const metropolitan = prefixes.filter((prefix) => {
      const reading = readPhone(`${prefix}123456`);
      return reading.ok && isMetropolitanMobile(reading.e164);
    });

    const inPlan = prefixes.filter((prefix) => {
      const number = Number(prefix);
      const isSix = number <= 689 && number !== 639;
      return isSix || [695, 698, 699].includes(number) || number >= 730;
    });
    expect(metropolitan).toEqual(inPlan);
  });

  test.each([
    ['+33639980000', true],
    ['+33639989999', true],
    ['+33639970000', false],
    ['+262639981234', false],
  ])('%s is kept for fiction: %s', (e164, expected) => {
    expect(isDemoNumber(e164)).toBe(expected);
  });
});

describe('showing contacts', () => {
  test.each([
    ['+33612345678', '06 12 34 56 78', '06 •• •• •• 78'],
    ['+33639981234', '06 39 98 12 34', '06 •• •• •• 34'],
    ['+590690001234', '06 90 00 12 34', '06 •• •• •• 34'],
    ['+262262201234', '02 62 20 12 34', '02 •• •• •• 34'],
    ['+508551234', '+508 55 12 34', '+508 •• •• 34'],
    ['+41791234567', '+41 79 123 45 67', '+41 •• ••• •• 67'],
  ])('%s is shown as %s and masked as %s', (e164, shown, masked) => {
    expect(displayPhone(e164)).toBe(shown);
    expect(maskPhone(e164)).toBe(masked);
  });

  test.each([
    ['jeanne.martin@exemple.fr', 'j•••••@•••.fr'],
    ['x@poste.example', 'x•••••@•••.example'],
    ['"a@b"@mail.exemple.fr', '"•••••@•••.fr'],
    ['élodie@exemple.fr', 'é•••••@•••.fr'],
    ['root@localhost', 'r•••••@•••'],
    ['not an address', '•••••'],
    ['', '•••••'],
  ])('%s is masked as %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });
});
