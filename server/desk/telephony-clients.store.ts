import type { Db } from '../core/ctx.ts';

export type TelephonyClientRow = {
  id: string;
  name: string;
  key_digest: string;
  created_at: string;
  revoked_at: string | null;
};

const table = (db: Db) => db<TelephonyClientRow>('telephony_clients');

export const insertTelephonyClient = async (db: Db, row: TelephonyClientRow): Promise<void> => {
  await table(db).insert(row);
};

export const findTelephonyClient = (db: Db, keyDigest: string): Promise<TelephonyClientRow | undefined> =>
  table(db).where({ key_digest: keyDigest }).whereNull('revoked_at').first();

export const listTelephonyClients = (db: Db): Promise<TelephonyClientRow[]> =>
  table(db).orderBy(['created_at', 'id']);

/** Returns false when it was revoked before or is not there. */
export const revokeTelephonyClient = async (db: Db, id: string, at: string): Promise<boolean> =>
  (await table(db).where({ id }).whereNull('revoked_at').update({ revoked_at: at })) === 1;
