import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';

export type FactRow = {
  member_id: string;
  organisation_id: string;
  fact: string;
  digest: string;
  happened_on: string | null;
  /** The file that named it last. */
  import_id: string | null;
};
export type FactKey = Pick<FactRow, 'member_id' | 'fact' | 'digest'>;

const table = (db: Db) => db<FactRow>('member_facts');

export const listFactsOf = (db: Db, memberIds: string[]): Promise<FactRow[]> =>
  table(db).whereIn('member_id', memberIds);

/** Writes facts, each key once; one that is there already takes the new day and file. */
export const saveFacts = async (db: Db, rows: FactRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await table(db)
      .insert(rows.slice(from, from + rowsAtOnce))
      .onConflict(['member_id', 'fact', 'digest'])
      .merge(['happened_on', 'import_id']);
  }
};

/** The day of a member's fact; undefined when they have no such one. */
export const findFact = async (db: Db, key: FactKey): Promise<Pick<FactRow, 'happened_on'> | undefined> =>
  table(db).where(key).first('happened_on');

/** How many members have this very value, counted to `atMost`. */
export const countBearers = (
  db: Db,
  value: Pick<FactRow, 'organisation_id' | 'fact' | 'digest'>,
  atMost: number,
): Promise<number> => countTo(db, db('member_facts').where(value), atMost);

/** How many members an organisation has, counted to `atMost`. */
export const countMembers = (db: Db, organisationId: string, atMost: number): Promise<number> =>
  countTo(db, db('members').where({ organisation_id: organisationId }), atMost);

/** The next facts of an organisation in the order of their members. */
export const walkFacts = async (
  db: Db,
  organisationId: string,
  after: FactKey | null,
  limit: number,
): Promise<FactRow[]> => {
  let found = table(db).where({ organisation_id: organisationId });
  if (after) {
    const { fact, digest, member_id } = after;
    found = found.whereRaw('(fact, digest, member_id) > (?, ?, ?)', [fact, digest, member_id]);
  }
  return found.orderBy(['fact', 'digest', 'member_id']).limit(limit);
};

export const deleteFacts = async (db: Db, keys: FactKey[]): Promise<void> => {
  for (const key of keys) await table(db).where(key).delete();
};

/** `organisation_id` stands in the index that finds the rows, so that none of them is opened. */
const countTo = async (db: Db, rows: Knex.QueryBuilder, atMost: number): Promise<number> => {
  const counted = await db
    .count({ n: '*' })
    .from(rows.select('organisation_id').limit(atMost).as('some'))
    .first();
  return Number((counted as { n: number | string } | undefined)?.n ?? 0);
};

const rowsAtOnce = 400;
