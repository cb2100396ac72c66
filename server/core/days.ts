import { parisDay, parisTime, type Day } from './calendar.ts';
import type { Language } from './words.ts';

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

const dayFormats = {
  fr: new Intl.DateTimeFormat(locales.fr, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }),
  en: new Intl.DateTimeFormat(locales.en, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }),
};
const momentFormats = {
  fr: new Intl.DateTimeFormat(locales.fr, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }),
  en: new Intl.DateTimeFormat(locales.en, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }),
};

/** « 20/11/2026 14:32 », Paris time: a cell that spreadsheets sort and reckon with. */
export const numericMoment = (language: Language, iso: string): string =>
  `${numericDay(language, parisDay(new Date(iso)))} ${parisTime(new Date(iso))}`;

/** « vendredi 20 novembre »: a day as one says it. */
export const dayInWords = (language: Language, day: Day): string =>
  firstOf(language, dayFormats[language].format(new Date(`${day}T12:00:00Z`)));

/** « 20 novembre 2026 à 14:32 », Paris time. */
export const momentInWords = (language: Language, iso: string): string =>
  firstOf(language, momentFormats[language].format(new Date(iso)));

// « 1er janvier »: the one day that French does not count.
const firstOf = (language: Language, text: string): string =>
  language === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text;

/** The Paris day of a moment, as one says it. */
export const dayOfMoment = (language: Language, iso: string): string =>
  dayInWords(language, parisDay(new Date(iso)));

const numericFormats = {
  fr: new Intl.DateTimeFormat(locales.fr, { dateStyle: 'short', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat(locales.en, { dateStyle: 'short', timeZone: 'UTC' }),
};

/** « 20/11/2026 »: short enough for an SMS. */
export const numericDay = (language: Language, day: Day): string =>
  numericFormats[language].format(new Date(`${day}T12:00:00Z`));

/** « 14h32 », Paris time. */
export const timeOfDay = (language: Language, at: Date): string => {
  const [hours = '', minutes = ''] = clockFormat.format(at).split(':');
  return language === 'fr' ? `${hours}h${minutes}` : `${hours}:${minutes}`;
};

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'Europe/Paris',
});

/** « 10 minutes », « 24 heures »: how long something lives. */
export const lifeInWords = (language: Language, minutes: number): string => {
  const isHours = minutes >= 120 && minutes % 60 === 0;
  return isHours
    ? lifeFormats.hour[language].format(minutes / 60)
    : lifeFormats.minute[language].format(minutes);
};

const lifeFormat = (language: Language, unit: string) =>
  new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'long' });
const lifeFormats = {
  hour: { fr: lifeFormat('fr', 'hour'), en: lifeFormat('en', 'hour') },
  minute: { fr: lifeFormat('fr', 'minute'), en: lifeFormat('en', 'minute') },
};
