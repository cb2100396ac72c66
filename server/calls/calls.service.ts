import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { CallEnd } from '../core/vocabulary.ts';
import type { Call, ChangeCall, NewCall } from './calls.schema.ts';
import * as store from './calls.store.ts';
import type { CallFilter, StoredCall } from './calls.store.ts';
import { organisationOf } from './about-member.ts';
import { agentOf, asOf, endOpenCall, idleMinutes, outcomeSoFar } from './end-call.service.ts';
import { holdsIdentifier } from './free-text.ts';
import { newCall, recordOpened } from './open-call.service.ts';
import { listCallsByReference } from './referenced-calls.store.ts';

export { agentOf, callChain, outcomeSoFar } from './end-call.service.ts';
export { membersBehindCalls } from './members-behind.store.ts';
export { callAbout, callForAct, openCallOf } from './open-call.service.ts';
export type { About, StoredCall } from './open-call.service.ts';

/** The agent's open call, or null; reading it keeps nothing alive. */
export const currentCall = async (ctx: Ctx): Promise<{ call: Call | null }> => {
  const agent = agentOf(ctx);
  const found = await store.findOpenCall(ctx.db, agent.id);
  const call = found && asOf(found, ctx.now);
  return { call: call && call.endedAt === null ? { ...call, agentName: agent.name } : null };
};

/**
 * Opens a call by hand, about a member when the caller is said on that member's page; the one before it ends.
 *
 * @throws AppError `not-found` for another organisation's member and for nobody.
 */
export const openCall = async (ctx: Ctx, input: NewCall): Promise<Call> => {
  const { channel, caller, memberId, reference, reason } = input;
  const about = memberId ? { memberId, organisationId: await organisationOf(ctx, memberId) } : null;
  assertReference(reference);
  assertReason(ctx, about?.organisationId ?? null, reason);
  await endOpenCall(ctx, 'next-call');

  const said = { channel, caller, reference: reference || null, reason: reason ?? null };
  const call = newCall(ctx, { ...said, ...about });
  if (!(await store.insertOpenCall(ctx.db, call))) throw new AppError('conflict', 'common.conflict');
  recordOpened(ctx, call, false);
  return { ...call, agentName: agentOf(ctx).name };
};

/**
 * Says who calls and why, or ends the call: with what it came to, read from what was done in it unless it is said.
 *
 * @throws AppError `not-found` for another agent's call, `conflict` when it has ended or `version` is stale.
 */
