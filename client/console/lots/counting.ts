import type { Bundle, Lot } from '../../../server/letters/lots.schema.ts';
import { readScannedCode } from '../shared/scannedCode.ts';
import { readSheets, writeSheets, type SheetsReading } from './sheets.ts';

/** What is typed of one bundle. */
export type Typed = { good: string; spoiled: string };
/** By the bundle's key. */
export type AllTyped = Record<string, Typed>;

export const nothingTyped: Typed = { good: '', spoiled: '' };

export const keyOf = ({ attempt, number }: Pick<Bundle, 'attempt' | 'number'>): string =>
  `${attempt}.${number}`;

/** What must be counted. A lot printed before bundles were kept is one of its own, which number 0 says. */
export const bundlesOf = (lot: Lot): Bundle[] => {
  if (lot.bundles.length > 0) return lot.bundles;
  const whole = { attempt: lot.attempt, number: 0, fromSheet: 1, toSheet: lot.letters, sheets: lot.printed };
  const uncounted = { good: null, spoiled: null, countedAt: null };
  return [{ ...whole, ...uncounted, deliveredAt: lot.printedAt, problem: null }];
};

export const isCounted = ({ countedAt }: Bundle): boolean => countedAt !== null;

/** What a scanned code was of this lot. */
export type Scanned =
  | { result: 'marked' | 'already' | 'counted'; sheet: number; bundle: Bundle }
  | { result: 'other-lot'; lot: number }
  | { result: 'void'; sheet: number; attempt: number }
  | { result: 'unknown' };

export const recognise = (lot: Lot, typed: AllTyped, text: string): Scanned => {
  const code = readScannedCode(text);
  if (!code) return { result: 'unknown' };
  if (code.lot !== lot.number) return { result: 'other-lot', lot: code.lot };
  const { attempt, sheet } = code;
  const bundle = bundlesOf(lot).find(
    (one) => one.attempt === attempt && one.fromSheet <= sheet && sheet <= one.toSheet,
  );
  if (!bundle) return { result: 'void', sheet, attempt };
  if (isCounted(bundle)) return { result: 'counted', sheet, bundle };
  const read = readSpoiled(typed, bundle);
  const isMarked = read.ok && read.sheets.includes(sheet);
  return { result: isMarked ? 'already' : 'marked', sheet, bundle };
};

/** The same with this sheet among the spoiled ones of its bundle. */
export const withSpoiled = (typed: AllTyped, bundle: Bundle, sheet: number): AllTyped => {
  const before = typed[keyOf(bundle)] ?? nothingTyped;
  const read = readSpoiled(typed, bundle);
  // What is half typed stays as it is.
  const spoiled = read.ok ? writeSheets([...read.sheets, sheet]) : `${before.spoiled}, ${sheet}`;
  return { ...typed, [keyOf(bundle)]: { ...before, spoiled } };
};

export const readSpoiled = (typed: AllTyped, bundle: Bundle): SheetsReading =>
  readSheets(typed[keyOf(bundle)]?.spoiled ?? '', bundle.toSheet, bundle.fromSheet);
