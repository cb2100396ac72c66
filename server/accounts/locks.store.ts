import type { Db } from '../core/ctx.ts';

/** Which secret was tried last before an account locked: `password-again` inside an open session. */
export type LockSecret = 'password' | 'first-code' | 'password-again';

export type LockRow = {
  id: string;
  organisation_id: string;
  /** Null for an identifier that nobody has. */
  account_id: string | null;
  member_id: string | null;
  counter_id: string;
  /** What the counter had forgiven when it locked. */
  forgiven: number;
  locked_at: string;
  via: string;
  secret: LockSecret;
  block: string;
};

const table = (db: Db) => db<LockRow>('account_locks');

export const insertLock = async (db: Db, row: LockRow): Promise<void> => {
  await table(db).insert(row);
};

/** Locks of nobody's identifiers after a day, all others once `before` has passed. */
export const sweepLocks = async (
  db: Db,
  { before, ofNobodyBefore }: { before: string; ofNobodyBefore: string },
): Promise<void> => {
  await table(db)
    .where('locked_at', '<', ofNobodyBefore)
    .where((over) => over.whereNull('account_id').orWhere('locked_at', '<', before))
    .delete();
};

/** One cause in one organisation, from one moment to before another. */
export type LockCause = {
  organisationId: string;
  from: string;
  to: string;
  via?: string;
  secret?: LockSecret;
  block?: string;
  /** Members whose locks are nobody's business. */
  without?: readonly string[];
};

const ofCause = (db: Db, { organisationId, from, to, via, secret, block, without }: LockCause) => {
  let found = db<LockRow>('account_locks as l')
    .where('l.organisation_id', organisationId)
    .where('l.locked_at', '>=', from)
    .where('l.locked_at', '<', to)
    .whereNotNull('l.account_id');
  if (via !== undefined) found = found.where('l.via', via);
  if (secret !== undefined) found = found.where('l.secret', secret);
  if (block !== undefined) found = found.where('l.block', block);
  if (without && without.length > 0) found = found.whereNotIn('l.member_id', [...without]);
  return found;
};

export type MinuteOfLocks = { minute: string; via: string; secret: LockSecret; locks: number };

/** How many locks each minute (`2026-11-18T09:00`, UTC) saw, by cause. */
export const countByMinute = async (db: Db, cause: LockCause): Promise<MinuteOfLocks[]> => {
  const minute = db.raw('substr(l.locked_at, 1, 16)');
  const rows = (await ofCause(db, cause)
    .groupByRaw('substr(l.locked_at, 1, 16), l.via, l.secret')
    .select({ minute }, 'l.via', 'l.secret')
    .count({ locks: '*' })) as unknown as (Omit<MinuteOfLocks, 'locks'> & { locks: number | string })[];
  return rows
    .map((row) => ({ ...row, locks: Number(row.locks) }))
    .sort((a, b) => (a.minute < b.minute ? -1 : a.minute > b.minute ? 1 : 0));
};

/** The blocks of addresses that most of these locks came from, and how many there are. */
export const countBlocks = async (
  db: Db,
  cause: LockCause,
): Promise<{ blocks: number; most: { block: string; locks: number } | null }> => {
  const rows = (await ofCause(db, cause)
    .groupBy('l.block')
    .select('l.block')
    .count({ locks: '*' })
    .orderBy('locks', 'desc')) as unknown as { block: string; locks: number | string }[];
  const [most] = rows;
  return { blocks: rows.length, most: most ? { block: most.block, locks: Number(most.locks) } : null };
};

// The very lock: nothing has forgiven anything since, and the counter still says it began then.
const still = (db: Db, cause: LockCause, now: string) =>
  ofCause(db, cause)
    .join('attempt_counters as c', 'c.id', 'l.counter_id')
    .whereRaw('c.locked_at = l.locked_at')
    .whereRaw('c.forgiven = l.forgiven')
    .join('accounts as a', 'a.id', 'l.account_id')
    .whereNull('a.frozen_at')
    .where((calm) => calm.whereNull('a.suspected_until').orWhere('a.suspected_until', '<=', now));

export type StandingLock = Pick<
  LockRow,
  'id' | 'organisation_id' | 'counter_id' | 'forgiven' | 'locked_at' | 'block'
> & {
  account_id: string;
  member_id: string;
};

/** Locks of this cause that stand as they began, on accounts neither frozen nor suspected; at most `limit`. */
export const listStill = async (
  db: Db,
  cause: LockCause,
  now: string,
  limit: number,
): Promise<StandingLock[]> =>
  (await still(db, cause, now)
    .orderBy(['l.locked_at', 'l.id'])
    .limit(limit)
    .select(
      ...['l.id', 'l.organisation_id', 'l.counter_id', 'l.forgiven', 'l.locked_at'],
      ...['l.account_id', 'l.member_id', 'l.block'],
    )) as unknown as StandingLock[];

export const listLocks = async (db: Db, ids: string[]): Promise<StandingLock[]> =>
  (await table(db).whereIn('id', ids).whereNotNull('account_id')) as unknown as StandingLock[];
