import type { House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { monthsBefore } from '../audit/retention.service.ts';
import * as store from './review-retention.store.ts';

const atOnce = 500;

/**
 * Takes words and ids from items decided longer ago than the audit keeps what its events say (CNIL 2021-122, 14):
 * whose acts, whose file, who decided, what was written. So too from those that nobody decided and whose last act is
 * that old: what they are about is gone. Verdict, day, signals and score stay, since rates count them; without a
 * verdict they count as never looked at. Answers how many it emptied; safe on several servers at once.
 */
export const forgetOldReviews = async (house: House): Promise<number> => {
  const before = monthsBefore(house.clock(), house.auditRetentionMonths);
  let forgotten = 0;
  for (let some = atOnce; some === atOnce; forgotten += some)
    some = await housekeep(house, (db, now) => store.forget(db, { before, at: now.toISOString() }, atOnce));
  return forgotten;
};
