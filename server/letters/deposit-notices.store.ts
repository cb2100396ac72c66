import type { Db } from '../core/ctx.ts';
import type { DepositedRow, LetterRow } from './letters.store.ts';

const table = (db: Db) => db<LetterRow>('letters');

/** Owes a word to the members of a lot's letters that have just left; letters to ourselves have none. One statement. */
export const oweNotices = async (db: Db, lotId: string, at: string): Promise<void> => {
  await table(db)
    .where({ lot_id: lotId, state: 'deposited' })
    .whereNotExists(db('test_letters').whereRaw('letter_id = letters.id').select('letter_id'))
    .update({ telling_owed_at: at });
};

/** The letters whose members are still to be told, the oldest first, of one organisation at a time. */
export const listOwed = (db: Db, limit: number): Promise<Pick<LetterRow, 'id' | 'organisation_id'>[]> =>
  table(db)
    .whereNotNull('telling_owed_at')
    .orderBy(['telling_owed_at', 'id'])
    .limit(limit)
    .select('id', 'organisation_id');

/** Takes from these letters what is owed; whoever comes second finds nothing, and tells nobody twice. */
export const takeOwed = async (db: Db, ids: string[]): Promise<DepositedRow[]> => {
  const taken = await table(db)
    .whereIn('id', ids)
    .whereNotNull('telling_owed_at')
    .update({ telling_owed_at: null })
    .returning('id');
  const rows = await db('letters as l')
    .join('lots as o', 'o.id', 'l.lot_id')
    .whereIn(
      'l.id',
      taken.map(({ id }) => id),
    )
    .orderBy('l.id')
    .select('l.*', 'o.deposited_at');
  return rows as DepositedRow[];
};
