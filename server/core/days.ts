import { parisDay, type Day } from './calendar.ts';
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

/** « vendredi 20 novembre »: a day as one says it. */
export const dayInWords = (language: Language, day: Day): string =>
  dayFormats[language].format(new Date(`${day}T12:00:00Z`));

/** « 20 novembre 2026 à 14:32 », Paris time. */
export const momentInWords = (language: Language, iso: string): string =>
  momentFormats[language].format(new Date(iso));

/** The Paris day of a moment, as one says it. */
export const dayOfMoment = (language: Language, iso: string): string =>
  dayInWords(language, parisDay(new Date(iso)));
