import type { Db } from '../core/ctx.ts';

export const listDoubtful = async (db: Db, memberIds: string[]): Promise<string[]> => {
  const rows = (await db('members')
    .whereIn('id', memberIds)
    .whereNotNull('address_doubtful_at')
    .select('id')) as { id: string }[];
  return rows.map(({ id }) => id);
};

/** Returns false when it was known to be doubtful already. */
export const markDoubtful = async (db: Db, id: string, at: string): Promise<boolean> =>
  (await db('members').where({ id }).whereNull('address_doubtful_at').update({ address_doubtful_at: at })) >
  0;

type AddressRow = {
  address_lines: string;
  postcode: string | null;
  town: string;
  country: string;
  address_since: string;
  town_folded: string;
};

/**
 * Puts another address on file, with the places by which the member is searched, only while the row is as it was
 * read. False when an import or somebody else changed it first.
 */
export const replaceAddress = async (
  db: Db,
  was: { id: string; version: number },
  row: AddressRow,
): Promise<boolean> => {
  const hit = await db('members')
    .where({ id: was.id, version: was.version })
    .update({ ...row, address_doubtful_at: null, version: was.version + 1 });
  if (hit === 0) return false;
  await db('member_names')
    .where({ member_id: was.id })
    .update({ postcode: row.postcode, town: row.town_folded });
  return true;
};
