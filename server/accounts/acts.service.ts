import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { endRepudiationsOf } from '../credentials/one-time.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import type { Outcome, Unblock } from './accounts.schema.ts';
import { decidedOn, prepare, reasonFrom, type Prepared } from './acting.service.ts';
import * as counters from './counters.store.ts';
import { liftSuspicion, unfreeze as liftFreeze } from './freeze.store.ts';
import { chosenCounter } from './gate.ts';
import { insertUnblock } from './unblocks.store.ts';

/**
 * Zeroes the failure counter and nothing else (DOMAIN, "Secrets"). The member is told on every known contact.
 *
 * @throws AppError `policy-refused` with the rule: not locked (in the words of the file), disabled, budget spent;
 * `conflict` when someone else acted first.
 */
export const unblock = async (ctx: Ctx, memberId: string, input: Unblock): Promise<Outcome> => {
  const prepared = await prepare(ctx, memberId, 'unblock', input);
  const { policy, callReason } = prepared;
  await zeroFailures(ctx, prepared, reasonFrom(policy.reasons.unblock, input.reason, callReason));
  await tellOfUnblock(ctx, prepared);
  return said(ctx, 'unblocked', input.version);
};

/** The unblock itself, alone or together with what is sent. @throws AppError `conflict` when it is not locked now. */
export const zeroFailures = async (ctx: Ctx, prepared: Prepared, reason: string): Promise<void> => {
  const { policy, member, account, situation, callId } = prepared;
  const hit = await counters.resetCounter(ctx.db, chosenCounter(account.id), policy.lock.maxFailures);
  if (!hit) throw new AppError('conflict', 'common.conflict');

  const at = ctx.now.toISOString();
  await insertUnblock(ctx.db, { id: ctx.newId(), account_id: account.id, at, call_id: callId });
  record(ctx, {
    type: 'account.unblocked',
    organisationId: policy.id,
    memberId: member.id,
    callId,
    data: { reason, failuresForgiven: situation.standing.failures, ...decidedOn(prepared) },
  });
};

export const tellOfUnblock = (ctx: Ctx, { member, account, callId, by }: Prepared): Promise<void> =>
  tellMember(ctx, member, { template: 'notice-unblocked', accountId: account.id, callId, askedBy: by });

/**
 * A supervisor's word that the account is its member's again, or that a suspicion was none. What died when it was
 * frozen stays dead, and no link of before freezes it anew.
 *
 * @throws AppError `policy-refused` when it is not frozen; `conflict` when someone else acted first.
 */
export const unfreeze = async (
  ctx: Ctx,
  memberId: string,
  { version }: { version: number },
): Promise<Outcome> => {
  const { policy, account, callId, situation } = await prepare(ctx, memberId, 'unfreeze', { version });
  const data = { level: situation.desk.level };
  const about = { organisationId: policy.id, memberId, callId };
  const wasSuspected = await liftSuspicion(ctx.db, account.id);
  if (wasSuspected) record(ctx, { type: 'account.suspicion-lifted', ...about, data });
  if (account.frozen_at) {
    if (!(await liftFreeze(ctx.db, account.id))) throw new AppError('conflict', 'common.conflict');
    await endRepudiationsOf(ctx, account.id);
    record(ctx, { type: 'account.unfrozen', ...about, data });
  }
  return said(ctx, account.frozen_at ? 'unfrozen' : 'suspicionLifted', version);
};

export const said = (ctx: Ctx, done: string, version: number): Outcome => ({
  message: ctx.house.words.say(ctx.language, `accounts.${done}`),
  toSay: ctx.house.words.say(ctx.language, `accounts.${done}Say`),
  letter: null,
  sending: null,
  version: version + 1,
});
