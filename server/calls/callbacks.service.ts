import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { organisationOf } from './about-member.ts';
import type {
  Callback,
  DoneCallback,
  NewCallback,
  OverdueCallbacks,
  TakeCallback,
} from './callbacks.schema.ts';
import * as store from './callbacks.store.ts';
import type { CallbackFilterValues, CallbackRow, Viewer } from './callbacks.store.ts';
import { nextHalfDay } from './half-day.ts';
import { assertText, writeNote } from './notes.service.ts';
import { agentOf, callAbout, callForAct } from './open-call.service.ts';
import { oweCallback } from './owing.service.ts';

export { oweCallback } from './owing.service.ts';

const furthestDays = 30;
const shown = 20;

/** An agent promises to call back: it is theirs, and their team's to see. */
export const promiseCall = async (ctx: Ctx, input: NewCallback): Promise<Callback> => {
  const agent = agentOf(ctx);
  const { memberId, note, callId } = input;
  const organisationId = await organisationOf(ctx, memberId);
  const dueAt = promisedMoment(ctx, input.dueAt);
  assertText(ctx, 'note', input);

  const call = await callForAct(ctx, { organisationId, memberId, callId });
  // Each promise is its own subject: two promised calls are two calls.
  const subject = ctx.newId();
  const owed = { organisationId, memberId, kind: 'promised-call', subject, dueAt } as const;
  const row = await oweCallback(ctx, { ...owed, note, team: agent.team, ownerId: agent.id, callId: call.id });
  if (!row) throw new AppError('conflict', 'common.conflict');
  return toOne(ctx, row);
};

/**
 * Makes the agent the owner, also of what a colleague had taken.
 *
 * @throws AppError `conflict` when somebody took it first, when it is done, or when it is theirs already.
 */
export const takeCallback = async (ctx: Ctx, id: string, { version }: TakeCallback): Promise<Callback> => {
  const agent = agentOf(ctx);
  const found = await findOpen(ctx, id);
  if (found.owner_id === agent.id) throw new AppError('conflict', 'callbacks.yours');
  const row = await store.changeOpen(ctx.db, { id, version }, { owner_id: agent.id });
  if (!row) throw new AppError('conflict', 'callbacks.taken');

  record(ctx, { type: 'callback.taken', ...about(row), data: { callbackId: id } });
  return toOne(ctx, row);
};

/**
 * Says how it went. A member who was not reached is still owed it, half a day later. The note goes to the member's
 * notes, where whoever tries next reads it.
 */
export const finishCallback = async (ctx: Ctx, id: string, input: DoneCallback): Promise<Callback> => {
  const agent = agentOf(ctx);
  const { outcome, version, note } = input;
  const found = await findOpen(ctx, id);
  assertText(ctx, 'note', input);

  const at = ctx.now.toISOString();
  const isOver = outcome !== 'not-reached';
  const end = isOver ? { done_by: agent.id, done_at: at } : { due_at: nextHalfDay(ctx.now).toISOString() };
  const row = await store.changeOpen(ctx.db, { id, version }, { ...end, outcome });
  if (!row) throw new AppError('conflict', 'callbacks.taken');

  // Trying again needs no call, and one about somebody else is not this member's.
  const callId = (await callAbout(ctx, found.member_id))?.id ?? null;
  if (note !== undefined) await writeNote(ctx, { ...about(row), callId, kind: 'note', text: note });
  const data = { callbackId: id, outcome };
  record(ctx, { type: isOver ? 'callback.done' : 'callback.tried', ...about(row), callId, data });
  return toOne(ctx, row);
};

/** What is owed, by when it is due. Looking is recorded. */
export const listCallbacks = async (
  ctx: Ctx,
  query: ListQuery<CallbackFilterValues, 'dueAt'>,
): Promise<Page<Callback>> => {
  const { rows, total } = await store.listCallbacks(
    ctx.db,
    ctx.scope,
    viewerOf(ctx),
    query,
    ctx.now.toISOString(),
  );
  record(ctx, { type: 'callback.listed', data: { filters: Object.keys(query.filter) } });
  return { rows: await toCallbacks(ctx, rows), total };
};

/** How much of what the agent would find in the list is overdue: a number, and nothing of a member. */
export const countOverdue = async (ctx: Ctx): Promise<OverdueCallbacks> => {
  const now = ctx.now.toISOString();
  const filter = { overdue: true };
  return { overdue: await store.countCallbacks(ctx.db, ctx.scope, viewerOf(ctx), filter, now) };
};

/** What is owed to a member, whichever team's it is: whoever answers the call may settle it. */
export const callbacksOfMember = async (ctx: Ctx, memberId: string): Promise<Callback[]> =>
  toCallbacks(ctx, await store.listOpenOfMember(ctx.db, memberId, shown));

const findOpen = async (ctx: Ctx, id: string): Promise<CallbackRow> => {
  const found = await store.findCallback(ctx.db, ctx.scope, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  if (found.done_at !== null) throw new AppError('conflict', 'callbacks.done');
  return found;
};

const promisedMoment = (ctx: Ctx, said: string): Date => {
  const at = new Date(said);
  const days = (at.getTime() - ctx.now.getTime()) / 86_400_000;
  if (days > 0 && days <= furthestDays) return at;
  throw new AppError('invalid-input', 'common.invalidInput', {
    fields: { dueAt: days > 0 ? 'callbacks.dueTooFar' : 'callbacks.duePast' },
    params: { days: furthestDays },
  });
};

const viewerOf = (ctx: Ctx): Viewer => {
  const { id, role, team } = agentOf(ctx);
  return { agentId: id, team, seesAll: role === 'supervisor' };
};

const about = (row: CallbackRow) => ({ organisationId: row.organisation_id, memberId: row.member_id });

const toOne = async (ctx: Ctx, row: CallbackRow): Promise<Callback> =>
  (await toCallbacks(ctx, [row]))[0] as Callback;

const toCallbacks = async (ctx: Ctx, rows: CallbackRow[]): Promise<Callback[]> => {
  const agents = new Set(rows.flatMap(({ owner_id, done_by }) => [owner_id ?? [], done_by ?? []].flat()));
  const names = await ctx.house.namesOfAgents(ctx.db, [...agents]);
  const nameOf = (id: string | null) => (id && names.get(id)) ?? null;
  return rows.map((row) => toCallback(ctx, row, nameOf));
};

const toCallback = (
  { house, language, now }: Visit & { now: Date },
  row: CallbackRow,
  nameOf: (id: string | null) => string | null,
): Callback => ({
  id: row.id,
  organisationId: row.organisation_id,
  memberId: row.member_id,
  kind: row.kind,
  what: house.words.say(language, `callbacks.kinds.${row.kind}`),
  team: row.team,
  ownerId: row.owner_id,
  ownerName: nameOf(row.owner_id),
  note: row.note,
  dueAt: row.due_at,
  overdue: row.done_at === null && row.due_at < now.toISOString(),
  createdAt: row.created_at,
  doneAt: row.done_at,
  doneByName: nameOf(row.done_by),
  outcome: row.outcome,
  version: Number(row.version),
});
