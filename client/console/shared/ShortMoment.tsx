import { useLocale } from 'react-admin';

const zone = 'Europe/Paris';

/** A moment for a column: « 23/11 15:00 », with its year when that is another one. */
export const ShortMoment = ({ at }: { at: string }) => {
  const tag = useLocale() === 'en' ? 'en-GB' : 'fr-FR';
  const moment = new Date(at);
  const yearOf = (date: Date) =>
    new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(date);
  const isThisYear = yearOf(moment) === yearOf(new Date());
  const day = new Intl.DateTimeFormat(tag, {
    day: '2-digit',
    month: '2-digit',
    year: isThisYear ? undefined : 'numeric',
    timeZone: zone,
  }).format(moment);
  const time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(
    moment,
  );
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
      {day} {time}
    </time>
  );
};
