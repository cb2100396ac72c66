import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { AlertKind } from './alerts.schema.ts';

export type AlertRow = {
  id: string;
  organisation_id: string;
  kind: AlertKind;
  member_id: string | null;
  subject: string;
  times: number;
  first_at: string;
  last_at: string;
  seen_at: string | null;
  seen_by: string | null;
  /** When what it was about ended by itself. */
  ended_at: string | null;
  /** Moves when it is seen, not when it happens again: whoever causes it cannot make a supervisor's act stale. */
  version: number;
};

const table = (db: Db) => db<AlertRow>('alerts');

/** Inserts it, or raises the count of the same one that nobody has seen; one statement, whoever else does. */
export const upsertAlert = async (
  db: Db,
  alert: Pick<AlertRow, 'id' | 'organisation_id' | 'kind' | 'member_id' | 'subject'>,
  at: string,
): Promise<{ id: string; times: number }> => {
  const [row] = await table(db)
    .insert({
      ...alert,
      ...{ times: 1, first_at: at, last_at: at, version: 1 },
      ...{ seen_at: null, seen_by: null, ended_at: null },
    })
    // The partial index alerts_one_unseen: what has been seen stands beside the new one.
    .onConflict(db.raw('(organisation_id, kind, subject) where seen_at is null') as unknown as 'id')
    .merge({ times: db.raw('alerts.times + 1') as unknown as number, last_at: at })
    .returning(['id', 'times']);
  if (!row) throw new Error('An alert was not raised.');
  return { id: row.id, times: Number(row.times) };
};

export const findAlert = (db: Db, scope: Scope, id: string): Promise<AlertRow | undefined> =>
  table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .first();

/** False when somebody has seen it meanwhile. */
export const markSeen = async (
  db: Db,
  scope: Scope,
  which: { id: string; version: number },
  by: { agentId: string; at: string },
): Promise<boolean> =>
  (await table(db)
    .where(which)
    .whereIn('organisation_id', [...scope.organisationIds])
    .whereNull('seen_at')
    .update({ seen_at: by.at, seen_by: by.agentId, version: which.version + 1 })) > 0;

export type AlertAbout = Pick<AlertRow, 'organisation_id' | 'kind' | 'subject'>;

/** Whether one about this stands, seen or not. */
export const isStanding = async (db: Db, about: AlertAbout): Promise<boolean> =>
  (await table(db).where(about).whereNull('ended_at').first('id')) !== undefined;

/** Ends those about this that stand; what nobody has seen needs nobody's eyes any more. Says which ended. */
export const endStanding = async (
  db: Db,
  about: AlertAbout,
  at: string,
): Promise<Pick<AlertRow, 'id' | 'member_id'>[]> =>
  table(db)
    .where(about)
    .whereNull('ended_at')
    .update({
      ended_at: at,
      seen_at: db.raw('coalesce(seen_at, ?)', [at]) as unknown as string,
      version: db.raw('version + 1') as unknown as number,
    })
    .returning(['id', 'member_id']);

const columns = { lastAt: 'last_at', firstAt: 'first_at', times: 'times', kind: 'kind' } as const;
export type AlertField = keyof typeof columns;
export const alertFields = Object.keys(columns) as [AlertField, ...AlertField[]];

export type AlertFilterValues = { id?: string[]; organisationId?: string; kind?: AlertKind; seen?: boolean };

export const listAlerts = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<AlertFilterValues, AlertField>,
): Promise<{ rows: AlertRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.kind) found = found.where({ kind: filter.kind });
  if (filter.seen !== undefined)
    found = filter.seen ? found.whereNotNull('seen_at') : found.whereNull('seen_at');
  return readPage<AlertRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
