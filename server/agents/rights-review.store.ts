import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { Role } from '../core/vocabulary.ts';
import { roster, type Reach, type RosterRow } from './roster.store.ts';

const columns = { reviewedAt: 'rights_reviewed_at', name: 'name', role: 'role' } as const;
export type RightsField = keyof typeof columns;
export const rightsFields = Object.keys(columns) as [RightsField, ...RightsField[]];

export type RightsFilterValues = { id?: string[]; due?: boolean; role?: Role; site?: string };

/** Open accounts; `before`: reviewed before it, the review is due. */
export const listRights = (
  db: Db,
  reach: Reach,
  { filter, sort, ...page }: ListQuery<RightsFilterValues, RightsField>,
  before: string,
): Promise<{ rows: RosterRow[]; total: number }> => {
  let found: Knex.QueryBuilder = roster(db, reach).whereNull('closed_at');
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.role) found = found.where({ role: filter.role });
  if (filter.site) found = found.where({ site_id: filter.site });
  if (filter.due === true) found = found.where('rights_reviewed_at', '<', before);
  if (filter.due === false) found = found.where('rights_reviewed_at', '>=', before);
  return readPage<RosterRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};

/** Returns false when someone else changed the account first, or it is the reader's own. */
export const confirmRights = async (
  db: Db,
  reach: Reach,
  { id, version }: { id: string; version: number },
  by: { rights_reviewed_at: string; rights_reviewed_by: string },
): Promise<boolean> =>
  (await roster(db, reach)
    .where({ id, version })
    .whereNull('closed_at')
    .whereNot({ id: by.rights_reviewed_by })
    .update({ ...by, rights_told_at: null, version: version + 1 })) === 1;

/** Whether anybody's review is due that nobody was told of. */
export const isAnyUntold = async (db: Db, before: string): Promise<boolean> =>
  (await untold(db, before).first('id')) !== undefined;

/** Marks them as told, each once; answers the organisations that they serve. */
export const tellOnce = async (db: Db, before: string, at: string): Promise<string[]> => {
  const told = await untold(db, before).update({ rights_told_at: at }).returning('id');
  const rows = await db<{ agent_id: string; organisation_id: string }>('agent_organisations')
    .whereIn(
      'agent_id',
      told.map(({ id }) => id),
    )
    .distinct('organisation_id');
  return rows.map((row) => row.organisation_id);
};

const untold = (db: Db, before: string) =>
  db<RosterRow>('agents')
    .whereNull('closed_at')
    .whereNull('rights_told_at')
    .where('rights_reviewed_at', '<', before);
