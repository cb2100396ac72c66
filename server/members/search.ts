import { fold, toHalfWidth } from '../core/text.ts';
import { readNir } from './nir.ts';
import { readPhone } from './phone.ts';
import type { NameMatch, NameReading, SearchFilters, Understanding } from './members.schema.ts';

/** What was typed, read: exact identifiers to look up, or words of a name with what goes beside them. */
export type Plan = {
  kind: Understanding['kind'];
  /** The one form of what was typed, for the keyed digest in the audit. */
  canonical: string;
  problem: string | null;
  needs: 'letters' | 'criterion' | null;
  nir: string | null;
  /** E-mail addresses or telephone numbers, as stored. */
  contacts: string[];
  memberNumbers: string[];
  words: string[];
  filters: SearchFilters;
};

/**
 * Reads the one search box: a NIR, a telephone number, an e-mail, a member number, a date, a postcode, or words of
 * a name in any order with a date, a year or a postcode beside them. What can be two things is both.
 */
export const readSearch = (typed: string): Plan => {
  const text = toHalfWidth(typed)
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim();
  if (text === '') return plan('nothing', '');
  return readNumber(text) ?? readEmail(text) ?? readDigits(text) ?? readWords(text);
};

/** Each way the words, in the order typed, make a last and a first name, one side exact: found by a seek. */
export const exactReadings = (words: string[]): NameReading[] => {
  if (words.length === 1) return [];
  const all = words.join(' ');
  return [
    { last: begins(all), first: null },
    { last: null, first: begins(all) },
    ...splitsOf(words).flatMap(([left, right]) => [
      { last: is(left), first: begins(right) },
      { last: begins(left), first: is(right) },
      { last: is(right), first: begins(left) },
      { last: begins(right), first: is(left) },
    ]),
  ];
};

/** The same with both sides as beginnings. */
export const looseReadings = (words: string[]): NameReading[] =>
  splitsOf(words).flatMap(([left, right]) => [
    { last: begins(left), first: begins(right) },
    { last: begins(right), first: begins(left) },
  ]);

/** Words at either end that may name a town, and the words of the name left beside it. */
export const townReadings = (words: string[]): { town: string; names: string[] }[] => {
  const longest = Math.min(3, words.length);
  const sizes = Array.from({ length: longest }, (_, index) => index + 1);
  const readings = sizes.flatMap((size) => [
    { town: words.slice(-size).join(' '), names: words.slice(0, -size) },
    { town: words.slice(0, size).join(' '), names: words.slice(size) },
  ]);
  const isNew = (one: { town: string; names: string[] }, at: number) =>
    readings.findIndex((other) => other.town === one.town && other.names.length === one.names.length) === at;
  return readings.filter((one, at) => one.town.length >= 2 && isNew(one, at));
};

export const longestFirst = (words: string[]): string[] => [...words].sort((a, b) => b.length - a.length);

/** True when so many names begin like these that a place narrows better. */
export const areShort = (words: string[]): boolean => words.every((word) => word.length <= 3);

/** True when the filters alone say whom to look for. */
export const areComplete = ({ birthDate, postcode }: SearchFilters): boolean =>
  birthDate !== null || postcode?.length === 5;

export const begins = (text: string): NameMatch => ({ is: [], begins: text });
export const is = (...texts: string[]): NameMatch => ({ is: texts, begins: null });

const noFilters: SearchFilters = { birthDate: null, year: null, postcode: null, digits: null };

const plan = (kind: Plan['kind'], canonical: string, rest: Partial<Plan> = {}): Plan => ({
  kind,
  canonical,
  problem: null,
  needs: null,
  nir: null,
  contacts: [],
  memberNumbers: [],
  words: [],
  filters: noFilters,
  ...rest,
});

/** A NIR or a telephone number, alone or among words. */
const readNumber = (text: string): Plan | undefined => {
  // « 12/03/1961 75011 » has the thirteen digits of a possible NIR.
  if (readDate(text)) return undefined;
  const run = /[+\d][\dOAB \u00a0.\-/()]{8,}[\d]/i.exec(text)?.[0] ?? '';
  for (const candidate of run === '' || run === text ? [text] : [text, run]) {
    const found = readNirPlan(candidate) ?? readPhonePlan(candidate);
    if (found) return found;
  }
  return undefined;
};

const readNirPlan = (text: string): Plan | undefined => {
  const reading = readNir(text);
  if (reading.ok) return plan('nir', reading.body, { nir: reading.body });

  const compact = compactOf(text);
  const wrong = plan('nir-wrong', compact, { problem: reading.problem });
  if (reading.problem === 'spreadsheet') return /^\d/.test(text) ? wrong : undefined;
  if (reading.problem === 'key') return wrong;
  const isLong = /^[1-8]\d{4}[\dO][\dOAB][\dO]{6}/.test(compact);
  if (reading.problem === 'letter-o') return isLong ? wrong : undefined;
  if (reading.problem === 'format') return isLong && /^[1-4]/.test(compact) ? wrong : undefined;
  // One character too few or too many of what begins like a NIR.
  return /^[12]\d\d(?:0[1-9]|1[0-2])[\dAB]{9}$|^[12]\d\d(?:0[1-9]|1[0-2])[\dAB]{11}$/.test(compact)
    ? wrong
    : undefined;
};

