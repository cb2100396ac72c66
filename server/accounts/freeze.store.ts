import type { Db } from '../core/ctx.ts';
import type { AccountRow } from './accounts.store.ts';

const table = (db: Db) => db<AccountRow>('accounts');

/** Freezes it, once: nothing when it is frozen already, or nobody's. */
export const freeze = async (
  db: Db,
  id: string,
  { at, why }: { at: string; why: string },
): Promise<AccountRow | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .whereNull('frozen_at')
    .update({ frozen_at: at, frozen_why: why })
    .returning('*');
  return row;
};

/**
 * False when it is not frozen. The chosen password ends with the freeze: whoever made the member say « Ce n'était
 * pas moi » may have chosen it, so that only a new way back in opens the account.
 */
export const unfreeze = async (db: Db, id: string): Promise<boolean> =>
  (await table(db).where({ id }).whereNotNull('frozen_at').update({
    frozen_at: null,
    frozen_why: null,
    password_hash: null,
    password_set_at: null,
  })) > 0;

/** A suspicion holds until then; a later one makes it longer, never shorter. Answers until when it holds now. */
export const suspect = async (
  db: Db,
  id: string,
  { at, until }: { at: string; until: string },
): Promise<string> => {
  const [row] = await table(db)
    .where({ id })
    .update({
      suspected_at: at,
      suspected_until: db.raw('case when coalesce(suspected_until, ?) > ? then suspected_until else ? end', [
        '',
        until,
        until,
      ]) as unknown as string,
    })
    .returning('suspected_until');
  return row?.suspected_until ?? until;
};

/** False when there was none. */
export const liftSuspicion = async (db: Db, id: string): Promise<boolean> =>
  (await table(db)
    .where({ id })
    .whereNotNull('suspected_until')
    .update({ suspected_at: null, suspected_until: null })) > 0;
