import { toHalfWidth } from '../core/text.ts';

/** nir: certified number or one awaiting certification; nnp: provisional; mig: passing migrant (no key). */
export type NirKind = 'nir' | 'nnp' | 'mig';

export type NirReading =
  | { ok: true; kind: NirKind; body: string; key: string | null }
  | { ok: false; problem: 'length' | 'format' | 'key' | 'letter-o' | 'spreadsheet' };

/**
 * Reads a social-security number as typed or exported: spaces of every kind, dots, hyphens and slashes are
 * dropped, full-width characters and lower case understood. `body` has 13 characters; `key` is null when 13 were
 * given, and then nothing was checked but the form. Sex 3 and 4 are refused, as the Cnam's validator does; a
 * département or commune that does not exist (any more) is not.
 */
export const readNir = (typed: string): NirReading => {
  const text = toHalfWidth(typed).trim();
  if (spreadsheetDamage.test(text)) return { ok: false, problem: 'spreadsheet' };

  const compact = text.replace(/[\s.\-‐‑‒–—/\u200b\ufeff]/g, '').toUpperCase();
  if (compact.length !== 13 && compact.length !== 15) return { ok: false, problem: 'length' };
  if (/^[\dOAB]*O[\dOAB]*$/.test(compact)) return { ok: false, problem: 'letter-o' };
  if (provisional.test(compact)) {
    return { ok: true, kind: /^[78]/.test(compact) ? 'nnp' : 'mig', body: compact, key: null };
  }

  const [, body, key] = certified.exec(compact) ?? [];
  if (body === undefined) return { ok: false, problem: 'format' };
  if (key !== undefined && key !== nirKey(body)) return { ok: false, problem: 'key' };
  return { ok: true, kind: 'nir', body, key: key ?? null };
};

/** The two-digit key of a 13-character body. Throws RangeError when the body is none. */
export const nirKey = (body: string): string => {
  const digits = body.replace(/(?<=^.{5})2A/, '19').replace(/(?<=^.{5})2B/, '18');
  if (!/^\d{13}$/.test(digits)) throw new RangeError('A NIR body has 13 characters.');
  return String(97 - (Number(digits) % 97)).padStart(2, '0');
};

/**
 * The other bodies that a slip between Corsica and the mainland makes, which the key cannot tell apart: 2A and 19
 * (Corrèze) give the same key, 2B and 18 (Cher) too.
 */
export const corsicanReadings = (body: string): string[] => {
  const other = corsicanTwin.get(body.slice(5, 7));
  return other === undefined ? [] : [body.slice(0, 5) + other + body.slice(7)];
};

/** What a desk may see of a number: the order of the act and the key (FACTS 1.5). */
export const maskNir = (body: string, key?: string | null): string => {
  const shown = body.slice(-3) + (key ?? '');
  return grouped('•'.repeat(body.length - 3) + shown, body);
};

/** The whole number in the groups of the Vitale card. Showing it is an act with a reason. */
export const displayNir = (body: string, key?: string | null): string => grouped(body + (key ?? ''), body);

// As printed on the card: sex, year, month, département, commune, order, key.
const nirGroups = [1, 2, 2, 2, 3, 3, 2];
// Kind, maker, caisse, order.
const provisionalGroups = [1, 1, 3, 8];

const certified =
  /^([12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:0[1-9]|[1-9]\d|2A|2B)(?!000)\d{3}(?!000)\d{3})(0[1-9]|[1-8]\d|9[0-7])?$/;
const provisional = /^[5-8][12]\d{11}$/;

// 1,85E+14 (digits lost for good), 185017599990156.0 (a number, so maybe rounded) and error cells: never repaired.
const spreadsheetDamage = /^(?:\d+(?:[.,]\d+)?\s*e\s*\+?\s*\d+|\d{12,16}[.,]0+|#.*)$/i;

const corsicanTwin = new Map([
  ['19', '2A'],
  ['18', '2B'],
  ['2A', '19'],
  ['2B', '18'],
]);

const grouped = (text: string, body: string): string => {
  const sizes = provisional.test(body) ? provisionalGroups : nirGroups;
  let rest = text;
  const groups = sizes.map((size) => {
    const group = rest.slice(0, size);
    rest = rest.slice(size);
    return group;
  });
  return [...groups, rest].filter((group) => group !== '').join(' ');
};
