import { addDays, type Day } from '../core/calendar.ts';

/** The ISO 8601 week of a day, '2026-W48': it begins on Monday and belongs to the year of its Thursday. */
export const isoWeekOf = (day: Day): string => {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  const thursday = addDays(day, 4 - weekday);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
};
