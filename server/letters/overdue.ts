import { addDays, addWorkingDays, atParis, parisDay, type Day } from '../core/calendar.ts';

/** From when on something stands late: every threshold of the print room's alarms, each with its reason. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Whoever carries a lot to the post declares it when back at the desk: a printed letter is late only then. */
export const declaredWithinMs = 3 * hourMs;

// An hour before the collection there is still time to print, count and carry; two hours after its release nobody
// has a lot in mind any more; and nobody need hear of one before its printer can have been switched on.
const printedBeforeLatestMs = hourMs;
const printedAfterReleaseMs = 2 * hourMs;
const leastAfterReleaseMs = 15 * minuteMs;

/** When a released lot should be on paper. */
export const printDueAt = (lot: { releasedAt: string; latestPostingAt: string }): Date => {
  const released = Date.parse(lot.releasedAt);
  const due = Math.min(
    released + printedAfterReleaseMs,
    Date.parse(lot.latestPostingAt) - printedBeforeLatestMs,
  );
  return new Date(Math.max(due, released + leastAfterReleaseMs));
};

// Post offices have closed and the last collection has gone: what was carried there today can be declared.
const evening = '19:00';

/** The evening on which a printed lot should be declared deposited: of its planned day, or of the day it was printed. */
export const depositDueAt = (lot: { plannedPostingOn: Day; printedAt: string }): Date => {
  const printed = new Date(lot.printedAt);
  const printedOn = parisDay(printed);
  const day = addWorkingDays(printedOn > lot.plannedPostingOn ? printedOn : lot.plannedPostingOn, 0);
  const due = atParis(day, evening);
  // Printed later that evening, it leaves with the next working day's collection.
  return due > printed ? due : atParis(addWorkingDays(day, 1), evening);
};

/** A missed date stays an alarm for a week: by then its members have been called, or have called. */
export const missedSince = (today: Day): Day => addDays(today, -7);

/** Before this day no letter was planned that was announced for `day`: the longest transit takes 25 working days. */
export const plannedSince = (day: Day): Day => addDays(day, -60);

// The recipient may be away for a day, and opens the post on the next.
const acknowledgedWithinWorkingDays = 2;

/** The last day on which a test letter that should be there by `expectedOn` is acknowledged in time. */
export const acknowledgementDueOn = (expectedOn: Day): Day =>
  addWorkingDays(expectedOn, acknowledgedWithinWorkingDays);

/** Five weeks: what is older says nothing of the chain as it is today. */
export const testLettersSince = (today: Day): Day => addDays(today, -35);
