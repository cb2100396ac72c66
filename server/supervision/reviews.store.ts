import type { Knex } from 'knex';
import type { UndoAct } from '../accounts/undo.schema.ts';
import type { Db } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { SignalName } from './review-settings.schema.ts';
import type { GivenVerdict, ReviewKind } from './reviews.schema.ts';

export type { ReviewKind } from './reviews.schema.ts';

export type ReviewRow = {
  id: string;
  organisation_id: string | null;
  kind: ReviewKind;
  cluster: string;
  open_cluster: string | null;
  agent_id: string | null;
  member_id: string | null;
  lot_id: string | null;
  day: string;
  score: number;
  acts: number;
  folded_into: string | null;
  first_at: string;
  last_at: string;
  verdict: GivenVerdict | null;
  word: string | null;
  decided_by: string | null;
  decided_at: string | null;
  answer: string | null;
  answered_at: string | null;
  /** When retention took words and ids away. */
  forgotten_at: string | null;
  /** Moves with each verdict and with each new act: a verdict covers what was seen and no more. */
  version: number;
};
export type ReviewSignal = {
  review_id: string;
  signal: SignalName;
  cause: string;
  measure: number;
  day: string;
  folded_into: string | null;
};
export type ReviewAct = {
  review_id: string;
  seq: number;
  at: string;
  type: string;
  actor_id: string | null;
  member_id: string | null;
  call_id: string | null;
};
export type UndoRow = {
  id: string;
  review_id: string;
  act: UndoAct;
  member_id: string;
  done_by: string;
  done_at: string;
};

/** Items of these organisations; what belongs to none is seen by those who share one with the agent. */
export type Sight = { organisationIds: readonly string[]; agentIds: readonly string[] };

const table = (db: Db) => db<ReviewRow>('reviews');

export const seen = (query: Knex.QueryBuilder, { organisationIds, agentIds }: Sight): void =>
  void query.where((some) =>
    some
      .whereIn('reviews.organisation_id', [...organisationIds])
      .orWhere((none) =>
        none.whereNull('reviews.organisation_id').whereIn('reviews.agent_id', [...agentIds]),
      ),
  );

/** What waits for a supervisor: no verdict yet, or the agent explained themselves since. */
export const waiting = (query: Knex.QueryBuilder): void =>
  void query
    .whereNull('reviews.forgotten_at')
    .where((some) =>
      some
        .whereNull('reviews.verdict')
        .orWhere((asked) => asked.where('reviews.verdict', 'to-explain').whereNotNull('reviews.answered_at')),
    );

export const findReview = (db: Db, sight: Sight, id: string): Promise<ReviewRow | undefined> =>
  table(db)
    .where({ id })
    .modify((query) => seen(query, sight))
    .first();

export const signalsOf = (db: Db, reviewIds: string[]): Promise<ReviewSignal[]> =>
  db<ReviewSignal>('review_signals').whereIn('review_id', reviewIds).orderBy(['signal', 'cause']);

export const listActs = (db: Db, reviewId: string, limit: number): Promise<ReviewAct[]> =>
  db<ReviewAct>('review_acts').where({ review_id: reviewId }).orderBy('seq', 'desc').limit(limit);

/** The kinds of events of each item, in the order of their first; a cause has those of all that it stands for. */
export const kindsOfActs = async (db: Db, reviewIds: string[]): Promise<Map<string, string[]>> => {
  const own = (await db<ReviewAct>('review_acts')
    .whereIn('review_id', reviewIds)
    .groupBy('review_id', 'type')
    .select('review_id as id', 'type')
    .min({ first: 'seq' })) as TypeOfItem[];
  const inside = (await db<ReviewSignal>('review_signals as s')
    .join<ReviewAct>('review_acts as a', 'a.review_id', 's.review_id')
    .whereIn('s.folded_into', reviewIds)
    .groupBy('s.folded_into', 'a.type')
    .select('s.folded_into as id', 'a.type')
    .min({ first: 'a.seq' })) as unknown as TypeOfItem[];
  const found = new Map<string, string[]>();
  for (const { id, type } of [...own, ...inside].sort(
    (one, other) => Number(one.first) - Number(other.first),
  ))
    found.set(id, [...new Set([...(found.get(id) ?? []), type])]);
  return found;
};
type TypeOfItem = { id: string; type: string; first: number | string };

/** The members an item touches, at most `limit`. */
export const membersOf = async (db: Db, reviewId: string, limit: number): Promise<string[]> => {
  const rows = (await db<ReviewAct>('review_acts')
    .where({ review_id: reviewId })
    .whereNotNull('member_id')
    .groupBy('member_id')
    .orderBy('member_id')
    .limit(limit)
    .select('member_id')) as { member_id: string }[];
  return rows.map((row) => row.member_id);
};

