import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatAddress } from '../../server/members/address.ts';
import type { PostalAddress } from '../../server/members/address.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};
const who: Parameters<typeof formatAddress>[0] = {
  civility: 'Mme',
  firstName: 'Élodie',
  lastName: "Lefèvre-d'Hauterive",
};
const home = { lines: ['12 rue des Lilas'], postcode: '75012', town: 'Paris', country: 'FR' };

const block = (address: Partial<PostalAddress>, person = who) =>
  formatAddress(person, { ...home, ...address });
const linesOf = (address: Partial<PostalAddress>, person = who) => {
  const result = block(address, person);
  return result.ok ? result.lines : result;
};

describe('an address in a window', () => {
  test('is capitals without accents, from the person to the place', () => {
    const lines = linesOf({
      lines: ['Appt 4, 2ᵉ étage', 'Résidence Les Œillets', "5 bis, allée de l'Église", 'B.P. 123'],
      postcode: '67 000',
      town: 'Strasbourg',
    });

    expect(lines).toEqual([
      "MME ELODIE LEFEVRE-D'HAUTERIVE",
      'APPT 4 2E ETAGE',
      'RESIDENCE LES OEILLETS',
      '5 B ALLEE DE L EGLISE',
      'BP 123',
      '67000 STRASBOURG',
    ]);
  });

  test('drops empty lines and moves up', () => {
    const lines = linesOf({ lines: ['', '  ', '12 rue des Lilas', '-'] });

    expect(lines).toEqual(["MME ELODIE LEFEVRE-D'HAUTERIVE", '12 RUE DES LILAS', '75012 PARIS']);
  });

  test.each([
    ['5 bis rue Haute', '5 B RUE HAUTE'],
    ['5ter, rue Haute', '5 T RUE HAUTE'],
    ['12/14 rue Haute', '12 RUE HAUTE'],
    ['12-14, rue Haute', '12 RUE HAUTE'],
    ['4 à 8 rue Haute', '4 RUE HAUTE'],
    ['4 A rue Haute', '4 A RUE HAUTE'],
    ['N° 7 Z.A.C. du Bois', 'N 7 ZAC DU BOIS'],
    ['c/o M. Durand', 'CHEZ M DURAND'],
    ['rue du 8-Mai-1945', 'RUE DU 8 MAI 1945'],
  ])('writes %s as %s', (typed, printed) => {
    expect(linesOf({ lines: [typed] })).toContain(printed);
  });

  test.each([
    ['12101', 'Millau Cedex 11', '12101 MILLAU CEDEX 11'],
    ['75008', 'Paris CÉDEX 08', '75008 PARIS CEDEX 08'],
    ['97110', 'Pointe-à-Pitre', '97110 POINTE A PITRE'],
    ['97500', 'Saint-Pierre', '97500 SAINT PIERRE'],
  ])('ends in France with %s %s and no country', (postcode, town, last) => {
    for (const country of ['FR', '', 'fr']) expect(linesOf({ postcode, town, country })).toHaveLength(3);
    expect(linesOf({ postcode, town })).toContain(last);
  });

  test('an overseas département under its own code is domestic', () => {
    expect(linesOf({ postcode: '97400', town: 'Saint-Denis', country: 'RE' })).toEqual([
      "MME ELODIE LEFEVRE-D'HAUTERIVE",
      '12 RUE DES LILAS',
      '97400 SAINT DENIS',
    ]);
  });

  test.each([
    [{ postcode: '98800', town: 'Nouméa', country: 'FR' }, ['98800 NOUMEA', 'NOUVELLE CALEDONIE']],
    [{ postcode: '98714', town: 'Papeete', country: 'PF' }, ['98714 PAPEETE', 'POLYNESIE FRANCAISE']],
    [{ postcode: '98000', town: 'Monaco', country: 'MC' }, ['98000 MONACO', 'MONACO']],
    [{ postcode: '1000', town: 'Bruxelles', country: 'BE' }, ['1000 BRUXELLES', 'BELGIQUE']],
    [{ postcode: '80331', town: 'München', country: 'de' }, ['80331 MUNCHEN', 'ALLEMAGNE']],
    [{ postcode: 'SW1A 1AA', town: 'London', country: 'GB' }, ['LONDON SW1A 1AA', 'ROYAUME UNI']],
    [{ postcode: '', town: 'Abidjan', country: 'CI' }, ['ABIDJAN', 'COTE D IVOIRE']],
    [{ postcode: '', town: 'Hong Kong', country: 'HK' }, ['HONG KONG', 'HONG KONG']],
  ])('%j ends with its country', (address, last) => {
    expect(linesOf(address)).toEqual(["MME ELODIE LEFEVRE-D'HAUTERIVE", '12 RUE DES LILAS', ...last]);
  });

  test('abroad keeps the punctuation of a door number', () => {
    expect(linesOf({ lines: ['Hauptstr. 12/3-4'], postcode: '1010', town: 'Wien', country: 'AT' })).toContain(
      'HAUPTSTR. 12/3-4',
    );
  });

  test('abroad has seven lines', () => {
    const lines = ['Apt 4', 'Bâtiment B', '12 rue Haute', 'BP 9'];

    expect(linesOf({ lines, postcode: '1000', town: 'Bruxelles', country: 'BE' })).toHaveLength(7);
  });
});

