import { endAlert, isAlertStanding, raiseAlert } from '../audit/alerts.service.ts';
import type { Db, House } from '../core/ctx.ts';
import * as store from './review-rates.store.ts';
import { unlessNothing } from './unless-nothing.ts';

/**
 * One alert for each organisation whose queue holds something to be seen today: waiting for too long, or grave. Seen
 * or not, it stands until the queue is below its limits again, and comes back when it is not. Answers how many came
 * or went; safe on several servers at once.
 */
export const runReviewAlerts = async (house: House): Promise<number> => {
  let changed = 0;
  for (const id of house.everyOrganisation()) changed += await keepAlert(house, id);
  return changed;
};

/** Since when the oldest item of an organisation's queue waits; null where nothing does. */
export const oldestWaiting = async (house: House, db: Db, organisationId: string): Promise<string | null> =>
  (await queueOf(house, db, organisationId)).since;

const keepAlert = async (house: House, organisationId: string): Promise<number> => {
  const about = { organisationId, kind: 'reviews-waiting', subject: 'reviews' } as const;
  const isDue = await isToday(house, organisationId);
  if (isDue === (await isAlertStanding({ db: house.pool }, about))) return 0;
  const organisationIds = [organisationId];
  return unlessNothing(house, { name: 'reviews', organisationIds }, async (ctx) => {
    if (!isDue) await endAlert(ctx, about);
    else if (!(await isAlertStanding(ctx, about))) await raiseAlert(ctx, about);
  });
};

const isToday = async (house: House, organisationId: string): Promise<boolean> => {
  const { score, oldestHours } = house.reviewSettings.today;
  const queue = await queueOf(house, house.pool, organisationId);
  const since = new Date(house.clock().getTime() - oldestHours * 3_600_000).toISOString();
  return queue.score >= score || (queue.since !== null && queue.since <= since);
};

const queueOf = async (house: House, db: Db, organisationId: string) => {
  const agentIds = await house.agentsSharing(db, [organisationId]);
  return store.worstWaiting(db, { organisationIds: [organisationId], agentIds });
};
