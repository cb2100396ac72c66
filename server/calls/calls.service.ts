import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Call, ChangeCall, NewCall } from './calls.schema.ts';
import * as store from './calls.store.ts';
import type { CallFilter, StoredCall } from './calls.store.ts';
import { agentOf, asOf, endOpenCall, idleMinutes, newCall, recordOpened } from './open-call.service.ts';

export { callForAct, openCallOf } from './open-call.service.ts';
export type { About, StoredCall } from './open-call.service.ts';

/** The agent's open call, or null; reading it keeps nothing alive. */
export const currentCall = async (ctx: Ctx): Promise<{ call: Call | null }> => {
  const agent = agentOf(ctx);
  const found = await store.findOpenCall(ctx.db, agent.id);
  const call = found && asOf(found, ctx.now);
  return { call: call && call.endedAt === null ? { ...call, agentName: agent.name } : null };
};

/** Opens a call by hand; the one before it ends. */
export const openCall = async (ctx: Ctx, input: NewCall): Promise<Call> => {
  assertReference(input.reference);
  assertReason(ctx, null, input.reason);
  await endOpenCall(ctx, 'next-call');

  const { channel, caller, reference, reason } = input;
  const call = newCall(ctx, { channel, caller, reference: reference || null, reason: reason ?? null });
  if (!(await store.insertOpenCall(ctx.db, call))) throw new AppError('conflict', 'common.conflict');
  recordOpened(ctx, call, false);
  return { ...call, agentName: agentOf(ctx).name };
};

/**
 * Says who calls and why, or ends the call.
 *
 * @throws AppError `not-found` for another agent's call, `conflict` when it has ended or `version` is stale.
 */
export const changeCall = async (ctx: Ctx, id: string, input: ChangeCall): Promise<Call> => {
  const agent = agentOf(ctx);
  const found = await store.findOwnCall(ctx.db, agent.id, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  if (asOf(found, ctx.now).endedAt !== null) throw new AppError('conflict', 'calls.ended');
  assertReference(input.reference);
  assertReason(ctx, found.organisationId, input.reason);

  const { saved, changed } = applied(found, input, ctx.now);
  if (changed.length === 0 && !input.ended) throw new AppError('invalid-input', 'calls.nothingToChange');
  const hit = await store.updateCall(ctx.db, saved, input.version, ctx.now.toISOString());
  if (!hit) throw new AppError('conflict', 'common.conflict');

  const { organisationId, memberId } = found;
  const of = { organisationId, memberId, callId: id };
  if (changed.length > 0) record(ctx, { ...of, type: 'call.changed', data: { changed } });
  if (input.ended) record(ctx, { ...of, type: 'call.ended', data: { by: 'agent' } });
  return {
    ...saved,
    lastActivityAt: ctx.now.toISOString(),
    version: input.version + 1,
    agentName: agent.name,
  };
};

/** An agent's own calls; a supervisor's organisations' calls. Looking is recorded. */
export const listCalls = async (ctx: Ctx, query: ListQuery<CallFilter, 'openedAt'>): Promise<Page<Call>> => {
  const agent = agentOf(ctx);
  const viewer = {
    agentId: agent.id,
    seesAll: agent.role === 'supervisor',
    idleBefore: new Date(ctx.now.getTime() - idleMinutes * 60_000).toISOString(),
  };
  const page = await store.listCalls(ctx.db, ctx.scope, viewer, query);
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(page.rows.map((call) => call.agentId))]);
  record(ctx, { type: 'call.listed', data: { filters: Object.keys(query.filter) } });
  return {
    ...page,
    rows: page.rows.map((call) => ({ ...asOf(call, ctx.now), agentName: names.get(call.agentId) ?? null })),
  };
};

const applied = (
  found: StoredCall,
  input: ChangeCall,
  now: Date,
): { saved: StoredCall; changed: string[] } => {
  const wanted = {
    channel: input.channel ?? found.channel,
    caller: input.caller ?? found.caller,
    reference: input.reference === undefined ? found.reference : input.reference || null,
    reason: input.reason ?? found.reason,
  };
  const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (field) => wanted[field] !== found[field],
  );
  const end = input.ended ? { endedAt: now.toISOString(), endedBy: 'agent' as const } : {};
  return { saved: { ...found, ...wanted, ...end }, changed };
};

const assertReason = (visit: Visit, organisationId: string | null, reason: string | undefined): void => {
  if (reason === undefined) return;
  const ids = organisationId ? [organisationId] : visit.scope.organisationIds;
  const known = ids.flatMap((id) => {
    const reasons = visit.house.organisations.get(id)?.reasons;
    return reasons ? [...reasons.unblock, ...reasons.letter, ...reasons.message, ...reasons.reveal] : [];
  });
  if (known.some(({ id }) => id === reason)) return;
  throw new AppError('invalid-input', 'common.invalidInput', { fields: { reason: 'calls.unknownReason' } });
};

// A reference is a ticket or file number: a telephone number, an e-mail or a NIR does not belong in plain text.
const identifier = /@|(?<!\d)(?:\+\d{2}|00\d{2}|0)[1-9]\d{8}|(?<!\d)[1-8]\d{4}[\dAB]{2}\d{6}/i;

const assertReference = (reference: string | undefined): void => {
  if (!reference || !identifier.test(reference.replace(/[\s.\-/]/g, ''))) return;
  throw new AppError('invalid-input', 'common.invalidInput', { fields: { reference: 'calls.badReference' } });
};
