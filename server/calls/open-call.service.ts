import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { housekeep, perform } from '../core/perform.ts';
import type { Call } from './calls.schema.ts';
import * as store from './calls.store.ts';
import type { About, StoredCall } from './calls.store.ts';
import { agentOf, endOpenCall, endStored, isIdle } from './end-call.service.ts';

export { agentOf, asOf } from './end-call.service.ts';
export type { About, StoredCall } from './calls.store.ts';

const touchSeconds = 30;

/**
 * The agent's open call, to which a search or a look belongs; opens one, caller unsaid, when there is none. Pass
 * the member once they are known to be in scope. A background visit keeps no call alive, but no look stays
 * outside a call, whatever mark it carries. A supervisor's look opens a back-office call, one for each member: they
 * read what others did, and nobody rang. Opening is an act of its own: in a transaction use `callForAct`.
 */
export const openCallOf = async (visit: Visit, about?: About): Promise<{ id: string }> => {
  const { house } = visit;
  const agent = agentOf(visit);
  const found = await store.findOpenCall(house.pool, agent.id);
  const now = house.clock();
  const looksOn = found !== undefined && agent.role === 'supervisor' && isNextLook(found, about);
  if (found && !isIdle(found, now) && !looksOn) {
    await keepAlive(visit, found, now, about);
    return found;
  }

  try {
    return await perform(visit, async (ctx) => {
      if (looksOn) await endOpenCall(ctx, 'next-call');
      const channel = agent.role === 'supervisor' ? 'back-office' : 'telephone';
      const call = await takeCall(ctx, { channel, bySearchOrLook: true, about });
      if (ctx.events.length === 0) throw new AlreadyOpen(call);
      return call;
    });
  } catch (error) {
    if (error instanceof AlreadyOpen) return error.call;
    throw error;
  }
};

/**
 * The call of an act on a member, inside the act's own transaction: opened if need be, bound to the member. A call
 * holds for one member: an act on another ends it and opens a new one by the same channel, caller unsaid. An act
 * before the caller is said makes it a back-office call. `reason` stays the call's when it had none.
 *
 * @throws AppError `conflict` when `callId` is given and is not the agent's open call about this member.
 */
export const callForAct = async (
  ctx: Ctx,
  about: About & { callId?: string | undefined; reason?: string | undefined },
): Promise<StoredCall> => {
  const { organisationId, memberId, callId, reason } = about;
  const running = await takeCall(ctx, { channel: 'back-office', bySearchOrLook: false, about });
  if (callId !== undefined && callId !== running.id) throw new AppError('conflict', 'calls.ended');
  if (callId !== undefined && isAboutAnother(running, memberId)) {
    throw new AppError('conflict', 'calls.otherMember');
  }
  const call = isAboutAnother(running, memberId) ? await nextCall(ctx, running.channel, about) : running;

  const isUnsaid = call.caller === 'unsaid' && call.channel !== 'back-office';
  const turns = call.memberId !== null && call.memberId !== memberId;
  const bound: StoredCall = {
    ...call,
    organisationId,
    memberId,
    channel: isUnsaid ? 'back-office' : call.channel,
    reason: call.reason ?? reason ?? null,
    version: turns ? call.version + 1 : call.version,
  };
  await store.bindCall(ctx.db, call.id, bound, ctx.now.toISOString());
  if (isUnsaid) {
    record(ctx, {
      type: 'call.changed',
      organisationId,
      memberId,
      callId: call.id,
      data: { changed: ['channel'], channel: { from: call.channel, to: bound.channel } },
    });
  }
  return bound;
};

/**
 * The agent's open call as far as it is about this member: one about another member says nothing of this one. What
 * decides about an act reads the caller from here.
 */
export const callAbout = async (ctx: Ctx, memberId: string): Promise<StoredCall | undefined> => {
  const found = await store.findOpenCall(ctx.db, agentOf(ctx).id);
  if (!found || isIdle(found, ctx.now) || isAboutAnother(found, memberId)) return undefined;
  return found;
};

