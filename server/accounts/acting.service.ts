import { callForAct } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { findMemberFile, type MemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Reason } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import type { Act } from './decision.ts';
import { situationOf, type Situation } from './facts.service.ts';
import { verdictOf } from './verdicts.ts';

export type Prepared = { member: MemberFile; policy: Policy; situation: Situation; account: AccountRow };

/**
 * Takes the turn on a member's account and reads it as it is, for an act that is allowed.
 *
 * @throws AppError `not-found`; `conflict` when someone else acted first; `policy-refused` with the rule.
 */
export const prepare = async (ctx: Ctx, memberId: string, act: Act, version: number): Promise<Prepared> => {
  const member = await findMemberFile(ctx, memberId);
  await takeTurn(ctx, memberId, version);
  const policy = policyOf(ctx.house, member.organisationId);
  const situation = await situationOf(ctx, policy, member);
  const verdict = verdictOf(ctx, act, policy, situation);
  const { account } = situation;
  if (verdict.allowed && account) return { member, policy, situation, account };
  throw new AppError('policy-refused', [verdict.why, verdict.instead].filter(Boolean).join(' '), {
    rule: verdict.rule ?? 'no-account',
  });
};

export const callOf = (ctx: Ctx, member: MemberFile, reason?: string, callId?: string) =>
  callForAct(ctx, { organisationId: member.organisationId, memberId: member.id, reason, callId });

/** Who asks: an agent's id, or the server itself. */
export const actorOf = ({ actor }: Ctx): string => (actor.kind === 'agent' ? actor.id : 'system');

/** The reason given, or the call's, if it is one of these. @throws AppError `invalid-input` otherwise. */
export const reasonFrom = (list: Reason[], given: string | undefined, ofCall: string | null): string => {
  const reason = given ?? list.find(({ id }) => id === ofCall)?.id;
  const problem = reason ? 'accounts.unknownReason' : 'accounts.reasonNeeded';
  if (reason && list.some(({ id }) => id === reason)) return reason;
  throw new AppError('invalid-input', problem, { fields: { reason: problem } });
};

/**
 * Of two agents acting at once on one account, one takes the turn and the other waits, then is told. Taken before
 * anything is read, so that what is decided is decided about the account as it is.
 */
const takeTurn = async (ctx: Ctx, memberId: string, version: number): Promise<void> => {
  const account = await store.findOfMember(ctx.db, memberId);
  if (!account) return;
  if (!(await store.raiseVersion(ctx.db, account.id, version))) {
    throw new AppError('conflict', 'common.conflict');
  }
};