export const changeCall = async (ctx: Ctx, id: string, input: ChangeCall): Promise<Call> => {
  const agent = agentOf(ctx);
  const found = await store.holdOwnCall(ctx.db, agent.id, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  if (asOf(found, ctx.now).endedAt !== null) throw new AppError('conflict', 'calls.ended');
  assertReference(input.reference);
  assertReason(ctx, found.organisationId, input.reason);

  const { saved, changed } = applied(found, input);
  const end = await endOf(ctx, id, input);
  if (changed.length === 0 && !end) throw new AppError('invalid-input', 'calls.nothingToChange');
  const hit = await store.updateCall(ctx.db, { ...saved, ...end }, input.version, ctx.now.toISOString());
  if (!hit) throw new AppError('conflict', 'common.conflict');

  const { organisationId, memberId } = found;
  const of = { organisationId, memberId, callId: id };
  if (changed.length > 0) {
    record(ctx, { ...of, type: 'call.changed', data: { changed, ...turnsOf(found, saved) } });
  }
  if (end) record(ctx, { ...of, type: 'call.ended', data: { by: end.endedBy, outcome: end.outcome } });
  return {
    ...saved,
    ...end,
    lastActivityAt: ctx.now.toISOString(),
    version: input.version + 1,
    agentName: agent.name,
  };
};

/** An agent's own calls; a supervisor's organisations' calls. Looking is recorded. */
export const listCalls = async (ctx: Ctx, query: ListQuery<CallFilter, 'openedAt'>): Promise<Page<Call>> => {
  const page = await store.listCalls(ctx.db, ctx.scope, viewerOf(ctx), query);
  record(ctx, { type: 'call.listed', data: { filters: Object.keys(query.filter) } });
  return { ...page, rows: await withNames(ctx, page.rows) };
};

/** One of the calls that this agent may list. @throws AppError `not-found`. */
export const findCallToRead = async (ctx: Ctx, id: string): Promise<Call> => {
  const { rows } = await store.listCalls(ctx.db, ctx.scope, viewerOf(ctx), {
    filter: { id: [id] },
    sort: { field: 'openedAt', order: 'desc' },
    offset: 0,
    limit: 1,
  });
  const [call] = await withNames(ctx, rows);
  if (!call) throw new AppError('not-found', 'common.notFound');
  return call;
};

/** What these calls were, for whoever may read the audit of their organisations. At most a few thousand. */
export const callsNamed = async (ctx: Ctx, ids: string[]): Promise<Call[]> => {
  const found: StoredCall[] = [];
  for (let from = 0; from < ids.length; from += 500) {
    found.push(...(await store.listCallsById(ctx.db, ctx.scope, ids.slice(from, from + 500))));
  }
  return withNames(ctx, found);
};

/** Those of the reader's organisations that somebody gave this reference, the latest first. @throws AppError `invalid-input`. */
export const callsReferenced = async (ctx: Ctx, reference: string): Promise<Call[]> => {
  assertReference(reference);
  return withNames(ctx, await listCallsByReference(ctx.db, ctx.scope, reference, 20));
};

const viewerOf = (ctx: Ctx) => {
  const agent = agentOf(ctx);
  return {
    agentId: agent.id,
    seesAll: agent.role === 'supervisor',
    idleBefore: new Date(ctx.now.getTime() - idleMinutes * 60_000).toISOString(),
  };
};

const withNames = async (ctx: Ctx, rows: StoredCall[]): Promise<Call[]> => {
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(rows.map((call) => call.agentId))]);
  return rows.map((call) => ({ ...asOf(call, ctx.now), agentName: names.get(call.agentId) ?? null }));
};

const applied = (found: StoredCall, input: ChangeCall): { saved: StoredCall; changed: string[] } => {
  const wanted = {
    channel: input.channel ?? found.channel,
    caller: input.caller ?? found.caller,
    reference: input.reference === undefined ? found.reference : input.reference || null,
    reason: input.reason ?? found.reason,
  };
  const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (field) => wanted[field] !== found[field],
  );
  return { saved: { ...found, ...wanted }, changed };
};

const turnsOf = (before: StoredCall, after: StoredCall) => ({
  ...(before.channel !== after.channel && { channel: { from: before.channel, to: after.channel } }),
  ...(before.caller !== after.caller && { caller: { from: before.caller, to: after.caller } }),
});

const endOf = async (ctx: Ctx, id: string, input: ChangeCall) => {
  const by: CallEnd | null = input.ended ? 'agent' : input.dropped ? 'dropped' : null;
  if (by === null) return null;
  const outcome = input.outcome ?? (await outcomeSoFar(ctx, id));
  return { endedAt: ctx.now.toISOString(), endedBy: by, outcome };
};

const assertReason = (visit: Visit, organisationId: string | null, reason: string | undefined): void => {
  if (reason === undefined) return;
  const ids = organisationId ? [organisationId] : visit.scope.organisationIds;
  const known = ids.flatMap((id) => {
    const reasons = visit.house.organisations.get(id)?.reasons;
    return reasons
      ? [reasons.unblock, reasons.letter, reasons.message, reasons.reveal, reasons.correct].flat()
      : [];
  });
  if (known.some(({ id }) => id === reason)) return;
  throw new AppError('invalid-input', 'common.invalidInput', { fields: { reason: 'calls.unknownReason' } });
};

// A reference is a ticket or file number: an identifier does not belong in plain text.
const assertReference = (reference: string | undefined): void => {
  if (!reference || !holdsIdentifier(reference)) return;
  throw new AppError('invalid-input', 'common.invalidInput', { fields: { reference: 'calls.badReference' } });
};
