import { createHmac, scryptSync } from 'node:crypto';
import type { Ctx, Db } from '../core/ctx.ts';
import type { Keys } from '../core/crypto.ts';
import { sameDigest, Secret } from '../core/secret.ts';
import * as store from './credentials.store.ts';
import type { CredentialRow, EndedAs } from './credentials.store.ts';
import { makeTemporaryPassword } from './temporary-password.ts';

/** How long a dead temporary password is still recognised and answered as such (DOMAIN, "Secrets"). */
export const recognisedDays = 90;

/**
 * The hash of a temporary password: keyed, with a light cost, because 60 random bits need no more
 * (NIST 800-63B-4 §3.1.2); so that printing is not bound by hashing. One salt for all those of an account.
 */
export const hashTemporary = (keys: Keys, salt: string, symbols: Secret): string => {
  const keyed = createHmac('sha256', keys.derive('temporary-password')).update(symbols.expose()).digest();
  return scryptSync(keyed, salt, 32, { N: 64, r: 8, p: 1 }).toString('base64url');
};

export type SheetToPrint = {
  accountId: string;
  organisationId: string;
  salt: string;
  letterId: string;
  lotId: string;
  attempt: number;
  validUntil: string;
};

/**
 * Makes the temporary password of each sheet: it exists from here until its page is drawn. `rows` hold only
 * hashes, *printed, not yet valid*; commit them with `keepPrinted` before a byte of these pages leaves.
 */
export const makePrinted = (
  house: { keys: Keys; random: { bytes: (n: number) => Uint8Array; id: () => string } },
  now: Date,
  sheets: SheetToPrint[],
): { rows: CredentialRow[]; secrets: Map<string, Secret> } => {
  const secrets = new Map<string, Secret>();
  const rows = sheets.map((sheet): CredentialRow => {
    const secret = new Secret(makeTemporaryPassword(house.random.bytes));
    secrets.set(sheet.letterId, secret);
    return {
      id: house.random.id(),
      account_id: sheet.accountId,
      organisation_id: sheet.organisationId,
      kind: 'temporary',
      purpose: null,
      recovery_id: null,
      message_id: null,
      channel: 'letter',
      hash: hashTemporary(house.keys, sheet.salt, secret),
      state: 'printed',
      ended_as: null,
      letter_id: sheet.letterId,
      lot_id: sheet.lotId,
      attempt: sheet.attempt,
      created_at: now.toISOString(),
      activated_at: null,
      valid_until: sheet.validUntil,
      ended_at: null,
    };
  });
  return { rows, secrets };
};

export const keepPrinted = (ctx: Ctx, rows: CredentialRow[]): Promise<void> =>
  store.insertCredentials(ctx.db, rows);

/** Ends the temporary passwords of these letters, printed or live. */
export const endOfLetters = (ctx: Ctx, letterIds: string[], as: EndedAs) =>
  store.endCredentials(ctx.db, { letterIds }, ['printed', 'live'], as, ctx.now.toISOString());

/**
 * The deposit: the sheets named come alive, each as the attempt printed it whose paper it is, and end the live ones
 * that came before them. What another attempt printed of the same letter stays as it is.
 */
export const activateDeposited = async (
  ctx: Ctx,
  lotId: string,
  sheets: { letterId: string; attempt: number }[],
): Promise<{ letterIds: string[] }> => {
  const at = ctx.now.toISOString();
  const activated = [];
  for (const attempt of new Set(sheets.map((sheet) => sheet.attempt))) {
    const letterIds = sheets.filter((sheet) => sheet.attempt === attempt).map(({ letterId }) => letterId);
    activated.push(...(await store.activateSheets(ctx.db, { lotId, attempt, letterIds }, at)));
  }
  const accountIds = activated.map(({ accountId }) => accountId);
  await store.endLiveBefore(ctx.db, accountIds, lotId, at);
  return { letterIds: activated.flatMap(({ letterId }) => letterId ?? []) };
};

export type Recognised =
  | { as: 'live'; credential: CredentialRow }
  | { as: 'not-yet-valid' | 'used' | 'replaced' | 'expired'; credential: CredentialRow }
  | { as: 'unknown' };

