import { gsmBasic, gsmEscape, gsmExtension } from './gsm-alphabet.ts';

const septets = new Map<string, number[]>([
  ...[...gsmBasic].map((sign, at): [string, number[]] => [sign, [at]]),
  ...Object.entries(gsmExtension).map(([sign, code]): [string, number[]] => [sign, [gsmEscape, code]]),
]);
septets.delete('\u001b');

export type SmsParts = {
  coding: 'gsm-7' | 'ucs-2';
  /** The text of each part, one octet a septet in GSM-7; without the header that joins them. */
  parts: Buffer[];
};

/**
 * An SMS as it is sent: GSM-7 while every sign is in that alphabet, else UCS-2. One part holds 160 septets or 70
 * units; several hold 153 or 67 each, and neither an extension sign nor a surrogate pair is cut in two.
 */
export const encodeSms = (text: string): SmsParts => {
  const signs = [...text];
  const inGsm = signs.map((sign) => septets.get(sign));
  if (inGsm.every((codes) => codes !== undefined)) {
    return {
      coding: 'gsm-7',
      parts: split(
        inGsm.map((codes) => Buffer.from(codes)),
        160,
        153,
      ),
    };
  }
  const inUcs = signs.map((sign) => Buffer.from(sign, 'utf16le').swap16());
  return { coding: 'ucs-2', parts: split(inUcs, 140, 134) };
};

const split = (signs: Buffer[], whole: number, each: number): Buffer[] => {
  const all = Buffer.concat(signs);
  if (all.length <= whole) return [all];
  const parts: Buffer[][] = [];
  let room = 0;
  for (const sign of signs) {
    if (sign.length > room) {
      parts.push([]);
      room = each;
    }
    parts.at(-1)?.push(sign);
    room -= sign.length;
  }
  return parts.map((part) => Buffer.concat(part));
};
