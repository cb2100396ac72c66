import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError, type WordParams } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { housekeep, perform } from '../core/perform.ts';
import { dialectOf } from '../db/dialect.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { endAbandoned } from './abandoned.service.ts';
import { clearLines } from './apply.ts';
import { weighFile } from './brake.ts';
import { columnsOf, type Mapping } from './columns.ts';
import { listRejections } from './import-lines.store.ts';
import type { Import } from './imports.schema.ts';
import * as store from './imports.store.ts';
import type { ImportField, ImportFilterValues, ImportRow } from './imports.store.ts';
import { leaseFrom } from './lease.ts';
import { stageFile, type Staged } from './staging.ts';

export type ImportFile = {
  organisationId: string;
  content: Import['content'];
  extent: Import['extent'];
  expectedLines?: number;
  mapping?: Mapping;
  source: AsyncIterable<Uint8Array>;
  onProgress?: (lines: number) => void;
};

/** How many rejections an answer names. */
const rejectionsShown = 100;

/**
 * Takes a file in: reads it whole, stages its good lines, weighs what they would change, and decides whether
 * they may be applied or wait for an administrator's word. Applies nothing: that is `runImports`.
 *
 * @throws AppError `not-found` for another organisation, `conflict` while another file of it is at work,
 * `invalid-input` when the file is refused: then it stands as refused in the list, and nothing else changed.
 */
export const takeFile = async (visit: Visit, file: ImportFile): Promise<Import> => {
  const { house, scope } = visit;
  if (!scope.organisationIds.includes(file.organisationId))
    throw new AppError('not-found', 'common.notFound');
  const policy = policyOf(house, file.organisationId);
  const id = house.random.id();
  await endAbandoned(house);
  await begin(visit, id, file);
  try {
    const staged = await stageFile(house, { ...file, id, policy });
    const row = await store.findImport(house.pool, scope, id);
    if (!row) throw new Error('An import has vanished.');
    const { touched, isHeld } = await weighFile(house, row);
    await decide(visit, row, staged, { touched, isHeld });
  } catch (error) {
    await refuse(visit, id, file.organisationId, error);
    throw error;
  }
  return describe(visit, id);
};

/**
 * An administrator's word for a file that would close or change many.
 *
 * @throws AppError `conflict` when someone acted first, or another file of its organisation is at work.
 */
export const approveImport = async (visit: Visit, id: string, version: number): Promise<Import> => {
  await endAbandoned(visit.house);
  return perform(visit, async (ctx) => {
    const row = await store.findImport(ctx.db, ctx.scope, id);
    if (!row) throw new AppError('not-found', 'common.notFound');
    if (row.version !== version) throw new AppError('conflict', 'common.conflict');
    if (row.state !== 'held') throw new AppError('conflict', 'imports.notHeld');
    const to = { state: 'applying', state_at: ctx.now.toISOString(), lease_until: null } as const;
    const moved = await unlessBusy(visit, store.moveImport(ctx.db, { id, from: 'held', version }, to));
    if (!moved) throw new AppError('conflict', 'common.conflict');
    record(ctx, { type: 'import.approved', organisationId: row.organisation_id, data: { importId: id } });
    return toImport(ctx, { ...row, ...to, version: version + 1 }, rejectionsShown);
  });
};

/** @throws AppError `not-found`, the same for another organisation's and for one that never was. */
export const describeImport = async (
  ctx: Pick<Ctx, 'db' | 'scope' | 'house' | 'language'>,
  id: string,
): Promise<Import> => {
  const row = await store.findImport(ctx.db, ctx.scope, id);
  if (!row) throw new AppError('not-found', 'common.notFound');
  return toImport(ctx, row, rejectionsShown);
};

export const listImports = async (
  ctx: Ctx,
  query: ListQuery<ImportFilterValues, ImportField>,
): Promise<Page<Import>> => {
  const { rows, total } = await store.listImports(ctx.db, ctx.scope, query);
  return { rows: await Promise.all(rows.map((row) => toImport(ctx, row, 0))), total };
};

const begin = (visit: Visit, id: string, file: ImportFile): Promise<void> =>
  housekeep(visit.house, (db, now) => {
    const { actor } = visit;
    const inserting = store.insertImport(db, {
      id,
      organisation_id: file.organisationId,
      content: file.content,
      extent: file.extent,
      started_by: actor.kind === 'agent' ? actor.id : actor.kind === 'system' ? actor.name : actor.kind,
      started_at: now.toISOString(),
      lease_until: leaseFrom(now),
    });
    return unlessBusy(visit, inserting);
  });

