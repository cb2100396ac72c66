// The default metadata calls 0712345678 and +33690001234 valid; only /max knows better (FACTS 3.1).
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';

import { toHalfWidth } from '../core/text.ts';

export type PhoneReading =
  | { ok: true; e164: string; kind: 'mobile' | 'landline' | 'other'; region: string; corrected: boolean }
  | { ok: false; problem: 'not-a-number' };

/**
 * Reads a telephone number as French people write it, or with + or 00 and a country code. Overseas numbers get the
 * country code of their territory; one stored as +33 (+33690…) is put right and flagged `corrected`. `region` is
 * ISO alpha-2 (Saint-Barthélemy and Saint-Martin mobiles answer GP, whose ranges they share). Everything
 * else that is not a number in service is refused, a lost leading zero and an extension included.
 */
export const readPhone = (typed: string): PhoneReading => {
  const dialled = compact(typed);
  if (dialled === undefined) return { ok: false, problem: 'not-a-number' };

  const national = dialled.replace(/^\+330?(?=[1-9]\d{8}$)/, '0');
  if (demoNational.test(national)) {
    return { ok: true, e164: `+33${national.slice(1)}`, kind: 'mobile', region: 'FR', corrected: false };
  }

  const overseas = overseasRegion(national);
  const parsed = overseas ? parseOverseas(national, overseas) : parsePhoneNumberFromString(dialled, 'FR');
  const type = parsed?.getType();
  // Satellite and shared-cost numbers belong to no country: no SMS gateway of ours reaches them.
  if (!parsed?.country || !type) return { ok: false, problem: 'not-a-number' };

  const corrected = overseas !== undefined && dialled.startsWith('+');
  return {
    ok: true,
    e164: parsed.number,
    kind: kindOf[type] ?? 'other',
    region: parsed.country,
    corrected,
  };
};

/** True for the numbers that an organisation with SMS in metropolitan France only can reach. */
export const isMetropolitanMobile = (e164: string): boolean => {
  if (isDemoNumber(e164)) return true;
  if (!/^\+33[67]\d{8}$/.test(e164)) return false;

  const parsed = parsePhoneNumberFromString(e164);
  return parsed?.country === 'FR' && parsed.getType() === 'MOBILE';
};

/** True for 06 39 98 xx xx, kept free for fiction: it reaches nobody, and no gateway is ever given one. */
export const isDemoNumber = (e164: string): boolean => /^\+3363998\d{4}$/.test(e164);

/** The number with nothing left but how it begins and its last two digits: '06 •• •• •• 78'. */
export const maskPhone = (e164: string): string => {
  const shown = displayPhone(e164);
  const start = shown.startsWith('+') ? shown.search(/ |$/) : 2;
  return shown.slice(0, start) + shown.slice(start, -2).replace(/\d/g, '•') + shown.slice(-2);
};

/** As it is dialled from France: ten digits in pairs where it has them, else with its country code. */
export const displayPhone = (e164: string): string => {
  const [, national] = tenDigits.exec(e164) ?? [];
  if (national !== undefined) return `0${national}`.replace(/\d{2}(?=\d)/g, '$& ');
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
};

/** 'x•••••@•••.fr': always as many dots, so that the length tells nothing. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  if (at < 1) return '•••••';

  const [first = ''] = email;
  const ending = /\.[^.@]+$/.exec(email.slice(at))?.[0] ?? '';
  return `${first}•••••@•••${ending}`;
};

const demoNational = /^063998\d{4}$/;

// Metropolitan France, Guadeloupe, Réunion and Mayotte, French Guiana, Martinique; Saint-Pierre's new mobiles.
const tenDigits = /^\+(?:33|590|262|594|596|508)(\d{9})$/;

const kindOf: Partial<Record<string, 'mobile' | 'landline'>> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  VOIP: 'landline',
};

// The territories share the ten-digit plan but not the country code (FACTS 3.1); 0709 is split by its sixth digit.
const regionOfPrefix = new Map<string, CountryCode>([
  ['0262', 'RE'],
  ['0263', 'RE'],
  ['0269', 'YT'],
  ['0508', 'PM'],
  ['0590', 'GP'],
  ['0594', 'GF'],
  ['0596', 'MQ'],
  ['0639', 'YT'],
  ['0690', 'GP'],
  ['0691', 'GP'],
  ['0692', 'RE'],
  ['0693', 'RE'],
  ['0694', 'GF'],
  ['0696', 'MQ'],
  ['0697', 'MQ'],
  ['0708', 'PM'],
  ['07090', 'GP'],
  ['07091', 'MQ'],
  ['07092', 'RE'],
  ['07093', 'GF'],
]);
const mayotteIn0709 = /^07093[5-7]/;

const compact = (typed: string): string | undefined => {
  const text = toHalfWidth(typed)
    .replace(/\(0\)/g, '')
    .replace(/[\s.\-‐‑‒–—/()\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/^00/, '+');
  return /^(?:\+[1-9]\d{5,14}|0[1-9]\d{8})$/.test(text) ? text : undefined;
};

const overseasRegion = (national: string): CountryCode | undefined => {
  if (!/^0\d{9}$/.test(national)) return undefined;
  if (mayotteIn0709.test(national)) return 'YT';
  return regionOfPrefix.get(national.slice(0, 4)) ?? regionOfPrefix.get(national.slice(0, 5));
};

// Landlines of Saint-Pierre keep six digits in E.164: 0508 41 12 34 is +508 41 12 34.
const parseOverseas = (national: string, region: CountryCode): PhoneNumber | undefined =>
  parsePhoneNumberFromString(national.startsWith('0508') ? national.slice(4) : national, region);
