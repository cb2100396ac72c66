import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadWords } from '../../server/core/words.ts';
import { rowProblems } from '../../server/imports/cells.ts';
import {
  findCompanyColumns,
  findMemberColumns,
  memberColumns,
  type MemberColumn,
} from '../../server/imports/columns.ts';
import { readCompanyRow, readPersonRow } from '../../server/imports/row.ts';

const names = Object.keys(memberColumns) as MemberColumn[];
const { places } = findMemberColumns(names.map((name) => memberColumns[name][0]));
const rules = { today: '2026-11-20' };

const sound: Partial<Record<MemberColumn, string>> = {
  memberNumber: '00123456',
  quality: 'titulaire',
  nir: '1 85 01 75 999 901 56',
  birthName: 'LEFÈVRE',
  firstName: 'Jean-Noël',
  birthDate: '29/02/1984',
};

const readLine = (change: Partial<Record<MemberColumn, string>>) =>
  readPersonRow(places, { line: 2, cells: names.map((name) => change[name] ?? sound[name] ?? '') }, rules);

const address = { addressLine1: '12 RUE DES LILAS', postcode: '75011', town: 'Paris' };

describe('a line that cannot be read is refused with its column and what is wrong', () => {
  test.each<[MemberColumn, string, string]>([
    ['memberNumber', '', 'missing'],
    ['memberNumber', '1,2E+08', 'spreadsheet-number'],
    ['memberNumber', '123456.0', 'spreadsheet-number'],
    ['memberNumber', '12 34', 'code'],
    ['memberNumber', '1'.repeat(33), 'too-long'],
    ['memberNumber', '#N/A', 'spreadsheet-error'],
    ['memberNumber', '=1+1', 'code'],
    ['rank', '########', 'spreadsheet-error'],
    ['quality', 'cousin', 'quality'],
    ['nir', '185017599990155', 'nir-key'],
    ['nir', '85017599990156', 'nir-length'],
    ['nir', '985017599990144', 'nir-format'],
    ['nir', '385079989991859', 'nir-format'],
    ['nir', '18501O599990156', 'nir-letter-o'],
    ['nir', '1,85017E+14', 'nir-spreadsheet'],
    ['nir', '1.85017E+14', 'nir-spreadsheet'],
    ['nir', '185017599990156.0', 'nir-spreadsheet'],
    ['nir', '18501759999\u0007', 'control-character'],
    ['civility', 'Docteur', 'civility'],
    ['birthName', '', 'missing'],
    ['birthName', '1234', 'name'],
    ['birthName', '=HYPERLINK(A1)', 'name'],
    ['birthName', '#REF!', 'spreadsheet-error'],
    ['birthName', 'LE\nGOFF', 'line-break'],
    ['birthName', 'MAR\u202eTIN', 'control-character'],
    ['birthName', 'X'.repeat(101), 'too-long'],
    ['firstName', '', 'missing'],
    ['birthDate', '', 'missing'],
    ['birthDate', '29/02/1985', 'date-impossible'],
    ['birthDate', '31/04/1985', 'date-impossible'],
    ['birthDate', '00/00/1950', 'date-impossible'],
    ['birthDate', '01/13/1985', 'date-impossible'],
    ['birthDate', '1/2/1985', 'date-format'],
    ['birthDate', '1985-02-01', 'date-format'],
    ['birthDate', '01/02/85', 'date-format'],
    ['birthDate', '31079', 'date-spreadsheet'],
    ['birthDate', '21/11/2026', 'date-future'],
    ['birthDate', '01/01/1850', 'date-too-old'],
    ['deathDate', '01/01/1980', 'date-order'],
    ['email', 'jean@', 'email'],
    ['email', 'jean@exemple', 'email'],
    ['email', 'jean..noel@courriel.example', 'email'],
    ['email', 'jean.@courriel.example', 'email'],
    ['email', 'a@courriel.example, b@courriel.example', 'email'],
    ['email', 'Jean <a@courriel.example>', 'email'],
    ['email', 'a@courriel.example\r\nBcc: b@courriel.example', 'line-break'],
    ['email', `${'a'.repeat(65)}@courriel.example`, 'email'],
    ['emailSince', '32/01/2020', 'date-impossible'],
    ['mobile', '06 39 98', 'phone'],
    ['mobile', '639981234', 'phone-zero'],
    ['mobile', '6,3998E+08', 'spreadsheet-number'],
    ['mobile', '0712345678', 'phone'],
    ['landline', 'sur liste rouge', 'phone'],
    ['fax', '00000000000', 'phone'],
    ['spaceType', 'retraité', 'space'],
    ['clientCompany', '1E+05', 'spreadsheet-number'],
    ['contractEnd', '31/02/2027', 'date-impossible'],
    ['isProtected', 'peut-être', 'yes-no'],
    ['language', 'klingon', 'language'],
    ['firstPasswordCode', '123456.0', 'spreadsheet-number'],
    ['representativeName', 'Mme Durand', 'mandate-date'],
  ])('%s « %s »', (column, value, problem) => {
    const reading = readLine({ [column]: value });

    const at = problem === 'mandate-date' ? 'mandateFrom' : column;
    expect(reading).toEqual({ ok: false, rejections: [{ column: at, problem }] });
  });

  test.each<[string, Partial<Record<MemberColumn, string>>, MemberColumn, string]>([
    ['a postcode that lost its zero', { ...address, postcode: '1000' }, 'postcode', 'postcode'],
    ['a French postcode missing', { ...address, postcode: '' }, 'postcode', 'postcode-missing'],
    ['a town missing', { ...address, town: '' }, 'town', 'town-missing'],
    ['a country that is none', { ...address, country: 'Atlantide' }, 'country', 'country'],
    ['five lines in one cell', { ...address, addressLine1: 'a\nb\nc\nd\ne' }, 'addressLine1', 'too-long'],
  ])('%s', (_name, change, column, problem) => {
    expect(readLine(change)).toEqual({ ok: false, rejections: [{ column, problem }] });
  });

  test('all of it at once, and no value among it', () => {
    const reading = readLine({ nir: '185017599990155', email: 'secret@', birthDate: '31/02/1999' });

    expect(reading).toMatchObject({
      ok: false,
      rejections: [{ column: 'nir' }, { column: 'birthDate' }, { column: 'email' }],
    });
    expect(JSON.stringify(reading)).not.toMatch(/18501|secret|1999/);
  });

  test('an empty line and one of another width', () => {
    const read = (cells: string[]) => readPersonRow(places, { line: 2, cells }, rules);

    expect(read([''])).toEqual({ ok: false, rejections: [{ column: null, problem: 'empty-line' }] });
    expect(read(['1', '2'])).toEqual({ ok: false, rejections: [{ column: null, problem: 'cell-count' }] });
  });

  test('a holder without NIR, where the organisation asks for one; a dependant may lack it', () => {
    const line = { line: 2, cells: names.map((name) => (name === 'nir' ? '' : (sound[name] ?? ''))) };
    const strict = { ...rules, required: ['nir'] as const };

    expect(readPersonRow(places, line, strict)).toEqual({
      ok: false,
      rejections: [{ column: 'nir', problem: 'missing' }],
    });
    line.cells[names.indexOf('quality')] = 'ayant droit';
    expect(readPersonRow(places, line, strict)).toMatchObject({ ok: true });
  });
});

