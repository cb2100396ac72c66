import { createHmac, scryptSync } from 'node:crypto';
import { digest } from '../core/crypto.ts';
import type { Ctx, Db, House } from '../core/ctx.ts';
import { Secret } from '../core/secret.ts';
import { makeCode, readCode } from './code.ts';
import { hashTemporary, recognise, recognisedDays, type Recognised } from './credentials.service.ts';
import { insertCredentials, type CredentialRow } from './credentials.store.ts';
import * as store from './one-time.store.ts';
import { makeTemporaryPassword } from './temporary-password.ts';

export type MadeSecret = { credentialId: string; secret: Secret; validUntil: string };
/** For whom; the account is held by the caller's transaction. */
type For = {
  accountId: string;
  organisationId: string;
  messageId: string;
  recoveryId: string | null;
  channel: 'email' | 'sms';
};
type What = {
  kind: 'link' | 'repudiation' | 'code';
  purpose: string;
  lifetimeMinutes: number;
  digits?: number;
};

/**
 * A link (32 random bytes, base64url) or, with `digits`, a code. Ends the live one of its account, kind and
 * purpose. Only « Ce n'était pas moi » links stand beside each other: each notice in a mailbox must go on working.
 */
export const makeOneTime = async (ctx: Ctx, to: For, what: What): Promise<MadeSecret> => {
  const { accountId, organisationId, recoveryId } = to;
  const { kind, purpose } = what;
  const { bytes } = ctx.house.random;
  const secret = new Secret(
    kind === 'code' ? makeCode(bytes, digitsOf(what)) : Buffer.from(bytes(32)).toString('base64url'),
  );
  const hash =
    kind === 'code'
      ? hashCode(ctx.house, { accountId, recoveryId, purpose }, secret)
      : hashLink(ctx.house, organisationId, kind, secret);

  if (kind !== 'repudiation') {
    const former = { account_id: accountId, kind, purpose };
    await store.endLive(ctx.db, former, 'superseded', ctx.now.toISOString());
  }
  return keep(ctx, to, { kind, purpose, hash, secret, lifetimeMinutes: what.lifetimeMinutes });
};

/** A temporary password by message: live from now; ends the account's other live one. */
export const makeTemporaryToSend = async (
  ctx: Ctx,
  to: For & { salt: string },
  lifetimeMinutes: number,
): Promise<MadeSecret> => {
  const secret = new Secret(makeTemporaryPassword(ctx.house.random.bytes));
  const hash = hashTemporary(ctx.house.keys, to.salt, secret);
  const former = { account_id: to.accountId, kind: 'temporary' } as const;
  await store.endLive(ctx.db, former, 'superseded', ctx.now.toISOString());
  return keep(ctx, to, { kind: 'temporary', purpose: null, hash, secret, lifetimeMinutes });
};

/** Ends what this message carried, if it is still live: its attempt surely did not leave, or nobody may use it now. */
export const endOfMessage = async (
  ctx: Ctx,
  messageId: string,
  as: 'not-sent' | 'superseded',
): Promise<void> => {
  await store.endLive(ctx.db, { message_id: messageId }, as, ctx.now.toISOString());
};

/** Ends the « Ce n'était pas moi » links of an account: a supervisor's word stands above those of before. */
export const endRepudiationsOf = async (ctx: Ctx, accountId: string): Promise<void> => {
  const which = { account_id: accountId, kind: 'repudiation' } as const;
  await store.endLive(ctx.db, which, 'cancelled', ctx.now.toISOString());
};

/** The live code of a recovery dies of its wrong tries (3, then dead). */
export const endCodesOf = async (
  ctx: Ctx,
  { recoveryId, accountId }: { recoveryId: string; accountId: string | null },
): Promise<void> => {
  const which = { account_id: accountId ?? '', recovery_id: recoveryId, kind: 'code' } as const;
  await store.endLive(ctx.db, which, 'too-many-tries', ctx.now.toISOString());
};

/** What a link's token is. Foreign organisations and kinds are unknown: both are part of what is kept of it. */
export const recogniseLink = async (
  ctx: Pick<Ctx, 'house' | 'db' | 'now'>,
  organisationId: string,
  kind: 'link' | 'repudiation',
  token: Secret,
): Promise<Recognised> => {
  const hash = hashLink(ctx.house, organisationId, kind, token);
  const found = await store.findByHash(ctx.db, { organisation_id: organisationId, kind, hash });
  return recognise(hash, found, ctx.now);
};

/**
 * What a typed code is, among those that this recovery asked for. Does the same work where there is no account:
 * one hash, one query. Whether a try is left is the caller's question, and comes first.
 */
export const recogniseCode = async (
  ctx: Pick<Ctx, 'house' | 'db' | 'now'>,
  among: { recoveryId: string | null; accountId: string | null; purpose: string },
  typed: Secret,
): Promise<Recognised> => {
  const { recoveryId, purpose } = among;
  const accountId = among.accountId ?? '';
  const hash = hashCode(ctx.house, { accountId, recoveryId, purpose }, new Secret(readCode(typed.expose())));
  const which = { account_id: accountId, recovery_id: recoveryId, purpose };
  return recognise(hash, await store.listCodes(ctx.db, which), ctx.now);
};

/** Forgets links and codes that have been dead for longer than they are recognised. */
export const sweepOneTime = (db: Db, now: Date): Promise<number> =>
  store.deleteDead(db, new Date(now.getTime() - recognisedDays * 86_400_000).toISOString());

const hashLink = ({ keys }: House, organisationId: string, kind: string, token: Secret): string =>
  digest(keys, 'link', organisationId, kind, token.expose());

// Keyed, because a million codes are tried in no time by whoever has the hash alone; bound to its recovery.
const hashCode = (
  { keys }: House,
  bound: { accountId: string; recoveryId: string | null; purpose: string },
  code: Secret,
): string => {
  const { accountId, recoveryId, purpose } = bound;
  const place = [accountId, recoveryId ?? '', purpose].join('\u0000');
  const keyed = createHmac('sha256', keys.derive('one-time-code'))
    .update(`${place}\u0000${code.expose()}`)
    .digest();
  return scryptSync(keyed, place, 32, { N: 64, r: 8, p: 1 }).toString('base64url');
};

const digitsOf = ({ digits }: What): number => {
  if (!digits) throw new Error('A code needs its number of digits.');
  return digits;
};

const keep = async (
  ctx: Ctx,
  to: For,
  made: {
    kind: CredentialRow['kind'];
    purpose: string | null;
    hash: string;
    secret: Secret;
    lifetimeMinutes: number;
  },
): Promise<MadeSecret> => {
  const now = ctx.now.toISOString();
  const validUntil = new Date(ctx.now.getTime() + made.lifetimeMinutes * 60_000).toISOString();
  const credentialId = ctx.newId();
  await insertCredentials(ctx.db, [
    {
      id: credentialId,
      account_id: to.accountId,
      organisation_id: to.organisationId,
      kind: made.kind,
      purpose: made.purpose,
      recovery_id: to.recoveryId,
      message_id: to.messageId,
      channel: to.channel,
      hash: made.hash,
      state: 'live',
      ended_as: null,
      letter_id: null,
      lot_id: null,
      attempt: null,
      created_at: now,
      activated_at: now,
      valid_until: validUntil,
      ended_at: null,
    },
  ]);
  return { credentialId, secret: made.secret, validUntil };
};
