const zone = 'Europe/Paris';

/** What a date and time field shows for an instant: the wall clock in Paris, `YYYY-MM-DDTHH:MM`. */
export const toParisField = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(at)
    .replace(' ', 'T');

/** The instant that a field names, whatever the zone of this computer; undefined when it names none. */
export const fromParisField = (text: string): Date | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return undefined;
  const asUtc = new Date(`${text}:00Z`);
  if (Number.isNaN(asUtc.getTime())) return undefined;
  // The offset is taken at the first guess, then at what it gives: right on both sides of a clock change.
  const guess = shifted(asUtc, asUtc);
  return shifted(asUtc, guess);
};

const shifted = (asUtc: Date, near: Date): Date => {
  const shown = new Date(`${toParisField(near)}:00Z`).getTime();
  const minute = Math.floor(near.getTime() / 60_000) * 60_000;
  return new Date(asUtc.getTime() - (shown - minute));
};
