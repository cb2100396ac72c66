import { eventsOfCalls } from '../audit/audit.service.ts';
import { record } from '../audit/record.ts';
import type { Actor, Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { CallOutcome } from '../core/vocabulary.ts';
import * as store from './calls.store.ts';
import type { StoredCall } from './calls.store.ts';
import { outcomeOf, tellingTypes } from './outcome.ts';

export const idleMinutes = 15;

/** @throws AppError `signed-out`: only agents have calls. */
export const agentOf = ({ actor }: Visit): Extract<Actor, { kind: 'agent' }> => {
  if (actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  return actor;
};

/** Ends the agent's open call, as idle when it is that. Returns whether there was one. */
export const endOpenCall = async (ctx: Ctx, by: 'next-call' | 'idle'): Promise<boolean> => {
  const found = await store.findOpenCall(ctx.db, agentOf(ctx).id);
  return found ? endStored(ctx, found, by) : false;
};

/** Writes down that a call has ended, with what it came to. Returns false when it had ended, or was used, meanwhile. */
export const endStored = async (ctx: Ctx, call: StoredCall, by: 'next-call' | 'idle'): Promise<boolean> => {
  const outcome = await outcomeSoFar(ctx, call.id);
  const end = isIdle(call, ctx.now)
    ? { at: idleEnd(call), by: 'idle' as const, outcome }
    : { at: ctx.now.toISOString(), by, outcome };
  const ended = await store.endCall(ctx.db, call, end);
  const { organisationId, memberId, id: callId } = call;
  if (ended) {
    record(ctx, { type: 'call.ended', organisationId, memberId, callId, data: { by: end.by, outcome } });
  }
  return ended;
};

/** What was done in a call and in those it goes on with. */
export const outcomeSoFar = async (ctx: Ctx, callId: string): Promise<CallOutcome> =>
  outcomeOf(await eventsOfCalls(ctx, [callId, ...(await callChain(ctx, callId))], tellingTypes));

/** The ids of the calls that a call goes on with, nearest first. */
export const callChain = async ({ db }: Pick<Ctx, 'db'>, callId: string): Promise<string[]> => {
  const chain: string[] = [];
  for (let id = await store.findResumed(db, callId); id; id = await store.findResumed(db, id)) chain.push(id);
  return chain;
};

/** As it stands now: a call idle for too long has ended, written down or not. */
export const asOf = (call: StoredCall, now: Date): StoredCall =>
  call.endedAt === null && isIdle(call, now) ? { ...call, endedAt: idleEnd(call), endedBy: 'idle' } : call;

export const isIdle = (call: StoredCall, now: Date): boolean => now.toISOString() > idleEnd(call);

const idleEnd = (call: StoredCall): string =>
  new Date(Date.parse(call.lastActivityAt) + idleMinutes * 60_000).toISOString();
