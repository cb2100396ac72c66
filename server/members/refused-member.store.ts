import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';

/** The member of the scope with this id, or found by one of the queries; undefined where several are. */
export const findBehind = async (
  db: Db,
  { organisationIds }: Scope,
  id: string,
  behind: Knex.QueryBuilder[],
): Promise<{ id: string; organisationId: string } | undefined> => {
  const own = db('members').where({ id }).select({ member_id: 'id' });
  // Each part answers by its own key: one condition joined by "or" would read a million members.
  const rows = (await db('members')
    .whereIn('id', own.unionAll(behind))
    .whereIn('organisation_id', [...organisationIds])
    .limit(2)
    .select('id', 'organisation_id')) as { id: string; organisation_id: string }[];
  const [found] = rows;
  return found && rows.length === 1 ? { id: found.id, organisationId: found.organisation_id } : undefined;
};
