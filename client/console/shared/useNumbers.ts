import { useLocale } from 'react-admin';

const useTag = (): string => (useLocale() === 'en' ? 'en-GB' : 'fr-FR');

/** Numbers as the console's language writes them: « 12 345 ». */
export const useNumbers = (): ((value: number) => string) => {
  const format = new Intl.NumberFormat(useTag());
  return (value) => format.format(value);
};

// « 100 % » is a promise always kept, never one that nearly is.
const nearlyAll = 0.999;

/** Shares of one: « 16 % », « 97,9 % ». */
export const useShares = (): ((value: number) => string) => {
  const format = new Intl.NumberFormat(useTag(), { style: 'percent', maximumFractionDigits: 1 });
  return (value) => format.format(value < 1 ? Math.min(value, nearlyAll) : value);
};
