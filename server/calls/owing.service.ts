import { record } from '../audit/record.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';
import type { CallbackKind } from './callbacks.schema.ts';
import * as store from './callbacks.store.ts';
import type { CallbackRow } from './callbacks.store.ts';

export type Owed = {
  organisationId: string;
  memberId: string;
  kind: CallbackKind;
  /** What it is about, by its internal id: the same thing is owed once. */
  subject: string;
  dueAt: Date;
  note?: string | undefined;
  team?: string | null;
  ownerId?: string | null;
  callId?: string | null;
};

/**
 * Writes what somebody owes a member, in the transaction of its cause. Nothing, and nothing recorded, when the same
 * thing is owed already, or was.
 */
export const oweCallback = async (ctx: Ctx, owed: Owed): Promise<CallbackRow | undefined> => {
  const { organisationId, memberId, kind, subject, callId = null } = owed;
  const row: CallbackRow = {
    id: ctx.newId(),
    organisation_id: organisationId,
    member_id: memberId,
    kind,
    subject,
    team: owed.team ?? null,
    owner_id: owed.ownerId ?? null,
    note: owed.note ?? null,
    call_id: callId,
    due_at: owed.dueAt.toISOString(),
    created_by: actorOf(ctx),
    created_at: ctx.now.toISOString(),
    done_by: null,
    done_at: null,
    outcome: null,
    version: 1,
  };
  if (!(await store.insertCallback(ctx.db, row))) return undefined;
  const data = { callbackId: row.id, kind, dueAt: row.due_at };
  record(ctx, { type: 'callback.owed', organisationId, memberId, callId, data });
  return row;
};

/** What turned out not to be owed, by its subjects, is over. Answers how many there were. */
export const dropCallbacks = async (ctx: Ctx, kind: CallbackKind, subjects: string[]): Promise<number> => {
  const end = { done_by: actorOf(ctx), done_at: ctx.now.toISOString(), outcome: 'no-longer-needed' } as const;
  const ended = await store.endOpen(ctx.db, kind, subjects, end);
  for (const { id, organisation_id: organisationId, member_id: memberId } of ended) {
    const data = { callbackId: id, outcome: end.outcome };
    record(ctx, { type: 'callback.done', organisationId, memberId, data });
  }
  return ended.length;
};

/**
 * What time or the outside world made owed, in one transaction of the server's own. Answers how much of it is new:
 * on several servers at once each thing is owed once.
 */
export const oweAll = (house: House, organisationId: string, owed: Owed[]): Promise<number> =>
  unlessNothing(house, organisationId, async (ctx) => {
    for (const one of owed) await oweCallback(ctx, one);
    return ctx.events.length;
  });

/** The same for what turned out not to be owed. */
export const dropAll = (
  house: House,
  organisationId: string,
  kind: CallbackKind,
  subjects: string[],
): Promise<number> => unlessNothing(house, organisationId, (ctx) => dropCallbacks(ctx, kind, subjects));

export const { notYetOwed, listOpenSubjects } = store;

// Another server was faster: nothing was done and nothing is recorded.
class Nothing extends Error {}

const unlessNothing = async (
  house: House,
  organisationId: string,
  work: (ctx: Ctx) => Promise<number>,
): Promise<number> => {
  try {
    return await perform(systemVisit(house, 'callbacks', [organisationId]), async (ctx) => {
      const done = await work(ctx);
      if (done === 0) throw new Nothing();
      return done;
    });
  } catch (error) {
    if (error instanceof Nothing) return 0;
    throw error;
  }
};

const actorOf = ({ actor }: Ctx): string => (actor.kind === 'agent' ? actor.id : 'system');
