import type { Db } from '../core/ctx.ts';

type TallyRow = { agent_id: string; what: string; began_at: string; count: number };

/** Counts one more, unless that would be more than `most`: then nothing is counted. Answers whether it was. */
export const countWithin = async (
  db: Db,
  { agentId, what, beganAt }: { agentId: string; what: string; beganAt: string },
  most: number,
): Promise<boolean> => {
  const counted = await db<TallyRow>('agent_tallies')
    .insert({ agent_id: agentId, what, began_at: beganAt, count: 1 })
    .onConflict(['agent_id', 'what', 'began_at'])
    .merge({ count: db.raw('agent_tallies.count + 1') as unknown as number })
    .where('agent_tallies.count', '<', most)
    .returning('count');
  return counted.length === 1;
};

export const deleteTalliesBefore = async (db: Db, beganBefore: string): Promise<void> => {
  await db<TallyRow>('agent_tallies').where('began_at', '<', beganBefore).delete();
};
