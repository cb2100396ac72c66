import type { SheetCode } from '../../../server/letters/sheet-code.schema.ts';

/**
 * The sheet that a scan names, or null when it is no code of ours or was misread. The server's `readSheetCode`, which
 * zod keeps out of the browser; `tests/rules/console-scan.test.ts` holds the two together.
 */
export const readScannedCode = (scanned: string): SheetCode | null => {
  const found = /^(01(\d{9})(\d{4})(\d{7}))(\d\d)$/.exec(asDigits(scanned));
  if (!found || checkOf(found[1] ?? '') !== found[5]) return null;
  return { lot: Number(found[2]), attempt: Number(found[3]), sheet: Number(found[4]) };
};

/** Whether it is a scanner's row of digits, right or misread; what a person types of a letter is shorter. */
export const isScan = (text: string): boolean => /^\d{15,}$/.test(asDigits(text));

const checkOf = (body: string): string => String(97n - (BigInt(body) % 97n)).padStart(2, '0');

// A scanner set for an American keyboard presses the keys of the digits; on a French one, unshifted, they type this.
const onFrenchKeyboard = 'à&é"\'(-è_ç';
const asDigits = (scanned: string): string =>
  [...scanned.normalize('NFC')]
    .filter((sign) => sign.trim() !== '')
    .map((sign) => (onFrenchKeyboard.includes(sign) ? String(onFrenchKeyboard.indexOf(sign)) : sign))
    .join('');
