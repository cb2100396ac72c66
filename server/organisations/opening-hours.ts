import type { Language, Words } from '../core/words.ts';
import type { Policy } from './policy.schema.ts';

type Line = Policy['help']['hours'][number];
type Saying = { house: { words: Words }; language: Language };

const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** « du lundi au vendredi, de 8 h 30 à 12 h 15 et de 13 h 30 à 16 h 30 »: one line for each set of days. */
export const hoursInWords = (saying: Saying, hours: Line[]): string[] => {
  const byDays = new Map<string, Line[]>();
  for (const line of hours) {
    const days = week.filter((day) => line.days.includes(day)).join(' ');
    byDays.set(days, [...(byDays.get(days) ?? []), line]);
  }
  return [...byDays].map(([days, lines]) =>
    say(saying, 'line', {
      days: daysInWords(saying, days.split(' ')),
      slots: list(
        saying,
        lines.map(({ opens, closes }) =>
          say(saying, 'slot', { opens: timeInWords(saying, opens), closes: timeInWords(saying, closes) }),
        ),
      ),
    }),
  );
};

const daysInWords = (saying: Saying, days: string[]): string => {
  const names = days.map((day) => nameOf(saying, day));
  const [first = '', last = ''] = [names[0], names.at(-1)];
  const places = days.map((day) => week.indexOf(day as (typeof week)[number]));
  const isRun =
    places.length > 2 && places.every((place, at) => at === 0 || place === (places[at - 1] ?? 0) + 1);
  if (isRun) return say(saying, 'run', { first, last });
  return names.length === 1
    ? say(saying, 'one', { day: first })
    : say(saying, 'several', { days: list(saying, names) });
};

const weekdayFormats = {
  fr: new Intl.DateTimeFormat('fr', { weekday: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }),
};

// 1 January 2024 was a Monday.
const nameOf = ({ language }: Saying, day: string): string =>
  weekdayFormats[language].format(Date.UTC(2024, 0, 1 + week.indexOf(day as (typeof week)[number])));

const timeInWords = (saying: Saying, time: string): string => {
  const [hours = '', minutes = ''] = time.split(':');
  return say(saying, minutes === '00' ? 'hour' : 'time', { hours: String(Number(hours)), minutes });
};

const list = ({ language }: Saying, parts: string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);

const say = ({ house, language }: Saying, key: string, params: Record<string, string>): string =>
  house.words.say(language, `space.hours.${key}`, params);
