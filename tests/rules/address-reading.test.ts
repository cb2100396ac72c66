import { describe, expect, test } from 'vitest';
import { readAddress, type TypedAddress } from '../../server/members/address-reading.ts';

const jeanne = { civility: 'Mme', firstName: 'Jeanne', lastName: 'Tilleul' };
const longName = {
  civility: 'Mme',
  firstName: 'Marie-Antoinette',
  lastName: 'de la Rochefoucauld-Montbéliard',
};
const home: TypedAddress = { lines: ['12 rue des Lilas'], postcode: '35000', town: 'Rennes' };
const read = (more: Partial<TypedAddress>, who = jeanne) => readAddress(who, { ...home, ...more });
const fieldsOf = (more: Partial<TypedAddress>, who = jeanne) => {
  const reading = read(more, who);
  return reading.ok ? {} : reading.fields;
};

describe('an address as somebody types it', () => {
  test.each<[string, Partial<TypedAddress>, object]>([
    ['is France where no country is said', {}, { ...home, country: 'FR' }],
    ['loses the blanks of a French postcode', { postcode: ' 35 000 ' }, { postcode: '35000' }],
    [
      'loses needless blanks, empty lines and what cannot be seen',
      { lines: ['  12  rue\u200b des Lilas ', ' ', 'Bât. B'], town: ' Rennes\t' },
      { lines: ['12 rue des Lilas', 'Bât. B'], town: 'Rennes' },
    ],
    [
      'takes a country by its name',
      { country: 'Belgique', postcode: '1000', town: 'Bruxelles' },
      { country: 'BE' },
    ],
    ['or by its code', { country: 'ie', postcode: '', town: 'Dublin' }, { country: 'IE', postcode: '' }],
    [
      'knows overseas France',
      { country: 'La Réunion', postcode: '97400', town: 'Saint-Denis' },
      { country: 'FR' },
    ],
  ])('%s', (_case, typed, address) => {
    expect(read(typed)).toMatchObject({ ok: true, address });
  });

  test.each<[string, Partial<TypedAddress>, object]>([
    ['a country that is none', { country: 'Syldavie' }, { country: 'members.address.unknown-country' }],
    ['a postcode that is none', { postcode: '3500' }, { postcode: 'members.address.bad-postcode' }],
    [
      'a foreign one that is none',
      { postcode: '<b>', country: 'BE' },
      { postcode: 'members.address.bad-postcode' },
    ],
    ['no town', { town: ' ' }, { town: 'members.address.no-town' }],
    ['a town that is too long', { town: 'a'.repeat(40) }, { town: 'members.address.too-long' }],
    ['no line at all', { lines: ['', ' '] }, { 'lines.0': 'members.address.no-line' }],
    ['a line that is too long', { lines: ['12', 'a'.repeat(39)] }, { 'lines.1': 'members.address.too-long' }],
    ['what no letter prints', { lines: ['улица 1'] }, { 'lines.0': 'members.address.bad-character' }],
    [
      'each line that does not do',
      { lines: ['a'.repeat(39), '', '東京'] },
      { 'lines.0': 'members.address.too-long', 'lines.2': 'members.address.bad-character' },
    ],
  ])('refuses %s in its field', (_case, typed, fields) => {
    expect(fieldsOf(typed)).toEqual(fields);
  });

  test('four lines leave no room for a name that takes two', () => {
    const four = { lines: ['Appt 4', 'Résidence Haute', '12 rue des Lilas', 'BP 12'] };

    expect(fieldsOf(four, longName)).toEqual({ lines: 'members.address.too-many-lines' });
    expect(fieldsOf({ lines: four.lines.slice(1) }, longName)).toEqual({});
    expect(fieldsOf(four)).toEqual({});
  });

  test('a name that fits above no address is not the address’s fault', () => {
    expect(fieldsOf({}, { civility: 'Mme', firstName: 'Jeanne', lastName: 'x'.repeat(50) })).toEqual({});
  });
});
