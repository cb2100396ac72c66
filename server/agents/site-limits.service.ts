import { atParis, endOfParisDay, parisDay } from '../core/calendar.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { housekeep } from '../core/perform.ts';
import { siteOf } from './sites.service.ts';
import * as store from './site-limits.store.ts';

/**
 * Counts a look of an agent whose site bounds them, before anything is read. A page that reads itself again counts
 * too: whoever asks could say that it does.
 *
 * @throws AppError `too-many`: nothing is counted and nothing may be shown.
 */
export const countLook = async (visit: Visit): Promise<void> => {
  const { actor, house } = visit;
  if (actor.kind !== 'agent' || actor.siteId === null) return;
  const caps = (await siteOf(house.pool, actor.siteId))?.caps;
  // Most sites have none: then nothing is written for a look.
  if (!caps || (caps.looksPerHour ?? caps.looksPerDay) === null) return;
  await housekeep(house, (db, now) => count({ ...visit, db, now }, 'looks'));
};

/** Counts a way back in, in the transaction that asks for it. @throws AppError `too-many`. */
export const countWayIn = (ctx: Ctx): Promise<void> => count(ctx, 'waysIn');

/** @throws AppError `policy-refused` where nothing masked is shown whole. */
export const assertMayUnmask = async (ctx: Pick<Ctx, 'db' | 'actor'>): Promise<void> => {
  if (await mayUnmask(ctx)) return;
  throw new AppError('policy-refused', 'sites.noUnmasking', { rule: 'site.no-unmasking' });
};

export const mayUnmask = async ({ db, actor }: Pick<Ctx, 'db' | 'actor'>): Promise<boolean> =>
  actor.kind !== 'agent' || !(await siteOf(db, actor.siteId))?.noUnmasking;

/** What was counted the day before yesterday bounds nothing any more. */
export const sweepTallies = (db: Db, now: Date): Promise<void> =>
  store.deleteTalliesBefore(db, new Date(now.getTime() - 2 * 86_400_000).toISOString());

const count = async (
  { db, now, actor }: Pick<Ctx, 'db' | 'now' | 'actor'>,
  what: 'looks' | 'waysIn',
): Promise<void> => {
  if (actor.kind !== 'agent') return;
  const caps = (await siteOf(db, actor.siteId))?.caps;
  for (const [per, began, ends] of [
    ['Hour', hourOf(now), new Date(hourOf(now).getTime() + 3_600_000)],
    ['Day', atParis(parisDay(now), '00:00'), endOfParisDay(parisDay(now))],
  ] as const) {
    const most = caps?.[`${what}Per${per}`] ?? null;
    if (most === null) continue;
    const tally = { agentId: actor.id, what: `${what}Per${per}`, beganAt: began.toISOString() };
    if (await store.countWithin(db, tally, most)) continue;
    throw new AppError('too-many', `sites.tooMany.${what}Per${per}`, {
      params: { most },
      retryAfterSeconds: Math.max(1, Math.ceil((ends.getTime() - now.getTime()) / 1_000)),
    });
  }
};

const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
