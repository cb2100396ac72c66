import type { Db } from '../core/ctx.ts';

/**
 * `tries` only ever rises; what stands against the account is `tries - forgiven`. So a late answer can neither
 * forgive what was counted after it nor bring back what was forgiven before.
 */
type CounterRow = {
  id: string;
  tries: number;
  forgiven: number;
  first_at: string;
  last_at: string;
  not_before: string;
  locked_at: string | null;
  /** When the row may be swept; null for the counter of an account's chosen password. */
  keep_until: string | null;
  account_id: string | null;
};

export type Counter = { id: string; accountId: string | null; keepUntil: string | null };
/** Which try this was since the counter began, and how many stand against the account with it. */
export type Counted = { number: number; attempts: number };

const table = (db: Db) => db<CounterRow>('attempt_counters');

/**
 * Counts one try before anything is compared, and says which it was. One statement: however many arrive at
 * once, on however many servers, each gets its own number (ARCHITECTURE, rule 4).
 */
export const countTry = async (db: Db, counter: Counter, at: string): Promise<Counted> => {
  const [row] = await table(db)
    .insert({
      id: counter.id,
      tries: 1,
      forgiven: 0,
      first_at: at,
      last_at: at,
      not_before: at,
      locked_at: null,
      keep_until: counter.keepUntil,
      account_id: counter.accountId,
    })
    .onConflict('id')
    .merge({
      tries: db.raw('attempt_counters.tries + 1') as unknown as number,
      last_at: at,
      keep_until: counter.keepUntil,
    })
    .returning(['tries', 'forgiven']);
  if (!row) throw new Error('A counter did not count.');
  return { number: Number(row.tries), attempts: Number(row.tries) - Number(row.forgiven) };
};

/** Forgives the tries up to and with `number`; those counted after it still stand. */
export const forgiveUpTo = async (db: Db, id: string, number: number, limit: number): Promise<void> => {
  await table(db)
    .where({ id })
    .where('forgiven', '<', number)
    .update({
      forgiven: number,
      locked_at: db.raw('case when tries - ? >= ? then locked_at else null end', [
        number,
        limit,
      ]) as unknown as string,
    });
};

/** Gives one counted try back. */
export const giveBack = async (db: Db, id: string): Promise<void> => {
  await table(db)
    .where({ id })
    .whereRaw('forgiven < tries')
    .update({ forgiven: db.raw('forgiven + 1') as unknown as number });
};

/**
 * Notes since when the counter stands at its limit, once, and says what it had forgiven then; nothing when it does
 * not stand there, or no longer.
 */
export const markLocked = async (
  db: Db,
  id: string,
  limit: number,
  at: string,
): Promise<{ forgiven: number } | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .whereNull('locked_at')
    .whereRaw('tries - forgiven >= ?', [limit])
    .update({ locked_at: at })
    .returning('forgiven');
  return row && { forgiven: Number(row.forgiven) };
};

/** Forgives everything, if at least `atLeast` stand. Says whether it did. */
export const resetCounter = async (db: Db, id: string, atLeast: number): Promise<boolean> =>
  (await table(db)
    .where({ id })
    .whereRaw('tries - forgiven >= ?', [atLeast])
    .update({ forgiven: db.raw('tries') as unknown as number, locked_at: null })) > 0;

/**
 * The same, only while it stands as one lock left it: nothing forgiven since, and on an account that is neither
 * frozen nor suspected. Says how many failures it forgave.
 */
export const resetThatLock = async (
  db: Db,
  lock: { counterId: string; accountId: string; lockedAt: string; forgiven: number },
  now: string,
): Promise<number | undefined> => {
  const [row] = await table(db)
    .where({ id: lock.counterId, locked_at: lock.lockedAt, forgiven: lock.forgiven })
    .whereExists(
      db('accounts')
        .where({ id: lock.accountId })
        .whereNull('frozen_at')
        .where((calm) => calm.whereNull('suspected_until').orWhere('suspected_until', '<=', now))
        .select('id'),
    )
    .update({ forgiven: db.raw('tries') as unknown as number, locked_at: null })
    .returning('tries');
  return row && Number(row.tries) - lock.forgiven;
};

/** Forgives everything on every counter of an account: what a change of password does. */
export const resetAllOfAccount = async (db: Db, accountId: string): Promise<void> => {
  await table(db)
    .where({ account_id: accountId })
    .update({ forgiven: db.raw('tries') as unknown as number, locked_at: null });
};

/**
 * Brings a counter that stands below its limit up to it: what was counted before is forgiven, so that an answer under
 * way forgives nothing of this. False when it stands at its limit already.
 */
export const raiseToLimit = async (
  db: Db,
  { id, accountId }: { id: string; accountId: string },
  limit: number,
  at: string,
): Promise<boolean> => {
  const none = { tries: 0, forgiven: 0, first_at: at, last_at: at, not_before: at, locked_at: null };
  await table(db)
    .insert({ id, ...none, keep_until: null, account_id: accountId })
    .onConflict('id')
    .ignore();
  const raised = await table(db)
    .where({ id })
    .whereRaw('tries - forgiven < ?', [limit])
    .update({
      forgiven: db.raw('tries') as unknown as number,
      tries: db.raw('tries + ?', [limit]) as unknown as number,
      locked_at: at,
    });
  return raised > 0;
};

export type Standing = { attempts: number; lockedAt: string | null; lastAt: string };

export const readCounters = async (db: Db, ids: string[]): Promise<Map<string, Standing>> => {
  if (ids.length === 0) return new Map();
  const rows = await table(db).whereIn('id', ids);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        attempts: Number(row.tries) - Number(row.forgiven),
        lockedAt: row.locked_at,
        lastAt: row.last_at,
      },
    ]),
  );
};

/** Rows whose time is over: identifiers that nobody has, and yesterday's tries at temporary passwords. */
export const sweepCounters = (db: Db, now: string): Promise<number> =>
  table(db).where('keep_until', '<', now).delete();
