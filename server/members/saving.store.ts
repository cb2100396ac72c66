import type { Db } from '../core/ctx.ts';

export type MemberRow = {
  id: string;
  organisation_id: string;
  member_number: string;
  rank: string;
  kind: 'holder' | 'dependant';
  household: string;
  nir_sealed: string | null;
  nir_index: string | null;
  civility: string | null;
  birth_name: string | null;
  usual_name: string;
  first_name: string;
  birth_date: string;
  address_lines: string;
  postcode: string | null;
  town: string | null;
  country: string;
  address_since: string;
  address_doubtful_at: string | null;
  space_type: string | null;
  company_code: string | null;
  contract_end_on: string | null;
  deceased_on: string | null;
  representative: string | null;
  mandate_from: string | null;
  mandate_until: string | null;
  protected: number;
  large_print: number;
  language: string;
  sort_name: string;
  town_folded: string | null;
  line_digest: string;
  seen_import_id: string | null;
  created_at: string;
  version: number;
};
export type ContactRow = {
  member_id: string;
  organisation_id: string;
  kind: string;
  value: string;
  since: string;
  corrected: number;
};
export type NameRow = {
  member_id: string;
  organisation_id: string;
  last_name: string;
  first_name: string;
  birth_date: string;
  postcode: string | null;
  town: string | null;
};
export type WordRow = { organisation_id: string; word: string };
export type GapRow = { organisation_id: string; gap: string; word: string };

/** SQLite takes 500 rows in one statement; fewer of wide rows keep each statement short. */
const rowsAStatement = 250;

export const insertMembers = (db: Db, rows: MemberRow[]): Promise<void> => insertMany(db, 'members', rows);

/** Updates rows that exist, by id; everything but what only the desk or the print room knows. */
export const updateMembers = async (db: Db, rows: MemberRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const kept = new Set(['id', 'created_at', 'version', 'address_doubtful_at']);
  const columns = Object.keys(rows[0] as MemberRow).filter((column) => !kept.has(column));
  const sets = columns.map((column) => `${column} = excluded.${column}`);
  // A doubtful address stays doubtful until another one comes.
  const sameAddress = ['address_lines', 'postcode', 'town', 'country']
    .map((column) => `coalesce(members.${column}, '') = coalesce(excluded.${column}, '')`)
    .join(' and ');
  sets.push('version = members.version + 1');
  sets.push(`address_doubtful_at = case when ${sameAddress} then members.address_doubtful_at else null end`);
  await insertMany(db, 'members', rows, `on conflict (id) do update set ${sets.join(', ')}`);
};

export const deleteContactsAndNames = async (db: Db, memberIds: string[]): Promise<void> => {
  for (const ids of chunksOf(memberIds, 500)) {
    await db('contacts').whereIn('member_id', ids).delete();
    await db('member_names').whereIn('member_id', ids).delete();
  }
};

export const insertContacts = (db: Db, rows: ContactRow[]): Promise<void> => insertMany(db, 'contacts', rows);

export const insertNames = (db: Db, rows: NameRow[]): Promise<void> => insertMany(db, 'member_names', rows);

/** Adds words to the dictionary of typing mistakes; returns those that were new. */
export const insertWords = async (db: Db, rows: WordRow[]): Promise<WordRow[]> => {
  const added: WordRow[] = [];
  for (const some of chunksOf(rows, rowsAStatement)) {
    added.push(
      ...(await db<WordRow>('name_words')
        .insert(some)
        .onConflict(['organisation_id', 'word'])
        .ignore()
        .returning(['organisation_id', 'word'])),
    );
  }
  return added;
};

export const insertGaps = (db: Db, rows: GapRow[]): Promise<void> =>
  insertMany(db, 'name_gaps', rows, 'on conflict do nothing');

/** The ids of people already known, by organisation, member number and rank. */
export const listIds = async (
  db: Db,
  organisationId: string,
  memberNumbers: string[],
): Promise<{ id: string; member_number: string; rank: string }[]> => {
  const found: { id: string; member_number: string; rank: string }[] = [];
  for (const numbers of chunksOf(memberNumbers, 500)) {
    found.push(
      ...(await db<MemberRow>('members')
        .where({ organisation_id: organisationId })
        .whereIn('member_number', numbers)
        .select('id', 'member_number', 'rank')),
    );
  }
  return found;
};

// knex's own multi-row insert is a chain of selects and costs twice as much (PERFORMANCE, "Import").
const insertMany = async <Row extends object>(
  db: Db,
  table: string,
  rows: Row[],
  ending = '',
): Promise<void> => {
  for (const some of chunksOf(rows, rowsAStatement)) {
    const columns = Object.keys(some[0] as Row) as (keyof Row & string)[];
    const one = `(${columns.map(() => '?').join(', ')})`;
    const sql = `insert into ${table} (${columns.join(', ')}) values ${some.map(() => one).join(', ')} ${ending}`;
    await db.raw(
      sql,
      some.flatMap((row) => columns.map((column) => row[column] as string | number | null)) as string[],
    );
  }
};

const chunksOf = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
