import { useLocale, useTranslate } from 'react-admin';
import { useCallReasons } from '../shared/useCallReasons.ts';

/** What an event carries, as a person reads it; what has no words stays as it was recorded. */
export const useValueInWords = (
  organisationId: string | null,
): ((name: string, value: unknown) => string) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const reasons = useCallReasons(organisationId);

  const word = (name: string, value: string): string => {
    if (name === 'reason') return reasons.find(({ id }) => id === value)?.label ?? value;
    if (isMoment.test(value)) return momentIn(locale, value);
    for (const room of [wordsOf[name], 'audit.value', 'audit.type']) {
      const key = room ? `${room}.${value}` : '';
      const text = key && translate(key, { _: '' });
      if (text) return text;
    }
    return value;
  };
  const inWords = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'boolean') return translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
    if (typeof value === 'string') return word(name, value);
    if (Array.isArray(value))
      return value.length > 0 ? value.map((one) => inWords(name, one)).join(', ') : '—';
    if (typeof value !== 'object') return String(value);
    if (isTurn(value)) return `${inWords(name, value.from)} → ${inWords(name, value.to)}`;
    return JSON.stringify(value);
  };
  return inWords;
};

/** Where the console has words for a value already. */
const wordsOf: Record<string, string> = {
  channel: 'callChannel',
  caller: 'caller',
  role: 'role',
  headline: 'state',
  outcome: 'callOutcome',
};

const isTurn = (value: object): value is { from: unknown; to: unknown } => 'from' in value && 'to' in value;

const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const momentIn = (locale: string, iso: string): string =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(new Date(iso));
