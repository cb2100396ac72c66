import { currentCall } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { findMemberFile, lookForMemberFile, type MemberFile } from '../members/members.service.ts';

/**
 * The member whom the agent's open call is about: the look, or the act, that bound the call to them was recorded.
 *
 * @throws AppError `not-found` outside the agent's organisations; `forbidden` when their open call is about
 * somebody else, or has ended.
 */
export const memberInCall = async (ctx: Ctx, id: string): Promise<MemberFile> => {
  const member = await findMemberFile(ctx, id);
  if (!(await isAbout(ctx, id))) throw new AppError('forbidden', 'desk.notInCall');
  return member;
};

/** The same, said instead of thrown. */
export const isInCall = async (ctx: Ctx, id: string): Promise<boolean> =>
  (await lookForMemberFile(ctx, id)) !== undefined && (await isAbout(ctx, id));

const isAbout = async (ctx: Ctx, id: string): Promise<boolean> =>
  (await currentCall(ctx)).call?.memberId === id;
