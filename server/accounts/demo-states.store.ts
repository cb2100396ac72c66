import type { Db } from '../core/ctx.ts';

type Past = { id: string; password_hash: string; first_signed_in_at: string; last_signed_in_at: string };
type Lock = { id: string; account_id: string; attempts: number; at: string };

const rowsAtOnce = 200;

/** Sets password and past of accounts that have none, many in one statement. */
export const setPasts = async (db: Db, rows: Past[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce);
    const marks = some.map(() => '(?, ?, ?, ?)').join(', ');
    const sql = `update accounts set password_hash = v.column2, password_set_at = v.column3, first_signed_in_at = v.column3,
      last_signed_in_at = v.column4, first_code_digest = null from (values ${marks}) as v
      where accounts.id = v.column1 and accounts.password_hash is null`;
    await db.raw(
      sql,
      some.flatMap((row) => [row.id, row.password_hash, row.first_signed_in_at, row.last_signed_in_at]),
    );
  }
};

/** Counters that stand at the limit, as wrong passwords would have left them. */
export const insertLocks = async (db: Db, rows: Lock[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await db('attempt_counters')
      .insert(
        rows.slice(from, from + rowsAtOnce).map(({ id, account_id, attempts, at }) => ({
          id,
          tries: attempts,
          forgiven: 0,
          first_at: at,
          last_at: at,
          not_before: at,
          locked_at: at,
          keep_until: null,
          account_id,
        })),
      )
      .onConflict('id')
      .ignore();
  }
};
