import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { IncidentKind } from './incidents.schema.ts';

export type IncidentRow = {
  id: string;
  kind: IncidentKind;
  state: 'open' | 'closed';
  began_at: string;
  known_at: string;
  notified_at: string | null;
  banner_text: string | null;
  /** JSON. */
  criteria: string | null;
  opened_by: string;
  opened_at: string;
  closed_by: string | null;
  closed_at: string | null;
  version: number;
};
type OrganisationRow = { incident_id: string; organisation_id: string };

const table = (db: Db) => db<IncidentRow>('incidents');
const organisations = (db: Db) => db<OrganisationRow>('incident_organisations');
const within = (db: Db, { organisationIds }: Scope) =>
  organisations(db)
    .whereIn('organisation_id', [...organisationIds])
    .select('incident_id');

export const insertIncident = async (db: Db, row: IncidentRow, organisationIds: string[]): Promise<void> => {
  await table(db).insert(row);
  await organisations(db).insert(organisationIds.map((id) => ({ incident_id: row.id, organisation_id: id })));
};

/** One that concerns an organisation of the scope. */
export const findIncident = (db: Db, scope: Scope, id: string): Promise<IncidentRow | undefined> =>
  table(db).where({ id }).whereIn('id', within(db, scope)).first();

export const kindsOf = (db: Db, ids: string[]): Promise<Pick<IncidentRow, 'id' | 'kind'>[]> =>
  table(db).whereIn('id', ids).select('id', 'kind');

/** Every organisation that these concern, the scope's or not. */
export const organisationsOf = async (db: Db, ids: string[]): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>();
  for (const row of await organisations(db).whereIn('incident_id', ids).orderBy('organisation_id'))
    found.set(row.incident_id, [...(found.get(row.incident_id) ?? []), row.organisation_id]);
  return found;
};

/** False when somebody changed it first, or it is closed. */
export const updateIncident = async (
  db: Db,
  { id, version }: { id: string; version: number },
  change: Partial<IncidentRow>,
): Promise<boolean> =>
  (await table(db)
    .where({ id, version, state: 'open' })
    .update({ ...change, version: version + 1 })) > 0;

/** Open ones whose banner is shown. */
export const listBanners = (
  db: Db,
  scope: Scope,
): Promise<Pick<IncidentRow, 'id' | 'kind' | 'banner_text'>[]> =>
  table(db)
    .where({ state: 'open' })
    .whereNotNull('banner_text')
    .whereIn('id', within(db, scope))
    .orderBy(['opened_at', 'id'])
    .limit(5)
    .select('id', 'kind', 'banner_text');

const columns = { openedAt: 'opened_at', knownAt: 'known_at', state: 'state' } as const;
export type IncidentField = keyof typeof columns;
export const incidentFields = Object.keys(columns) as [IncidentField, ...IncidentField[]];
export type IncidentFilter = { id?: string[]; state?: 'open' | 'closed'; organisationId?: string };

export const listIncidents = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<IncidentFilter, IncidentField>,
): Promise<{ rows: IncidentRow[]; total: number }> => {
  let found = table(db).whereIn('id', within(db, scope));
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.organisationId) {
    const one = { organisationIds: [filter.organisationId] };
    found = found.whereIn('id', within(db, one));
  }
  return readPage<IncidentRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
