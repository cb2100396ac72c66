import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { endRepudiationsOf } from '../credentials/one-time.service.ts';
import { tellMember } from '../messages/notices.service.ts';
import type { Outcome, Unblock } from './accounts.schema.ts';
import * as store from './accounts.store.ts';
import { actorOf, callOf, prepare, reasonFrom } from './acting.service.ts';
import * as counters from './counters.store.ts';
import { unfreeze as liftFreeze } from './freeze.store.ts';
import { chosenCounter } from './gate.ts';

/**
 * Zeroes the failure counter and nothing else (DOMAIN, "Secrets"). The member is told on every known contact.
 *
 * @throws AppError `policy-refused` with the rule: not locked (in the words of the file), disabled, budget spent;
 * `conflict` when someone else acted first.
 */
export const unblock = async (ctx: Ctx, memberId: string, input: Unblock): Promise<Outcome> => {
  const { member, policy, situation, account } = await prepare(ctx, memberId, 'unblock', input.version);
  const call = await callOf(ctx, member, input.reason);
  const reason = reasonFrom(policy.reasons.unblock, input.reason, call.reason);

  const hit = await counters.resetCounter(ctx.db, chosenCounter(account.id), policy.lock.maxFailures);
  if (!hit) throw new AppError('conflict', 'common.conflict');

  await store.insertUnblock(ctx.db, {
    id: ctx.newId(),
    account_id: account.id,
    at: ctx.now.toISOString(),
    call_id: call.id,
  });
  record(ctx, {
    type: 'account.unblocked',
    organisationId: policy.id,
    memberId,
    callId: call.id,
    data: { reason, failuresForgiven: situation.standing.failures },
  });
  await tellMember(ctx, member, {
    template: 'notice-unblocked',
    accountId: account.id,
    callId: call.id,
    askedBy: actorOf(ctx),
  });
  return said(ctx, 'unblocked', input.version);
};

/**
 * A supervisor's word that the account is its member's again. What died when it was frozen stays dead, and no link
 * of before freezes it anew.
 *
 * @throws AppError `policy-refused` when it is not frozen; `conflict` when someone else acted first.
 */
export const unfreeze = async (
  ctx: Ctx,
  memberId: string,
  { version }: { version: number },
): Promise<Outcome> => {
  const { member, policy, account } = await prepare(ctx, memberId, 'unfreeze', version);
  const call = await callOf(ctx, member);
  if (!(await liftFreeze(ctx.db, account.id))) throw new AppError('conflict', 'common.conflict');
  await endRepudiationsOf(ctx, account.id);
  record(ctx, {
    type: 'account.unfrozen',
    organisationId: policy.id,
    memberId,
    callId: call.id,
    data: {},
  });
  return said(ctx, 'unfrozen', version);
};

const said = (ctx: Ctx, done: string, version: number): Outcome => ({
  message: ctx.house.words.say(ctx.language, `accounts.${done}`),
  toSay: ctx.house.words.say(ctx.language, `accounts.${done}Say`),
  letter: null,
  sending: null,
  version: version + 1,
});
