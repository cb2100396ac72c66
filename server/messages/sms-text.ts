import { gsmBasic, gsmExtension } from './gsm-alphabet.ts';

/** What an SMS is counted in (3GPP TS 23.038): septets of the GSM alphabet, or UTF-16 units once one sign is none of it. */

const basic = new Set([...gsmBasic].filter((sign) => sign !== '\u001b'));
/** Each counts twice: an escape goes before it. */
const extension = new Set(Object.keys(gsmExtension));

/** Room in one SMS alone, and in each of several that belong together. */
const room = { gsm7: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const;

export type SmsCount = {
  encoding: 'gsm7' | 'ucs2';
  /** Septets, or UTF-16 units. */
  length: number;
  segments: number;
  /** The signs that are not in the GSM alphabet, each once, as they come. */
  foreign: string[];
};

/** How a text is sent as an SMS, and in how many segments. */
export const countSms = (text: string): SmsCount => {
  const foreign = [...new Set([...text].filter((sign) => !basic.has(sign) && !extension.has(sign)))];
  const encoding = foreign.length > 0 ? 'ucs2' : 'gsm7';
  const parts = encoding === 'gsm7' ? [...text].map(septets) : [...text].map((sign) => sign.length);
  const length = parts.reduce((sum, part) => sum + part, 0);
  const { alone, each } = room[encoding];
  return { encoding, length, segments: length <= alone ? 1 : segmentsOf(parts, each), foreign };
};

/** The apostrophes and spaces of a typewriter in the place of a printer's: the same words, in the GSM alphabet. */
export const plainForSms = (text: string): string =>
  text.replace(/[’‘]/g, "'").replace(/[\u00a0\u202f\u2009]/g, ' ');

const septets = (sign: string): number => (extension.has(sign) ? 2 : 1);

// No sign is cut in two: an escape, or half of a pair, that would stand last in a segment opens the next one.
const segmentsOf = (parts: number[], each: number): number => {
  let segments = 1;
  let used = 0;
  for (const part of parts) {
    if (used + part > each) {
      segments += 1;
      used = 0;
    }
    used += part;
  }
  return segments;
};
