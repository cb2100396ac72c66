import { record } from '../audit/record.ts';
import { oweCallback } from '../calls/callbacks.service.ts';
import { nextHalfDay } from '../calls/half-day.ts';
import type { Ctx } from '../core/ctx.ts';
import type { ApprovalRow } from './approvals.store.ts';

/** Whoever asked owes the member an answer now. */
export const oweOutcome = async (
  ctx: Ctx,
  row: ApprovalRow,
  kind: 'approval-refused' | 'approval-expired',
): Promise<void> => {
  await oweCallback(ctx, {
    organisationId: row.organisation_id,
    memberId: row.member_id,
    kind,
    subject: `approval:${row.id}`,
    dueAt: nextHalfDay(ctx.now),
    team: row.team,
    ownerId: row.asked_by,
    callId: row.call_id,
  });
};

type Noted =
  'approval.requested' | 'approval.granted' | 'approval.refused' | 'approval.withdrawn' | 'approval.expired';

/** Notes what became of a request, in its call. */
export const note = (ctx: Ctx, row: ApprovalRow, type: Noted, more: Record<string, unknown>): void => {
  const { level } = JSON.parse(row.frozen) as { level: string };
  const rules = JSON.parse(row.reasons) as string[];
  const data = { approvalId: row.id, act: row.act, level, rules, ...more };
  const about = { organisationId: row.organisation_id, memberId: row.member_id, callId: row.call_id };
  // The vocabulary checks what each event carries.
  record(ctx, { type, ...about, data } as Parameters<typeof record>[1]);
};
