import type { Db } from '../core/ctx.ts';

export type AccountRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  password_hash: string | null;
  password_set_at: string | null;
  first_code_digest: string | null;
  temporary_salt: string;
  frozen_at: string | null;
  frozen_why: string | null;
  suspected_at: string | null;
  suspected_until: string | null;
  first_signed_in_at: string | null;
  last_signed_in_at: string | null;
  created_at: string;
  version: number;
  terms_version: string | null;
  terms_accepted_at: string | null;
  contacts_confirmed_at: string | null;
};
type IdentifierRow = { organisation_id: string; identifier_index: string; kind: string; account_id: string };
type HolderRow = { member_id: string; account_id: string };
type HolderDates = {
  account_id: string;
  deceased_on: string | null;
  contract_end_on: string | null;
  rights_end_on: string | null;
};
const table = (db: Db) => db<AccountRow>('accounts');

/** One statement, whether anybody has this identifier or not. */
export const findByIdentifier = (
  db: Db,
  organisationId: string,
  identifierIndex: string,
): Promise<AccountRow | undefined> =>
  db<IdentifierRow>('account_identifiers as i')
    .join<AccountRow>('accounts as a', 'a.id', 'i.account_id')
    .where('i.organisation_id', organisationId)
    .where('i.identifier_index', identifierIndex)
    .first('a.*') as unknown as Promise<AccountRow | undefined>;

export const findOfMember = async (db: Db, memberId: string): Promise<AccountRow | undefined> => {
  const row = await db<HolderRow>('account_holders').where({ member_id: memberId }).first('account_id');
  return row && table(db).where({ id: row.account_id }).first();
};

export const listOfMembers = (db: Db, memberIds: string[]): Promise<(AccountRow & { holder_id: string })[]> =>
  db<HolderRow>('account_holders as h')
    .join<AccountRow>('accounts as a', 'a.id', 'h.account_id')
    .whereIn('h.member_id', memberIds)
    .select('a.*', 'h.member_id as holder_id') as unknown as Promise<(AccountRow & { holder_id: string })[]>;

export const findAccount = (db: Db, id: string): Promise<AccountRow | undefined> =>
  table(db).where({ id }).first();

/** Which of these are frozen, or suspected at this moment. */
export const listFlagged = async (db: Db, ids: string[], now: string): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await table(db)
    .whereIn('id', ids)
    .where((flagged) => flagged.whereNotNull('frozen_at').orWhere('suspected_until', '>', now))
    .select('id');
  return new Set(rows.map(({ id }) => id));
};

/** Moves the version once: the losing one of two acts finds another number. */
export const raiseVersion = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await table(db)
    .where({ id, version })
    .update({ version: version + 1 })) > 0;

/** The same, whatever the version: for an alarm, which nobody's act before it makes stale. Answers the new one. */
export const raiseAnyVersion = async (db: Db, id: string): Promise<number | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .update({ version: db.raw('version + 1') as unknown as number })
    .returning('version');
  return row && Number(row.version);
};

export const insertAccounts = async (db: Db, rows: AccountRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 250) await table(db).insert(rows.slice(from, from + 250));
};

export const insertHolders = async (db: Db, rows: HolderRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 500) {
    await db<HolderRow>('account_holders')
      .insert(rows.slice(from, from + 500))
      .onConflict('member_id')
      .ignore();
  }
};

export const insertIdentifiers = async (db: Db, rows: IdentifierRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 500) {
    await db<IdentifierRow>('account_identifiers')
      .insert(rows.slice(from, from + 500))
      .onConflict(['organisation_id', 'identifier_index'])
      .ignore();
  }
};

export const listByIdentifiers = (
  db: Db,
  organisationId: string,
  indexes: string[],
): Promise<{ identifier_index: string; account_id: string; member_id: string }[]> =>
  db<IdentifierRow>('account_identifiers as i')
    .join<AccountRow>('accounts as a', 'a.id', 'i.account_id')
    .where('i.organisation_id', organisationId)
    .whereIn('i.identifier_index', indexes)
    .select('i.identifier_index', 'i.account_id', 'a.member_id');

