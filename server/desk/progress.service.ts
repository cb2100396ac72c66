import { situationOf } from '../accounts/facts.service.ts';
import { currentCall } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { findMemberFile } from '../members/members.service.ts';
import { messagesOfMember } from '../messages/messages.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { headlineInWords } from './headline.ts';
import type { MemberProgress } from './progress.schema.ts';

/**
 * How far the member's messages are and whether they got in, for a page that asks again every few seconds. It
 * leaves no audit row: the look, or the act, that bound the agent's open call to this member did.
 *
 * @throws AppError `not-found` outside the agent's organisations; `forbidden` when their open call is about
 * somebody else, or has ended.
 */
export const memberProgress = async (ctx: Ctx, id: string): Promise<MemberProgress> => {
  const member = await findMemberFile(ctx, id);
  const { call } = await currentCall(ctx);
  if (call?.memberId !== id) throw new AppError('forbidden', 'desk.notInCall');

  const policy = policyOf(ctx.house, member.organisationId);
  const situation = await situationOf(ctx, policy, member);
  return {
    messages: await messagesOfMember(ctx, id),
    headline: headlineInWords(ctx, policy, situation),
    lastSignedInAt: situation.standing.lastSignedInAt,
    passwordSetAt: situation.account?.password_set_at ?? null,
    version: situation.account?.version ?? 0,
  };
};
