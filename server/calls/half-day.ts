import { addWorkingDays, atParis, isWorkingDay, parisDay, parisTime } from '../core/calendar.ts';

const noon = '12:00';
const evening = '17:00';

/** By when somebody tries again: the end of the next working half-day, noon or evening, in Paris. */
export const nextHalfDay = (now: Date): Date => {
  const today = parisDay(now);
  return isWorkingDay(today) && parisTime(now) < noon ? atParis(today, evening) : nextNoon(now);
};

/** Noon of the next working day. */
export const nextNoon = (now: Date): Date => atParis(addWorkingDays(parisDay(now), 1), noon);
