import type { Db } from '../core/ctx.ts';
import type { PostalAddress } from './address.ts';

/** A member's name and address as on file. */
export type OnFile = {
  name: { civility: string | null; firstName: string; lastName: string };
  address: PostalAddress;
};

export const findOnFile = async (
  db: Db,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<OnFile | undefined> => {
  const row = (await db('members')
    .where({ id, organisation_id: organisationId })
    .first('civility', 'first_name', 'usual_name', 'address_lines', 'postcode', 'town', 'country')) as
    Record<string, string | null> | undefined;
  if (!row) return undefined;
  return {
    name: {
      civility: row.civility ?? null,
      firstName: row.first_name ?? '',
      lastName: row.usual_name ?? '',
    },
    address: {
      lines: JSON.parse(row.address_lines ?? '[]') as string[],
      postcode: row.postcode ?? '',
      town: row.town ?? '',
      country: row.country ?? 'FR',
    },
  };
};

export const listDoubtful = async (db: Db, memberIds: string[]): Promise<string[]> => {
  const rows = (await db('members')
    .whereIn('id', memberIds)
    .whereNotNull('address_doubtful_at')
    .select('id')) as { id: string }[];
  return rows.map(({ id }) => id);
};

/** Returns false when it was known to be doubtful already, or another address than this one is on file by now. */
export const markDoubtful = async (
  db: Db,
  id: string,
  at: string,
  address?: { lines: string[]; postcode: string; town: string },
): Promise<boolean> => {
  let found = db('members').where({ id }).whereNull('address_doubtful_at');
  if (address) {
    found = found
      .where({ address_lines: JSON.stringify(address.lines), town: address.town })
      .whereRaw("coalesce(postcode, '') = ?", [address.postcode]);
  }
  return (await found.update({ address_doubtful_at: at })) > 0;
};

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
