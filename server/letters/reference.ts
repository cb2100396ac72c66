const symbols = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** « Réf. pli »: eight symbols without look-alikes, saying nothing of the person or of how many letters there are. */
export const makeReference = (bytes: (length: number) => Uint8Array): string =>
  [...bytes(8)].map((byte) => symbols.charAt(byte % symbols.length)).join('');

/**
 * The reference as typed from a sheet: in any case, with blanks, with the sheet's number behind it or not. Null when
 * it cannot be one of ours.
 */
export const readReference = (typed: string): string | null =>
  shape.exec(typed.toUpperCase().replace(/[\s\u00a0]/g, ''))?.[1] ?? null;

const shape = new RegExp(`^(?:R[ÉE]F\\.?(?:PLI)?:?)?([${symbols}]{8})(?:/?\\d{1,7})?$`);
