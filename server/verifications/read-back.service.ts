import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { MessageChannel } from '../core/vocabulary.ts';
import { spend, tellIfSpent } from '../credentials/budgets.service.ts';
import { useUp } from '../credentials/credentials.service.ts';
import { endCodesOf, recogniseCode } from '../credentials/one-time.service.ts';
import { languageOf } from '../members/members.service.ts';
import { askMessage } from '../messages/messages.service.ts';
import { codesACall, codeWant } from './methods.service.ts';
import { aboutStep, holdContact, refused, type Step } from './step.service.ts';
import * as store from './verifications.store.ts';

/** What the code is for: no other one confirms a caller, and it confirms nothing else. */
const purpose = 'caller-check';

/**
 * Sends a code to a contact that has been on file long enough, to be read back in this call. The code is made when
 * the message leaves; a new one ends the former.
 *
 * @throws AppError `policy-refused` when no code may go there, `too-many` past the member's day.
 */
export const sendCallerCode = async (ctx: Ctx, step: Step, channel: MessageChannel): Promise<void> => {
  const { policy, member, accountId, call, proof, standing } = step;
  const method = standing.methods.codes.find((one) => one.channel === channel);
  if (!method?.value || (method.state !== 'open' && method.state !== 'sent')) {
    throw refused(method?.why ?? 'code-none');
  }
  const begun = { channel, at: ctx.now.toISOString(), most: codesACall };
  if (!(await store.beginCode(ctx.db, proof.id, begun))) throw refused('codes-spent');
  const want = codeWant(member);
  if (!(await spend(ctx, policy.id, [want], member.id))) {
    throw new AppError('too-many', 'verifications.refused.codes-spent');
  }
  await tellIfSpent(ctx, policy.id, want, member.id);

  // One that still lives goes, wherever it was sent: of two, nobody could say which was read out.
  await endCodesOf(ctx, { recoveryId: proof.id, accountId });
  await askMessage(ctx, {
    organisationId: policy.id,
    memberId: member.id,
    accountId,
    callId: call.id,
    recoveryId: proof.id,
    askedBy: call.agentId,
    channel,
    template: 'caller-code',
    purpose,
    language: languageOf(member),
    destination: method.value,
    tooLateAfterMinutes: policy.code.lifetimeMinutes,
  });
  record(ctx, { type: 'verification.code-sent', ...aboutStep(step), data: { channel } });
};

/**
 * A code that the caller reads back: counted before it is compared, and three tries are all that it has. A former
 * code of this call is told as such and costs nothing. Of however many right ones at once, one counts.
 *
 * @throws AppError `conflict` when no code is out in this call.
 */
export const tryCallerCode = async (
  ctx: Ctx,
  step: Step,
  typed: Secret,
): Promise<'right' | 'wrong' | 'former' | 'ended'> => {
  const { policy, accountId, proof } = step;
  if (!proof.codeChannel) throw new AppError('conflict', 'verifications.noCodeOut');
  const channel = proof.codeChannel;
  const counted = await store.countCode(ctx.db, proof.id, policy.code.tries);
  if (!counted) return note(ctx, step, { channel, tries: proof.codeTries, outcome: 'ended' });

  const among = { recoveryId: proof.id, accountId, purpose };
  const recognised = await recogniseCode(ctx, among, typed);
  const tries = counted.codeTries;
  if (recognised.as === 'live' && (await useUp(ctx, recognised.credential.id))) {
    await holdContact(ctx, step, counted, channel === 'sms' ? 'mobile' : 'email');
    return note(ctx, step, { channel, tries, outcome: 'right' });
  }
  if (recognised.as !== 'unknown' && recognised.as !== 'live') {
    await store.giveCodeBack(ctx.db, proof.id);
    return note(ctx, step, { channel, tries, outcome: 'former' });
  }
  if (tries >= policy.code.tries) {
    await endCodesOf(ctx, { recoveryId: proof.id, accountId });
    await store.failCode(ctx.db, proof.id, ctx.now.toISOString());
  }
  return note(ctx, step, { channel, tries, outcome: 'wrong' });
};

type Outcome = 'right' | 'wrong' | 'former' | 'ended';

const note = (ctx: Ctx, step: Step, data: { channel: string; tries: number; outcome: Outcome }): Outcome => {
  const result = data.outcome === 'right' ? 'done' : 'failed';
  record(ctx, { type: 'verification.code-tried', ...aboutStep(step), result, data });
  return data.outcome;
};
