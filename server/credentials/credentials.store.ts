import type { Db } from '../core/ctx.ts';

export type EndedAs =
  | 'used'
  | 'superseded'
  | 'expired'
  | 'spoiled'
  | 'interrupted'
  | 'returned'
  | 'changed'
  | 'cancelled'
  | 'too-many-tries'
  | 'not-sent'
  | 'incident'
  | 'frozen';

export type CredentialRow = {
  id: string;
  account_id: string;
  organisation_id: string;
  kind: 'temporary' | 'link' | 'code' | 'repudiation';
  /** What a link or code is for, e.g. `recovery`; null for a temporary password. */
  purpose: string | null;
  /** The recovery whose browser alone may type this code. */
  recovery_id: string | null;
  message_id: string | null;
  channel: 'letter' | 'email' | 'sms';
  hash: string;
  state: 'printed' | 'live' | 'dead';
  ended_as: EndedAs | null;
  letter_id: string | null;
  lot_id: string | null;
  attempt: number | null;
  created_at: string;
  activated_at: string | null;
  valid_until: string;
  ended_at: string | null;
};

const table = (db: Db) => db<CredentialRow>('credentials');

export const insertCredentials = async (db: Db, rows: CredentialRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 250) await table(db).insert(rows.slice(from, from + 250));
};

/** Live, not yet valid, and dead since `deadAfter`: everything that a typed one is compared with. */
export const listComparable = (db: Db, accountId: string, deadAfter: string): Promise<CredentialRow[]> =>
  table(db)
    .where({ account_id: accountId, kind: 'temporary' })
    .where((some) => some.whereIn('state', ['printed', 'live']).orWhere('ended_at', '>=', deadAfter))
    .orderBy('created_at', 'desc');

type Which = { id: string } | { accountId: string } | { accountIds: string[] } | { letterIds: string[] };

/** Ends those of `which` that still count, and says which accounts they belonged to. */
export const endCredentials = async (
  db: Db,
  which: Which,
  states: CredentialRow['state'][],
  as: EndedAs,
  at: string,
): Promise<
  { id: string; accountId: string; letterId: string | null; channel: CredentialRow['channel'] }[]
> => {
  let found = table(db).whereIn('state', states);
  if ('id' in which) found = found.where({ id: which.id });
  // A link that says « Ce n'était pas moi » outlives every change: it is for undoing what an intruder did.
  else found = found.whereNot({ kind: 'repudiation' });
  if ('accountId' in which) found = found.where({ account_id: which.accountId });
  if ('accountIds' in which) found = found.whereIn('account_id', which.accountIds);
  if ('letterIds' in which) found = found.whereIn('letter_id', which.letterIds);
  const rows = await found
    .update({ state: 'dead', ended_as: as, ended_at: at })
    .returning(['id', 'account_id', 'letter_id', 'channel']);
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    letterId: row.letter_id,
    channel: row.channel,
  }));
};

export const endLiveTemporary = async (
  db: Db,
  accountId: string,
  as: EndedAs,
  at: string,
): Promise<boolean> =>
  (await table(db)
    .where({ account_id: accountId, kind: 'temporary', state: 'live' })
    .update({ state: 'dead', ended_as: as, ended_at: at })) > 0;

/** Ends the live ones of these accounts, but for those of one lot: what a deposit does to what came before. */
export const endLiveBefore = async (
  db: Db,
  accountIds: string[],
  lotId: string,
  at: string,
): Promise<void> => {
  for (let from = 0; from < accountIds.length; from += 500) {
    await table(db)
      .whereIn('account_id', accountIds.slice(from, from + 500))
      .where({ state: 'live', kind: 'temporary' })
      .where((other) => other.whereNot({ lot_id: lotId }).orWhereNull('lot_id'))
      .update({ state: 'dead', ended_as: 'superseded', ended_at: at });
  }
};

/** What an attempt printed for these letters comes alive. */
export const activateSheets = async (
  db: Db,
  { lotId, attempt, letterIds }: { lotId: string; attempt: number; letterIds: string[] },
  at: string,
): Promise<{ accountId: string; letterId: string | null }[]> => {
  const activated = [];
  for (let from = 0; from < letterIds.length; from += 500) {
    const rows = await table(db)
      .where({ lot_id: lotId, attempt, state: 'printed' })
      .whereIn('letter_id', letterIds.slice(from, from + 500))
      .update({ state: 'live', activated_at: at })
      .returning(['account_id', 'letter_id']);
    activated.push(...rows.map((row) => ({ accountId: row.account_id, letterId: row.letter_id })));
  }
  return activated;
};

export const listLive = (db: Db, accountIds: string[], now: string): Promise<CredentialRow[]> =>
  table(db)
    .whereIn('account_id', accountIds)
    .where({ state: 'live' })
    .whereIn('kind', ['temporary', 'link', 'code'])
    .where((purpose) => purpose.whereNull('purpose').orWhere({ purpose: 'recovery' }))
    .where('valid_until', '>=', now)
    .orderBy('activated_at');

export const endLiveByMessage = (db: Db, accountId: string, as: EndedAs, at: string): Promise<number> =>
  table(db)
    .where({ account_id: accountId, state: 'live' })
    .whereIn('channel', ['email', 'sms'])
    .whereNot({ kind: 'repudiation' })
    .update({ state: 'dead', ended_as: as, ended_at: at });

export const hasUsedSince = async (db: Db, accountId: string, since: string): Promise<boolean> =>
  (await table(db)
    .where({ account_id: accountId, state: 'dead', ended_as: 'used' })
    .whereIn('kind', ['temporary', 'link', 'code'])
    .where((purpose) => purpose.whereNull('purpose').orWhere({ purpose: 'recovery' }))
    .where('ended_at', '>=', since)
    .first('id')) !== undefined;

export const endExpired = async (db: Db, now: string): Promise<{ letterId: string | null }[]> => {
  const rows = await table(db)
    .where({ state: 'live' })
    .where('valid_until', '<', now)
    .update({ state: 'dead', ended_as: 'expired', ended_at: now })
    .returning('letter_id');
  return rows.map((row) => ({ letterId: row.letter_id }));
};

/** Of some accounts: what is live, of which kinds, and what lies on paper not yet posted. */
export type LiveCounts = { live: number; printed: number; temporary: number; links: number; codes: number };

/** Live and in time, or printed; but for the links that say « Ce n'était pas moi ». */
export const countOfAccounts = async (db: Db, accountIds: string[], now: string): Promise<LiveCounts> => {
  const rows = (await table(db)
    .whereIn('account_id', accountIds)
    .whereIn('state', ['printed', 'live'])
    .where('valid_until', '>=', now)
    .whereNot({ kind: 'repudiation' })
    .groupBy('state', 'kind')
    .select('state', 'kind')
    .count({ n: '*' })) as unknown as { state: string; kind: string; n: number | string }[];
  const live = (kind: string): number =>
    Number(rows.find((row) => row.state === 'live' && row.kind === kind)?.n ?? 0);
  const of = (state: string): number =>
    rows.reduce((sum, row) => sum + (row.state === state ? Number(row.n) : 0), 0);
  return {
    ...{ live: of('live'), printed: of('printed') },
    ...{ temporary: live('temporary'), links: live('link'), codes: live('code') },
  };
};
