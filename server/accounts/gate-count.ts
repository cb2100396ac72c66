import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import * as accounts from './accounts.store.ts';
import { blockOf } from './address-block.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import type { Counted } from './counters.store.ts';
import { canonicalIdentifier, identifierIndex } from './identifiers.ts';
import { insertLock, type LockSecret } from './locks.store.ts';
import { noteLockRate, slowDown } from './slowing.service.ts';

export type Found = {
  account: AccountRow | undefined;
  owner: string;
  counter: string;
  counted: Counted;
  isOpen: boolean;
};

/** The counter of chosen passwords and first codes: one for each account, kept until it is reset. */
export const ofChosen: Counting = {
  secret: 'password',
  counterOf: (owner) => `${owner}:password`,
  isKept: true,
};

export type Counting = { secret: string; counterOf: (owner: string) => string; isKept: boolean };
/** By which way a try came: an organisation's own server, by its key's id, or the pages of the portal. */
export type Via = { address: string; portalClientId?: string | null };
/** Whoever has this identifier, or the one whose session is open. */
type Who = Via & ({ identifier: string } | { accountId: string });

/** Finds who this is and counts the try, in one act; nothing has been compared yet. */
export const countFirst = async (visit: Visit, policy: Policy, who: Who, how: Counting): Promise<Found> => {
  const found = await perform(visit, async (ctx) => {
    const tooMany = await slowDown(ctx, policy, who.address, how.secret);
    if (tooMany) return tooMany;
    const canonical = 'identifier' in who && canonicalIdentifier(policy.signIn.identifiers, who.identifier);
    const index = canonical ? identifierIndex(ctx.house.keys, policy.id, canonical) : '';
    const account =
      'accountId' in who
        ? await accounts.findAccount(ctx.db, who.accountId)
        : await accounts.findByIdentifier(ctx.db, policy.id, index);
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
  if (found instanceof AppError) throw found;
  return found;
};

/** What was really compared, for whoever audits the gate: never more than the limit between two resets. */
export const noteWrong = async (
  ctx: Ctx,
  policy: Policy,
  found: Found,
  { compared, ...how }: Via & { compared: boolean; again?: boolean },
): Promise<void> => {
  const { attempts } = found.counted;
  const uncompared = attempts > policy.lock.maxFailures ? 'over-limit' : 'not-open';
  noteFailure(ctx, policy, found, 'password', compared ? 'wrong' : uncompared);
  if (attempts === policy.lock.maxFailures) await noteLock(ctx, policy, found, how);
};

export const noteFailure = (ctx: Ctx, policy: Policy, found: Found, secret: string, why: string): void =>
  record(ctx, {
    type: 'account.sign-in-failed',
    organisationId: policy.id,
    memberId: found.account?.member_id ?? null,
    result: 'failed',
    data: { secret, why },
  });

const noteLock = async (
  ctx: Ctx,
  policy: Policy,
  found: Found,
  how: Via & { again?: boolean },
): Promise<void> => {
  const { maxFailures } = policy.lock;
  const at = ctx.now.toISOString();
  const locked = await counters.markLocked(ctx.db, found.counter, maxFailures, at);
  if (!locked) return;
  const cause = causeOf(found, how);
  await insertLock(ctx.db, {
    id: ctx.newId(),
    organisation_id: policy.id,
    account_id: found.account?.id ?? null,
    member_id: found.account?.member_id ?? null,
    counter_id: found.counter,
    forgiven: locked.forgiven,
    locked_at: at,
    ...cause,
  });
  record(ctx, {
    type: 'account.locked',
    organisationId: policy.id,
    memberId: found.account?.member_id ?? null,
    // Of a network address the audit keeps a digest only.
    data: { after: maxFailures, ...cause, block: digest(ctx.house.keys, 'identifier-index', cause.block) },
  });
  await noteLockRate(ctx, policy.id);
};

/** What a mass lock is told by: the way in, the secret that was tried, the block of addresses. */
const causeOf = (
  { account }: Found,
  { address, portalClientId, again = false }: Via & { again?: boolean },
) => {
  const isFirstCode = account !== undefined && account.password_hash === null;
  const secret: LockSecret = again ? 'password-again' : isFirstCode ? 'first-code' : 'password';
  return { via: portalClientId ?? 'pages', secret, block: blockOf(address) };
};

export const inDays = (ctx: Ctx, days: number): string =>
  new Date(ctx.now.getTime() + days * 86_400_000).toISOString();
