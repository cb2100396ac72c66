import type { Ctx, Db } from '../core/ctx.ts';
import { canaryIds } from '../members/canaries.service.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import * as store from './locks.store.ts';
import type { LockCause, StandingLock } from './locks.store.ts';

export type { LockCause, LockSecret, MinuteOfLocks, StandingLock } from './locks.store.ts';

/** How long a lock's cause is kept, its block of addresses with it. */
export const locksKeptDays = 92;

type Reading = Pick<Ctx, 'db'>;

export const locksByMinute = async (ctx: Reading, cause: LockCause) =>
  store.countByMinute(ctx.db, await ofPeople(ctx, cause));
export const blocksOfLocks = async (ctx: Reading, cause: LockCause) =>
  store.countBlocks(ctx.db, await ofPeople(ctx, cause));

/** Canaries are nobody: counted nowhere, and unblocked with nobody. */
const ofPeople = async (ctx: Reading, cause: LockCause): Promise<LockCause> => ({
  ...cause,
  without: [...(await canaryIds(ctx, [cause.organisationId]))],
});

/**
 * The accounts that this cause locked and that are locked by that very lock: neither unblocked nor locked again
 * since, not frozen, suspected or disabled. At most `limit`.
 */
export const standingLocks = async (
  ctx: Pick<Ctx, 'db' | 'now'>,
  cause: LockCause,
  limit: number,
): Promise<StandingLock[]> => {
  const locks = await store.listStill(ctx.db, await ofPeople(ctx, cause), ctx.now.toISOString(), limit);
  const open: StandingLock[] = [];
  for (let from = 0; from < locks.length; from += 500) {
    const some = locks.slice(from, from + 500);
    const closed = await closuresOfAccounts(
      ctx,
      some.map((lock) => lock.account_id),
    );
    open.push(...some.filter((lock) => !closed.has(lock.account_id)));
  }
  return open;
};

/** When these locks began. */
export const momentsOfLocks = async ({ db }: Reading, ids: string[]): Promise<Map<string, string>> =>
  new Map((await store.listLocks(db, ids)).map(({ id, locked_at: at }) => [id, at]));

/** What time alone ends: old causes, and those of identifiers that nobody has. */
export const sweepOldLocks = (db: Db, now: Date): Promise<void> =>
  store.sweepLocks(db, {
    before: new Date(now.getTime() - locksKeptDays * 86_400_000).toISOString(),
    ofNobodyBefore: new Date(now.getTime() - 86_400_000).toISOString(),
  });
