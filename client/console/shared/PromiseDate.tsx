import { useLocale, useTranslate } from 'react-admin';
import { formatDay, formatMoment } from './dates.ts';

/** A day one may announce: always with its weekday, as it is said on the telephone. */
export const PromiseDate = ({ day, short }: { day: string; short?: boolean }) => {
  const locale = useLocale();
  return <time dateTime={day}>{formatDay(day, locale ?? 'fr', short ? 'short' : 'long')}</time>;
};

export const Moment = ({ at }: { at: string }) => {
  const locale = useLocale();
  const translate = useTranslate();
  return <time dateTime={at}>{formatMoment(at, locale ?? 'fr', translate)}</time>;
};
