import type { Db } from '../core/ctx.ts';

export const listChannels = (db: Db, ids: readonly string[]): Promise<{ id: string; channel: string }[]> =>
  db('messages')
    .whereIn('id', [...ids])
    .select('id', 'channel');