const readPhonePlan = (text: string): Plan | undefined => {
  if (!/^[+(0]/.test(text)) return undefined;
  const reading = readPhone(text);
  const compact = compactOf(text);
  // A member number may look like a telephone number.
  if (reading.ok) return plan('phone', reading.e164, { contacts: [reading.e164], memberNumbers: [compact] });
  return /^\+[\d ().-]*$/.test(text) ? plan('phone', compact, { needs: 'criterion' }) : undefined;
};

const readEmail = (text: string): Plan | undefined => {
  const typed = text.split(' ').find((word) => word.includes('@'));
  if (typed === undefined) return undefined;
  const isWhole = /^[^@]+@[^@]+\.[^@.]{2,}$/.test(typed);
  if (!isWhole) return plan('email', typed.toLowerCase(), { needs: 'criterion' });
  const at = typed.lastIndexOf('@');
  const asStored = typed.slice(0, at) + typed.slice(at).toLowerCase();
  return plan('email', typed.toLowerCase(), { contacts: [...new Set([asStored, typed.toLowerCase()])] });
};

/** Nothing but digits and what separates them, or one word with a digit in it. */
const readDigits = (text: string): Plan | undefined => {
  const compact = compactOf(text);
  const birthDate = readDate(text);
  if (birthDate?.rest === '') {
    const isAlsoNumber = /^\d{8}$/.test(text);
    const filters = { ...noFilters, birthDate: birthDate.day };
    return plan('date', birthDate.day, { filters, memberNumbers: isAlsoNumber ? [text] : [] });
  }
  if (birthDate || yearAndPostcode.test(text)) return undefined;
  if (/^\d[\d .\-/]*$/.test(text)) {
    const numbers = { memberNumbers: [...new Set([text.replaceAll(' ', ''), compact])] };
    if (/^\d{5}$/.test(text))
      return plan('postcode', text, { ...numbers, filters: { ...noFilters, postcode: text } });
    // A year alone would list everyone born in it.
    if (year.test(text)) return plan('date', text, { ...numbers, needs: 'letters' });
    return plan('member-number', compact, numbers);
  }
  if (text.includes(' ') || !/\d/.test(text)) return undefined;
  return plan('member-number', text.toUpperCase(), {
    memberNumbers: [...new Set([text, text.toUpperCase()])],
  });
};

const year = /^(?:18[89]|19\d|20\d)\d$/;
const yearAndPostcode = /^(?:(?:18|19|20)\d\d \d{5}|\d{5} (?:18|19|20)\d\d)$/;

const readWords = (text: string): Plan => {
  const date = readDate(text);
  const filters = { ...noFilters, birthDate: date?.day ?? null };
  const words: string[] = [];
  const memberNumbers: string[] = [];
  for (const word of (date ? date.rest : text).split(' ')) {
    if (/^\d+$/.test(word)) readFilter(word, filters);
    else if (/\d/.test(word) && /^[\p{L}\d._/-]+$/u.test(word)) memberNumbers.push(word, word.toUpperCase());
    else words.push(...fold(word).split(' ').filter(Boolean));
  }

  const canonical = fold(text);
  if (memberNumbers.length > 0)
    return plan('member-number', canonical, { memberNumbers: [...new Set(memberNumbers)] });
  const kept = words.slice(0, 6).map((word) => word.slice(0, 40));
  const isEnough = kept.some((word) => word.length >= 2) || areComplete(filters);
  if (!isEnough) return plan('nothing', canonical, { needs: 'letters' });
  if (kept.length > 0) return plan('words', canonical, { words: kept, filters });
  return plan(filters.birthDate ? 'date' : 'postcode', canonical, { filters });
};

const readFilter = (digits: string, filters: SearchFilters): void => {
  if (year.test(digits)) filters.year = digits;
  else if (digits.length === 5 || digits.length === 4) filters.postcode = digits;
  else if (digits.length < 4) filters.digits = digits;
};

/** A date as people write it, wherever it stands; `rest` is what is left without it. */
const readDate = (text: string): { day: string; rest: string } | undefined => {
  const found =
    /(?<!\d)(?<d>\d{1,2})(?:[/.\- ])(?<m>\d{1,2})(?:[/.\- ])(?<y>\d{4})(?!\d)/.exec(text) ??
    /(?<!\d)(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?!\d)/.exec(text) ??
    /(?<!\d)(?<d>\d{2})(?<m>\d{2})(?<y>(?:18|19|20)\d{2})(?!\d)/.exec(text);
  const { d = '', m = '', y = '' } = found?.groups ?? {};
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  if (!found || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day || y < '1880')
    return undefined;
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  return { day, rest: rest.replace(/ +/g, ' ').trim() };
};

const splitsOf = (words: string[]): [string, string][] =>
  words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);

const compactOf = (text: string): string => text.replace(/[\s.\-/()]/g, '').toUpperCase();
