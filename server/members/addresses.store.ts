import type { Db } from '../core/ctx.ts';

export const listDoubtful = async (db: Db, memberIds: string[]): Promise<string[]> => {
  const rows = (await db('members')
    .whereIn('id', memberIds)
    .whereNotNull('address_doubtful_at')
    .select('id')) as { id: string }[];
  return rows.map(({ id }) => id);
};
