import { addDays, atParis, isHoliday, parisDay, type Day } from './calendar.ts';
import { weekdays, type Weekday } from './vocabulary.ts';

/** One line of opening hours: on these days, from `opens` to `closes` ('HH:MM', Paris clocks). */
export type Opening = { days: readonly Weekday[]; opens: string; closes: string };

type Slot = { from: number; to: number };

/**
 * The moment at which `hours` of opening time have passed since `from`. Desks are closed on public holidays.
 * Without hours (the site is not known) every hour counts.
 */
export const addDeskTime = (from: Date, hours: number, opening: readonly Opening[]): Date => {
  if (!(hours >= 0 && hours <= mostHours))
    throw new RangeError('Desk time is added in hours from 0 to 10,000.');
  const lines = opening.filter(isOpen);
  let left = Math.round(hours * 3_600_000);
  if (lines.length === 0 || left === 0) return new Date(from.getTime() + left);

  for (let day = parisDay(from); ; day = addDays(day, 1)) {
    for (const slot of slotsOf(day, lines)) {
      const begins = Math.max(slot.from, from.getTime());
      const lasts = Math.max(0, slot.to - begins);
      if (lasts >= left) return new Date(begins + left);
      left -= lasts;
    }
  }
};

/** Whether the desk is open at this moment; without hours it always is. */
export const isWithin = (at: Date, opening: readonly Opening[]): boolean => {
  const lines = opening.filter(isOpen);
  const moment = at.getTime();
  return (
    lines.length === 0 || slotsOf(parisDay(at), lines).some(({ from, to }) => from <= moment && moment < to)
  );
};

const mostHours = 10_000;

const isOpen = ({ days, opens, closes }: Opening): boolean => days.length > 0 && opens < closes;

/** A day's opening as instants, in order; lines that overlap count once. */
const slotsOf = (day: Day, lines: readonly Opening[]): Slot[] => {
  if (isHoliday(day, 'metropole')) return [];
  const slots = lines
    .filter(({ days }) => days.includes(weekdayOf(day)))
    .map(({ opens, closes }) => ({
      from: atParis(day, opens).getTime(),
      to: atParis(day, closes).getTime(),
    }))
    .sort((a, b) => a.from - b.from);

  const apart: Slot[] = [];
  for (const slot of slots) {
    const last = apart.at(-1);
    if (last && slot.from <= last.to) last.to = Math.max(last.to, slot.to);
    else apart.push({ ...slot });
  }
  return apart;
};

// JavaScript's weeks begin on Sunday, ours on Monday.
const weekdayOf = (day: Day): Weekday =>
  weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
