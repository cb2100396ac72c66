import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { sameDigest, Secret } from '../core/secret.ts';
import {
  comparableWith,
  endAsExpired,
  endOfTries,
  hashTemporary,
  recognise,
  type Recognised,
} from '../credentials/credentials.service.ts';
import type { CredentialRow } from '../credentials/credentials.store.ts';
import { readTemporaryPassword } from '../credentials/temporary-password.ts';
import { expireLetters } from '../letters/letters.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import { blockOf } from './address-block.ts';
import * as accounts from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { countFirst, inDays, noteFailure, noteWrong, ofChosen, type Via } from './gate-count.ts';
import { nextStepOf, type NextStep } from './next-step.ts';
import { normalisePassword } from './password-rule.ts';
import { openPortalSession, type OpenedSession } from './portal-sessions.service.ts';
import { notSlowed, raiseTemporaryAlert } from './slowing.service.ts';

export type Knock = Via & { identifier: string; password: Secret };

export type GateAnswer =
  | { as: 'open'; session: OpenedSession; next: NextStep; memberId: string }
  | { as: 'refused' }
  | { as: 'typing-error' }
  | { as: Exclude<Recognised['as'], 'live' | 'unknown'>; credential: CredentialRow };

/**
 * The member's gate: one function, every way in. A place in the hashing queue; then the try is counted; only
 * then, and only within the limit, is anything compared. The shape of what is typed picks the secret.
 *
 * @throws AppError `busy` when the queue is full, `too-many` when the address block has failed too often: nothing
 * was counted.
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

const tryChosen = async (visit: Visit, policy: Policy, typed: Knock): Promise<GateAnswer> => {
  const limit = policy.lock.maxFailures;
  const { address, portalClientId } = typed;
  const found = await countFirst(visit, policy, typed, ofChosen);
  const { account, counted, counter } = found;
  const mayCompare = found.isOpen && counted.attempts <= limit;

  const { keys, hashing } = visit.house;
  const password = new Secret(normalisePassword(typed.password.expose()));
  const hash = mayCompare ? (account?.password_hash ?? null) : null;
  const isPassword = await hashing.check(password, hash);
  // The first code is compared beside a full-cost decoy, so that it answers in the same time.
  const code = firstCodeDigest(keys, account?.id ?? '', password);
  const isFirstCode = sameDigest(code, (mayCompare && account?.first_code_digest) || 'x'.repeat(code.length));

  return perform(visit, async (ctx) => {
    const still = isPassword || isFirstCode ? await holdOpen(ctx, account) : undefined;
    if (still) await notSlowed(ctx, typed.address);
    if (still && isPassword && still.password_hash === hash) {
      await counters.forgiveUpTo(ctx.db, counter, counted.number, limit);
      await accounts.noteSignIn(ctx.db, still.id, ctx.now.toISOString());
      return open(ctx, policy, still, 'password', null);
    }
    if (still && isFirstCode && still.password_hash === null && still.first_code_digest === code) {
      await counters.giveBack(ctx.db, counter);
      return open(ctx, policy, still, 'first-code', null);
    }
    await noteWrong(ctx, policy, found, { address, portalClientId, compared: mayCompare });
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
    if (recognised.as !== 'unknown') await notSlowed(ctx, typed.address);
    if (still && recognised.as === 'live') {
      return open(ctx, policy, still, 'temporary', recognised.credential.id);
    }

    noteFailure(ctx, policy, found, 'temporary', recognised.as === 'unknown' ? 'wrong' : recognised.as);
    if (recognised.as === 'unknown' || recognised.as === 'live') {
      // Only a guess that was compared spends the life of the live one; the others are counted beside it, alike.
      const live = mayCompare ? candidates.find(({ state }) => state === 'live') : undefined;
      const life = await counters.countTry(
        ctx.db,
        { id: `${owner}:life:${live?.id ?? ''}`, accountId: null, keepUntil: inDays(ctx, 60) },
        ctx.now.toISOString(),
      );
      const isOver = live && life.attempts >= comparisonsInLife;
      if (still && isOver && (await endOfTries(ctx, still.id))) {
        await raiseTemporaryAlert(ctx, 'temporary-tries', still, policy.id);
      }
      return { as: 'refused' };
    }
    if (still && recognised.as === 'not-yet-valid') {
      await raiseTemporaryAlert(ctx, 'letter-not-yet-active', still, policy.id);
    }
    // Dead from now on, should a clock ever go back.
    if (recognised.as === 'expired') {
      await expireLetters(ctx.db, await endAsExpired(ctx, recognised.credential.id), ctx.now);
    }
    await counters.giveBack(ctx.db, counter);
    return { as: recognised.as, credential: recognised.credential };
  });
};

/** The account as it is now, held until the transaction ends; nothing when it has been frozen or closed. */
export const holdOpen = async (
  ctx: Ctx,
  account: Pick<AccountRow, 'id'> | undefined,
): Promise<AccountRow | undefined> => {
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
  const session = await openPortalSession(ctx, policy, account, { openedBy: secret, credentialId });
  record(ctx, {
    type: 'account.signed-in',
    organisationId: policy.id,
    memberId: account.member_id,
    data: { secret },
  });
  const next = nextStepOf(account, policy.afterChange, secret !== 'password');
  return { as: 'open', session, next, memberId: account.member_id };
};

/** A first-password code as it is kept: a keyed digest bound to its account. */
export const firstCodeDigest = (keys: Visit['house']['keys'], accountId: string, code: Secret): string =>
  digest(keys, 'first-code', accountId, code.expose().trim().toUpperCase());

/** The words a refused knock is answered with; the same for whoever is unknown, locked, disabled or mistaken. */
export const refusal = (): AppError => new AppError('signed-out', 'portal.wrongCredentials');
