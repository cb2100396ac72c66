import type { Db } from '../core/ctx.ts';

type UsedRow = { id: string; ends_at: string };

/** False when this answer was used before. One statement: of several at once, one wins. */
export const useChallenge = async (db: Db, row: UsedRow): Promise<boolean> => {
  const rows = await db<UsedRow>('used_challenges').insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
};

export const sweepChallenges = (db: Db, now: string): Promise<number> =>
  db<UsedRow>('used_challenges').where('ends_at', '<', now).delete();
