import { useLocale, useTranslate } from 'react-admin';
import { formatDay } from '../shared/dates.ts';
import { useOrganisations } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';

/** What an event carries under a name, as a person reads it; an id, and what has no words, stays as it was recorded. */
export const useValueInWords = (
  organisationId: string | null,
): ((name: string, value: unknown) => string) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const numbers = useNumbers();
  const choiceOf = useChoices(organisationId);

  const word = (name: string, value: string): string => {
    const chosen = choiceOf(name, value);
    if (chosen) return chosen;
    if (isMoment.test(value)) return momentIn(locale, value);
    if (isDay.test(value)) return formatDay(value, locale, 'short');
    for (const room of [`audit.values.${name}`, ...(roomsOf[name] ?? [])]) {
      const text = translate(`${room}.${value}`, { _: '' });
      if (text) return text;
    }
    return name === 'route' ? translate(roomOfRoute(value), { smart_count: 2, _: '—' }) : value;
  };
  const inWords = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'boolean') return translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
    if (typeof value === 'number') return numbers(value);
    if (typeof value === 'string') return word(name, value);
    // Of people only how many: who they are leaves with the export.
    if (Array.isArray(value) && people.has(name)) return numbers(value.length);
    if (Array.isArray(value))
      return value.length > 0 ? value.map((one) => inWords(name, one)).join(', ') : '—';
    if (typeof value !== 'object') return String(value);
    if (isTurn(value)) return `${inWords(name, value.from)} → ${inWords(name, value.to)}`;
    return JSON.stringify(value);
  };
  return inWords;
};

/** What an organisation's own file names: reasons, questions; and the organisations themselves. */
const useChoices = (organisationId: string | null) => {
  const organisations = useOrganisations();
  const theirs = organisations.filter(({ id }) => organisationId === null || id === organisationId);
  return (name: string, value: string): string | undefined => {
    if (name === 'organisations' || name === 'organisationsBefore')
      return organisations.find(({ id }) => id === value)?.name;
    const named = (choices: { id: string; label: string }[]) => choices.find(({ id }) => id === value)?.label;
    if (name === 'fact' || name === 'proof') return named(theirs.flatMap(({ facts }) => facts));
    if (name === 'reason') return named(theirs.flatMap(({ reasons }) => Object.values(reasons).flat()));
    return undefined;
  };
};

const people: ReadonlySet<string> = new Set(['shown', 'alsoShown']);

/** Where the console has words for a value already. */
const roomsOf: Record<string, string[]> = {
  channel: ['callChannel'],
  caller: ['caller'],
  role: ['role'],
  from: ['role'],
  to: ['role'],
  headline: ['state'],
  outcome: ['callOutcome', 'audit.values.rule'],
  rules: ['audit.values.rule'],
  why: ['audit.verify.why'],
  verdict: ['reviews.verdicts'],
};

/** Of a request without words of its own, what it is about; itself it leaves with the export. */
const roomOfRoute = (route: string): string => `resources.${route.split('/')[1] ?? ''}.name`;

const isTurn = (value: object): value is { from: unknown; to: unknown } => 'from' in value && 'to' in value;

const isDay = /^\d{4}-\d{2}-\d{2}$/;
const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const momentIn = (locale: string, iso: string): string =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(new Date(iso));
