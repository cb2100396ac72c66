import { siteOf } from '../agents/agents.service.ts';
import { agentOf } from '../calls/calls.service.ts';
import { holdsIdentifier } from '../calls/free-text.ts';
import type { Ctx } from '../core/ctx.ts';
import { addDeskTime } from '../core/desk-time.ts';
import { AppError } from '../core/errors.ts';
import { kinOfMember } from '../members/kin.service.ts';
import { findMemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Approval, ApprovableAct, Approve, Refuse } from './approvals.schema.ts';
import * as store from './approvals.store.ts';
import type { ApprovalRow } from './approvals.store.ts';
import { note, oweOutcome } from './approval-events.service.ts';
import { mayAnswer, toApprovals } from './approvals-view.service.ts';
import { openInput, sealInput } from './sealed-input.ts';

export { membersOfApprovals } from './approvals.store.ts';

/** What a request keeps of the call that asked, for the act alone. */
export type Frozen = { level: string } & Record<string, unknown>;
export type ToRun = {
  id: string;
  memberId: string;
  accountId: string;
  callId: string;
  askedBy: string;
  askedAt: string;
  input: Record<string, unknown>;
  /** Why it needed a second person when it was asked for: what is lifted now. */
  rules: string[];
  frozen: Frozen;
};
/** `overtaken`: by this rule it cannot be carried out any more. */
export type Ran = { as: 'done' } | { as: 'overtaken'; rule: string };

declare module '../core/ctx.ts' {
  interface House {
    /** Carries an approved act out; must decide before it changes anything. The rooms that own the acts hand it over. */
    approvedActs: Record<Exclude<ApprovableAct, 'document'>, (ctx: Ctx, asked: ToRun) => Promise<Ran>>;
    /**
     * Settles a document that another employee accepted or not; null: nobody will check it any more, and another may
     * be handed in. The verifications room hands it over.
     */
    settleDocument: (ctx: Ctx, asked: ToRun, accepted: boolean | null) => Promise<Ran>;
  }
}

export type Request = {
  organisationId: string;
  memberId: string;
  accountId: string;
  callId: string;
  act: ApprovableAct;
  input: Record<string, unknown>;
  rules: string[];
  frozen: Frozen;
};

/**
 * Asks a second person. It waits so many hours of desk time (the organisation's file), by the hours of the agent's
 * site; what it is asked with is sealed, since it may hold a contact.
 *
 * @throws AppError `conflict` when the same act waits for this account already.
 */
export const requestApproval = async (ctx: Ctx, request: Request): Promise<Approval> => {
  const agent = agentOf(ctx);
  const { verification } = policyOf(ctx.house, request.organisationId);
  const site = agent.siteId === null ? undefined : await siteOf(ctx.db, agent.siteId);
  const id = ctx.newId();
  const row: ApprovalRow = {
    id,
    organisation_id: request.organisationId,
    member_id: request.memberId,
    account_id: request.accountId,
    call_id: request.callId,
    act: request.act,
    input_sealed: sealInput(ctx.house, id, request.input),
    reasons: JSON.stringify(request.rules),
    frozen: JSON.stringify(request.frozen),
    team: agent.team,
    asked_by: agent.id,
    asked_at: ctx.now.toISOString(),
    expires_at: addDeskTime(ctx.now, verification.approvalHours, site?.hours ?? []).toISOString(),
    state: 'waiting',
    decided_by: null,
    decided_at: null,
    word: null,
    rule: null,
    version: 1,
  };
  if (!(await store.insertApproval(ctx.db, row))) throw new AppError('conflict', 'approvals.alreadyWaiting');
  note(ctx, row, 'approval.requested', {});
  return one(ctx, row);
};

/**
 * A second person says yes: the act runs as it was asked, or says that the world changed meanwhile.
 *
 * @throws AppError `conflict` when it has been decided or its time is over, `policy-refused` for one's own request,
 * `forbidden` without the right to decide it.
 */
export const approve = async (ctx: Ctx, id: string, { word, version }: Approve): Promise<Approval> => {
  assertWord(word, 'word');
  const row = await decidable(ctx, id);
  const end = { ...decided(ctx, word), state: 'done' as const };
  if (!(await store.endApproval(ctx.db, { id, version, waitsAt: ctx.now.toISOString() }, end))) {
    throw await alreadyEnded(ctx, id);
  }
  const ran = await run(ctx, row);
  const rule = ran.as === 'overtaken' ? ran.rule : null;
  if (rule) await store.markOvertaken(ctx.db, id, rule);
  note(ctx, row, 'approval.granted', { outcome: ran.as, rule });
  if (rule) await oweOutcome(ctx, row, 'approval-refused');
  return one(ctx, { ...row, ...end, state: rule ? 'overtaken' : 'done', rule, version: version + 1 });
};

