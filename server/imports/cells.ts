import type { Day } from '../core/calendar.ts';
import { Secret } from '../core/secret.ts';
import { spaceTypes, type SpaceType } from '../core/vocabulary.ts';
import { fold } from '../core/text.ts';
import { countryCode } from '../members/countries.ts';
import { readEmail as readAddress } from '../members/email.ts';
import { readNir, type NirKind } from '../members/nir.ts';
import { readPhone } from '../members/phone.ts';

/** Why a row is refused; `imports.problems.<code>` says what to do in French and in English. */
export const rowProblems = [
  ...['empty-line', 'cell-count', 'missing', 'too-long', 'control-character', 'line-break'],
  ...[
    'spreadsheet-error',
    'spreadsheet-number',
    'name',
    'code',
    'civility',
    'quality',
    'space',
    'yes-no',
    'language',
  ],
  ...['proof', 'proof-text', 'proof-amount', 'proof-month', 'proof-number', 'proof-date'],
  ...['nir-length', 'nir-format', 'nir-key', 'nir-letter-o', 'nir-spreadsheet'],
  ...['date-format', 'date-impossible', 'date-spreadsheet', 'date-future', 'date-too-old', 'date-order'],
  ...[
    'phone',
    'phone-zero',
    'email',
    'postcode',
    'postcode-missing',
    'town-missing',
    'country',
    'mandate-date',
  ],
] as const;
export type RowProblem = (typeof rowProblems)[number];

export type CellReading<T> = { ok: true; value: T } | { ok: false; problem: RowProblem };

export type ImportedNir = { kind: NirKind; body: string; key: string | null };
export type ImportedNumber = {
  e164: string;
  kind: 'mobile' | 'landline' | 'other';
  region: string;
  /** True when `+33690…` was given for a number of the overseas territories. */
  corrected: boolean;
};

const is = <T>(value: T): CellReading<T> => ({ ok: true, value });
const no = (problem: RowProblem): { ok: false; problem: RowProblem } => ({ ok: false, problem });

/**
 * A cell without the blanks around it, null when nothing is left. Line breaks pass where `lineBreaks` says so; any
 * other control, formatting or unassigned character, and what a spreadsheet leaves behind (#N/A), is refused.
 */
export const cleanCell = (cell: string, lineBreaks = false): CellReading<string | null> => {
  if (cell === '') return is(null);
  let text = cell;
  if (!printableAscii.test(cell)) {
    if (/[\n\u2028\u2029]/.test(cell) && !lineBreaks) return no('line-break');
    if (invisible.test(lineBreaks ? cell.replaceAll('\n', '') : cell)) return no('control-character');
    text = cell.normalize('NFC').replace(/\p{Zs}/gu, ' ');
  }
  text = text.trim();
  if (spreadsheetError.test(text)) return no('spreadsheet-error');
  return is(text === '' ? null : text.replace(/ {2,}/g, ' '));
};

/** Text of at most `longest` characters. */
export const readText = (typed: string, longest: number): CellReading<string> =>
  typed.length > longest ? no('too-long') : is(typed);

/** A name: it has a letter and does not begin as a formula does. */
export const readName = (typed: string): CellReading<string> => {
  if (typed.length > 100) return no('too-long');
  return /^[^=+@]*\p{L}/u.test(typed) ? is(typed) : no('name');
};

/** A number or code that is compared as it stands: no blank inside, nothing a spreadsheet has rounded. */
export const readCode = (typed: string, longest: number): CellReading<string> => {
  if (typed.length > longest) return no('too-long');
  if (spreadsheetNumber.test(typed)) return no('spreadsheet-number');
  return /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(typed) ? is(typed) : no('code');
};

/** A code that members type: any visible characters. */
export const readFirstPasswordCode = (typed: string): CellReading<Secret> => {
  if (typed.length > 64) return no('too-long');
  if (spreadsheetNumber.test(typed)) return no('spreadsheet-number');
  return typed.includes(' ') ? no('code') : is(new Secret(typed));
};

export const readNirCell = (typed: string): CellReading<ImportedNir> => {
  const reading = readNir(typed);
  if (!reading.ok) return no(`nir-${reading.problem}`);
  return is({ kind: reading.kind, body: reading.body, key: reading.key });
};

/** A day written jj/mm/aaaa, between `earliest` and `latest`. */
export const readDay = (typed: string, latest: Day, earliest: Day = '1880-01-01'): CellReading<Day> => {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(typed) ?? [];
  if (!day || !month || !year)
    return no(/^\d{4,6}([.,]\d+)?$/.test(typed) ? 'date-spreadsheet' : 'date-format');
  if (Number(day) < 1 || Number(day) > daysIn(Number(month), Number(year))) return no('date-impossible');
  const read = `${year}-${month}-${day}`;
  if (read > latest) return no('date-future');
  return read < earliest ? no('date-too-old') : is(read);
};

