const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomSymbols = 12;

/**
 * A fresh temporary password: 12 random Crockford symbols (60 bits) and one check symbol, no separators.
 * `bytes` gives that many random bytes; 256 is a multiple of 32, so the low five bits are unbiased.
 */
export const makeTemporaryPassword = (bytes: (length: number) => Uint8Array): string => {
  const values = [...bytes(randomSymbols)].map((byte) => byte & 31);
  return [...values, checkOf(values)].map((value) => alphabet.charAt(value)).join('');
};

/** `XXXX-XXXX-XXXXX`, as it is printed and sent. */
export const groupForReading = (symbols: string): string =>
  `${symbols.slice(0, 4)}-${symbols.slice(4, 8)}-${symbols.slice(8)}`;

export type TemporaryPasswordReading = { shape: false } | { shape: true; symbols: string; checkOk: boolean };

/**
 * What was typed, read as a temporary password: case, spaces and hyphens do not count, I and L are 1, O is 0.
 * `shape` says that it has the form of one; `checkOk: false` is a typing error, to be told and not counted.
 */
export const readTemporaryPassword = (typed: string): TemporaryPasswordReading => {
  const symbols = typed
    .replace(/[\s\u002d\u2010-\u2015\u2212]/gu, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  if (symbols.length !== randomSymbols + 1) return { shape: false };

  const values = [...symbols].map((symbol) => alphabet.indexOf(symbol));
  if (values.includes(-1)) return { shape: false };
  return { shape: true, symbols, checkOk: checkOf(values.slice(0, -1)) === values.at(-1) };
};

// Weights a¹ … a¹² and 1 for the check symbol, a a primitive element of GF(2⁵): none is zero, so one wrong
// symbol shows; no two are equal, so any two exchanged symbols show.
const checkOf = (values: number[]): number => values.reduceRight((sum, value) => timesA(sum ^ value), 0);

// Multiplies by a in GF(2⁵) modulo x⁵ + x² + 1.
const timesA = (value: number): number => ((value << 1) & 31) ^ (value & 16 ? 0b00101 : 0);
