import type { Db } from '../core/ctx.ts';

export type AgentFileRow = {
  id: string;
  sent_by: string;
  sent_at: string;
  state: 'staged' | 'refused' | 'applied';
  lines: string;
  version: number;
};

export const insertAgentFile = async (db: Db, row: AgentFileRow): Promise<void> => {
  await db<AgentFileRow>('agent_files').insert(row);
};

export const findAgentFile = async (db: Db, id: string, sentBy: string): Promise<AgentFileRow | undefined> =>
  db<AgentFileRow>('agent_files').where({ id, sent_by: sentBy }).first();

/** Takes a good file, once; what it holds goes with it. */
export const takeAgentFile = async (
  db: Db,
  { id, sentBy, version }: { id: string; sentBy: string; version: number },
): Promise<boolean> =>
  (await db<AgentFileRow>('agent_files')
    .where({ id, sent_by: sentBy, version, state: 'staged' })
    .update({ state: 'applied', lines: '[]', version: version + 1 })) === 1;

export const deleteAgentFilesBefore = async (db: Db, sentBefore: string): Promise<void> => {
  await db<AgentFileRow>('agent_files').where('sent_at', '<', sentBefore).delete();
};
