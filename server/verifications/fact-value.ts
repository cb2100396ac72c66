import type { Day } from '../core/calendar.ts';
import { fold, toHalfWidth, unaccent } from '../core/text.ts';
import type { FactPolicy } from '../organisations/policy-parts.schema.ts';

/**
 * One form for what people and management systems write for the same fact; null when it cannot be read.
 *
 * - text: capitals and digits alone, at most 64.
 * - amount: cents. `1 234,56 €`, `1234.56`, `1.234,56` and `1234,5` are 123456 or 123450; never negative.
 * - month: `2019-03`, from `03/2019`, `mars 2019`, `15/03/2019`. Two digits of a year are of the last hundred.
 * - number: its digits without leading zeros.
 */
export const readFactValue = (kind: FactPolicy['kind'], typed: string, thisYear: number): string | null => {
  const text = toHalfWidth(typed.normalize('NFC'))
    .replace(/\p{Cf}/gu, '')
    .trim();
  return text.length > longest ? null : readers[kind](text, thisYear);
};

/** The first day of the last so many calendar months: the same day of that month, or the month's last. */
export const monthsBefore = (day: Day, months: number): Day => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(first.getTime() + (Math.min(date, days) - 1) * 86_400_000).toISOString().slice(0, 10);
};

const longest = 100;

const readText = (text: string): string | null => {
  const bare = unaccent(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return bare === '' || bare.length > 64 ? null : bare;
};

const readAmount = (text: string): string | null => {
  const bare = text.replace(/\p{Zs}|€|(?<!\p{L})eur(?:os?)?(?!\p{L})/giu, '');
  const grouped =
    /^\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$/.test(bare) || /^\d{1,3}(?:,\d{3})+\.\d{1,2}$/.test(bare);
  const plain = grouped ? withoutGroups(bare) : bare;
  const [, whole, cents = ''] = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(plain) ?? [];
  return whole === undefined ? null : bareNumber(whole + cents.padEnd(2, '0'));
};

/** The sign that stands last is the decimal one; alone, a dot before three digits groups. */
const withoutGroups = (text: string): string =>
  text.includes(',') && text.includes('.')
    ? text.lastIndexOf(',') > text.lastIndexOf('.')
      ? text.replaceAll('.', '')
      : text.replaceAll(',', '')
    : text.replaceAll('.', '');

const readMonth = (text: string, thisYear: number): string | null => {
  const parts = fold(text).split(' ');
  const isFirst = /^\d{4}$/.test(parts[0] ?? '');
  const [year, month] = isFirst ? [parts[0], parts[1]] : [parts.at(-1), parts.at(-2)];
  if (parts.length < 2 || parts.length > 3 || !year || !month || !areDays(parts, isFirst)) return null;
  const number = /^\d{1,2}$/.test(month) ? Number(month) : (monthNumbers.get(month) ?? 0);
  const full = fullYear(year, thisYear);
  return number < 1 || number > 12 || !full ? null : `${full}-${String(number).padStart(2, '0')}`;
};

/** A day beside month and year says nothing more, but must be one. */
const areDays = (parts: string[], isYearFirst: boolean): boolean => {
  if (parts.length === 2) return true;
  const day = (isYearFirst ? parts[2] : parts[0]) ?? '';
  return /^\d{1,2}(?:er)?$/.test(day) && Number.parseInt(day, 10) >= 1 && Number.parseInt(day, 10) <= 31;
};

const fullYear = (typed: string, thisYear: number): string | null => {
  if (/^(?:19|20)\d{2}$/.test(typed)) return typed;
  if (!/^\d{2}$/.test(typed)) return null;
  const century = Math.floor(thisYear / 100) * 100;
  const year = century + Number(typed);
  return String(year > thisYear ? year - 100 : year);
};

const readNumber = (text: string): string | null => {
  const bare = text.replace(/[\p{Zs}.]/gu, '');
  return /^\d{1,18}$/.test(bare) ? bareNumber(bare) : null;
};

const bareNumber = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

const readers: Record<FactPolicy['kind'], (text: string, thisYear: number) => string | null> = {
  text: readText,
  amount: readAmount,
  month: readMonth,
  number: readNumber,
};

const monthNumbers = new Map(
  [
    'janvier janv jan january',
    'fevrier fevr fev february feb',
    'mars mar march',
    'avril avr april apr',
    'mai may',
    'juin june jun',
    'juillet juil july jul',
    'aout aou august aug',
    'septembre sept sep september',
    'octobre oct october',
    'novembre nov november',
    'decembre dec december',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
