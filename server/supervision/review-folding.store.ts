import type { Db } from '../core/ctx.ts';
import type { SignalName } from './review-settings.schema.ts';
import type { ReviewAct, ReviewRow, ReviewSignal } from './reviews.store.ts';

/** One signal on one day in one organisation for what may be one cause. */
export type Shared = { signal: SignalName; day: string; cause: string; organisationId: string | null };

const ofShared = (db: Db, { signal, day, cause, organisationId }: Shared) =>
  db<ReviewSignal>('review_signals as s')
    .join<ReviewRow>('reviews as r', 'r.id', 's.review_id')
    .where('s.signal', signal)
    .where('s.day', day)
    .where('s.cause', cause)
    .where('r.organisation_id', organisationId)
    .whereNot('r.kind', 'cause');

export const countAgents = async (db: Db, shared: Shared): Promise<number> => {
  const [row] = (await ofShared(db, shared).countDistinct({ n: 'r.agent_id' })) as { n: number | string }[];
  return Number(row?.n ?? 0);
};

/** Takes the signal out of every item that nobody has decided, and says which they are. */
export const foldSignal = async (db: Db, shared: Shared, causeId: string): Promise<string[]> => {
  const rows = (await ofShared(db, shared)
    .whereNull('r.verdict')
    .whereNull('s.folded_into')
    .select('s.review_id')) as { review_id: string }[];
  const ids = rows.map((row) => row.review_id);
  const { signal, cause } = shared;
  for (let from = 0; from < ids.length; from += 500) {
    await db<ReviewSignal>('review_signals')
      .where({ signal, cause })
      .whereIn('review_id', ids.slice(from, from + 500))
      .update({ folded_into: causeId });
  }
  return ids;
};

export const signalsOf = (db: Db, reviewIds: string[]): Promise<ReviewSignal[]> =>
  db<ReviewSignal>('review_signals').whereIn('review_id', reviewIds).orderBy(['signal', 'cause']);

/** Counts an item anew: what it holds, since when, its score, and the cause it has gone into as a whole. */
export const recount = async (
  db: Db,
  id: string,
  { score, foldedInto }: { score: number; foldedInto: string | null },
): Promise<void> => {
  const own = (await db<ReviewAct>('review_acts')
    .where({ review_id: id })
    .count({ n: '*' })
    .min({ first: 'at' })
    .max({ last: 'at' })
    .first()) as { n: number | string; first: string; last: string };
  await db<ReviewRow>('reviews')
    .where({ id })
    .update({
      score,
      folded_into: foldedInto,
      acts: Number(own.n),
      first_at: own.first,
      last_at: own.last,
      version: db.raw('version + 1') as unknown as number,
    });
};

/** The same of a cause: how many items it stands for. */
export const recountCause = async (
  db: Db,
  id: string,
  { score, at }: { score: number; at: string },
): Promise<void> => {
  const row = await db<ReviewSignal>('review_signals')
    .where({ folded_into: id })
    .countDistinct({ n: 'review_id' })
    .first();
  await db<ReviewRow>('reviews')
    .where({ id })
    .update({
      score,
      acts: Number((row as { n: number | string } | undefined)?.n ?? 0),
      last_at: at,
      version: db.raw('version + 1') as unknown as number,
    });
};
