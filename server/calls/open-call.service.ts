import { record } from '../audit/record.ts';
import type { Actor, Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { housekeep, perform } from '../core/perform.ts';
import type { Call } from './calls.schema.ts';
import * as store from './calls.store.ts';
import type { About, StoredCall } from './calls.store.ts';

export type { About, StoredCall } from './calls.store.ts';

export const idleMinutes = 15;
const touchSeconds = 30;

/**
 * The agent's open call, to which a search or a look belongs; opens one, caller unsaid, when there is none. Pass
 * the member once they are known to be in scope. A background visit keeps no call alive, but no look stays
 * outside a call, whatever mark it carries. Opening is an act of its own: in a transaction use `callForAct`.
 */
export const openCallOf = async (visit: Visit, about?: About): Promise<{ id: string }> => {
  const { house } = visit;
  const agent = agentOf(visit);
  const found = await store.findOpenCall(house.pool, agent.id);
  const now = house.clock();
  if (found && !isIdle(found, now)) {
    await keepAlive(visit, found, now, about);
    return found;
  }

  try {
    return await perform(visit, async (ctx) => {
      const call = await takeCall(ctx, { channel: 'telephone', bySearchOrLook: true, about });
      if (ctx.events.length === 0) throw new AlreadyOpen(call);
      return call;
    });
  } catch (error) {
    if (error instanceof AlreadyOpen) return error.call;
    throw error;
  }
};

/**
 * The call of an act on a member, inside the act's own transaction: opened if need be, bound to the member. An
 * act before the caller is said makes it a back-office call. `reason` stays the call's when it had none.
 *
 * @throws AppError `conflict` when `callId` is given and is not the agent's open call.
 */
export const callForAct = async (
  ctx: Ctx,
  about: About & { callId?: string | undefined; reason?: string | undefined },
): Promise<StoredCall> => {
  const { organisationId, memberId, callId, reason } = about;
  const call = await takeCall(ctx, { channel: 'back-office', bySearchOrLook: false, about });
  if (callId !== undefined && callId !== call.id) throw new AppError('conflict', 'calls.ended');

  const isUnsaid = call.caller === 'unsaid' && call.channel !== 'back-office';
  const bound: StoredCall = {
    ...call,
    organisationId,
    memberId,
    channel: isUnsaid ? 'back-office' : call.channel,
    reason: call.reason ?? reason ?? null,
  };
  await store.bindCall(ctx.db, call.id, bound, ctx.now.toISOString());
  if (isUnsaid) {
    record(ctx, {
      type: 'call.changed',
      organisationId,
      memberId,
      callId: call.id,
      data: { changed: ['channel'] },
    });
  }
  return bound;
};

/** Ends the agent's open call, as idle when it is that. Returns whether there was one. */
export const endOpenCall = async (ctx: Ctx, by: 'next-call' | 'idle'): Promise<boolean> => {
  const found = await store.findOpenCall(ctx.db, agentOf(ctx).id);
  if (!found) return false;
  const end = isIdle(found, ctx.now)
    ? { at: idleEnd(found), by: 'idle' as const }
    : { at: ctx.now.toISOString(), by };
  const ended = await store.endCall(ctx.db, found, end);
  const { organisationId, memberId, id: callId } = found;
  if (ended) record(ctx, { type: 'call.ended', organisationId, memberId, callId, data: { by: end.by } });
  return ended;
};

/** As it stands now: a call idle for too long has ended, written down or not. */
export const asOf = (call: StoredCall, now: Date): StoredCall =>
  call.endedAt === null && isIdle(call, now) ? { ...call, endedAt: idleEnd(call), endedBy: 'idle' } : call;

/** @throws AppError `signed-out`: only agents have calls. */
export const agentOf = ({ actor }: Visit): Extract<Actor, { kind: 'agent' }> => {
  if (actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  return actor;
};

export const newCall = (
  ctx: Ctx,
  said: Pick<Call, 'channel' | 'caller'> & Partial<StoredCall>,
): StoredCall => {
  const { organisationIds } = ctx.scope;
  return {
    id: ctx.newId(),
    agentId: agentOf(ctx).id,
    // An agent of one organisation only speaks for that one.
    organisationId: organisationIds.length === 1 ? (organisationIds[0] ?? null) : null,
    memberId: null,
    reference: null,
    reason: null,
    openedAt: ctx.now.toISOString(),
    lastActivityAt: ctx.now.toISOString(),
    endedAt: null,
    endedBy: null,
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

const takeCall = async (
  ctx: Ctx,
  how: { channel: Call['channel']; bySearchOrLook: boolean; about?: About | undefined },
): Promise<StoredCall> => {
  const agent = agentOf(ctx);
  const found = await store.findOpenCall(ctx.db, agent.id);
  if (found && !isIdle(found, ctx.now)) return found;
  if (found) await endOpenCall(ctx, 'idle');

  const { channel, about } = how;
  const member = about && { organisationId: about.organisationId, memberId: about.memberId };
  const call = newCall(ctx, { channel, caller: 'unsaid', ...member });
  if (await store.insertOpenCall(ctx.db, call)) {
    recordOpened(ctx, call, how.bySearchOrLook);
    return call;
  }
  const other = await store.findOpenCall(ctx.db, agent.id);
  if (!other) throw new AppError('conflict', 'common.conflict');
  return other;
};

const keepAlive = async (visit: Visit, call: StoredCall, now: Date, about?: About): Promise<void> => {
  if (visit.background) return;
  const isFresh = now.getTime() - Date.parse(call.lastActivityAt) < touchSeconds * 1_000;
  const isBound = call.memberId !== null || !about;
  if (isFresh && isBound) return;
  await housekeep(visit.house, (db) => store.touchCall(db, call.id, now.toISOString(), about));
};

const isIdle = (call: StoredCall, now: Date): boolean => now.toISOString() > idleEnd(call);

const idleEnd = (call: StoredCall): string =>
  new Date(Date.parse(call.lastActivityAt) + idleMinutes * 60_000).toISOString();