describe('a name of another Latin alphabet', () => {
  test.each([
    ['Þóra', 'Ægisdóttir', 'MME THORA AEGISDOTTIR'],
    ['Ġorġ', 'Ħabib', 'MME GORG HABIB'],
    ['Łucja', 'Żółć', 'MME LUCJA ZOLC'],
    ['Thị Hưởng', 'Nguyễn', 'MME THI HUONG NGUYEN'],
    ['Işıl', 'Ğürsoy', 'MME ISIL GURSOY'],
    ['Ləman', 'Əliyeva', 'MME LEMAN ELIYEVA'],
    ['Kɔfi', 'Aŋɛlɔ', 'MME KOFI ANGELO'],
    ['Kaʻiulani', 'Groß', "MME KA'IULANI GROSS"],
  ])('%s %s is written %s', (firstName, lastName, printed) => {
    expect(linesOf({}, { civility: 'Mme', firstName, lastName })).toContain(printed);
  });
});

describe('a line that does not fit', () => {
  test.each([
    ['12 avenue du Général de Gaulle prolongée', '12 AV DU GENERAL DE GAULLE PROLONGEE'],
    ['114 boulevard du Maréchal de Lattre de Tassigny', '114 BD DU MAL DE LATTRE DE TASSIGNY'],
    ['Résidence du Parc bâtiment B appartement 12', 'RESIDENCE DU PARC BATIMENT B APT 12'],
    ['12 avenue du Général de Gaulle', '12 AVENUE DU GENERAL DE GAULLE'],
  ])('%s is abbreviated no more than needed', (typed, printed) => {
    expect(linesOf({ lines: [typed] })).toEqual(["MME ELODIE LEFEVRE-D'HAUTERIVE", printed, '75012 PARIS']);
  });

  test('is never cut', () => {
    expect(block({ lines: ['Lieu-dit', 'X'.repeat(39)] })).toEqual({
      ok: false,
      line: 3,
      problem: 'too-long',
    });
    expect(block({ town: 'Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson' })).toMatchObject({
      line: 3,
      problem: 'too-long',
    });
  });

  test('exactly 38 characters fit', () => {
    expect(linesOf({ lines: ['X'.repeat(38)] })).toContain('X'.repeat(38));
  });

  test('a long name loses its long civility, then takes two lines where there is room', () => {
    const named = (firstName: string, lastName: string) => ({ civility: 'Madame', firstName, lastName });

    expect(linesOf({}, named('Anne', 'X'.repeat(28)))).toContain(`MME ANNE ${'X'.repeat(28)}`);
    expect(linesOf({}, named('Marie-Christine', 'de La Rochefoucauld-Montbel'))).toEqual([
      'MME MARIE-CHRISTINE',
      'DE LA ROCHEFOUCAULD-MONTBEL',
      '12 RUE DES LILAS',
      '75012 PARIS',
    ]);
  });

  test('a name is not abbreviated', () => {
    const person = { civility: null, firstName: '', lastName: `Saint ${'X'.repeat(33)}` };

    expect(block({}, person)).toEqual({ ok: false, line: 1, problem: 'too-long' });
  });

  test('a long name above a full block is refused', () => {
    const person = { civility: 'Mme', firstName: 'Marie-Christine', lastName: 'de La Rochefoucauld-Montbel' };

    expect(block({ lines: ['A', 'B', 'C', 'D'] }, person)).toEqual({
      ok: false,
      line: 1,
      problem: 'too-long',
    });
  });
});

describe('an address that cannot be printed', () => {
  test.each([
    [{ lines: ['A', 'B', 'C', 'D', 'E'] }, 7, 'too-many-lines'],
    [{ town: ' ' }, 3, 'no-town'],
    [{ postcode: '' }, 3, 'bad-postcode'],
    [{ postcode: '00100' }, 3, 'bad-postcode'],
    [{ postcode: '99100' }, 3, 'bad-postcode'],
    [{ postcode: '7501' }, 3, 'bad-postcode'],
    [{ country: 'ZZ', postcode: '1' }, 4, 'unknown-country'],
    [{ country: 'Belgique', postcode: '1000' }, 4, 'unknown-country'],
    [{ lines: ['ул. Ленина 5'] }, 2, 'bad-character'],
    [{ town: 'Paris 🗼' }, 3, 'bad-character'],
    [{ country: 'GR', postcode: '104 31', town: 'Αθήνα' }, 3, 'bad-character'],
  ])('%j: line %i, %s', (address, line, problem) => {
    expect(block(address)).toEqual({ ok: false, line, problem });
  });

  test('a name in another script names the first line', () => {
    expect(block({}, { civility: null, firstName: 'Ольга', lastName: 'Martin' })).toEqual({
      ok: false,
      line: 1,
      problem: 'bad-character',
    });
  });
});

test('whatever is typed, a block that is accepted fits the window', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const words = fc.array(
    fc.constantFrom('Résidence', 'Saint', '12', 'bis', 'avenue', "l'Œuvre", 'B.P.', '-'),
  );
  const line = fc.oneof(
    text,
    words.map((parts) => parts.join(' ')),
  );
  const person = fc.record({
    civility: fc.constantFrom(null, 'M.', 'Madame'),
    firstName: line,
    lastName: line,
  });
  const address = fc.record({
    lines: fc.array(line, { maxLength: 5 }),
    postcode: fc.constantFrom('75012', '97110', '98800', '1000', 'x'),
    town: line,
    country: fc.constantFrom('FR', '', 'BE', 'GP', 'NC'),
  });
  const fits = fc.property(person, address, (someone, somewhere) => {
    const result = formatAddress(someone, somewhere);
    if (!result.ok) return;
    expect(result.lines.length).toBeLessThanOrEqual(7);
    for (const printed of result.lines)
      expect(printed).toMatch(/^[A-Z0-9'.,/()&+-][A-Z0-9 '.,/()&+-]{0,37}$/);
  });

  fc.assert(fits, { ...seed, numRuns: 500 });
});
