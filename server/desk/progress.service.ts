import { deskSituationOf } from '../accounts/facts.service.ts';
import { approvalsOfMember } from '../approvals/approvals-view.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { lettersOfMember } from '../letters/letters.service.ts';
import { messagesOfMember } from '../messages/messages.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { verificationInWords } from '../verifications/verify.service.ts';
import { headlineInWords } from './headline.ts';
import { memberInCall } from './in-call.service.ts';
import type { MemberProgress } from './progress.schema.ts';

/**
 * How far the member's messages, letters and requests are and whether they got in, for a page that was told that
 * something happened, or asks again every few seconds. It leaves no audit row: see `memberInCall`, and what it throws.
 */
export const memberProgress = async (ctx: Ctx, id: string): Promise<MemberProgress> => {
  const member = await memberInCall(ctx, id);
  const policy = policyOf(ctx.house, member.organisationId);
  const situation = await deskSituationOf(ctx, policy, member);
  return {
    messages: await messagesOfMember(ctx, id),
    letters: await lettersOfMember(ctx, id),
    headline: headlineInWords(ctx, situation),
    approvals: await approvalsOfMember(ctx, id),
    verification: verificationInWords(ctx, policy, situation.caller),
    lastSignedInAt: situation.standing.lastSignedInAt,
    passwordSetAt: situation.account?.password_set_at ?? null,
    version: situation.account?.version ?? 0,
  };
};
