import { useLocale } from 'react-admin';

/** Numbers as the console's language writes them: « 12 345 ». */
export const useNumbers = (): ((value: number) => string) => {
  const locale = useLocale();
  const format = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'fr-FR');
  return (value) => format.format(value);
};