describe('a sound line is normalised and nothing else', () => {
  test('with every column filled', () => {
    const reading = readLine({
      rank: '01',
      civility: 'Mlle',
      usualName: 'D’\u00a0Aÿ',
      email: 'Jean.Noel+a@Courriel.EXAMPLE',
      emailSince: '01/02/2020',
      mobile: '06 39 98 12 34',
      landline: '+33690001234',
      addressLine1: 'Bât. B\n12 rue des Lilas',
      postcode: '97122',
      town: 'Baie-Mahault',
      country: 'Guadeloupe',
      addressSince: '03/04/2021',
      spaceType: 'Employeur de jardinier',
      clientCompany: 'ENT-042',
      contractEnd: '31/12/2027',
      representativeName: 'Mme Durand',
      mandateFrom: '01/01/2024',
      isProtected: 'oui',
      largePrint: 'X',
      language: 'Français',
      firstPasswordCode: '123456',
    });

    if (!reading.ok) throw new Error(JSON.stringify(reading));
    expect(reading.value.firstPasswordCode?.expose()).toBe('123456');
    expect({ ...reading.value, firstPasswordCode: null }).toEqual({
      memberNumber: '00123456',
      rank: '01',
      quality: 'holder',
      nir: { kind: 'nir', body: '1850175999901', key: '56' },
      civility: 'Mme',
      birthName: 'LEFÈVRE',
      usualName: 'D’ Aÿ',
      firstName: 'Jean-Noël',
      birthDate: '1984-02-29',
      email: { address: 'Jean.Noel+a@courriel.example', since: '2020-02-01' },
      mobile: { e164: '+33639981234', kind: 'mobile', region: 'FR', corrected: false, since: null },
      landline: { e164: '+590690001234', kind: 'mobile', region: 'GP', corrected: true, since: null },
      fax: null,
      address: {
        lines: ['Bât. B', '12 rue des Lilas'],
        postcode: '97122',
        town: 'Baie-Mahault',
        country: 'FR',
        since: '2021-04-03',
      },
      spaceType: 'employeur-de-jardinier',
      clientCompany: 'ENT-042',
      contractEnd: '2027-12-31',
      deathDate: null,
      representative: { name: 'Mme Durand', mandateFrom: '2024-01-01', mandateUntil: null },
      isProtected: true,
      wantsLargePrint: true,
      language: 'fr',
      firstPasswordCode: null,
    });
  });

  test('a country alone is no address, and 31/12/9999 is no end', () => {
    expect(readLine({ country: 'France', contractEnd: '31/12/9999' })).toMatchObject({
      ok: true,
      value: { address: null, contractEnd: null, quality: 'holder', spaceType: 'particulier' },
    });
  });

  test.each([
    ['Belgique', 'BE'],
    ['ESPAGNE', 'ES'],
    ['Côte d’Ivoire', 'CI'],
    ['Royaume-Uni', 'GB'],
    ['de', 'DE'],
    ['La Réunion', 'FR'],
  ])('the country %s is %s', (country, code) => {
    expect(readLine({ ...address, postcode: '97400', country })).toMatchObject({
      ok: true,
      value: { address: { country: code } },
    });
  });
});

test('a client company is its code, its name and the end of its rights', () => {
  const columns = findCompanyColumns(['Code', 'Raison sociale', 'Fin des droits']).places;

  expect(readCompanyRow(columns, { line: 2, cells: ['E1', 'Ateliers & Fils', '31/12/2025'] })).toEqual({
    ok: true,
    value: { code: 'E1', name: 'Ateliers & Fils', rightsEnd: '2025-12-31' },
  });
  expect(readCompanyRow(columns, { line: 2, cells: ['', 'X', '30/02/2025'] })).toEqual({
    ok: false,
    rejections: [
      { column: 'code', problem: 'missing' },
      { column: 'rightsEnd', problem: 'date-impossible' },
    ],
  });
});

test('every problem has its sentence in both languages', () => {
  const words = loadWords(join(import.meta.dirname, '../../templates'));

  expect(rowProblems.filter((problem) => !words.has(`imports.problems.${problem}`))).toEqual([]);
});
