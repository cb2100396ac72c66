import type { Day } from '../core/calendar.ts';
import type { Secret } from '../core/secret.ts';
import type { SpaceType } from '../core/vocabulary.ts';
import type { PostalAddress } from '../members/address.ts';
import * as cells from './cells.ts';
import type { CellReading, ImportedNir, ImportedNumber, RowProblem } from './cells.ts';
import type { CompanyColumn, MemberColumn, Places } from './columns.ts';
import type { RawRow } from './reading.ts';

type Since = { since: Day | null };

/** One line of a members' file, every value normalised. A column that the file lacks reads as an empty cell. */
export type ImportedPerson = {
  memberNumber: string;
  /** '' when the file gives none. */
  rank: string;
  quality: cells.Quality;
  nir: ImportedNir | null;
  civility: cells.Civility | null;
  birthName: string | null;
  usualName: string | null;
  firstName: string;
  birthDate: Day;
  email: ({ address: string } & Since) | null;
  mobile: (ImportedNumber & Since) | null;
  landline: (ImportedNumber & Since) | null;
  fax: (ImportedNumber & Since) | null;
  address: (PostalAddress & Since) | null;
  spaceType: SpaceType;
  clientCompany: string | null;
  contractEnd: Day | null;
  deathDate: Day | null;
  representative: { name: string; mandateFrom: Day; mandateUntil: Day | null } | null;
  isProtected: boolean;
  wantsLargePrint: boolean;
  /** ISO 639-1, null when nothing is said. */
  language: string | null;
  firstPasswordCode: Secret | null;
};

export type ImportedCompany = { code: string; name: string; rightsEnd: Day | null };

export type Rejection<Column> = { column: Column | null; problem: RowProblem };

export type RowReading<T, Column> =
  | { ok: true; value: T }
  /** Every problem of the line; never a value. */
  | { ok: false; rejections: Rejection<Column>[] };

export type RowRules = {
  today: Day;
  /** Columns that must not be empty for a holder, beyond number, name, first name and birth date. */
  required?: readonly MemberColumn[];
};

/** Reads one line of a members' file. Refuses rather than repairs. */
export const readPersonRow = (
  places: Places<MemberColumn>,
  row: RawRow,
  rules: RowRules,
): RowReading<ImportedPerson, MemberColumn> => {
  const line = openLine(places, row);
  const { required, optional } = line;
  if (line.rejections.length > 0) return { ok: false, rejections: line.rejections };

  const past = (typed: string) => cells.readDay(typed, rules.today);
  const quality = optional('quality', cells.readQuality) ?? 'holder';
  const person = {
    memberNumber: required('memberNumber', readNumber) ?? '',
    rank: optional('rank', readRank) ?? '',
    quality,
    nir: optional('nir', cells.readNirCell),
    civility: optional('civility', cells.readCivility),
    birthName: optional('birthName', cells.readName),
    usualName: optional('usualName', cells.readName),
    firstName: required('firstName', cells.readName) ?? '',
    birthDate: required('birthDate', past) ?? '',
    email: withSince(optional('email', cells.readEmail), optional('emailSince', past)),
    mobile: withSince(optional('mobile', cells.readPhoneCell), optional('mobileSince', past)),
    landline: withSince(optional('landline', cells.readPhoneCell), optional('landlineSince', past)),
    fax: withSince(optional('fax', cells.readPhoneCell), optional('faxSince', past)),
    address: withSince(readAddress(line), optional('addressSince', past)),
    spaceType: optional('spaceType', cells.readSpace) ?? 'particulier',
    clientCompany: optional('clientCompany', readNumber),
    contractEnd: optional('contractEnd', cells.readEnd),
    deathDate: optional('deathDate', past),
    representative: readRepresentative(line),
    isProtected: optional('isProtected', cells.readYesNo) ?? false,
    wantsLargePrint: optional('largePrint', cells.readYesNo) ?? false,
    language: optional('language', cells.readLanguage),
    firstPasswordCode: optional('firstPasswordCode', cells.readFirstPasswordCode),
  } satisfies ImportedPerson;

  if (line.isEmpty('birthName') && line.isEmpty('usualName')) line.reject('birthName', 'missing');
  if (person.deathDate && person.birthDate && person.deathDate < person.birthDate)
    line.reject('deathDate', 'date-order');
  for (const column of quality === 'holder' ? (rules.required ?? []) : []) {
    if (line.isEmpty(column)) line.reject(column, 'missing');
  }
  return line.rejections.length > 0
    ? { ok: false, rejections: line.rejections }
    : { ok: true, value: person };
};

