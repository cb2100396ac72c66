import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { BulkKind, BulkState } from './bulk.schema.ts';

export type BulkRow = {
  id: string;
  kind: BulkKind;
  incident_id: string | null;
  /** JSON. */
  criteria: string;
  with_letters: number;
  targets: number;
  /** JSON. */
  counted: string;
  why: string | null;
  asked_by: string;
  asked_at: string;
  expires_at: string;
  decided_by: string | null;
  decided_at: string | null;
  state: BulkState;
  open_key: string | null;
  done_place: number;
  hit: number;
  secrets: number;
  letters: number;
  finished_at: string | null;
  version: number;
};
type OrganisationRow = { request_id: string; organisation_id: string };
type TargetRow = {
  request_id: string;
  place: number;
  organisation_id: string;
  account_id: string;
  member_id: string;
  lock_id: string | null;
};
export type BulkTarget = {
  place: number;
  organisationId: string;
  accountId: string;
  memberId: string;
  lockId: string | null;
};

const table = (db: Db) => db<BulkRow>('bulk_requests');
const organisations = (db: Db) => db<OrganisationRow>('bulk_organisations');

/** False when the same is asked for already, or under way. */
export const insertRequest = async (
  db: Db,
  row: BulkRow,
  organisationIds: readonly string[],
  targets: BulkTarget[],
): Promise<boolean> => {
  const inserted = await table(db).insert(row).onConflict('open_key').ignore().returning('id');
  if (inserted.length === 0) return false;
  await organisations(db).insert(organisationIds.map((id) => ({ request_id: row.id, organisation_id: id })));
  const rows = targets.map((target): TargetRow => ({
    request_id: row.id,
    place: target.place,
    organisation_id: target.organisationId,
    account_id: target.accountId,
    member_id: target.memberId,
    lock_id: target.lockId,
  }));
  for (let from = 0; from < rows.length; from += 500)
    await db<TargetRow>('bulk_targets').insert(rows.slice(from, from + 500));
  return true;
};

/** Requests all of whose organisations lie within the scope. */
const visible = (db: Db, { organisationIds }: Scope) =>
  table(db).whereNotIn(
    'id',
    organisations(db)
      .whereNotIn('organisation_id', [...organisationIds])
      .select('request_id'),
  );

export const findRequest = (db: Db, scope: Scope, id: string): Promise<BulkRow | undefined> =>
  visible(db, scope).where({ id }).first();

export const organisationsOfRequests = async (db: Db, ids: string[]): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>();
  for (const row of await organisations(db).whereIn('request_id', ids).orderBy('organisation_id'))
    found.set(row.request_id, [...(found.get(row.request_id) ?? []), row.organisation_id]);
  return found;
};

/**
 * The second person's word, in one statement: while it waits and in time, never by who asked. False when somebody, or
 * time, was first.
 */
export const approve = async (
  db: Db,
  { id, version }: { id: string; version: number },
  by: { decided_by: string; decided_at: string },
): Promise<boolean> =>
  (await table(db)
    .where({ id, version, state: 'waiting' })
    .where('expires_at', '>', by.decided_at)
    .whereNot({ asked_by: by.decided_by })
    .update({ ...by, state: 'running', version: version + 1 })) > 0;

/** Ends one that waits without anything being done. */
export const endWaiting = async (
  db: Db,
  { id, version }: { id: string; version: number },
  end: { state: 'refused' | 'withdrawn' | 'expired'; decided_by: string | null; decided_at: string },
): Promise<boolean> =>
  (await table(db)
    .where({ id, version, state: 'waiting' })
    .update({ ...end, open_key: null, version: version + 1 })) > 0;

export const listExpired = (db: Db, now: string): Promise<BulkRow[]> =>
  table(db).where({ state: 'waiting' }).where('expires_at', '<=', now).orderBy('expires_at').limit(50);

export const listRunning = (db: Db): Promise<Pick<BulkRow, 'id'>[]> =>
  table(db).where({ state: 'running' }).orderBy(['decided_at', 'id']).limit(20).select('id');

/**
 * Takes the next batch of one that runs, for this transaction: whoever else wants it waits, then finds it further on.
 * Nothing when it is done.
 */
export const takeBatch = async (
  db: Db,
  id: string,
  size: number,
): Promise<{ row: BulkRow; targets: BulkTarget[] } | undefined> => {
  const [row] = await table(db)
    .where({ id, state: 'running' })
    .update({ done_place: db.ref('done_place') as unknown as number })
    .returning('*');
  if (!row) return undefined;
  const targets = await db<TargetRow>('bulk_targets')
    .where({ request_id: id })
    .where('place', '>', row.done_place)
    .orderBy('place')
    .limit(size);
  return { row, targets: targets.map(toTarget) };
};

/** Those a request is about, in its order. */
export const listTargets = async (
  db: Db,
  id: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<BulkTarget[]> =>
  (
    await db<TargetRow>('bulk_targets').where({ request_id: id }).orderBy('place').offset(offset).limit(limit)
  ).map(toTarget);

export const accountsOfRequest = async (db: Db, id: string): Promise<string[]> =>
  (await db<TargetRow>('bulk_targets').where({ request_id: id }).orderBy('place').select('account_id')).map(
    (row) => row.account_id,
  );

const toTarget = (row: TargetRow): BulkTarget => ({
  place: Number(row.place),
  organisationId: row.organisation_id,
  accountId: row.account_id,
  memberId: row.member_id,
  lockId: row.lock_id,
});

/** How far it has come, with what was done; the last batch finishes it. */
export const moveOn = async (
  db: Db,
  { id, version }: Pick<BulkRow, 'id' | 'version'>,
  change: Pick<BulkRow, 'done_place' | 'hit' | 'secrets' | 'letters' | 'state' | 'open_key' | 'finished_at'>,
): Promise<void> => {
  await table(db)
    .where({ id, state: 'running' })
    .update({ ...change, version: version + 1 });
};

const columns = { askedAt: 'asked_at', state: 'state', kind: 'kind' } as const;
export type BulkField = keyof typeof columns;
export const bulkFields = Object.keys(columns) as [BulkField, ...BulkField[]];
export type BulkFilter = { id?: string[]; state?: BulkState; kind?: BulkKind; incidentId?: string };

export const listRequests = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<BulkFilter, BulkField>,
): Promise<{ rows: BulkRow[]; total: number }> => {
  let found = visible(db, scope);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.kind) found = found.where({ kind: filter.kind });
  if (filter.incidentId) found = found.where({ incident_id: filter.incidentId });
  return readPage<BulkRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
