import { lastActOn } from '../audit/audit.service.ts';
import { callForAct, type StoredCall } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { timeOfDay } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { findMemberFile, type MemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Reason } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import { decide, type Act, type Decision } from './decision.ts';
import { deskSituationOf, type DeskSituation } from './facts.service.ts';
import { verdictOf } from './verdicts.ts';

/** An account whose turn was taken, as it is now, and the call in which something is to be done about it. */
export type Taken = {
  member: MemberFile;
  policy: Policy;
  account: AccountRow;
  situation: DeskSituation;
  call: StoredCall;
};
/** An act that is allowed: `by` is whoever asked for it, `callId` the call it was asked in. */
export type Prepared = Omit<Taken, 'call'> & {
  by: string;
  callId: string;
  callReason: string | null;
  /** A second person's word lifts what bounds it. */
  isApproved: boolean;
};

type Asking = { version: number | 'any'; reason?: string | undefined; callId?: string | undefined };

/**
 * Takes the turn on a member's account and reads it as it is, for an act that is allowed.
 *
 * @throws AppError `not-found`; `conflict`, with what was done, when someone else acted first; `policy-refused` with
 * the rule.
 */
export const prepare = async (ctx: Ctx, memberId: string, act: Act, asking: Asking): Promise<Prepared> => {
  const taken = await take(ctx, memberId, asking);
  assertAllowed(ctx, act, taken);
  return preparedBy(ctx, taken);
};

/** The same without a decision: for what a request to a second person is about. */
export const take = async (ctx: Ctx, memberId: string, asking: Asking): Promise<Taken> => {
  const member = await findMemberFile(ctx, memberId);
  await takeTurn(ctx, member, asking.version);
  const { organisationId } = member;
  const policy = policyOf(ctx.house, organisationId);
  const { reason, callId } = asking;
  const call = await callForAct(ctx, { organisationId, memberId, reason, callId });
  const situation = await deskSituationOf(ctx, policy, member);
  const { account } = situation;
  if (!account) throw withoutAccount(ctx);
  return { member, policy, account, situation, call };
};

export const preparedBy = (ctx: Ctx, { call, ...taken }: Taken): Prepared => ({
  ...taken,
  by: actorOf(ctx),
  callId: call.id,
  callReason: call.reason,
  isApproved: false,
});

export const decisionOf = (act: Act, { policy, situation }: Pick<Taken, 'policy' | 'situation'>): Decision =>
  decide(act, policy, situation.facts, situation.desk);

/** @throws AppError `policy-refused` with the rule, and what to do about it. */
export const assertAllowed = (ctx: Ctx, act: Act, taken: Pick<Taken, 'policy' | 'situation'>): void => {
  const verdict = verdictOf(ctx, act, taken.policy, taken.situation);
  if (verdict.allowed) return;
  throw new AppError('policy-refused', [verdict.why, verdict.instead].filter(Boolean).join(' '), {
    rule: verdict.rule ?? 'no-account',
  });
};

const withoutAccount = ({ house, language }: Ctx): AppError => {
  const rule = 'no-account';
  const say = (key: string) => house.words.say(language, `accounts.rules.${key}`);
  return new AppError('policy-refused', `${say(rule)} ${say(`${rule}-instead`)}`, { rule });
};

/** How far the caller was verified, and whether a second person said yes: what the audit keeps of a decision. */
export const decidedOn = ({ situation, isApproved }: Pick<Prepared, 'situation' | 'isApproved'>) => ({
  level: situation.desk.level,
  approved: isApproved,
});

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
 * Of two agents acting at once on one account, one takes the turn and the other waits, then is told what was done.
 * Taken before anything is read, so that what is decided is decided about the account as it is.
 */
const takeTurn = async (ctx: Ctx, member: MemberFile, version: number | 'any'): Promise<void> => {
  const account = await store.findOfMember(ctx.db, member.id);
  if (!account) return;
  if (version === 'any') return void (await store.raiseAnyVersion(ctx.db, account.id));
  if (await store.raiseVersion(ctx.db, account.id, version)) return;
  const last = await lastActOn(ctx, member.id);
  const key = last && `accounts.justDone.${last.type}`;
  if (!last || !key || !ctx.house.words.has(key)) throw new AppError('conflict', 'common.conflict');
  throw new AppError('conflict', 'accounts.someoneActed', {
    params: {
      what: ctx.house.words.say(ctx.language, key),
      time: timeOfDay(ctx.language, new Date(last.at)),
    },
  });
};
