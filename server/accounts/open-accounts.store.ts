import type { Db } from '../core/ctx.ts';
import type { AccountRow } from './accounts.store.ts';

type HolderRow = { member_id: string; account_id: string };
type IdentifierRow = { organisation_id: string; identifier_index: string; kind: string; account_id: string };

/** Which account each of these members leads to, by the holders' table alone. */
export const accountIdsOf = async (db: Db, memberIds: string[]): Promise<Map<string, string>> => {
  if (memberIds.length === 0) return new Map();
  const rows = await db<HolderRow>('account_holders').whereIn('member_id', memberIds);
  return new Map(rows.map((row) => [row.member_id, row.account_id]));
};

/** Accounts that were opened for these members, whether they still lead to them or not. */
export const accountsOpenedFor = async (db: Db, memberIds: string[]): Promise<Map<string, string>> => {
  const rows = await db<AccountRow>('accounts').whereIn('member_id', memberIds).select('id', 'member_id');
  return new Map(rows.map((row) => [row.member_id, row.id]));
};

export const listIdentifiers = (db: Db, accountIds: string[]): Promise<IdentifierRow[]> =>
  db<IdentifierRow>('account_identifiers').whereIn('account_id', accountIds);

export const deleteIdentifiers = async (db: Db, organisationId: string, indexes: string[]): Promise<void> => {
  await db<IdentifierRow>('account_identifiers')
    .where({ organisation_id: organisationId })
    .whereIn('identifier_index', indexes)
    .delete();
};

export const deleteHolders = async (db: Db, memberIds: string[]): Promise<void> => {
  await db<HolderRow>('account_holders').whereIn('member_id', memberIds).delete();
};

/** Of these accounts, those that lead to more than one member, or to none. */
export const countHolders = async (db: Db, accountIds: string[]): Promise<Map<string, number>> => {
  const rows = await db<HolderRow>('account_holders').whereIn('account_id', accountIds).select('account_id');
  const found = new Map(accountIds.map((id) => [id, 0]));
  for (const { account_id } of rows) found.set(account_id, (found.get(account_id) ?? 0) + 1);
  return found;
};