/** Whether an item holds a row of this type about this member. */
export const holds = async (
  db: Db,
  act: Pick<ReviewAct, 'review_id' | 'type'> & { member_id: string },
): Promise<boolean> => (await db<ReviewAct>('review_acts').where(act).first('seq')) !== undefined;

/** Items among these, or that a cause among them stands for, in which this agent acted. */
export const ownAmong = async (db: Db, reviewIds: string[], agentId: string): Promise<Set<string>> => {
  const inside = db<ReviewSignal>('review_signals').whereIn('folded_into', reviewIds);
  const askedFor = (await db<ReviewSignal>('review_signals as s')
    .join<ReviewRow>('reviews as r', 'r.id', 's.review_id')
    .whereIn('s.folded_into', reviewIds)
    .where('r.agent_id', agentId)
    .select('s.folded_into')) as { folded_into: string }[];
  const rows = (await db<ReviewAct>('review_acts as a')
    .leftJoin('review_signals as s', 's.review_id', 'a.review_id')
    .where('a.actor_id', agentId)
    .where((some) =>
      some.whereIn('a.review_id', reviewIds).orWhereIn('a.review_id', inside.select('review_id')),
    )
    .select('a.review_id', 's.folded_into')) as { review_id: string; folded_into: string | null }[];
  return new Set([
    ...rows.flatMap((row) => [row.review_id, row.folded_into ?? []].flat()),
    ...askedFor.map((row) => row.folded_into),
  ]);
};

export const insertUndo = (db: Db, row: UndoRow): Promise<unknown> => db<UndoRow>('review_undos').insert(row);

export const listUndos = (db: Db, reviewId: string): Promise<UndoRow[]> =>
  db<UndoRow>('review_undos').where({ review_id: reviewId }).orderBy(['done_at', 'id']);

const columns = {
  score: 'score',
  lastAt: 'last_at',
  day: 'day',
  acts: 'acts',
  decidedAt: 'decided_at',
} as const;
export type ReviewField = keyof typeof columns;
export const reviewFields = Object.keys(columns) as [ReviewField, ...ReviewField[]];

export type ReviewFilterValues = {
  id?: string[];
  open?: boolean;
  signal?: SignalName;
  agentId?: string;
  organisationId?: string;
  sampled?: boolean;
  verdict?: GivenVerdict;
  day?: string;
  partOf?: string;
};

export const listReviews = async (
  db: Db,
  sight: Sight,
  { filter, sort, ...page }: ListQuery<ReviewFilterValues, ReviewField>,
): Promise<{ rows: ReviewRow[]; total: number }> => {
  const found = table(db).modify((query) => seen(query, sight));
  const { open, signal, sampled, partOf } = filter;
  if (filter.id) found.whereIn('id', filter.id);
  if (open === true) found.modify(waiting).whereNull('folded_into');
  if (open === false) found.whereNotNull('verdict');
  if (signal) found.whereIn('id', withSignal(db, signal));
  if (sampled === true) found.whereIn('id', withSignal(db, 'sample'));
  if (sampled === false) found.whereNotIn('id', withSignal(db, 'sample'));
  if (partOf)
    found.whereIn(
      'id',
      db<ReviewSignal>('review_signals').where({ folded_into: partOf }).select('review_id'),
    );
  if (filter.agentId) found.where({ agent_id: filter.agentId });
  if (filter.organisationId) found.where({ organisation_id: filter.organisationId });
  if (filter.verdict) found.where({ verdict: filter.verdict });
  if (filter.day) found.where({ day: filter.day });
  return readPage<ReviewRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'acts', order: 'desc' },
    { column: 'id' },
  ]);
};

const withSignal = (db: Db, signal: SignalName) =>
  db<ReviewSignal>('review_signals').where({ signal }).select('review_id');

const ownColumns = { decidedAt: 'decided_at' } as const;
export type OwnField = keyof typeof ownColumns;
export const ownFields = Object.keys(ownColumns) as [OwnField, ...OwnField[]];

type Own = { agentId: string; organisationIds: readonly string[] };

const decidedOf = (db: Db, { agentId, organisationIds }: Own) =>
  table(db)
    .where({ agent_id: agentId })
    .where((some) => some.whereIn('organisation_id', [...organisationIds]).orWhereNull('organisation_id'))
    .whereIn('verdict', ['ordinary', 'to-explain', 'fault']);

export const findOwn = (db: Db, own: Own, id: string): Promise<ReviewRow | undefined> =>
  decidedOf(db, own).where({ id }).first();

/** What was decided about an agent's own acts; not what was settled as somebody else's cause. */
export const listOwn = (
  db: Db,
  own: Own,
  { sort, ...page }: ListQuery<{ id?: string[] }, OwnField>,
): Promise<{ rows: ReviewRow[]; total: number }> =>
  readPage<ReviewRow>(decidedOf(db, own), page, [
    { column: ownColumns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
