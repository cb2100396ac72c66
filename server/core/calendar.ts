/** A day of the Paris calendar, 'YYYY-MM-DD'. Days compare as text. */
export type Day = string;

/** Where a letter goes, by the holidays that count there and by how long it travels. */
export const zones = [
  'metropole',
  'alsace-moselle',
  'GP',
  'MQ',
  'GF',
  'RE',
  'YT',
  'PM',
  'BL',
  'MF',
  'overseas-other',
  'europe',
  'world',
] as const;
export type Zone = (typeof zones)[number];

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The Paris day of an instant (since 1970). */
export const parisDay = (at: Date): Day => parisClock(at).slice(0, 10);

/** The Paris wall clock of an instant, 'HH:MM'. */
export const parisTime = (at: Date): string => parisClock(at).slice(11, 16);

/** The last millisecond of a Paris day, which has 23 or 25 hours when the clocks change. */
export const endOfParisDay = (day: Day): Date => new Date(atParis(addDays(day, 1), '00:00').getTime() - 1);

/**
 * The instant at which Paris clocks show `time` ('HH:MM') on `day`. A time that the spring change skips is read
 * with the winter offset (02:30 becomes 03:30); one that the autumn change repeats is its first passage.
 */
export const atParis = (day: Day, time: string): Date => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError('A time of day is written HH:MM.');
  const wall = numberOf(day) * dayMs + Number(time.slice(0, 2)) * hourMs + Number(time.slice(3)) * 60_000;

  const before = wall - parisOffset(wall - dayMs);
  const after = wall - parisOffset(wall + dayMs);
  return new Date(
    before + parisOffset(before) === wall || after + parisOffset(after) !== wall ? before : after,
  );
};

/**
 * National holidays (Code du travail L3133-1) and those of the zone. Where usage is uncertain the day counts as
 * a holiday, because a date announced one day late is kept and one a day early is broken: Good Friday in the
 * whole of Alsace-Moselle (by law only where there is a Protestant or a mixed church), and in Saint-Martin both
 * 27 May (the decree) and 28 May (what has been kept there since 2018). Holidays abroad are not known.
 */
export const isHoliday = (day: Day, zone: Zone): boolean => isHolidayNumber(numberOf(day), zone);

/** Jour ouvré: Monday to Friday without holidays. */
export const isWorkingDay = (day: Day, zone: Zone = 'metropole'): boolean => isWorking(numberOf(day), zone);

/** Jour ouvrable, on which post travels and is delivered: Monday to Saturday without holidays. */
export const isTransitDay = (day: Day, zone: Zone = 'metropole'): boolean => isTransit(numberOf(day), zone);

/** The nth working day strictly after `day`; for n = 0 the day itself, or the next working day. */
export const addWorkingDays = (day: Day, n: number, zone: Zone = 'metropole'): Day =>
  advance(day, n, (number) => isWorking(number, zone));

/** The nth transit day strictly after `day`; for n = 0 the day itself, or the next transit day. */
export const addTransitDays = (day: Day, n: number, zone: Zone = 'metropole'): Day =>
  advance(day, n, (number) => isTransit(number, zone));

/** Calendar days, forwards or backwards. */
export const addDays = (day: Day, n: number): Day => dayOf(numberOf(day) + n);

/**
 * The zone of an address. `country` is ISO 3166 alpha-2; empty and FR mean that the postcode decides, and the
 * overseas territories may also come under their own code. A postcode names the sorting office, which for a few
 * border communes lies in the neighbouring département. Monaco keeps holidays of its own, so it counts as abroad;
 * a country that is not surely near counts as far, because a date announced late is kept.
 */
export const zoneOfPostcode = (postcode: string, country = 'FR'): Zone => {
  const code = country.trim().toUpperCase();
  if (code !== '' && code !== 'FR') return zoneOfTerritory.get(code) ?? (near.has(code) ? 'europe' : 'world');

  const digits = postcode.replace(/\s/g, '');
  const known = [5, 3, 2].map((length) => zoneOfPrefix.get(digits.slice(0, length))).find(Boolean);
  return known ?? 'metropole';
};

/** The zone that a letter's row names; letters of before abroad was divided say 'foreign'. */
export const zoneOfRow = (stored: string): Zone => zones.find((zone) => zone === stored) ?? 'world';