/** A second person says no, with a word; whoever asked owes the member an answer. */
export const refuse = async (ctx: Ctx, id: string, { word, version }: Refuse): Promise<Approval> => {
  assertWord(word, 'word');
  const row = await decidable(ctx, id);
  const end = { ...decided(ctx, word), state: 'refused' as const };
  if (!(await store.endApproval(ctx.db, { id, version, waitsAt: ctx.now.toISOString() }, end))) {
    throw await alreadyEnded(ctx, id);
  }
  // A document that was refused is known to whoever handed it in.
  if (row.act === 'document') await ctx.house.settleDocument(ctx, toRun(ctx, row), false);
  note(ctx, row, 'approval.refused', {});
  await oweOutcome(ctx, row, 'approval-refused');
  return one(ctx, { ...row, ...end, version: version + 1 });
};

/** Whoever asked takes it back. @throws AppError `conflict` when it has ended. */
export const withdraw = async (ctx: Ctx, id: string, { version }: { version: number }): Promise<Approval> => {
  const row = await store.findApproval(ctx.db, ctx.scope, id);
  if (!row || row.asked_by !== agentOf(ctx).id) throw new AppError('not-found', 'common.notFound');
  const end = { ...decided(ctx, undefined), state: 'withdrawn' as const };
  const which = { id, version, waitsAt: ctx.now.toISOString() };
  if (!(await store.endApproval(ctx.db, which, end))) throw await alreadyEnded(ctx, id);
  if (row.act === 'document') await ctx.house.settleDocument(ctx, toRun(ctx, row), null);
  note(ctx, row, 'approval.withdrawn', {});
  return one(ctx, { ...row, ...end, version: version + 1 });
};

/** A word or a note says why, and names nobody's number. @throws AppError `invalid-input` on its field. */
export const assertWord = (text: string | undefined, field: 'word' | 'note'): void => {
  if (!text || !holdsIdentifier(text)) return;
  throw new AppError('invalid-input', 'notes.identifier', { fields: { [field]: 'notes.identifier' } });
};

const run = (ctx: Ctx, row: ApprovalRow): Promise<Ran> => {
  const { approvedActs, settleDocument } = ctx.house;
  const asked = toRun(ctx, row);
  return row.act === 'document' ? settleDocument(ctx, asked, true) : approvedActs[row.act](ctx, asked);
};

const decidable = async (ctx: Ctx, id: string): Promise<ApprovalRow> => {
  const row = await store.findApproval(ctx.db, ctx.scope, id);
  if (!row) throw new AppError('not-found', 'common.notFound');
  const agent = agentOf(ctx);
  if (!(await mayAnswer(ctx, row))) {
    throw new AppError('forbidden', 'approvals.supervisorNeeded');
  }
  if (row.asked_by === agent.id)
    throw new AppError('policy-refused', 'approvals.own', { rule: 'approval.own' });
  const member = await findMemberFile(ctx, row.member_id);
  if (await kinOfMember(ctx, agent.id, member)) {
    throw new AppError('policy-refused', 'approvals.kin', { rule: 'approval.kin' });
  }
  return row;
};

const decided = (ctx: Ctx, word: string | undefined) => ({
  decided_by: agentOf(ctx).id,
  decided_at: ctx.now.toISOString(),
  word: word ?? null,
  rule: null,
});

const alreadyEnded = async (ctx: Ctx, id: string): Promise<AppError> => {
  const row = await store.findApproval(ctx.db, ctx.scope, id);
  const isOver = row?.state === 'waiting' && row.expires_at <= ctx.now.toISOString();
  const state = isOver ? 'expired' : row?.state;
  return new AppError(
    'conflict',
    state && state !== 'waiting' ? `approvals.ended.${state}` : 'common.conflict',
  );
};

/** What a request asks, opened. */
export const toRun = (ctx: Ctx, row: ApprovalRow): ToRun => ({
  id: row.id,
  memberId: row.member_id,
  accountId: row.account_id,
  callId: row.call_id,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  input: openInput(ctx.house, row),
  rules: JSON.parse(row.reasons) as string[],
  frozen: JSON.parse(row.frozen) as Frozen,
});

const one = async (ctx: Ctx, row: ApprovalRow): Promise<Approval> =>
  (await toApprovals(ctx, [row]))[0] as Approval;
