import type { Db } from '../core/ctx.ts';
import type { ReviewAct, ReviewRow, ReviewSignal } from './reviews.store.ts';

type Given = Pick<ReviewRow, 'id' | 'version'> & { by: string };

// Not one's own: neither the agent's whose acts they are, nor of anybody who acted in it or in what a cause holds.
const notOwn = (db: Db, { id, version, by }: Given) =>
  db<ReviewRow>('reviews')
    .where({ id, version })
    .whereNull('forgotten_at')
    .where((others) => others.whereNull('agent_id').orWhereNot({ agent_id: by }))
    .whereNotExists(
      db<ReviewAct>('review_acts as a')
        .where('a.actor_id', by)
        .where((some) =>
          some
            .where('a.review_id', id)
            .orWhereIn(
              'a.review_id',
              db<ReviewSignal>('review_signals').where({ folded_into: id }).select('review_id'),
            ),
        )
        .select('a.seq'),
    )
    .whereNotExists(
      db<ReviewSignal>('review_signals as s')
        .join<ReviewRow>('reviews as inside', 'inside.id', 's.review_id')
        .where('s.folded_into', id)
        .where('inside.agent_id', by)
        .select('s.review_id'),
    );

/**
 * The verdict, in one statement: once, but after `to-explain`, which itself is given only where an agent can still
 * answer it. Answers whether it hit.
 */
export const decide = async (
  db: Db,
  given: Given,
  verdict: Pick<ReviewRow, 'verdict' | 'word' | 'decided_at'>,
): Promise<boolean> => {
  const open = notOwn(db, given).where((some) =>
    some.whereNull('verdict').orWhere({ verdict: 'to-explain' }),
  );
  if (verdict.verdict === 'to-explain') open.whereNull('answered_at').whereNotNull('agent_id');
  const change = { ...verdict, decided_by: given.by, open_cluster: null, version: given.version + 1 };
  return (await open.update(change)) > 0;
};

/** The agent's own sentence, once, while an explanation is asked for. Answers whether it hit. */
export const answer = async (
  db: Db,
  { id, agentId }: { id: string; agentId: string },
  said: { answer: string; answered_at: string },
): Promise<boolean> =>
  (await db<ReviewRow>('reviews')
    .where({ id, agent_id: agentId, verdict: 'to-explain' })
    .whereNull('answered_at')
    .whereNull('forgotten_at')
    .update({ ...said, version: db.raw('version + 1') as unknown as number })) > 0;

/** Settles, with a cause, what stands in it and nowhere else. */
export const settleWith = async (
  db: Db,
  causeId: string,
  by: Pick<ReviewRow, 'decided_by' | 'decided_at'>,
): Promise<void> => {
  await db<ReviewRow>('reviews')
    .where({ folded_into: causeId })
    .whereNull('verdict')
    .whereNull('forgotten_at')
    .update({
      ...by,
      verdict: 'by-cause',
      open_cluster: null,
      version: db.raw('version + 1') as unknown as number,
    });
};

/** Takes the turn on an item, decided or not. Answers whether it hit. */
export const takeTurn = async (db: Db, given: Given): Promise<boolean> =>
  (await notOwn(db, given).update({ version: given.version + 1 })) > 0;
