import { addDays, parisDay, type Day } from '../core/calendar.ts';

export type WaitingRule = { waitingDays: number; confirmedWaitingHours: number };

/**
 * Whether a contact is too new to carry a secret: 30 days after it came on file, or 72 hours after a change that
 * was confirmed through the old contact (DOMAIN, "People, contacts, accounts"; both numbers are the file's).
 *
 * @param since the day it came on file; '' when it has been there for longer than anybody knows.
 * @param confirmedChangeAt when the change that made it was made, if the old contact confirmed it; else null.
 */
export const isWaiting = (
  rule: WaitingRule,
  { since }: { since: Day },
  confirmedChangeAt: string | null,
  now: Date,
): boolean => {
  if (since === '' || addDays(since, rule.waitingDays) <= parisDay(now)) return false;
  if (confirmedChangeAt === null) return true;
  return now.getTime() - Date.parse(confirmedChangeAt) < rule.confirmedWaitingHours * 3_600_000;
};
