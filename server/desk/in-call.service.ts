import { hasViewed } from '../audit/happenings.service.ts';
import { currentCall } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { findMemberFile, lookForMemberFile, type MemberFile } from '../members/members.service.ts';

/**
 * The member whom the agent's open call is about, and whose page they opened today: that look was recorded. A call is
 * also opened by hand, about anybody; that alone shows nothing of them.
 *
 * @throws AppError `not-found` outside the agent's organisations; `forbidden` when their open call is about
 * somebody else, or has ended, or nothing of the member was looked at.
 */
export const memberInCall = async (ctx: Ctx, id: string): Promise<MemberFile> => {
  const member = await findMemberFile(ctx, id);
  if (!(await isAbout(ctx, id))) throw new AppError('forbidden', 'desk.notInCall');
  return member;
};

/** The same, said instead of thrown. */
export const isInCall = async (ctx: Ctx, id: string): Promise<boolean> =>
  (await lookForMemberFile(ctx, id)) !== undefined && (await isAbout(ctx, id));

const isAbout = async (ctx: Ctx, id: string): Promise<boolean> => {
  const { call } = await currentCall(ctx);
  if (call?.memberId !== id || ctx.actor.kind !== 'agent') return false;
  const since = new Date(ctx.now.getTime() - dayMs).toISOString();
  return hasViewed(ctx.db, { agentId: ctx.actor.id, memberId: id, since });
};

const dayMs = 24 * 3_600_000;
