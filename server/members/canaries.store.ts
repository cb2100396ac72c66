import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';

type CanaryRow = { member_id: string; organisation_id: string; made_at: string; made_by: string };

const table = (db: Db) => db<CanaryRow>('canaries');

export const insertCanary = async (db: Db, row: CanaryRow): Promise<void> => {
  await table(db).insert(row);
};

/** Those of `ids` that are canaries; without `ids`, all of the organisations. */
export const listCanaryIds = async (
  db: Db,
  organisationIds: readonly string[],
  ids?: readonly string[],
): Promise<string[]> => {
  let found = table(db).whereIn('organisation_id', [...organisationIds]);
  if (ids) found = found.whereIn('member_id', [...ids]);
  return (await found.select('member_id')).map((row) => row.member_id);
};

/** Canaries of the scope among these ids, or among the members that one of the queries finds. */
export const listAmong = async (
  db: Db,
  { organisationIds }: Scope,
  ids: string[],
  behind: Knex.QueryBuilder[] = [],
): Promise<{ id: string; organisationId: string }[]> => {
  const rows = await table(db)
    .where((some) => {
      some.whereIn('member_id', ids);
      for (const members of behind) some.orWhereIn('member_id', members);
    })
    .whereIn('organisation_id', [...organisationIds]);
  return rows.map((row) => ({ id: row.member_id, organisationId: row.organisation_id }));
};

export type Canary = { id: string; organisationId: string; memberNumber: string; madeAt: string };

/** Oldest first. */
export const listCanaries = async (db: Db, { organisationIds }: Scope): Promise<Canary[]> => {
  const rows = (await db('canaries as c')
    .join('members as m', 'm.id', 'c.member_id')
    .whereIn('c.organisation_id', [...organisationIds])
    .orderBy(['c.organisation_id', 'c.made_at', 'c.member_id'])
    .select('c.member_id', 'c.organisation_id', 'c.made_at', 'm.member_number')) as (CanaryRow & {
    member_number: string;
  })[];
  return rows.map((row) => ({
    id: row.member_id,
    organisationId: row.organisation_id,
    memberNumber: row.member_number,
    madeAt: row.made_at,
  }));
};

/** Numbers and ranks of some holders, any, for one that looks like theirs. */
export const listSomeNumbers = async (
  db: Db,
  organisationId: string,
): Promise<{ memberNumber: string; rank: string }[]> => {
  // Ids are drawn at random, so that the first ones are.
  const rows = (await db('members')
    .where({ organisation_id: organisationId, kind: 'holder' })
    .orderBy('id')
    .limit(100)
    .select('member_number', 'rank')) as { member_number: string; rank: string }[];
  return rows.map((row) => ({ memberNumber: row.member_number, rank: row.rank }));
};

export const isNumberTaken = async (db: Db, organisationId: string, memberNumber: string): Promise<boolean> =>
  (await db('members')
    .where({ organisation_id: organisationId, member_number: memberNumber })
    .first('id')) !== undefined;
