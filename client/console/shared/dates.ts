const zone = 'Europe/Paris';
const tagOf = (locale: string): string => (locale === 'en' ? 'en-GB' : 'fr-FR');

type Translate = (key: string, options?: Record<string, unknown>) => string;

/** A day without time, `YYYY-MM-DD`: « vendredi 12 juin 2026 », or 12/06/2026 when short. */
export const formatDay = (day: string, locale: string, style: 'long' | 'short' = 'long'): string => {
  const at = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  const parts: Intl.DateTimeFormatOptions =
    style === 'short'
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(tagOf(locale), { ...parts, timeZone: 'UTC' }).format(at);
};

export const formatTime = (iso: string | number, locale: string): string =>
  new Intl.DateTimeFormat(tagOf(locale), { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(
    new Date(iso),
  );

/** A moment as one says it: « aujourd’hui à 14:02 », « le 3 juin 2026 à 09:10 » without its weekday. */
export const formatMoment = (iso: string, locale: string, translate: Translate): string => {
  const day = parisDayOf(new Date(iso));
  const time = formatTime(iso, locale);
  if (day === parisDayOf(new Date())) return translate('date.todayAt', { time });
  if (day === parisDayOf(new Date(Date.now() - 86_400_000))) return translate('date.yesterdayAt', { time });
  return translate('date.dayAt', { day: formatDay(day, locale, 'short'), time });
};

/** A moment to come, by its day in every case: « mardi 1 décembre 2026 à 14:02 », or 01/12/2026 when short. */
export const formatDeadline = (
  iso: string,
  locale: string,
  translate: Translate,
  style: 'long' | 'short' = 'long',
): string =>
  translate('date.dayAt', {
    day: formatDay(parisDayOf(new Date(iso)), locale, style),
    time: formatTime(iso, locale),
  });

/** Full years today; undefined for a birth date that is no real day. */
export const ageOn = (birthDate: string): number | undefined => {
  const [year, month, day] = birthDate.split('-').map(Number);
  const [thisYear, thisMonth, today] = parisDayOf(new Date()).split('-').map(Number);
  if (!year || !month || !day || !thisYear || !thisMonth || !today) return undefined;
  return thisYear - year - (thisMonth * 100 + today < month * 100 + day ? 1 : 0);
};

// Swedish writes dates as ISO does.
const parisDayOf = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
