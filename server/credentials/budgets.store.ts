import type { Db } from '../core/ctx.ts';

/** `window_ends` is when the window that began with its first use is over; after it the row counts for nothing. */
type BudgetRow = { id: string; used: number; window_ends: string };

export type Limited = { id: string; most: number; windowEnds: string };

const table = (db: Db) => db<BudgetRow>('budgets');

/** Takes one, or opens a new window; false when it is spent. One statement: exact however many arrive at once. */
export const takeOne = async (db: Db, { id, most, windowEnds }: Limited, now: string): Promise<boolean> => {
  const rows = await table(db)
    .insert({ id, used: 1, window_ends: windowEnds })
    .onConflict('id')
    .merge({
      used: raw<number>(db, 'case when budgets.window_ends <= ? then 1 else budgets.used + 1 end', [now]),
      window_ends: raw<string>(
        db,
        'case when budgets.window_ends <= ? then excluded.window_ends else budgets.window_ends end',
        [now],
      ),
    })
    .whereRaw('budgets.window_ends <= ? or budgets.used < ?', [now, most])
    .returning('used');
  return rows.length > 0;
};

/**
 * Gives one back to each, as long as its window lasts; in the order given, as they were taken. A window of which
 * nothing is used any more has not begun: the next use begins it.
 */
export const giveOneBack = async (db: Db, ids: string[], now: string): Promise<void> => {
  for (const id of ids) {
    await table(db)
      .where({ id })
      .where('window_ends', '>', now)
      .where('used', '>', 0)
      .update({
        used: raw<number>(db, 'used - 1', []),
        window_ends: raw<string>(db, 'case when used = 1 then ? else window_ends end', [now]),
      });
  }
};

export const readBudgets = async (
  db: Db,
  ids: string[],
): Promise<{ id: string; used: number; ends: string }[]> =>
  (await table(db).whereIn('id', ids)).map(({ id, used, window_ends }) => ({
    id,
    used: Number(used),
    ends: window_ends,
  }));

/** Answers how many there were. */
export const forgetBudgets = (db: Db, ids: string[]): Promise<number> =>
  table(db).whereIn('id', ids).delete();

export const sweepBudgets = (db: Db, now: string): Promise<number> =>
  table(db).where('window_ends', '<=', now).delete();

const raw = <T>(db: Db, sql: string, bindings: string[]): T => db.raw(sql, bindings) as unknown as T;
