import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';
import type { ReviewAct, ReviewRow, UndoRow } from './reviews.store.ts';

/** Empties items decided, or without a verdict and at rest, before a moment; at most so many. Answers how many. */
export const forget = async (
  db: Db,
  { before, at }: { before: string; at: string },
  atMost: number,
): Promise<number> => {
  const old = (query: Knex.QueryBuilder): void =>
    void query
      .whereNull('forgotten_at')
      .where((some) =>
        some
          .where('decided_at', '<', before)
          .orWhere((undecided) => undecided.whereNull('verdict').where('last_at', '<', before)),
      );
  const found = (await db<ReviewRow>('reviews').modify(old).orderBy('id').limit(atMost).select('id')) as Pick<
    ReviewRow,
    'id'
  >[];
  const emptied = (await db<ReviewRow>('reviews')
    .modify(old)
    .whereIn(
      'id',
      found.map(({ id }) => id),
    )
    .update({
      ...{ agent_id: null, member_id: null, lot_id: null, decided_by: null },
      ...{ word: null, answer: null, cluster: '', open_cluster: null, forgotten_at: at },
    })
    .returning('id')) as Pick<ReviewRow, 'id'>[];
  const ids = emptied.map(({ id }) => id);
  await db<ReviewAct>('review_acts').whereIn('review_id', ids).delete();
  await db<UndoRow>('review_undos').whereIn('review_id', ids).delete();
  return ids.length;
};
