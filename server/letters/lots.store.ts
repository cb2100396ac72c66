import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { LotState, PrintTarget } from './lots.schema.ts';

export type LotRow = {
  id: string;
  number: number;
  organisation_id: string;
  product: string;
  state: LotState;
  letters: number;
  latest_posting_at: string;
  planned_posting_on: string;
  made_by: string;
  made_at: string;
  released_by: string | null;
  released_at: string | null;
  attempt: number;
  lease_until: string | null;
  printed_at: string | null;
  printed: number;
  refused: number;
  spoiled: number;
  counted_by: string | null;
  counted_at: string | null;
  deposited_by: string | null;
  deposited_at: string | null;
  declared_at: string | null;
  /** Where the last attempt went, and since when; null before the first. */
  target: PrintTarget | null;
  started_at: string | null;
  /** Somebody asked the attempt to stop: it does before its next bundle. */
  stop_asked_at: string | null;
  /** Of a browser stream: the operator said that the document is whole and printed. */
  confirmed_at: string | null;
  /** Why the last attempt ended early and what it made waste, as JSON (PrintProblem). */
  problem: string | null;
  version: number;
};
/** How many letters a lot has, and what is most urgent of them. */
export type LotContents = Pick<LotRow, 'letters' | 'latest_posting_at' | 'planned_posting_on'>;
type SequenceRow = { name: string; last: number };
type MakerReleaseRow = { agent_id: string; day: string; letters: number };

const table = (db: Db) => db<LotRow>('lots');
const nextVersion = (db: Db) => db.raw('version + 1') as unknown as number;

export const findLot = (db: Db, scope: Scope, id: string): Promise<LotRow | undefined> =>
  table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .first();

/** The number that people read aloud. Its row is held until the act ends: lots are made one after the other. */
export const takeNumber = async (db: Db): Promise<number> => {
  const [row] = await db<SequenceRow>('sequences')
    .where({ name: 'lots' })
    .update({ last: db.raw('last + 1') as unknown as number })
    .returning('last');
  if (!row) throw new Error('The sequence of lots is missing: the database is not one of ours.');
  return row.last;
};

export const insertLot = async (
  db: Db,
  lot: Pick<LotRow, 'id' | 'number' | 'organisation_id' | 'product' | 'made_by' | 'made_at'>,
): Promise<void> => {
  const untouched = { state: 'made', attempt: 0, printed: 0, refused: 0, spoiled: 0, version: 1 } as const;
  const empty = { letters: 0, latest_posting_at: lot.made_at, planned_posting_on: '' };
  await table(db).insert({ ...lot, ...untouched, ...empty });
};

export const setContents = async (db: Db, id: string, contents: Partial<LotContents>): Promise<void> => {
  await table(db).where({ id }).update(contents);
};

/** Moves a lot on from one state at one version; false when someone else did first. */
export const moveLot = async (
  db: Db,
  { id, version }: { id: string; version: number },
  from: LotState,
  change: Partial<LotRow>,
): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, version, state: from })
    .update({ ...change, version: nextVersion(db) });
  return hit > 0;
};

/** Adds to what a maker released alone on a day, unless that would exceed `most`: then false. */
export const addToReleasedAlone = async (
  db: Db,
  { agentId, day }: { agentId: string; day: string },
  letters: number,
  most: number,
): Promise<boolean> => {
  if (letters > most) return false;
  const rows = await db<MakerReleaseRow>('maker_releases')
    .insert({ agent_id: agentId, day, letters })
    .onConflict(['agent_id', 'day'])
    .merge({ letters: db.raw('maker_releases.letters + ?', [letters]) as unknown as number })
    .whereRaw('maker_releases.letters + ? <= ?', [letters, most])
    .returning('letters');
  return rows.length > 0;
};

export const readReleasedAlone = async (db: Db, agentId: string, day: string): Promise<number> => {
  const row = await db<MakerReleaseRow>('maker_releases').where({ agent_id: agentId, day }).first('letters');
  return row?.letters ?? 0;
};

const columns = {
  number: 'number',
  state: 'state',
  madeAt: 'made_at',
  latestPostingAt: 'latest_posting_at',
  letters: 'letters',
} as const;
export type LotField = keyof typeof columns;
export const lotFields = Object.keys(columns) as [LotField, ...LotField[]];

export type LotFilterValues = {
  id?: string[];
  state?: LotState;
  organisationId?: string;
  /** Something of it may still be posted. */
  open?: boolean;
};

export const listLots = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<LotFilterValues, LotField>,
): Promise<{ rows: LotRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.open === true) found = found.whereNot(isOver);
  if (filter.open === false) found = found.where(isOver);
  return readPage<LotRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};

// A counted lot without a good sheet is never posted.
const isOver = (over: Knex.QueryBuilder): void => {
  const nothingGood = (counted: Knex.QueryBuilder) =>
    void counted.where({ state: 'counted' }).whereRaw('spoiled >= printed');
  void over.where({ state: 'deposited' }).orWhere(nothingGood);
};
