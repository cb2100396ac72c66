import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Call, ResumableCall } from './calls.schema.ts';
import * as calls from './calls.store.ts';
import { agentOf, asOf, endOpenCall, endStored, idleMinutes } from './end-call.service.ts';
import { newCall, recordOpened } from './open-call.service.ts';
import { kinds, resumableUntil } from './resumable.ts';
import * as store from './resumable-calls.store.ts';

const shown = 20;
// No session lasts longer, and a call no longer than its agent's session.
const longestCallMinutes = 12 * 60;

/**
 * Opens a call that goes on with one that was cut, or left idle, a short while ago: for its agent or another of the
 * same site. Channel, caller, reason, reference and member go on; whether what was proved does is not said here.
 *
 * @throws AppError `not-found` for a call elsewhere; `conflict` while it lasts, or when somebody resumed it already;
 * `policy-refused` when it was ended on purpose or too long ago.
 */
export const resumeCall = async (ctx: Ctx, id: string): Promise<Call> => {
  const agent = agentOf(ctx);
  const found = await store.findCallNearby(ctx.db, ctx.scope, resumerOf(ctx), id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  assertResumable(ctx, asOf(found, ctx.now));

  const wasIdle = found.endedAt === null;
  if (wasIdle && !(await endStored(ctx, found, 'idle'))) throw new AppError('conflict', 'calls.stillOpen');
  const taken = await store.takeUp(ctx.db, id, wasIdle ? found.version + 1 : found.version);
  if (!taken) throw new AppError('conflict', 'calls.resumedAlready');

  await endOpenCall(ctx, 'next-call');
  const { channel, caller, reason, reference, organisationId, memberId } = found;
  const about = { organisationId, memberId };
  const call = newCall(ctx, { channel, caller, reason, reference, ...about, resumesId: id });
  if (!(await calls.insertOpenCall(ctx.db, call))) throw new AppError('conflict', 'common.conflict');
  recordOpened(ctx, call, false);
  record(ctx, { type: 'call.resumed', ...about, callId: call.id, data: { resumes: id } });
  return { ...call, agentName: agent.name };
};

/** The calls that this agent may take up again now, the latest first. */
export const resumableCalls = async (ctx: Ctx): Promise<{ calls: ResumableCall[] }> => {
  const now = ctx.now.toISOString();
  const found = await store.listNotTakenUp(ctx.db, ctx.scope, resumerOf(ctx), windowAt(ctx.now), shown);
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(found.map(({ agentId }) => agentId))]);
  return {
    calls: found.flatMap((stored): ResumableCall[] => {
      const call = asOf(stored, ctx.now);
      const until = resumableUntil(call);
      if (until === null || until < now) return [];
      return [{ ...call, agentName: names.get(call.agentId) ?? null, resumableUntil: until }];
    }),
  };
};

// A call ends at its last activity, or up to the idle minutes after it: the exact moment is `resumableUntil`'s.
const windowAt = (now: Date): store.Window => {
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  const longest = Math.max(...kinds.map(({ minutes }) => minutes));
  return {
    openedSince: before(longest + longestCallMinutes),
    idleBefore: before(idleMinutes),
    kinds: kinds.map(({ minutes, ...kind }) => ({ ...kind, since: before(minutes + idleMinutes) })),
  };
};

const assertResumable = (ctx: Ctx, call: calls.StoredCall): void => {
  if (call.endedAt === null) throw new AppError('conflict', 'calls.stillOpen');
  const until = resumableUntil(call);
  if (until === null) throw new AppError('policy-refused', 'calls.notResumable', { rule: 'call.ended' });
  if (until < ctx.now.toISOString()) {
    throw new AppError('policy-refused', 'calls.tooLateToResume', { rule: 'call.too-late' });
  }
};

const resumerOf = (ctx: Ctx): store.Resumer => {
  const { id: agentId, siteId } = agentOf(ctx);
  return { agentId, siteId };
};
