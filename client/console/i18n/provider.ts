import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider } from 'react-admin';
import { en } from './en.ts';
import { fr } from './fr.ts';

const locales = [
  { locale: 'fr', name: 'Français' },
  { locale: 'en', name: 'English' },
];

const polyglot = polyglotI18nProvider((locale) => (locale === 'en' ? en : fr), 'fr', locales, {
  allowMissing: true,
});

/** The page says its language: screen readers read it, and requests send it as Accept-Language. */
export const i18nProvider: I18nProvider = {
  ...polyglot,
  translate: (key, options) =>
    withFrenchSpaces(polyglot.getLocale(), polyglot.translate(key, options) as string),
  changeLocale: async (locale) => {
    await polyglot.changeLocale(locale);
    document.documentElement.lang = locale;
  },
};

// French sets « », : ; ? and ! off with a space that no line may break at.
const withFrenchSpaces = (locale: string, text: string): string => {
  if (locale !== 'fr' || typeof text !== 'string') return text;
  return text.replace(/ ([:;?!»])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
};
