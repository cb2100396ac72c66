/** What a sheet's DataMatrix says: which sheet of which attempt of which lot, and nothing about the person. */
export type SheetCode = { lot: number; attempt: number; sheet: number };

const version = '01';
const digits = { lot: 9, attempt: 4, sheet: 7 };

/**
 * Twenty-four digits: version, lot, attempt, sheet, check. Digits only, because a hand scanner types like a
 * keyboard and its layout garbles signs; always as many, so that every symbol has the same size.
 * @throws RangeError when a number is negative, broken or too large
 */
export const sheetCode = ({ lot, attempt, sheet }: SheetCode): string => {
  const body =
    version + padded(lot, digits.lot) + padded(attempt, digits.attempt) + padded(sheet, digits.sheet);
  return body + checkOf(body);
};

/** The sheet that was scanned, or null when it is no code of ours or was misread. */
export const readSheetCode = (scanned: string): SheetCode | null => {
  const found = /^(01(\d{9})(\d{4})(\d{7}))(\d\d)$/.exec(scanned.trim());
  if (!found || checkOf(found[1] ?? '') !== found[5]) return null;
  return { lot: Number(found[2]), attempt: Number(found[3]), sheet: Number(found[4]) };
};

const padded = (value: number, length: number): string => {
  const written = String(value).padStart(length, '0');
  if (!Number.isSafeInteger(value) || value < 0 || written.length > length) {
    throw new RangeError(`A sheet code holds whole numbers of at most ${length} digits here.`);
  }
  return written;
};

const checkOf = (body: string): string => String(97n - (BigInt(body) % 97n)).padStart(2, '0');
