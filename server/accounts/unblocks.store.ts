import type { Db } from '../core/ctx.ts';

type UnblockRow = { id: string; account_id: string; at: string; call_id: string | null };

export const insertUnblock = async (db: Db, row: UnblockRow): Promise<void> => {
  await db<UnblockRow>('unblocks').insert(row);
};

export const countUnblocks = async (db: Db, accountId: string, since: string): Promise<number> => {
  const row = await db<UnblockRow>('unblocks')
    .where({ account_id: accountId })
    .where('at', '>=', since)
    .count({ n: '*' })
    .first();
  return Number((row as { n: number | string } | undefined)?.n ?? 0);
};
