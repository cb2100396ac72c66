import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { Import } from './imports.schema.ts';

export type ImportRow = {
  id: string;
  organisation_id: string;
  content: Import['content'];
  extent: Import['extent'];
  file_digest: string | null;
  started_by: string;
  started_at: string;
  state: Import['state'];
  state_at: string;
  problem: string | null;
  said: string;
  lines_read: number;
  accepted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  duplicate: number;
  closed: number;
  touched: number;
  conflicts: number;
  corrected: number;
  applied_line: number;
  lease_until: string | null;
  fence: number;
  version: number;
};

/** What an import counts; each is added to, never set, so that a step counts itself in its own transaction. */
export type Counts = Partial<
  Record<
    | 'lines_read'
    | 'accepted'
    | 'updated'
    | 'unchanged'
    | 'rejected'
    | 'duplicate'
    | 'closed'
    | 'conflicts'
    | 'corrected',
    number
  >
>;

const table = (db: Db) => db<ImportRow>('imports');

export const insertImport = async (
  db: Db,
  row: Pick<
    ImportRow,
    'id' | 'organisation_id' | 'content' | 'extent' | 'started_by' | 'started_at' | 'lease_until'
  >,
): Promise<void> => {
  await table(db).insert({
    ...row,
    file_digest: null,
    state: 'reading',
    state_at: row.started_at,
    problem: null,
    said: '[]',
    lines_read: 0,
    accepted: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    duplicate: 0,
    closed: 0,
    touched: 0,
    conflicts: 0,
    corrected: 0,
    applied_line: 0,
    fence: 0,
    version: 1,
  });
};

export const findImport = (db: Db, scope: Scope, id: string): Promise<ImportRow | undefined> =>
  table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .first();

export const hasImportOf = async (db: Db, startedBy: string): Promise<boolean> =>
  (await table(db).where({ started_by: startedBy }).first('id')) !== undefined;

const columns = { startedAt: 'started_at', state: 'state', organisationId: 'organisation_id' } as const;
export type ImportField = keyof typeof columns;
export const importFields = Object.keys(columns) as [ImportField, ...ImportField[]];
export type ImportFilterValues = { id?: string[]; organisationId?: string; state?: Import['state'] };

export const listImports = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<ImportFilterValues, ImportField>,
): Promise<{ rows: ImportRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.state) found = found.where({ state: filter.state });
  return readPage<ImportRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};

/**
 * Moves an import from one state to another, once; `version` moves with it. Says whether it did: one whose lease
 * has not ended at `leaseEnded` stays.
 */
export const moveImport = async (
  db: Db,
  which: { id: string; from: ImportRow['state']; version?: number; leaseEnded?: string },
  to: Partial<ImportRow> & Pick<ImportRow, 'state' | 'state_at'>,
): Promise<boolean> => {
  const { id, from, version, leaseEnded } = which;
  let found = table(db).where({ id, state: from });
  if (version !== undefined) found = found.where({ version });
  if (leaseEnded !== undefined) found = found.where('lease_until', '<', leaseEnded);
  return (await found.update({ ...to, version: db.raw('version + 1') as unknown as number })) > 0;
};

/** Adds to the counts while the file is read, and keeps the reading's lease. */
export const countRead = async (db: Db, id: string, counts: Counts, leaseUntil: string): Promise<void> => {
  await table(db)
    .where({ id })
    .update({ ...raised(db, counts), lease_until: leaseUntil });
};

export const noteColumns = async (db: Db, id: string, said: string): Promise<void> => {
  await table(db).where({ id }).update({ said });
};

/** Earlier files of the same kind that still wait for a word, when a newer one takes their place. */
export const listHeld = (
  db: Db,
  organisationId: string,
  content: ImportRow['content'],
): Promise<ImportRow[]> => table(db).where({ organisation_id: organisationId, content, state: 'held' });

/** Readings that nobody goes on with: their process has gone. */
export const listAbandoned = (db: Db, now: string): Promise<ImportRow[]> =>
  table(db).where({ state: 'reading' }).where('lease_until', '<', now);

export const listApplying = (db: Db): Promise<ImportRow[]> =>
  table(db).where({ state: 'applying' }).orderBy('started_at');

/** Takes the work on an import over, unless somebody is at it; the fence tells the new owner from the former. */
export const claimImport = async (
  db: Db,
  id: string,
  now: string,
  leaseUntil: string,
): Promise<ImportRow | undefined> => {
  const [row] = await table(db)
    .where({ id, state: 'applying' })
    .where((free) => free.whereNull('lease_until').orWhere('lease_until', '<', now))
    .update({ fence: db.raw('fence + 1') as unknown as number, lease_until: leaseUntil })
    .returning('*');
  return row;
};

/** Keeps the claim while a step is done: waits for whoever holds the row; false when the claim is lost. */
export const holdClaim = async (db: Db, claim: Claim, leaseUntil: string): Promise<boolean> => {
  const { id, fence, applied_line } = claim;
  const held = table(db).where({ id, fence, applied_line, state: 'applying' });
  return (await held.update({ lease_until: leaseUntil })) > 0;
};

export type Claim = Pick<ImportRow, 'id' | 'fence' | 'applied_line'>;

/**
 * Notes a step as done. False when the import has another owner by now, or the step was taken already: then
 * nothing of it may stay.
 */
export const noteStep = async (
  db: Db,
  claim: Claim,
  step: { appliedLine: number; counts: Counts; leaseUntil: string },
): Promise<boolean> => {
  const { id, fence, applied_line } = claim;
  const hit = await table(db)
    .where({ id, fence, applied_line, state: 'applying' })
    .update({ ...raised(db, step.counts), applied_line: step.appliedLine, lease_until: step.leaseUntil });
  return hit > 0;
};

/** Gives the work back, so that another may go on at once. */
export const releaseImport = async (
  db: Db,
  { id, fence }: Pick<ImportRow, 'id' | 'fence'>,
): Promise<void> => {
  await table(db).where({ id, fence }).update({ lease_until: null });
};

const raised = (db: Db, counts: Counts): Partial<ImportRow> =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, by]) => by > 0)
      .map(([column, by]) => [column, db.raw('?? + ?', [column, by])]),
  );
