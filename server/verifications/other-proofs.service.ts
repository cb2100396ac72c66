import { assertMayUnmask, countLook } from '../agents/agents.service.ts';
import { requestApproval, type Ran, type ToRun } from '../approvals/approvals.service.ts';
import { record } from '../audit/record.ts';
import { holdsIdentifier } from '../calls/free-text.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { DocumentKind } from '../core/vocabulary.ts';
import { displayPhone } from '../members/phone.ts';
import { aboutStep, holdContact, refused, takeStep, type Step } from './step.service.ts';
import type { CallBackKind } from './verifications.schema.ts';
import * as store from './verifications.store.ts';

/**
 * Shows the number on file, to be called back: an act of its own, so that no idempotency row keeps it.
 *
 * @throws AppError `policy-refused` for a number that is not on file, too new, where nobody is called back, or where
 * the agent's site shows nothing whole; `too-many` at its cap of looks.
 */
export const showNumber = async (
  visit: Visit,
  memberId: string,
  { kind }: { kind: CallBackKind },
): Promise<{ number: string }> => {
  await countLook(visit);
  return perform(visit, async (ctx) => {
    const step = await takeStep(ctx, memberId);
    await assertMayUnmask(ctx);
    const method = step.standing.methods.callBacks.find((one) => one.kind === kind);
    if (!method?.value || method.state === 'unavailable') throw refused(method?.why ?? 'call-back-none');
    await store.noteShown(ctx.db, step.proof, kind);
    record(ctx, { type: 'verification.number-shown', ...aboutStep(step), data: { kind } });
    return { number: displayPhone(method.value) };
  });
};

/**
 * Whoever answered at the number on file is whom the agent speaks with; or nobody answered, which proves nothing.
 *
 * @throws AppError `policy-refused` when the number was not shown in this call.
 */
export const noteCallBack = async (
  ctx: Ctx,
  step: Step,
  { kind, reached }: { kind: CallBackKind; reached: boolean },
): Promise<void> => {
  const method = step.standing.methods.callBacks.find((one) => one.kind === kind);
  if (method?.state !== 'sent') throw refused(method?.why ?? 'call-back-first');
  if (reached) await holdContact(ctx, step, step.proof, kind);
  record(ctx, {
    type: 'verification.called-back',
    ...aboutStep(step),
    result: reached ? 'done' : 'failed',
    data: { kind, reached },
  });
};

/**
 * An identity document: seen in a branch it proves at once; received by post or e-mail it is checked by another
 * employee first. Only its reference is kept.
 *
 * @throws AppError `policy-refused` where none counts, `invalid-input` for a reference that says more than where it is.
 */
export const keepDocument = async (
  ctx: Ctx,
  step: Step,
  { kind, reference }: { kind: DocumentKind; reference: string },
): Promise<'seen' | 'waiting'> => {
  const { policy, proof, call, standing } = step;
  if (!policy.verification.documents.includes(kind) || standing.methods.document.state !== 'open') {
    throw refused(standing.methods.document.why ?? 'document-none');
  }
  if (holdsIdentifier(reference)) {
    const problem = 'verifications.badReference';
    throw new AppError('invalid-input', problem, { fields: { reference: problem } });
  }
  const state = call.channel === 'branch' ? 'seen' : 'waiting';
  const document = { kind, reference, state, by: call.agentId } as const;
  if (!(await store.keepDocument(ctx.db, proof.id, document)))
    throw new AppError('conflict', 'common.conflict');
  if (state === 'waiting') {
    await requestApproval(ctx, {
      ...aboutStep(step),
      accountId: step.accountId,
      act: 'document',
      input: {
        proofId: proof.id,
        detail: ctx.house.words.say(ctx.language, 'verifications.documentDetail', {
          kind: ctx.house.words.say(ctx.language, `verifications.documents.${kind}`),
          reference,
        }),
      },
      rules: ['document-check'],
      frozen: { level: standing.level },
    });
  }
  record(ctx, { type: 'verification.document-kept', ...aboutStep(step), data: { kind, reference, state } });
  return state;
};

/** Another employee's word on a document, or its lack: what becomes of one when its request ends. */
export const settleDocument = async (ctx: Ctx, asked: ToRun, accepted: boolean | null): Promise<Ran> => {
  const proof = await store.findProof(ctx.db, String(asked.input.proofId ?? ''));
  const state = accepted === null ? null : accepted ? 'checked' : 'refused';
  if (!proof || !(await store.settleDocument(ctx.db, proof.id, state))) {
    return { as: 'overtaken', rule: 'document-gone' };
  }
  if (accepted === null) return { as: 'done' };
  record(ctx, {
    type: 'verification.document-checked',
    organisationId: proof.organisationId,
    memberId: proof.memberId,
    callId: proof.callId,
    result: accepted ? 'done' : 'refused',
    data: { proofId: proof.id, accepted },
  });
  return { as: 'done' };
};