/**
 * Takes hold of the account until the transaction ends, and reads it as it is now: whatever was compared outside
 * the transaction must still be so. Nothing for an account that is frozen, or nobody's.
 */
export const holdAccount = async (db: Db, id: string): Promise<AccountRow | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .whereNull('frozen_at')
    .update({ version: db.raw('version') as unknown as number })
    .returning('*');
  return row;
};

/** Takes hold of these until the transaction ends: what is made for one of them meanwhile waits. */
export const holdAccounts = async (db: Db, ids: string[]): Promise<void> => {
  await table(db)
    .whereIn('id', ids)
    .update({ version: db.raw('version') as unknown as number });
};

/** The same, whether it is frozen or not. */
export const holdAnyAccount = async (db: Db, id: string): Promise<AccountRow | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .update({ version: db.raw('version') as unknown as number })
    .returning('*');
  return row;
};

export const noteSignIn = async (db: Db, id: string, at: string): Promise<void> => {
  await table(db)
    .where({ id })
    .update({
      last_signed_in_at: at,
      first_signed_in_at: db.raw('coalesce(first_signed_in_at, ?)', [at]) as unknown as string,
    });
};

/**
 * Sets the chosen password, only while the first code or the password that was proved still stands, so that one use
 * wins. The first code ends with the change, and the contacts are to be confirmed anew.
 */
export const setPassword = async (
  db: Db,
  id: string,
  change: { hash: string; at: string },
  onlyWhile: { firstCode?: string; passwordHash?: string | null } = {},
): Promise<boolean> => {
  const { firstCode, passwordHash } = onlyWhile;
  let found = table(db).where({ id });
  if (firstCode !== undefined) found = found.where({ first_code_digest: firstCode });
  if (passwordHash !== undefined) found = found.where({ password_hash: passwordHash });
  const hit = await found.update({
    password_hash: change.hash,
    password_set_at: change.at,
    first_code_digest: null,
    contacts_confirmed_at: null,
    first_signed_in_at: db.raw('coalesce(first_signed_in_at, ?)', [change.at]) as unknown as string,
    last_signed_in_at: change.at,
  });
  return hit > 0;
};

export const acceptTerms = async (db: Db, id: string, version: string, at: string): Promise<void> => {
  await table(db)
    .where({ id })
    .where((other) => other.whereNull('terms_version').orWhereNot({ terms_version: version }))
    .update({ terms_version: version, terms_accepted_at: at });
};

export const confirmContacts = async (db: Db, id: string, at: string): Promise<void> => {
  await table(db).where({ id }).update({ contacts_confirmed_at: at });
};

export const setFirstCode = async (db: Db, id: string, digest: string | null): Promise<void> => {
  // Whoever has connected once has no use for it any more, with or without a password now.
  await table(db)
    .where({ id })
    .whereNull('password_hash')
    .whereNull('first_signed_in_at')
    .update({ first_code_digest: digest });
};

/** The salt that an account's temporary passwords share. */
export const listSalts = async (db: Db, accountIds: string[]): Promise<Map<string, string>> => {
  const rows = await table(db).whereIn('id', accountIds).select('id', 'temporary_salt');
  return new Map(rows.map((row) => [row.id, row.temporary_salt]));
};

/** Whoever holds these accounts, with the dates that may close each of them. */
export const listHolderDates = (db: Db, accountIds: string[]): Promise<HolderDates[]> =>
  db<HolderRow>('account_holders as h')
    .join('members as m', 'm.id', 'h.member_id')
    .leftJoin('client_companies as c', (on) =>
      on.on('c.organisation_id', 'm.organisation_id').andOn('c.code', 'm.company_code'),
    )
    .whereIn('h.account_id', accountIds)
    .select('h.account_id', 'm.deceased_on', 'm.contract_end_on', 'c.rights_end_on') as unknown as Promise<
    HolderDates[]
  >;

/** Every row of a person that leads to one of these accounts. */
export const listHolders = async (
  db: Db,
  accountIds: string[],
): Promise<{ memberId: string; accountId: string }[]> => {
  const rows = await db<HolderRow>('account_holders').whereIn('account_id', accountIds);
  return rows.map((row) => ({ memberId: row.member_id, accountId: row.account_id }));
};
