import { z } from 'zod';

/** What a sheet's DataMatrix says: which sheet of which attempt of which lot, and nothing about the person. */
export type SheetCode = { lot: number; attempt: number; sheet: number };

export const sheetCodeVersion = '01';
export const sheetCodeDigits = { lot: 9, attempt: 4, sheet: 7 };

/** Two digits that tell a misread code, made as the key of a NIR is. */
export const checkOfSheetCode = (body: string): string => String(97n - (BigInt(body) % 97n)).padStart(2, '0');

/** The sheet that was scanned, or null when it is no code of ours or was misread. */
export const readSheetCode = (scanned: string): SheetCode | null => {
  const found = shape.exec(asDigits(scanned));
  if (!found || checkOfSheetCode(found[1] ?? '') !== found[5]) return null;
  return { lot: Number(found[2]), attempt: Number(found[3]), sheet: Number(found[4]) };
};

/** The digits that a hand scanner types, as the sheet they name. */
export const ScannedSheet = z
  .string('lots.badCode')
  .max(60, 'lots.badCode')
  .transform((scanned, issues): SheetCode => {
    const code = readSheetCode(scanned);
    if (code) return code;
    issues.addIssue({ code: 'custom', message: 'lots.badCode' });
    return z.NEVER;
  })
  .meta({ type: 'string', example: '010000012070003000031839' });

const { lot, attempt, sheet } = sheetCodeDigits;
const shape = new RegExp(`^(${sheetCodeVersion}(\\d{${lot}})(\\d{${attempt}})(\\d{${sheet}}))(\\d\\d)$`);

// A scanner set for an American keyboard presses the keys of the digits; on a French one, unshifted, they type this.
const onFrenchKeyboard = 'à&é"\'(-è_ç';
const asDigits = (scanned: string): string =>
  [...scanned.normalize('NFC')]
    .filter((sign) => sign.trim() !== '')
    .map((sign) => (onFrenchKeyboard.includes(sign) ? String(onFrenchKeyboard.indexOf(sign)) : sign))
    .join('');
