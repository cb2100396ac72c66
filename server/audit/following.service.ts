import type { Db, House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { listAfter, type StoredEvent } from './audit.store.ts';
import { findFirstWhole, moveFollower, takeFollower } from './following.store.ts';

export type { StoredEvent } from './audit.store.ts';

/**
 * Hands the chain's rows to a follower in their order, each once, whatever dies between: what `take` writes is
 * committed together with how far it has come. Places are given and committed in one order, so that no row appears
 * behind the follower. A follower that is new begins at the first row.
 *
 * @returns how many rows it took: run again until none is left. `data` is null where retention removed the payload.
 */
export const follow = (
  house: House,
  name: string,
  take: (db: Db, events: StoredEvent[], now: Date) => Promise<void>,
  atMost = 500,
): Promise<number> =>
  housekeep(house, async (db, now) => {
    const events = await listAfter(db, await takeFollower(db, name), atMost);
    const last = events.at(-1);
    if (!last) return 0;
    await take(db, events, now);
    await moveFollower(db, name, last.seq);
    return events.length;
  });

/** Sends a follower back to the first row; what it made of the rows is undone in the same transaction. */
export const rewind = async (db: Db, name: string): Promise<void> => {
  await takeFollower(db, name);
  await moveFollower(db, name, 0);
};

/** When the first event happened whose data is still there; null when retention has removed nothing. */
export const wholeSince = async (db: Db): Promise<string | null> => {
  const first = await findFirstWhole(db);
  return first === undefined || first.seq === 1 ? null : first.at;
};