/** Reads everything that a typed temporary password is to be compared with. */
export const comparableWith = (ctx: { db: Db; now: Date }, accountId: string): Promise<CredentialRow[]> =>
  store.listComparable(
    ctx.db,
    accountId,
    new Date(ctx.now.getTime() - recognisedDays * 86_400_000).toISOString(),
  );

/** One hash, compared with each in constant time; dead and not yet valid ones are recognised as such. */
export const recognise = (hash: string, candidates: CredentialRow[], now: Date): Recognised => {
  let found: CredentialRow | undefined;
  for (const candidate of candidates) if (sameDigest(hash, candidate.hash)) found ??= candidate;
  if (!found) return { as: 'unknown' };
  if (found.state === 'printed') return { as: 'not-yet-valid', credential: found };
  if (found.state === 'live') {
    return { as: Date.parse(found.valid_until) < now.getTime() ? 'expired' : 'live', credential: found };
  }
  if (found.ended_as === 'used') return { as: 'used', credential: found };
  return { as: found.ended_as === 'expired' ? 'expired' : 'replaced', credential: found };
};

/** The live temporary password dies of too many comparisons. False when there was none any more. */
export const endOfTries = async (ctx: Ctx, accountId: string): Promise<boolean> =>
  store.endLiveTemporary(ctx.db, accountId, 'too-many-tries', ctx.now.toISOString());

/** Uses one up. False when it is no longer live: someone else used it, or a newer one took its place. */
export const useUp = async (
  ctx: Ctx,
  credentialId: string,
): Promise<{ letterId: string | null; channel: CredentialRow['channel'] } | undefined> => {
  const [used] = await store.endCredentials(
    ctx.db,
    { id: credentialId },
    ['live'],
    'used',
    ctx.now.toISOString(),
  );
  return used;
};

/**
 * A change of password, or a freeze, kills every other temporary password, link and code of the account, printed or
 * live; but for the links that say « Ce n'était pas moi ».
 */
export const endAllOfAccount = (ctx: Ctx, accountId: string, as: 'changed' | 'frozen' = 'changed') =>
  store.endCredentials(ctx.db, { accountId }, ['printed', 'live'], as, ctx.now.toISOString());

/**
 * An incident kills what opens these accounts now, by message or letter; `andPrinted` what lies on paper not yet
 * posted too. Says what died, by account.
 */
export const endAllOfAccounts = (ctx: Ctx, accountIds: string[], andPrinted: boolean) =>
  store.endCredentials(
    ctx.db,
    { accountIds },
    andPrinted ? ['printed', 'live'] : ['live'],
    'incident',
    ctx.now.toISOString(),
  );

/** How many secrets open these accounts now, of which kinds, and how many lie on paper not yet posted. */
export const countWaysInto = (
  ctx: Pick<Ctx, 'db' | 'now'>,
  accountIds: string[],
): Promise<store.LiveCounts> => store.countOfAccounts(ctx.db, accountIds, ctx.now.toISOString());

/** Whether a way in was used since this moment: temporary password, link or code of a recovery. */
export const wasUsedSince = (ctx: { db: Db }, accountId: string, since: string): Promise<boolean> =>
  store.hasUsedSince(ctx.db, accountId, since);

/** Ends what went by message and opens the account now; letters, which go to the address on file, stay. */
export const endWaysIn = (ctx: Ctx, accountId: string): Promise<number> =>
  store.endLiveByMessage(ctx.db, accountId, 'frozen', ctx.now.toISOString());

/** What opens an account now, the newest last; codes that only confirm a contact do not. */
export const listLive = (ctx: { db: Db; now: Date }, accountIds: string[]): Promise<CredentialRow[]> =>
  store.listLive(ctx.db, accountIds, ctx.now.toISOString());

/** Ends one whose time is over. */
export const endAsExpired = (ctx: Ctx, id: string) =>
  store.endCredentials(ctx.db, { id }, ['live'], 'expired', ctx.now.toISOString());

export const sweepExpired = (db: Db, now: Date) => store.endExpired(db, now.toISOString());