/** Of files that arrive at once the database lets one of an organisation in; the others are told to wait. */
const unlessBusy = async <T>({ house }: Visit, writing: Promise<T>): Promise<T> => {
  try {
    return await writing;
  } catch (error) {
    if (!dialectOf(house.pool).isUniqueViolation(error)) throw error;
    throw new AppError('conflict', 'imports.busy', { cause: error });
  }
};

const decide = (
  visit: Visit,
  row: ImportRow,
  staged: Staged,
  { touched, isHeld }: { touched: number; isHeld: boolean },
): Promise<void> =>
  perform(visit, async (ctx) => {
    const { id, organisation_id: organisationId } = row;
    const at = ctx.now.toISOString();
    for (const former of await store.listHeld(ctx.db, organisationId, row.content)) {
      await setRefused(ctx, former, 'held', { words: 'imports.superseded' });
    }
    const moved = await store.moveImport(
      ctx.db,
      { id, from: 'reading' },
      {
        state: isHeld ? 'held' : 'applying',
        state_at: at,
        lease_until: null,
        touched,
        file_digest: staged.fileDigest,
      },
    );
    if (!moved) throw new AppError('conflict', 'imports.file.interrupted');
    const { lines, rejected } = staged;
    record(ctx, { type: 'import.staged', organisationId, data: { importId: id, lines, rejected } });
    if (isHeld) record(ctx, { type: 'import.held', organisationId, data: { importId: id, touched } });
  });

/** Nothing of a refused file stays but that it was refused, and why. */
const refuse = async (visit: Visit, id: string, organisationId: string, error: unknown): Promise<void> => {
  const why: Problem =
    error instanceof AppError
      ? { words: error.words, params: error.details.params }
      : { words: 'imports.file.interrupted' };
  await perform(visit, (ctx) => setRefused(ctx, { id, organisation_id: organisationId }, 'reading', why));
  await clearLines(visit.house, id);
};

type Problem = { words: string; params?: WordParams };

const setRefused = async (
  ctx: Ctx,
  { id, organisation_id: organisationId }: Pick<ImportRow, 'id' | 'organisation_id'>,
  from: 'reading' | 'held',
  problem: Problem,
): Promise<void> => {
  const to = { state: 'refused', state_at: ctx.now.toISOString(), lease_until: null } as const;
  await store.moveImport(ctx.db, { id, from }, { ...to, problem: JSON.stringify(problem) });
  const data = { importId: id, problem: problem.words };
  record(ctx, { type: 'import.refused', organisationId, result: 'refused', data });
};

const describe = (visit: Visit, id: string): Promise<Import> =>
  describeImport(
    { db: visit.house.pool, scope: visit.scope, house: visit.house, language: visit.language },
    id,
  );

type Telling = Pick<Ctx, 'db' | 'house' | 'language'>;

const toImport = async (ctx: Telling, row: ImportRow, rejections: number): Promise<Import> => {
  const say = (key: string, params?: WordParams) => ctx.house.words.say(ctx.language, key, params);
  const names = await ctx.house.namesOfAgents(ctx.db, [row.started_by]);
  const problem = row.problem === null ? null : (JSON.parse(row.problem) as Problem);
  const rejected = rejections > 0 ? await listRejections(ctx.db, row.id, rejections) : [];
  const headers: Record<string, readonly string[]> = columnsOf[row.content];
  const proofs = factLabels(ctx, row.organisation_id);
  return {
    id: row.id,
    organisationId: row.organisation_id,
    content: row.content,
    extent: row.extent,
    state: row.state,
    stateAt: row.state_at,
    problem: problem && say(problem.words, problem.params),
    startedAt: row.started_at,
    startedByName: names.get(row.started_by) ?? null,
    linesRead: row.lines_read,
    accepted: row.accepted,
    updated: row.updated,
    unchanged: row.unchanged,
    rejected: row.rejected,
    duplicate: row.duplicate,
    closed: row.closed,
    touched: row.touched,
    conflicts: row.conflicts,
    corrected: row.corrected,
    appliedLine: row.applied_line,
    rejections: rejected.map(({ line, column, problem: why }) => ({
      line,
      column: headers[column]?.[0] ?? '',
      message: say(`imports.problems.${why}`, { proofs }),
    })),
    version: row.version,
  };
};

/** What a file of proofs may name, as a sentence shows it; nothing of an organisation that has gone. */
const factLabels = ({ house, language }: Telling, organisationId: string): string =>
  (house.organisations.get(organisationId)?.facts ?? []).map(({ label }) => label[language]).join(', ');
