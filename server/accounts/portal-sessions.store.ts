import type { Db } from '../core/ctx.ts';
import type { AccountRow } from './accounts.store.ts';

/** Which secret opened a member's session. */
export type OpenedBy = 'password' | 'temporary' | 'first-code' | 'link' | 'code' | 'france-connect';
type SessionRow = {
  id: string;
  account_id: string;
  organisation_id: string;
  change_only: number;
  credential_id: string | null;
  /** Null in rows that an older version wrote. */
  opened_by: OpenedBy | null;
  opened_at: string;
  last_seen_at: string;
  ends_at: string;
};

export const insertPortalSession = async (db: Db, row: SessionRow): Promise<void> => {
  await db<SessionRow>('portal_sessions').insert(row);
};

const ofAccount = [
  'a.member_id',
  'a.password_hash',
  'a.password_set_at',
  'a.terms_version',
  'a.contacts_confirmed_at',
] as const;
export type SessionOfAccount = SessionRow &
  Pick<
    AccountRow,
    'member_id' | 'password_hash' | 'password_set_at' | 'terms_version' | 'contacts_confirmed_at'
  >;

export const findPortalSession = (
  db: Db,
  organisationId: string,
  id: string,
  now: string,
): Promise<SessionOfAccount | undefined> =>
  db<SessionRow>('portal_sessions as s')
    .join<AccountRow>('accounts as a', 'a.id', 's.account_id')
    .where('s.id', id)
    .where('s.organisation_id', organisationId)
    .where('s.ends_at', '>', now)
    .whereNull('a.frozen_at')
    .first('s.*', ...ofAccount) as unknown as Promise<SessionOfAccount | undefined>;

export const touchPortalSession = async (db: Db, id: string, at: string): Promise<void> => {
  await db<SessionRow>('portal_sessions')
    .where({ id })
    .where('last_seen_at', '<', at)
    .update({ last_seen_at: at });
};

export const deletePortalSession = (db: Db, id: string): Promise<number> =>
  db<SessionRow>('portal_sessions').where({ id }).delete();

export const deletePortalSessionsOf = (db: Db, accountId: string): Promise<number> =>
  db<SessionRow>('portal_sessions').where({ account_id: accountId }).delete();

/** Ends sessions in which nothing but choosing a password is possible. */
export const deleteChangeSessionsOf = (db: Db, accountId: string): Promise<number> =>
  db<SessionRow>('portal_sessions').where({ account_id: accountId, change_only: 1 }).delete();

/** The same of several accounts. */
export const deleteChangeSessionsOfAll = (db: Db, accountIds: string[]): Promise<number> =>
  db<SessionRow>('portal_sessions').whereIn('account_id', accountIds).where({ change_only: 1 }).delete();

export const sweepPortalSessions = (db: Db, now: string): Promise<number> =>
  db<SessionRow>('portal_sessions').where('ends_at', '<', now).delete();
