import type { Day } from '../core/calendar.ts';

/** A mandate counts while it is dated and in force (DOMAIN, "Calls"). */
export const isMandateInForce = (
  representative: { from: Day | null; until: Day | null } | null,
  today: Day,
): boolean =>
  representative !== null &&
  representative.from !== null &&
  representative.from <= today &&
  (representative.until === null || representative.until >= today);
