import type { Db } from '../core/ctx.ts';
import type { ReviewAct, ReviewRow, UndoRow } from './reviews.store.ts';

/** Empties items that were decided before a moment, at most so many. Answers how many. */
export const forget = async (
  db: Db,
  { before, at }: { before: string; at: string },
  atMost: number,
): Promise<number> => {
  const old = await db<ReviewRow>('reviews')
    .whereNull('forgotten_at')
    .where('decided_at', '<', before)
    .orderBy(['decided_at', 'id'])
    .limit(atMost)
    .select('id');
  const ids = old.map(({ id }) => id);
  await db<ReviewAct>('review_acts').whereIn('review_id', ids).delete();
  await db<UndoRow>('review_undos').whereIn('review_id', ids).delete();
  await db<ReviewRow>('reviews')
    .whereIn('id', ids)
    .update({
      ...{ agent_id: null, member_id: null, lot_id: null, decided_by: null },
      ...{ word: null, answer: null, cluster: '', forgotten_at: at },
    });
  return ids.length;
};
