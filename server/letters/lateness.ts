import { addWorkingDays, type Day } from '../core/calendar.ts';

/** DOMAIN, "Letters, lots, promises": how far back a deposit may be declared. */
export const declaredWithinWorkingDays = 2;
/** The same: after so many working days beyond the planned date a supervisor decides. */
export const lateAfterWorkingDays = 2;

/** `declarable`: too late to post today, but it may have been posted in time and the declaration come now. */
export type Lateness = 'in-time' | 'declarable' | 'too-late';

/** How late a lot is that was to be posted on `plannedOn`; null when it is not counted yet. */
export const latenessOf = (plannedOn: Day, countedOn: Day | null, today: Day): Lateness => {
  const lastDay = addWorkingDays(plannedOn, lateAfterWorkingDays);
  if (today <= lastDay) return 'in-time';
  const wasReady = countedOn !== null && countedOn <= lastDay;
  return wasReady && mayBeDeclared(lastDay, today) ? 'declarable' : 'too-late';
};

/** Whether a deposit of `postedOn` may still be declared. */
export const mayBeDeclared = (postedOn: Day, today: Day): boolean =>
  addWorkingDays(postedOn, declaredWithinWorkingDays) >= today;
