import type { Call } from '../calls/calls.schema.ts';
import type { Ctx } from '../core/ctx.ts';
import { findMemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import { levelOf } from './levels.ts';
import { provedInCall } from './proved.service.ts';

/** What was proved in a call about its member, ended or not; `chain` is the calls it goes on with, nearest first. */
export const levelOfCall = async (
  ctx: Ctx,
  call: Pick<Call, 'id' | 'memberId' | 'channel' | 'caller'>,
  chain: string[],
): Promise<VerificationLevel> => {
  if (call.memberId === null) return 'none';
  const member = await findMemberFile(ctx, call.memberId);
  const { proved, shared } = await provedInCall(ctx, member, call, chain);
  const { neededFacts: needed } = policyOf(ctx.house, member.organisationId).verification;
  return levelOf(proved, { needed, shared });
};
