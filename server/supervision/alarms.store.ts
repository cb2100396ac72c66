import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { AlarmKind } from './alarms.schema.ts';

export type AlarmRow = {
  id: string;
  organisation_id: string;
  kind: AlarmKind;
  subject: string;
  /** The same kind and subject while it stands, null once cleared. */
  open_key: string | null;
  count: number;
  raised_at: string;
  told_at: string | null;
  cleared_at: string | null;
};

const table = (db: Db) => db<AlarmRow>('alarms');

export const listOpen = (db: Db, organisationId: string): Promise<AlarmRow[]> =>
  table(db).where({ organisation_id: organisationId }).whereNull('cleared_at').orderBy(['raised_at', 'id']);

/** False when it stands already: one insert, on however many servers. */
export const insertAlarm = async (
  db: Db,
  alarm: Pick<AlarmRow, 'id' | 'organisation_id' | 'kind' | 'subject' | 'count' | 'raised_at'>,
): Promise<boolean> => {
  const openKey = [alarm.organisation_id, alarm.kind, alarm.subject].join(':');
  const inserted = await table(db)
    .insert({ ...alarm, open_key: openKey, told_at: null, cleared_at: null })
    .onConflict('open_key')
    .ignore()
    .returning('id');
  return inserted.length === 1;
};

export const setCount = async (db: Db, id: string, count: number): Promise<void> => {
  await table(db).where({ id }).whereNull('cleared_at').update({ count });
};

/** False when it was cleared meanwhile. */
export const clearAlarm = async (db: Db, id: string, at: string): Promise<boolean> =>
  (await table(db).where({ id }).whereNull('cleared_at').update({ open_key: null, cleared_at: at })) > 0;

export const setTold = async (db: Db, ids: string[], at: string): Promise<void> => {
  await table(db).whereIn('id', ids).whereNull('told_at').update({ told_at: at });
};

/** How many stand of each organisation and kind. */
export const countOpen = async (
  db: Db,
): Promise<{ organisationId: string; kind: AlarmKind; alarms: number }[]> => {
  const rows = (await table(db)
    .whereNotNull('open_key')
    .groupBy('organisation_id', 'kind')
    .select('organisation_id', 'kind')
    .count({ n: '*' })) as unknown as { organisation_id: string; kind: AlarmKind; n: number | string }[];
  return rows.map((row) => ({ organisationId: row.organisation_id, kind: row.kind, alarms: Number(row.n) }));
};

const columns = { raisedAt: 'raised_at', clearedAt: 'cleared_at', kind: 'kind', count: 'count' } as const;
export type AlarmField = keyof typeof columns;
export const alarmFields = Object.keys(columns) as [AlarmField, ...AlarmField[]];

export type AlarmFilterValues = { id?: string[]; organisationId?: string; kind?: AlarmKind; open?: boolean };

export const listAlarms = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<AlarmFilterValues, AlarmField>,
): Promise<{ rows: AlarmRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.kind) found = found.where({ kind: filter.kind });
  if (filter.open !== undefined)
    found = filter.open ? found.whereNull('cleared_at') : found.whereNotNull('cleared_at');
  return readPage<AlarmRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