// The Union and the European Economic Area, where directive 97/67/EC (annex II) sets how long post between states may
// take, and the neighbours that share their sorting.
const near = new Set(
  'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO AD CH GB MC SM VA'.split(
    ' ',
  ),
);

const zoneOfTerritory = new Map<string, Zone>([
  ...(['GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'] as const).map((code) => [code, code] as const),
  ...['NC', 'PF', 'WF', 'TF'].map((code) => [code, 'overseas-other'] as const),
]);

const zoneOfPrefix = new Map<string, Zone>([
  ['57', 'alsace-moselle'],
  ['67', 'alsace-moselle'],
  ['68', 'alsace-moselle'],
  ['971', 'GP'],
  ['972', 'MQ'],
  ['973', 'GF'],
  ['974', 'RE'],
  ['975', 'PM'],
  ['976', 'YT'],
  ['977', 'BL'],
  ['97133', 'BL'],
  ['978', 'MF'],
  ['97150', 'MF'],
  ['980', 'europe'],
  ['98', 'overseas-other'],
]);

const nationalDays = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const easterMonday = 1;
const ascension = 39;
const whitMonday = 50;
const goodFriday = -2;

const zoneDays: Partial<Record<Zone, string[]>> = {
  'alsace-moselle': ['12-26'],
  GP: ['05-27'],
  MQ: ['05-22'],
  GF: ['06-10'],
  RE: ['12-20'],
  YT: ['04-27'],
  BL: ['10-09'],
  MF: ['05-27', '05-28'],
};

// These functions run for every letter and list row, so they count in day numbers and remember each year's
// holidays; Intl is asked once per hour of the clock (offsets change on the hour).
const holidays = new Map<Zone, Map<number, Set<number>>>();
const offsets = new Map<number, number>();
const offsetsKept = 50_000;
const parisFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

const parisClock = (at: Date): string => new Date(at.getTime() + parisOffset(at.getTime())).toISOString();

const parisOffset = (instant: number): number => {
  const hour = Math.floor(instant / hourMs);
  const known = offsets.get(hour);
  if (known !== undefined) return known;

  const wall = Date.parse(`${parisFormat.format(hour * hourMs).replace(' ', 'T')}Z`);
  const offset = wall - hour * hourMs;
  if (offsets.size >= offsetsKept) offsets.clear();
  offsets.set(hour, offset);
  return offset;
};

const advance = (day: Day, n: number, counts: (number: number) => boolean): Day => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError('Days are added in whole numbers from 0.');
  let number = numberOf(day);
  if (n === 0) while (!counts(number)) number += 1;

  for (let left = n; left > 0;) {
    number += 1;
    if (counts(number)) left -= 1;
  }
  return dayOf(number);
};

const isWorking = (number: number, zone: Zone): boolean =>
  weekdayOf(number) <= 5 && !isHolidayNumber(number, zone);
const isTransit = (number: number, zone: Zone): boolean =>
  weekdayOf(number) <= 6 && !isHolidayNumber(number, zone);

// 1 January 1970 was a Thursday; Monday is 1, Sunday 7.
const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;

const isHolidayNumber = (number: number, zone: Zone): boolean => {
  const year = new Date(number * dayMs).getUTCFullYear();
  const years = holidays.get(zone) ?? new Map<number, Set<number>>();
  const known = years.get(year);
  if (known) return known.has(number);

  const found = holidaysOf(year, zone);
  holidays.set(zone, years.set(year, found));
  return found.has(number);
};

const holidaysOf = (year: number, zone: Zone): Set<number> => {
  const easter = easterOf(year);
  const movable = [easterMonday, ascension, whitMonday, ...(zone === 'alsace-moselle' ? [goodFriday] : [])];
  const fixed = [...nationalDays, ...(zoneDays[zone] ?? [])];
  const prefix = String(year).padStart(4, '0');
  return new Set([
    ...fixed.map((day) => numberOf(`${prefix}-${day}`)),
    ...movable.map((shift) => easter + shift),
  ]);
};

/** Gregorian Easter Sunday as a day number (Meeus, Jones and Butcher). */
const easterOf = (year: number): number => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return Date.UTC(year, month - 1, day) / dayMs;
};

const numberOf = (day: Day): number => {
  const time = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
  if (Number.isNaN(time)) throw new RangeError('A day is written YYYY-MM-DD.');
  return time / dayMs;
};

const dayOf = (number: number): Day => new Date(number * dayMs).toISOString().slice(0, 10);
