import type { Db } from '../core/ctx.ts';

export type IncomingCallRow = { id: string; number_sealed: string; received_at: string; ends_at: string };

const table = (db: Db) => db<IncomingCallRow>('incoming_calls');

export const insertIncomingCall = async (db: Db, row: IncomingCallRow): Promise<void> => {
  await table(db).insert(row);
};

/** One whose time is not over. */
export const findIncomingCall = (db: Db, id: string, now: string): Promise<IncomingCallRow | undefined> =>
  table(db).where({ id }).where('ends_at', '>', now).first();

export const deleteIncomingCallsUntil = async (db: Db, now: string): Promise<void> => {
  await table(db).where('ends_at', '<=', now).delete();
};
