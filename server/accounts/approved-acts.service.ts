import type { Ran, ToRun } from '../approvals/approvals.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { isSpent } from '../credentials/budgets.service.ts';
import { mayCallBack } from '../letters/call-back.service.ts';
import { outlookBy } from '../letters/outlook.service.ts';
import { kinOfMember } from '../members/kin.service.ts';
import { findMemberFile } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { callerStandingOf } from '../verifications/caller.service.ts';
import * as store from './accounts.store.ts';
import type { Prepared } from './acting.service.ts';
import { tellOfUnblock, zeroFailures } from './acts.service.ts';
import { decide, type Act } from './decision.ts';
import { runCorrection } from './corrections.service.ts';
import { changedByAgent, letterWants, thawed, type FrozenDesk } from './desk-facts.service.ts';
import { situationOf } from './facts.service.ts';
import { issue, type ToIssue } from './issue.service.ts';
import { destinationDigest } from './requests.service.ts';

/** What an approved request of each kind does; the approvals room, which knows no accounts, is handed them. */
export const approvedActs: House['approvedActs'] = {
  unblock: (ctx, asked) =>
    carryOut(ctx, asked, ['unblock'], async (prepared) => {
      await zeroFailures(ctx, prepared, String(asked.input.reason));
      await tellOfUnblock(ctx, prepared);
    }),
  sms: (ctx, asked) => carryOutSending(ctx, asked, 'sms'),
  email: (ctx, asked) => carryOutSending(ctx, asked, 'email'),
  letter: (ctx, asked) => carryOutSending(ctx, asked, 'letter'),
  contacts: (ctx, asked) =>
    carryOut(ctx, asked, ['contacts'], (prepared) => runCorrection(ctx, prepared, asked.input)),
};

const carryOutSending = (ctx: Ctx, asked: ToRun, channel: ToIssue['channel']): Promise<Ran> => {
  const { reason, unblock, cancelLetterId, product } = asked.input as Omit<ToIssue, 'channel'>;
  const acts: Act[] = [channel, ...(unblock ? (['unblock'] as const) : [])];
  return carryOut(ctx, asked, acts, async (prepared) => {
    const letter = { id: cancelLetterId ?? '', accountId: asked.accountId };
    if (cancelLetterId && !(await mayCallBack(ctx, letter))) return 'letter-released';
    if (!outlookBy(prepared.situation.outlook, product)) return 'product-gone';
    await issue(ctx, prepared, { channel, reason, unblock, cancelLetterId, product });
  });
};

/**
 * Decides again, about the account as it is now: with what the call had proved, and with what the second person
 * lifts. Anything else that stands in the way by now means that the world changed meanwhile; `run` may name it too,
 * before it does anything.
 */
const carryOut = async (
  ctx: Ctx,
  asked: ToRun,
  acts: Act[],
  run: (prepared: Prepared) => Promise<string | void>,
): Promise<Ran> => {
  const member = await findMemberFile(ctx, asked.memberId);
  const policy = policyOf(ctx.house, member.organisationId);
  const before = await store.findOfMember(ctx.db, member.id);
  if (!before || before.id !== asked.accountId) return { as: 'overtaken', rule: 'no-account' };
  // The turn is taken like any desk act's: whoever still looks at the page of before is told.
  if (!(await store.raiseVersion(ctx.db, before.id, before.version))) {
    throw new AppError('conflict', 'common.conflict');
  }

  const situation = await situationOf(ctx, policy, member);
  const { account } = situation;
  // What was lifted is the suspicion that was known then, not one that came after.
  if ((situation.standing.suspectedAt ?? '') > asked.askedAt) return { as: 'overtaken', rule: 'flagged' };
  const caller = await callerStandingOf(ctx, policy, member, before.id);
  const desk = thawed(asked.frozen as unknown as FrozenDesk, {
    kin: await kinOfMember(ctx, asked.askedBy, member),
    isFarFromDesk: false,
    isBeginner: false,
    changedHere: new Set(),
    changedByAsker: await changedByAgent(ctx, policy, member, asked.askedBy),
    hasMandate: caller.hasMandate,
    lettersWithoutProofSpent: await isSpent(ctx, letterWants(policy, member)),
  });
  for (const act of acts) {
    const decision = decide(act, policy, situation.facts, desk);
    if (decision.as === 'after') return { as: 'overtaken', rule: decision.step };
    if (decision.as === 'refused') return { as: 'overtaken', rule: decision.rule };
    const unheard = decision.as === 'approval' && decision.rules.find((rule) => !asked.rules.includes(rule));
    if (unheard) return { as: 'overtaken', rule: unheard };
  }
  const { destination } = asked.input;
  if (destination !== undefined && destination !== destinationDigest(ctx, acts[0] ?? '', member, situation)) {
    return { as: 'overtaken', rule: 'destination-changed' };
  }
  if (!account) return { as: 'overtaken', rule: 'no-account' };
  const { reason } = asked.input;
  const rule = await run({
    member,
    policy,
    account,
    situation: { ...situation, caller, desk },
    by: asked.askedBy,
    isApproved: true,
    callId: asked.callId,
    callReason: typeof reason === 'string' ? reason : null,
  });
  return rule ? { as: 'overtaken', rule } : { as: 'done' };
};
