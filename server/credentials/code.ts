/**
 * A fresh code of so many digits, each as likely as any other: of a byte only 0–249 counts, its last digit; the
 * rest is drawn again (no modulo bias, YARDSTICK A45). `bytes` gives that many random bytes.
 */
export const makeCode = (bytes: (length: number) => Uint8Array, digits: number): string => {
  let code = '';
  while (code.length < digits) {
    for (const byte of bytes(digits - code.length)) if (byte < 250) code += byte % 10;
  }
  return code;
};

/** What was typed, read as a code: spaces and hyphens that a telephone puts in do not count. */
export const readCode = (typed: string): string => typed.replace(/[\s\u002d\u2010-\u2015\u2212]/gu, '');
