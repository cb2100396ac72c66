import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';
import type { ListQuery } from '../core/page.ts';
import type { LotState } from './lots.schema.ts';

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
  version: number;
};
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

export const setContents = async (
  db: Db,
  id: string,
  contents: Pick<LotRow, 'letters' | 'latest_posting_at' | 'planned_posting_on'>,
): Promise<void> => {
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

/** Takes a released lot, or one whose attempt has let its lease end, under the next attempt's number. */
export const claimForPrinting = async (
  db: Db,
  scope: Scope,
  id: string,
  { now, leaseUntil }: { now: string; leaseUntil: string },
): Promise<LotRow | undefined> => {
  const [lot] = await table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .where((free) =>
      free
        .where({ state: 'released' })
        .orWhere((ended) => ended.where({ state: 'printing' }).where('lease_until', '<', now)),
    )
    .update({
      state: 'printing',
      attempt: db.raw('attempt + 1') as unknown as number,
      lease_until: leaseUntil,
      printed: 0,
      version: nextVersion(db),
    })
    .returning('*');
  return lot;
};

export type Attempt = { id: string; attempt: number };

/** Counts a bundle and renews the lease; false when this attempt is no longer the lot's: write nothing. */
export const countBundle = async (
  db: Db,
  { id, attempt }: Attempt,
  bundle: { printed: number; refused: number; leaseUntil: string },
): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, attempt, state: 'printing' })
    .update({
      printed: db.raw('printed + ?', [bundle.printed]) as unknown as number,
      refused: db.raw('refused + ?', [bundle.refused]) as unknown as number,
      lease_until: bundle.leaseUntil,
    });
  return hit > 0;
};

/** Ends an attempt, as printed or back to released; nothing when it is no longer the lot's. */
export const endAttempt = async (
  db: Db,
  { id, attempt }: Attempt,
  from: LotState[],
  change: { state: 'printed'; printed_at: string } | { state: 'released'; printed: 0; printed_at: null },
): Promise<LotRow | undefined> => {
  const [lot] = await table(db)
    .where({ id, attempt })
    .whereIn('state', from)
    .update({ ...change, lease_until: null, version: nextVersion(db) })
    .returning('*');
  return lot;
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
  { filter, sort, offset, limit }: ListQuery<LotFilterValues, LotField>,
): Promise<{ rows: LotRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.open === true) found = found.whereNot(isOver);
  if (filter.open === false) found = found.where(isOver);
  const counted = await found.clone().count({ n: '*' }).first();
  const rows = await found
    .orderBy([{ column: columns[sort.field], order: sort.order }, { column: 'id' }])
    .offset(offset)
    .limit(limit);
  return { rows, total: Number((counted as { n: number | string } | undefined)?.n ?? 0) };
};

// A counted lot without a good sheet is never posted.
const isOver = (over: Knex.QueryBuilder): void => {
  const nothingGood = (counted: Knex.QueryBuilder) =>
    void counted.where({ state: 'counted' }).whereRaw('spoiled >= printed');
  void over.where({ state: 'deposited' }).orWhere(nothingGood);
};
