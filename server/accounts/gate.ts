import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { checkPassword } from '../core/hashing.ts';
import { perform } from '../core/perform.ts';
import { sameDigest, Secret } from '../core/secret.ts';
import {
  comparableWith,
  endOfTries,
  hashTemporary,
  recognise,
  type Recognised,
} from '../credentials/credentials.service.ts';
import type { CredentialRow } from '../credentials/credentials.store.ts';
import { readTemporaryPassword } from '../credentials/temporary-password.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import * as accounts from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import type { Counted } from './counters.store.ts';
import { canonicalIdentifier, identifierIndex } from './identifiers.ts';
import { normalisePassword } from './password-rule.ts';
import { openPortalSession, type OpenedSession } from './portal-sessions.service.ts';

export type Knock = { identifier: string; password: Secret; address: string };

export type GateAnswer =
  | { as: 'open'; session: OpenedSession; mustChange: boolean; memberId: string }
  | { as: 'refused' }
  | { as: 'typing-error' }
  | { as: Exclude<Recognised['as'], 'live' | 'unknown'>; credential: CredentialRow };

/**
 * The member's gate: one function, every way in. A place in the hashing queue; then the try is counted; only
 * then, and only within the limit, is anything compared. The shape of what is typed picks the secret.
 *
 * @throws AppError `busy` when the queue is full: nothing was counted.
 */
export const knock = async (visit: Visit, policy: Policy, typed: Knock): Promise<GateAnswer> => {
  const reading = readTemporaryPassword(typed.password.expose());
  if (reading.shape && !reading.checkOk) return { as: 'typing-error' };
  return visit.house.hashing.enter(() =>
    reading.shape
      ? tryTemporary(visit, policy, typed, new Secret(reading.symbols))
      : tryChosen(visit, policy, typed),
  );
};

/** The counter of chosen passwords and first codes of an account. */
export const chosenCounter = (accountId: string): string => `account:${accountId}:password`;

type Found = {
  account: AccountRow | undefined;
  owner: string;
  counter: string;
  counted: Counted;
  isOpen: boolean;
};

const tryChosen = async (visit: Visit, policy: Policy, typed: Knock): Promise<GateAnswer> => {
  const limit = policy.lock.maxFailures;
  const found = await countFirst(visit, policy, typed, {
    secret: 'password',
    counterOf: (owner) => `${owner}:password`,
    isKept: true,
  });
  const { account, counted, counter } = found;
  const mayCompare = found.isOpen && counted.attempts <= limit;

  const { keys } = visit.house;
  const password = new Secret(normalisePassword(typed.password.expose()));
  const hash = mayCompare ? (account?.password_hash ?? null) : null;
  const isPassword = await checkPassword(keys, password, hash);
  // The first code is compared beside a full-cost decoy, so that it answers in the same time.
  const code = firstCodeDigest(keys, account?.id ?? '', password);
  const isFirstCode = sameDigest(code, (mayCompare && account?.first_code_digest) || 'x'.repeat(code.length));

  return perform(visit, async (ctx) => {
    const still = isPassword || isFirstCode ? await holdOpen(ctx, account) : undefined;
    if (still && isPassword && still.password_hash === hash) {
      await counters.forgiveUpTo(ctx.db, counter, counted.number, limit);
      await accounts.noteSignIn(ctx.db, still.id, ctx.now.toISOString());
      return open(ctx, policy, still, 'password', null);
    }
    if (still && isFirstCode && still.password_hash === null && still.first_code_digest === code) {
      await counters.giveBack(ctx.db, counter);
      return open(ctx, policy, still, 'first-code', null);
    }
    // What was really compared, for whoever audits the gate: never more than the limit between two resets.
    const uncompared = counted.attempts > limit ? 'over-limit' : 'not-open';
    noteFailure(ctx, policy, found, 'password', mayCompare ? 'wrong' : uncompared);
    if (counted.attempts === limit) await noteLock(ctx, policy, found);
    return { as: 'refused' };
  });
};

const tryTemporary = async (
  visit: Visit,
  policy: Policy,
  typed: Knock,
  symbols: Secret,
): Promise<GateAnswer> => {
  const { comparisonsPerBlockAndDay, comparisonsInLife } = policy.temporaryPassword;
  const day = visit.house.clock().toISOString().slice(0, 10);
  const found = await countFirst(visit, policy, typed, {
    secret: 'temporary',
    counterOf: (owner) => `${owner}:temporary:${blockOf(typed.address)}:${day}`,
    isKept: false,
  });
  const { account, counted, counter, owner } = found;
  const salt = account?.temporary_salt ?? digest(visit.house.keys, 'temporary-password', owner).slice(0, 22);
  const hash = hashTemporary(visit.house.keys, salt, symbols);

  return perform(visit, async (ctx) => {
    const still = await holdOpen(ctx, account);
    const candidates = await comparableWith(ctx, still?.id ?? '');
    const mayCompare = still !== undefined && counted.attempts <= comparisonsPerBlockAndDay;
    const recognised = mayCompare ? recognise(hash, candidates, ctx.now) : ({ as: 'unknown' } as const);
    if (still && recognised.as === 'live') {
      return open(ctx, policy, still, 'temporary', recognised.credential.id);
    }

    noteFailure(ctx, policy, found, 'temporary', recognised.as === 'unknown' ? 'wrong' : recognised.as);
    if (recognised.as === 'unknown' || recognised.as === 'live') {
      // Only a guess spends the life of the live one, and it is counted alike where there is none.
      const live = candidates.find(({ state }) => state === 'live');
      const life = await counters.countTry(
        ctx.db,
        { id: `${owner}:life:${live?.id ?? ''}`, accountId: null, keepUntil: inDays(ctx, 60) },
        ctx.now.toISOString(),
      );
      if (mayCompare && live && life.attempts >= comparisonsInLife) await endOfTries(ctx, live.account_id);
      return { as: 'refused' };
    }
    await counters.giveBack(ctx.db, counter);
    return { as: recognised.as, credential: recognised.credential };
  });
};

