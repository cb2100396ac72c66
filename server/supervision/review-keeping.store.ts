import type { Db } from '../core/ctx.ts';
import type { SignalName } from './review-settings.schema.ts';
import type { ReviewAct, ReviewKind, ReviewRow, ReviewSignal } from './reviews.store.ts';

const reviews = (db: Db) => db<ReviewRow>('reviews');
const signals = (db: Db) => db<ReviewSignal>('review_signals');
const acts = (db: Db) => db<ReviewAct>('review_acts');

/** The item of a cluster that nobody has decided, held until the transaction ends: a verdict waits, or came first. */
export const holdOpen = async (db: Db, cluster: string): Promise<ReviewRow | undefined> => {
  const [row] = await reviews(db)
    .where({ open_cluster: cluster })
    .update({ version: db.ref('version') as unknown as number })
    .returning('*');
  return row;
};

export const findByCluster = (db: Db, cluster: string): Promise<ReviewRow | undefined> =>
  reviews(db).where({ cluster }).orderBy('first_at', 'desc').first();

export const insertReview = async (
  db: Db,
  row: Pick<
    ReviewRow,
    'id' | 'organisation_id' | 'kind' | 'cluster' | 'agent_id' | 'member_id' | 'lot_id' | 'day' | 'first_at'
  >,
): Promise<void> => {
  await reviews(db).insert({
    ...row,
    open_cluster: row.cluster,
    score: 0,
    acts: 0,
    folded_into: null,
    last_at: row.first_at,
    verdict: null,
    word: null,
    decided_by: null,
    decided_at: null,
    answer: null,
    answered_at: null,
    forgotten_at: null,
    version: 1,
  });
};

/** Those of these places that no decided item of the cluster holds. */
export const notDecided = async (db: Db, cluster: string, places: number[]): Promise<Set<number>> => {
  const rows = await acts(db)
    .whereIn('review_id', reviews(db).where({ cluster }).whereNull('open_cluster').select('id'))
    .select('seq');
  const decided = new Set(rows.map(({ seq }) => Number(seq)));
  return new Set(places.filter((place) => !decided.has(place)));
};

/** Adds rows of the chain; says how many were new. */
export const addActs = async (db: Db, rows: ReviewAct[]): Promise<number> => {
  let added = 0;
  for (let from = 0; from < rows.length; from += 500) {
    const inserted = await acts(db)
      .insert(rows.slice(from, from + 500))
      .onConflict(['review_id', 'seq'])
      .ignore()
      .returning('seq');
    added += inserted.length;
  }
  return added;
};

/** Says whether the signal is new to the item or higher than before. */
export const raiseSignal = async (db: Db, signal: Omit<ReviewSignal, 'folded_into'>): Promise<boolean> => {
  const raised = await signals(db)
    .insert({ ...signal, folded_into: null })
    .onConflict(['review_id', 'signal', 'cause'])
    .merge({ measure: signal.measure })
    .where('review_signals.measure', '<', signal.measure)
    .returning('review_id');
  return raised.length > 0;
};

export const raiseMeasure = async (
  db: Db,
  row: {
    signal: SignalName;
    organisation_id: string;
    subject: string;
    agent_id: string;
    day: string;
    peak: number;
  },
): Promise<void> => {
  await db<typeof row>('review_measures')
    .insert(row)
    .onConflict(['signal', 'organisation_id', 'subject', 'day'])
    .merge({ peak: row.peak })
    .where('review_measures.peak', '<', row.peak);
};

export const countActsOfDay = async (
  db: Db,
  row: { organisation_id: string; day: string; acts: number },
): Promise<void> => {
  await db<typeof row>('review_days')
    .insert(row)
    .onConflict(['organisation_id', 'day'])
    .merge({ acts: db.raw('review_days.acts + ?', [row.acts]) as unknown as number });
};

/** How many of an agent's members have an item of that day with more than the sample. */
export const countCases = async (
  db: Db,
  of: { agent_id: string; day: string; organisation_id: string | null },
): Promise<number> => {
  const row = await reviews(db)
    .where({ ...of, kind: 'case' as ReviewKind })
    .whereIn('id', signals(db).whereNot({ signal: 'sample' }).select('review_id'))
    .count({ n: '*' })
    .first();
  return Number((row as { n: number | string } | undefined)?.n ?? 0);
};

/** Measures that no rate reads any more. */
export const sweepMeasures = async (db: Db, beforeDay: string): Promise<void> => {
  await db('review_measures').where('day', '<', beforeDay).delete();
  await db('review_days').where('day', '<', beforeDay).delete();
};
