import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { countWaysInto, endAllOfAccounts } from '../credentials/credentials.service.ts';
import { countUnposted, endLettersOfIncident, holdPrintedLots } from '../letters/incident-letters.service.ts';
import { endMessagesOfAccount } from '../messages/messages.service.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import { holdAccounts, listOfMembers } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { listLocks } from './locks.store.ts';
import { deleteChangeSessionsOfAll } from './portal-sessions.store.ts';

/** One account of many that something is done to together; `requestId` leads to who asked and who approved. */
export type Together = { requestId: string; targets: Target[] };
export type Target = { organisationId: string; accountId: string; memberId: string; lockId: string | null };

export type HolderOf = { accountId: string; organisationId: string; memberId: string };

/** The accounts that these members' files lead to, each once. */
export const accountsOfMembers = async (ctx: Pick<Ctx, 'db'>, memberIds: string[]): Promise<HolderOf[]> => {
  const found = new Map<string, HolderOf>();
  for (let from = 0; from < memberIds.length; from += 500) {
    for (const row of await listOfMembers(ctx.db, memberIds.slice(from, from + 500)))
      found.set(row.id, { accountId: row.id, organisationId: row.organisation_id, memberId: row.holder_id });
  }
  return [...found.values()];
};

/** Live secrets in all and of each kind, those on paper not yet posted, and letters not yet posted. */
export type ToKill = Record<'secrets' | 'temporary' | 'links' | 'codes' | 'printed' | 'letters', number>;

/** What would die now. */
export const countToKill = async (ctx: Pick<Ctx, 'db' | 'now'>, accountIds: string[]): Promise<ToKill> => {
  const sum: ToKill = { secrets: 0, temporary: 0, links: 0, codes: 0, printed: 0, letters: 0 };
  for (let from = 0; from < accountIds.length; from += 500) {
    const some = accountIds.slice(from, from + 500);
    const { live, ...kinds } = await countWaysInto(ctx, some);
    sum.secrets += live;
    for (const kind of ['temporary', 'links', 'codes', 'printed'] as const) sum[kind] += kinds[kind];
    sum.letters += await countUnposted(ctx, some);
  }
  return sum;
};

/**
 * Kills what opens these accounts now: temporary passwords, links and codes, those about to be sent, and sessions
 * that one of them opened; with `letters`, what has not been posted yet too. Chosen passwords stay. Each member who
 * lost something has it in their story.
 */
export const killSecretsTogether = async (
  ctx: Ctx,
  { requestId, targets }: Together,
  andLetters: boolean,
): Promise<{ hit: number; secrets: number; letters: number }> => {
  const accountIds = targets.map(({ accountId }) => accountId);
  if (andLetters) await holdPrintedLots(ctx, accountIds);
  await holdAccounts(ctx.db, accountIds);
  const ended = await endAllOfAccounts(ctx, accountIds, andLetters);
  const messages = await endMessagesOfAccount(ctx, accountIds);
  await deleteChangeSessionsOfAll(ctx.db, accountIds);
  const posted = ended.flatMap(({ letterId }) => letterId ?? []);
  const letters = await endLettersOfIncident(ctx, { accountIds, posted, andUnposted: andLetters });

  let hit = 0;
  for (const { accountId, organisationId, memberId } of targets) {
    const secrets = countOf(ended, accountId);
    const called = countOf(letters, accountId);
    if (secrets + called === 0) continue;
    hit += 1;
    const data = { requestId, secrets, letters: called };
    record(ctx, { type: 'account.secrets-killed', organisationId, memberId, data });
  }
  return { hit, secrets: ended.length + messages, letters: letters.length };
};

/**
 * Unblocks the accounts whose lock still is the one named, each by the conditional update of an unblock, and no
 * other: not one that was lifted or came back meanwhile, nor one that is frozen, suspected or disabled now. It uses
 * up nothing of the desk's budget, which limits what agents do for a caller.
 */
export const unblockTogether = async (
  ctx: Ctx,
  { requestId, targets }: Together,
): Promise<{ hit: number }> => {
  const locks = new Map(
    (
      await listLocks(
        ctx.db,
        targets.flatMap(({ lockId }) => lockId ?? []),
      )
    ).map((lock) => [lock.id, lock]),
  );
  const closed = await closuresOfAccounts(
    ctx,
    targets.map(({ accountId }) => accountId),
  );
  let hit = 0;
  for (const { lockId, accountId, organisationId, memberId } of targets) {
    const lock = locks.get(lockId ?? '');
    if (!lock || closed.has(accountId)) continue;
    const { counter_id: counterId, locked_at: lockedAt } = lock;
    const that = { counterId, accountId, lockedAt, forgiven: Number(lock.forgiven) };
    const forgiven = await counters.resetThatLock(ctx.db, that, ctx.now.toISOString());
    if (forgiven === undefined) continue;
    hit += 1;
    const data = { requestId, failuresForgiven: forgiven };
    record(ctx, { type: 'account.unblocked-together', organisationId, memberId, data });
  }
  return { hit };
};

const countOf = (rows: { accountId: string }[], accountId: string): number =>
  rows.filter((row) => row.accountId === accountId).length;
