import { checkOfSheetCode, sheetCodeDigits, sheetCodeVersion, type SheetCode } from './sheet-code.schema.ts';

export { readSheetCode } from './sheet-code.schema.ts';
export type { SheetCode } from './sheet-code.schema.ts';

/**
 * Twenty-four digits: version, lot, attempt, sheet, check. Digits only, because a hand scanner types like a
 * keyboard and its layout garbles signs; always as many, so that every symbol has the same size.
 * @throws RangeError when a number is negative, broken or too large
 */
export const sheetCode = ({ lot, attempt, sheet }: SheetCode): string => {
  const body =
    sheetCodeVersion +
    padded(lot, sheetCodeDigits.lot) +
    padded(attempt, sheetCodeDigits.attempt) +
    padded(sheet, sheetCodeDigits.sheet);
  return body + checkOfSheetCode(body);
};

const padded = (value: number, length: number): string => {
  const written = String(value).padStart(length, '0');
  if (!Number.isSafeInteger(value) || value < 0 || written.length > length) {
    throw new RangeError(`A sheet code holds whole numbers of at most ${length} digits here.`);
  }
  return written;
};
