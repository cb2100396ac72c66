import type { Db } from '../core/ctx.ts';

type UnblockRow = { id: string; account_id: string; at: string; call_id: string | null };

export const insertUnblock = async (db: Db, row: UnblockRow): Promise<void> => {
  await db<UnblockRow>('unblocks').insert(row);
};

/** When an account was unblocked since then. */
export const listUnblocks = (db: Db, accountId: string, since: string): Promise<string[]> =>
  db<UnblockRow>('unblocks').where({ account_id: accountId }).where('at', '>=', since).pluck('at');