type Counting = { secret: string; counterOf: (owner: string) => string; isKept: boolean };

/** Finds who this is and counts the try, in one act; nothing has been compared yet. */
const countFirst = (visit: Visit, policy: Policy, typed: Knock, how: Counting): Promise<Found> =>
  perform(visit, async (ctx) => {
    const canonical = canonicalIdentifier(policy.signIn.identifiers, typed.identifier);
    const index = identifierIndex(ctx.house.keys, policy.id, canonical);
    const account = await accounts.findByIdentifier(ctx.db, policy.id, index);
    const closures = await closuresOfAccounts(ctx, [account?.id ?? '']);
    const owner = account ? `account:${account.id}` : `unknown:${index}`;
    const counter = how.counterOf(owner);
    const keepUntil = account && how.isKept ? null : inDays(ctx, 1);
    const counted = await counters.countTry(
      ctx.db,
      { id: counter, accountId: account?.id ?? null, keepUntil },
      ctx.now.toISOString(),
    );
    record(ctx, {
      type: 'account.sign-in-counted',
      organisationId: policy.id,
      memberId: account?.member_id ?? null,
      data: { secret: how.secret, attempts: counted.attempts, known: account !== undefined },
    });
    const isOpen = account !== undefined && !account.frozen_at && !closures.has(account.id);
    return { account, owner, counter, counted, isOpen };
  });

/** The account as it is now, held until the transaction ends; nothing when it has been frozen or closed. */
const holdOpen = async (ctx: Ctx, account: AccountRow | undefined): Promise<AccountRow | undefined> => {
  const still = await accounts.holdAccount(ctx.db, account?.id ?? '');
  const closures = await closuresOfAccounts(ctx, [still?.id ?? '']);
  return still && !closures.has(still.id) ? still : undefined;
};

const open = async (
  ctx: Ctx,
  policy: Policy,
  account: AccountRow,
  secret: 'password' | 'temporary' | 'first-code',
  credentialId: string | null,
): Promise<GateAnswer> => {
  const mustChange = secret !== 'password';
  const session = await openPortalSession(ctx, policy, account, { changeOnly: mustChange, credentialId });
  record(ctx, {
    type: 'account.signed-in',
    organisationId: policy.id,
    memberId: account.member_id,
    data: { secret },
  });
  return { as: 'open', session, mustChange, memberId: account.member_id };
};

const noteFailure = (ctx: Ctx, policy: Policy, found: Found, secret: string, why: string): void =>
  record(ctx, {
    type: 'account.sign-in-failed',
    organisationId: policy.id,
    memberId: found.account?.member_id ?? null,
    result: 'failed',
    data: { secret, why },
  });

const noteLock = async (ctx: Ctx, policy: Policy, found: Found): Promise<void> => {
  const { maxFailures } = policy.lock;
  const isLocked = await counters.markLocked(ctx.db, found.counter, maxFailures, ctx.now.toISOString());
  if (!isLocked) return;
  record(ctx, {
    type: 'account.locked',
    organisationId: policy.id,
    memberId: found.account?.member_id ?? null,
    data: { after: maxFailures },
  });
};

const inDays = (ctx: Ctx, days: number): string =>
  new Date(ctx.now.getTime() + days * 86_400_000).toISOString();

/** A first-password code as it is kept: a keyed digest bound to its account. */
export const firstCodeDigest = (keys: Visit['house']['keys'], accountId: string, code: Secret): string =>
  digest(keys, 'first-code', accountId, code.expose().trim().toUpperCase());

/** IPv4 by /24, IPv6 by /64: whoever has one address of a block has them all (YARDSTICK 5.1). */
export const blockOf = (address: string): string => {
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address);
  if (v4) return v4[1] as string;
  const [before = '', after] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const head = before.split(':').filter(Boolean);
  const tail = (after ?? '').split(':').filter(Boolean);
  const zeros =
    after === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

/** The words a refused knock is answered with; the same for whoever is unknown, locked, disabled or mistaken. */
export const refusal = (): AppError => new AppError('signed-out', 'portal.wrongCredentials');
