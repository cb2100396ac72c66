import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { spend, tellIfSpent } from '../credentials/budgets.service.ts';
import { askableFactsOf, isFactRight } from './facts.service.ts';
import { answerWant, mayStillIdentify } from './methods.service.ts';
import { aboutStep, type Step } from './step.service.ts';
import * as store from './verifications.store.ts';

/**
 * What the caller answers to the question that the server chose. Counted before it is compared, on this call and on
 * the member, whoever asks; right or wrong is all that anybody hears.
 *
 * @throws AppError `conflict` when this is not the question, or was answered meanwhile.
 */
export const answerFact = async (
  ctx: Ctx,
  step: Step,
  { fact, answer }: { fact: string; answer: string },
): Promise<'right' | 'wrong'> => {
  const { policy, member, proof, standing } = step;
  if (standing.methods.facts.question !== fact) throw new AppError('conflict', 'verifications.otherQuestion');
  if (!(await store.countAnswer(ctx.db, proof, fact))) {
    throw new AppError('conflict', 'verifications.otherQuestion');
  }
  const want = answerWant(member);
  const within = await spend(ctx, policy.id, [want], member.id);
  const asked = { memberId: member.id, fact, typed: answer };
  const isRight = within && (await isFactRight(ctx, policy, asked));

  const answered = {
    needed: policy.verification.neededFacts,
    right: proof.rightAnswers + (isRight ? 1 : 0),
    wrong: proof.wrongAnswers + (isRight ? 0 : 1),
  };
  const left = (await askableFactsOf(ctx, policy, member.id)).filter(
    (one) => one !== fact && !proof.asked.includes(one),
  );
  const hasFailed = answered.right < answered.needed && !mayStillIdentify(answered, left.length);
  const failedAt = !isRight && hasFailed ? ctx.now.toISOString() : null;
  await store.noteAnswer(ctx.db, proof.id, { isRight, failedAt });
  if (within && !isRight) await tellIfSpent(ctx, policy.id, want, member.id);
  record(ctx, {
    type: 'verification.answered',
    ...aboutStep(step),
    result: isRight ? 'done' : 'failed',
    data: { fact, right: isRight, rightSoFar: answered.right },
  });
  return isRight ? 'right' : 'wrong';
};
