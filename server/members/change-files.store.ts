import type { Db, Scope } from '../core/ctx.ts';
import type { ListQuery } from '../core/page.ts';
import type { OutgoingRow } from './outgoing-changes.store.ts';

const table = (db: Db) => db<OutgoingRow>('outgoing_changes');

/** From a moment of an organisation up to another, which is not in it. */
export type Span = { organisationId: string; from: string; until: string };

/** Marks what happened in this span and has left in no file yet. */
export const markExported = async (
  db: Db,
  { organisationId, from, until }: Span,
  day: string,
): Promise<void> => {
  await table(db)
    .where({ organisation_id: organisationId })
    .where('changed_at', '>=', from)
    .where('changed_at', '<', until)
    .whereNull('exported_on')
    .update({ exported_on: day });
};

/** What happened in this span, in its order. */
export const listIn = (db: Db, { organisationId, from, until }: Span): Promise<OutgoingRow[]> =>
  table(db)
    .where({ organisation_id: organisationId })
    .where('changed_at', '>=', from)
    .where('changed_at', '<', until)
    .orderBy([{ column: 'changed_at' }, { column: 'id' }]);

/** When what has left in no file yet happened. */
export const listUnexported = async (db: Db, organisationId: string, before: string): Promise<string[]> =>
  (
    await table(db)
      .where({ organisation_id: organisationId })
      .where('changed_at', '<', before)
      .whereNull('exported_on')
      .select('changed_at')
  ).map(({ changed_at }) => changed_at);

const columns = { day: 'day', organisationId: 'organisation_id' } as const;
export type ChangeFileField = keyof typeof columns;
export const changeFileFields = Object.keys(columns) as [ChangeFileField, ...ChangeFileField[]];

/** A day of an organisation. */
export type Place = { organisationId: string; day: string };
export type Filter = { organisationId?: string; places?: Place[] };
type Counted = { organisation_id: string; day: string; lines: number | string; members: number | string };

/** The days whose file was made and had something in it, with how much. */
export const listFiles = async (
  db: Db,
  scope: Scope,
  { filter, sort, offset, limit }: ListQuery<Filter, ChangeFileField>,
): Promise<{ rows: (Place & { lines: number; members: number })[]; total: number }> => {
  let changes = table(db)
    .whereIn('organisation_id', [...scope.organisationIds])
    .whereNotNull('exported_on');
  if (filter.organisationId) changes = changes.where({ organisation_id: filter.organisationId });
  if (filter.places) {
    const places = filter.places.map(({ organisationId, day }) => [organisationId, day]);
    changes = changes.whereIn(['organisation_id', 'exported_on'], places);
  }
  const lines = changes.distinct('organisation_id', 'exported_on as day', 'member_id', 'kind').as('l');
  const files = db
    .from(lines)
    .groupBy('organisation_id', 'day')
    .select('organisation_id', 'day')
    .count({ lines: '*' })
    .countDistinct({ members: 'member_id' });
  const counted = (await db.from(files.clone().as('f')).count({ n: '*' }).first()) as { n: number | string };
  const rows = (await files
    .orderBy([{ column: columns[sort.field], order: sort.order }, { column: 'organisation_id' }])
    .offset(offset)
    .limit(limit)) as Counted[];
  return {
    rows: rows.map((row) => ({
      organisationId: row.organisation_id,
      day: row.day,
      lines: Number(row.lines),
      members: Number(row.members),
    })),
    total: Number(counted.n),
  };
};