/** A day that may lie ahead; 31/12/9999, which management systems write for "no end", is none. */
export const readEnd = (typed: string): CellReading<Day | null> =>
  typed === '31/12/9999' ? is(null) : readDay(typed, '2199-12-31');

export const readPhoneCell = (typed: string): CellReading<ImportedNumber> => {
  if (typed.length > 40) return no('too-long');
  if (spreadsheetNumber.test(typed)) return no('spreadsheet-number');
  if (/^[1-9]\d{8}$/.test(typed.replace(/[ .-]/g, ''))) return no('phone-zero');
  const reading = readPhone(typed);
  if (!reading.ok) return no('phone');
  return is({ e164: reading.e164, kind: reading.kind, region: reading.region, corrected: reading.corrected });
};

export const readEmail = (typed: string): CellReading<{ address: string }> => {
  const reading = readAddress(typed);
  return reading.ok ? is({ address: reading.address }) : no(reading.problem);
};

export const readCountry = (typed: string): CellReading<string> => {
  const code = countryCode(typed);
  return code ? is(code) : no('country');
};

/** A French postcode for France, else whatever letters, digits, blanks and hyphens the country uses. */
export const readPostcode = (typed: string, country: string): CellReading<string> => {
  if (spreadsheetNumber.test(typed)) return no('spreadsheet-number');
  const shape = country === 'FR' ? /^(?:0[1-9]|[1-8]\d|9[0-8])\d{3}$/ : /^[A-Z0-9][A-Z0-9 -]{0,11}$/i;
  return shape.test(typed) ? is(typed) : no('postcode');
};

export const readCivility = (typed: string) => lookUp(civilities, typed, 'civility');
export const readQuality = (typed: string) => lookUp(qualities, typed, 'quality');
export const readSpace = (typed: string) => lookUp(spaces, typed, 'space');
export const readYesNo = (typed: string) => lookUp(answers, typed, 'yes-no');
export const readLanguage = (typed: string) => lookUp(languageNames, typed, 'language');

export type Civility = 'M.' | 'Mme';
export type Quality = 'holder' | 'dependant';

const lookUp = <T>(table: Map<string, T>, typed: string, problem: RowProblem): CellReading<T> => {
  const found = table.get(fold(typed));
  return found === undefined ? no(problem) : is(found);
};

const listed = <T>(entries: readonly (readonly [T, string])[]): Map<string, T> =>
  new Map(entries.flatMap(([value, words]) => words.split(',').map((word) => [word.trim(), value] as const)));

const civilities = listed<Civility>([
  ['M.', 'm, mr, monsieur'],
  ['Mme', 'mme, madame, mlle, mademoiselle'],
]);
const qualities = listed<Quality>([
  ['holder', 'titulaire, adherent, assure, ouvrant droit, souscripteur, t'],
  ['dependant', 'ayant droit, beneficiaire, conjoint, enfant, a, ad'],
]);
const spaces = new Map<string, SpaceType>(spaceTypes.map((space) => [fold(space), space]));
spaces.set('employeur jardinier', 'employeur-de-jardinier');
const answers = listed<boolean>([
  [true, 'oui, o, 1, vrai, x'],
  [false, 'non, n, 0, faux'],
]);
const languageNames = listed<string>([
  ['fr', 'fr, fra, francais'],
  ['en', 'en, eng, anglais'],
  ['es', 'es, espagnol'],
  ['pt', 'pt, portugais'],
  ['de', 'de, allemand'],
  ['it', 'it, italien'],
  ['ar', 'ar, arabe'],
  ['nl', 'nl, neerlandais'],
  ['pl', 'pl, polonais'],
  ['ro', 'ro, roumain'],
  ['ru', 'ru, russe'],
  ['tr', 'tr, turc'],
  ['vi', 'vi, vietnamien'],
  ['zh', 'zh, chinois'],
]);

const daysIn = (month: number, year: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month < 1 || month > 12 ? 0 : [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const printableAscii = /^[ -~]*$/;
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
const spreadsheetError = /^(?:#+|#(?:N\/?A|REF|VALEUR|VALUE|NOM|NAME|NUL|NULL|NOMBRE|NUM|DIV\/0)[!?]?)$/i;
const spreadsheetNumber = /^\d+(?:[.,]\d+)?E\+?\d+$|^\d+[.,]0+$/i;