/** Reads one line of the client companies' file. */
export const readCompanyRow = (
  places: Places<CompanyColumn>,
  row: RawRow,
): RowReading<ImportedCompany, CompanyColumn> => {
  const line = openLine(places, row);
  if (line.rejections.length > 0) return { ok: false, rejections: line.rejections };
  const company = {
    code: line.required('code', readNumber) ?? '',
    name: line.required('name', readCompanyName) ?? '',
    rightsEnd: line.optional('rightsEnd', cells.readEnd),
  };
  return line.rejections.length > 0
    ? { ok: false, rejections: line.rejections }
    : { ok: true, value: company };
};

export type Line<Column extends string> = {
  rejections: Rejection<Column>[];
  reject: (column: Column | null, problem: RowProblem) => null;
  isEmpty: (column: Column) => boolean;
  optional: <T>(column: Column, read: (typed: string) => CellReading<T>, lineBreaks?: boolean) => T | null;
  required: <T>(column: Column, read: (typed: string) => CellReading<T>) => T | null;
};

export const openLine = <Column extends string>(places: Places<Column>, row: RawRow): Line<Column> => {
  const rejections: Rejection<Column>[] = [];
  const reject = (column: Column | null, problem: RowProblem) => {
    rejections.push({ column, problem });
    return null;
  };
  const cell = (column: Column): string => {
    const place: number | undefined = places[column];
    return place === undefined ? '' : (row.cells[place] ?? '');
  };
  const optional: Line<Column>['optional'] = (column, read, lineBreaks = false) => {
    const text = cell(column);
    if (text === '') return null;
    const typed = cells.cleanCell(text, lineBreaks);
    if (!typed.ok) return reject(column, typed.problem);
    if (typed.value === null) return null;
    const reading = read(typed.value);
    return reading.ok ? reading.value : reject(column, reading.problem);
  };
  const isEmpty = (column: Column) => cell(column).trim() === '';

  if (row.cells.every((text) => text.trim() === '')) reject(null, 'empty-line');
  else if (row.cells.length !== places.width) reject(null, 'cell-count');
  return {
    rejections,
    reject,
    isEmpty,
    optional,
    required: (column, read) => (isEmpty(column) ? reject(column, 'missing') : optional(column, read)),
  };
};

/** An address is there when a line, a postcode or a town is; a country alone is a management system's default. */
const readAddress = (line: Line<MemberColumn>): PostalAddress | null => {
  const country = line.optional('country', cells.readCountry) ?? 'FR';
  const postcode = line.optional('postcode', (typed) => cells.readPostcode(typed, country));
  const town = line.optional('town', readTown);
  const lines: string[] = [];
  for (const column of addressLines) {
    const text = line.optional(column, readAddressLine, true);
    if (text !== null) lines.push(...text.split('\n').map((part) => part.trim()));
  }
  const filled = lines.filter((text) => text !== '');
  if (filled.length === 0 && line.isEmpty('postcode') && line.isEmpty('town')) return null;

  if (filled.length > 4) line.reject('addressLine1', 'too-long');
  if (line.isEmpty('town')) line.reject('town', 'town-missing');
  if (line.isEmpty('postcode') && country === 'FR') line.reject('postcode', 'postcode-missing');
  return { lines: filled, postcode: postcode ?? '', town: town ?? '', country };
};

const addressLines = ['addressLine1', 'addressLine2', 'addressLine3', 'addressLine4'] as const;

const readRepresentative = (line: Line<MemberColumn>): ImportedPerson['representative'] => {
  const name = line.optional('representativeName', cells.readName);
  const mandateFrom = line.optional('mandateFrom', readMandateStart);
  const mandateUntil = line.optional('mandateUntil', cells.readEnd);
  if (name === null) return null;
  if (line.isEmpty('mandateFrom')) return line.reject('mandateFrom', 'mandate-date');
  if (mandateFrom && mandateUntil && mandateUntil < mandateFrom)
    return line.reject('mandateUntil', 'date-order');
  return mandateFrom ? { name, mandateFrom, mandateUntil } : null;
};

const withSince = <T extends object>(contact: T | null, since: Day | null): (T & Since) | null =>
  contact && { ...contact, since };

// Named once rather than made anew for every line: a file has millions.
const readNumber = (typed: string) => cells.readCode(typed, 32);
const readRank = (typed: string) => cells.readCode(typed, 8);
const readAddressLine = (typed: string) => cells.readText(typed, 120);
const readTown = (typed: string) => cells.readText(typed, 80);
const readCompanyName = (typed: string) => cells.readText(typed, 120);
const readMandateStart = (typed: string) => cells.readDay(typed, '2199-12-31');
