import { readPhone } from './phone.ts';

export type CallerNumber =
  { kind: 'phone'; e164: string } | { kind: 'withheld' | 'foreign' | 'unreadable'; e164: null };

/**
 * The number that a telephone system shows for a caller. A foreign one is looked for nowhere: it costs nothing to
 * make one up, and whoever shows it has gained nothing.
 */
export const readCallerNumber = (shown: string): CallerNumber => {
  const number = shown
    .trim()
    .replace(/^(?:sips?|tel):/i, '')
    .replace(/[@;].*$/, '');
  if (!/\d/.test(number)) return { kind: 'withheld', e164: null };
  const reading = readPhone(number);
  if (reading.ok && french.has(reading.region)) return { kind: 'phone', e164: reading.e164 };
  const isForeign = reading.ok || /^(?:\+|00)(?!33)/.test(number);
  return { kind: isForeign ? 'foreign' : 'unreadable', e164: null };
};

const french = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF']);