export const newCall = (
  ctx: Ctx,
  said: Pick<Call, 'channel' | 'caller'> & Partial<StoredCall>,
): StoredCall => {
  const { organisationIds } = ctx.scope;
  const agent = agentOf(ctx);
  return {
    id: ctx.newId(),
    agentId: agent.id,
    // An agent of one organisation only speaks for that one.
    organisationId: organisationIds.length === 1 ? (organisationIds[0] ?? null) : null,
    memberId: null,
    reference: null,
    reason: null,
    openedAt: ctx.now.toISOString(),
    lastActivityAt: ctx.now.toISOString(),
    endedAt: null,
    endedBy: null,
    outcome: null,
    siteId: agent.siteId,
    resumesId: null,
    version: 1,
    ...said,
  };
};

export const recordOpened = (ctx: Ctx, call: StoredCall, bySearchOrLook: boolean): void => {
  const { channel, caller, organisationId, memberId } = call;
  record(ctx, {
    type: 'call.opened',
    organisationId,
    memberId,
    callId: call.id,
    data: { channel, caller, bySearchOrLook },
  });
};

// Leaves the transaction with nothing done: a request beside this one opened the call.
class AlreadyOpen extends Error {
  readonly call: StoredCall;

  constructor(call: StoredCall) {
    super('already open');
    this.call = call;
  }
}

// Once it is said who speaks, a look elsewhere stays within that call.
const isNextLook = (call: StoredCall, about?: About): boolean =>
  about !== undefined && call.caller === 'unsaid' && isAboutAnother(call, about.memberId);

const takeCall = async (
  ctx: Ctx,
  how: { channel: Call['channel']; bySearchOrLook: boolean; about?: About | undefined },
): Promise<StoredCall> => {
  const agent = agentOf(ctx);
  const found = await store.holdOpenCall(ctx.db, agent.id);
  if (found && !isIdle(found, ctx.now)) return found;
  if (found) await endStored(ctx, found, 'idle');

  const call = unsaidCall(ctx, how.channel, how.about);
  if (await store.insertOpenCall(ctx.db, call)) {
    recordOpened(ctx, call, how.bySearchOrLook);
    return call;
  }
  const other = await store.holdOpenCall(ctx.db, agent.id);
  if (!other) throw new AppError('conflict', 'common.conflict');
  return other;
};

const nextCall = async (ctx: Ctx, channel: Call['channel'], about: About): Promise<StoredCall> => {
  await endOpenCall(ctx, 'next-call');
  const call = unsaidCall(ctx, channel, about);
  if (!(await store.insertOpenCall(ctx.db, call))) throw new AppError('conflict', 'common.conflict');
  recordOpened(ctx, call, false);
  return call;
};

const unsaidCall = (ctx: Ctx, channel: Call['channel'], about?: About): StoredCall => {
  const member = about && { organisationId: about.organisationId, memberId: about.memberId };
  return newCall(ctx, { channel, caller: 'unsaid', ...member });
};

// An act on an unsaid call makes it a back-office call: any other unsaid one was only looked around in.
const isFree = ({ memberId, caller, channel }: StoredCall): boolean =>
  memberId === null || (caller === 'unsaid' && channel !== 'back-office');

const isAboutAnother = (call: StoredCall, memberId: string): boolean =>
  call.memberId !== memberId && !isFree(call);

const keepAlive = async (visit: Visit, call: StoredCall, now: Date, about?: About): Promise<void> => {
  if (visit.background) return;
  const isFresh = now.getTime() - Date.parse(call.lastActivityAt) < touchSeconds * 1_000;
  const turns = about && call.memberId !== about.memberId && isFree(call);
  if (isFresh && !turns) return;
  await housekeep(visit.house, async (db) => {
    await store.touchCall(db, call.id, now.toISOString());
    if (turns) await store.turnCall(db, call.id, about);
  });
};
