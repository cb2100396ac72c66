import { record } from '../audit/record.ts';
import { callForAct } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { dayInWords } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { requestLetter } from '../letters/letters.service.ts';
import { findMemberFile, type MemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Reason } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { IssueTemporaryPassword, Outcome, Unblock } from './accounts.schema.ts';
import * as store from './accounts.store.ts';
import type { AccountRow } from './accounts.store.ts';
import * as counters from './counters.store.ts';
import type { Act } from './decision.ts';
import { situationOf, type Situation } from './facts.service.ts';
import { chosenCounter } from './gate.ts';
import { verdictOf } from './verdicts.ts';

/**
 * Zeroes the failure counter and nothing else (DOMAIN, "Secrets").
 *
 * @throws AppError `policy-refused` with the rule: not locked (in the words of the file), disabled, budget spent;
 * `conflict` when someone else acted first.
 */
export const unblock = async (ctx: Ctx, memberId: string, input: Unblock): Promise<Outcome> => {
  const { member, policy, situation, account } = await prepare(ctx, memberId, 'unblock', input.version);
  const call = await callOf(ctx, member, input.reason);
  const reason = reasonFrom(policy.reasons.unblock, input.reason, call.reason);

  const hit = await counters.resetCounter(ctx.db, chosenCounter(account.id), policy.lock.maxFailures);
  if (!hit) throw new AppError('conflict', 'common.conflict');

  await store.insertUnblock(ctx.db, {
    id: ctx.newId(),
    account_id: account.id,
    at: ctx.now.toISOString(),
    call_id: call.id,
  });
  record(ctx, {
    type: 'account.unblocked',
    organisationId: policy.id,
    memberId,
    callId: call.id,
    data: { reason, failuresForgiven: situation.standing.failures },
  });
  const say = (key: string) => ctx.house.words.say(ctx.language, key);
  return {
    message: say('accounts.unblocked'),
    toSay: say('accounts.unblockedSay'),
    letter: null,
    version: input.version + 1,
  };
};

/** Asks for a temporary password. By letter for now: its secret is made when its page is drawn. */
export const issueTemporaryPassword = async (
  ctx: Ctx,
  memberId: string,
  input: IssueTemporaryPassword,
): Promise<Outcome> => {
  const { member, policy, situation } = await prepare(ctx, memberId, input.channel, input.version);
  const { outlook, addressee } = situation;
  if (!outlook.ok) throw new Error('A letter was allowed that cannot be drawn.');
  const call = await callOf(ctx, member, input.reason, input.callId);
  const reason = reasonFrom(policy.reasons.letter, input.reason, call.reason);

  const by = ctx.actor.kind === 'agent' ? ctx.actor.id : 'system';
  const letter = await requestLetter(ctx, addressee, outlook, { by, reason, callId: call.id });

  const say = (key: string) =>
    ctx.house.words.say(ctx.language, key, {
      posting: dayInWords(ctx.language, letter.planned_posting_on),
      announced: dayInWords(ctx.language, letter.announced_on),
      limit: dayInWords(ctx.language, letter.limit_on),
    });
  return {
    message: say('accounts.letterAsked'),
    toSay: say('accounts.letterSay'),
    letter: {
      id: letter.id,
      reference: letter.reference,
      to: outlook.lines,
      plannedPostingOn: letter.planned_posting_on,
      announcedOn: letter.announced_on,
      earliestArrivalOn: letter.earliest_arrival_on,
      limitOn: letter.limit_on,
    },
    version: input.version + 1,
  };
};

type Prepared = { member: MemberFile; policy: Policy; situation: Situation; account: AccountRow };

const prepare = async (ctx: Ctx, memberId: string, act: Act, version: number): Promise<Prepared> => {
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

const callOf = (ctx: Ctx, member: MemberFile, reason?: string, callId?: string) =>
  callForAct(ctx, { organisationId: member.organisationId, memberId: member.id, reason, callId });

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

const reasonFrom = (list: Reason[], given: string | undefined, ofCall: string | null): string => {
  const reason = given ?? list.find(({ id }) => id === ofCall)?.id;
  if (!reason) {
    throw new AppError('invalid-input', 'accounts.reasonNeeded', {
      fields: { reason: 'accounts.reasonNeeded' },
    });
  }
  if (!list.some(({ id }) => id === reason)) {
    throw new AppError('invalid-input', 'accounts.unknownReason', {
      fields: { reason: 'accounts.unknownReason' },
    });
  }
  return reason;
};
