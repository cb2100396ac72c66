import type { Db } from '../core/ctx.ts';
import type { CredentialRow, EndedAs } from './credentials.store.ts';

const table = (db: Db) => db<CredentialRow>('credentials');

type Which =
  | { account_id: string; kind: CredentialRow['kind']; purpose?: string }
  | { message_id: string }
  | { account_id: string; recovery_id: string; kind: 'code' };

/** Ends the live ones of `which`; says how many. */
export const endLive = (db: Db, which: Which, as: EndedAs, at: string): Promise<number> =>
  table(db).where(which).where({ state: 'live' }).update({ state: 'dead', ended_as: as, ended_at: at });

/** Links are found by the digest of their token; at most one row has it. */
export const findByHash = (
  db: Db,
  which: { organisation_id: string; kind: CredentialRow['kind']; hash: string },
): Promise<CredentialRow[]> => table(db).where(which).limit(1);

/** The codes that one recovery asked for, the live one first: a former one may by chance be the same. */
export const listCodes = (
  db: Db,
  which: { account_id: string; recovery_id: string | null; purpose: string },
): Promise<CredentialRow[]> =>
  table(db)
    .where({ account_id: which.account_id, purpose: which.purpose, kind: 'code' })
    .where({ recovery_id: which.recovery_id })
    .orderByRaw("case when state = 'live' then 0 else 1 end")
    .orderBy('created_at', 'desc')
    .limit(20);

/** Dead links and codes are recognised as such for a while, and then forgotten. */
export const deleteDead = (db: Db, endedBefore: string): Promise<number> =>
  table(db)
    .whereIn('kind', ['link', 'code', 'repudiation'])
    .where({ state: 'dead' })
    .where('ended_at', '<', endedBefore)
    .delete();
