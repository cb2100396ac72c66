import type { Db } from '../core/ctx.ts';
import type { ContactKind } from '../core/vocabulary.ts';

export type ChangeRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  kind: ContactKind;
  /** The former value, sealed, if it may confirm the change: it was on file, and for long enough. */
  old_sealed: string | null;
  /** Keyed digest of the value that came; null when it was removed. */
  new_digest: string | null;
  changed_by: string;
  changed_at: string;
  confirmed_at: string | null;
  code_tries: number;
  /** The call in which an agent changed it; null on the portal. */
  call_id: string | null;
};
type ContactRow = {
  member_id: string;
  organisation_id: string;
  kind: ContactKind;
  value: string;
  since: string;
  corrected: number;
};

const table = (db: Db) => db<ChangeRow>('contact_changes');

export const insertChange = async (db: Db, row: ChangeRow): Promise<void> => {
  await table(db).insert(row);
};

/** The changes of a member that began after `since`, latest first. */
export const listChanges = (db: Db, memberId: string, since: string): Promise<ChangeRow[]> =>
  table(db)
    .where({ member_id: memberId })
    .where('changed_at', '>=', since)
    .orderBy([{ column: 'changed_at', order: 'desc' }, { column: 'id' }]);

/** Counts one code typed, before it is compared with anything; false when no try is left. */
export const countCodeTry = async (db: Db, id: string, most: number): Promise<boolean> =>
  (await table(db)
    .where({ id })
    .whereNull('confirmed_at')
    .where('code_tries', '<', most)
    .update({ code_tries: db.raw('code_tries + 1') as unknown as number })) > 0;

/** A new code is on its way: its tries begin anew. */
export const forgetCodeTries = async (db: Db, id: string): Promise<void> => {
  await table(db).where({ id }).update({ code_tries: 0 });
};

/** Marks a change as confirmed through the old contact. False when it was already, or is not there. */
export const confirmChange = async (db: Db, id: string, at: string): Promise<boolean> =>
  (await table(db).where({ id }).whereNull('confirmed_at').update({ confirmed_at: at })) > 0;

/**
 * Puts another value on file, or none, only while the one on file is still `was`. False when somebody else
 * changed it first.
 */
export const replaceContact = async (
  db: Db,
  was: string | null,
  row: Omit<ContactRow, 'value'> & { value: string | null },
): Promise<boolean> => {
  const { member_id, kind, value } = row;
  const found = () => db<ContactRow>('contacts').where({ member_id, kind });
  if (was === null) {
    if (value === null) return true;
    const inserted = await db<ContactRow>('contacts')
      .insert({ ...row, value })
      .onConflict(['member_id', 'kind'])
      .ignore()
      .returning('member_id');
    return inserted.length > 0;
  }
  const hit =
    value === null
      ? await found().where({ value: was }).delete()
      : await found().where({ value: was }).update({ value, since: row.since, corrected: row.corrected });
  return hit > 0;
};
