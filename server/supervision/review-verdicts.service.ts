import { assertText } from '../calls/notes.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { undoOnAccount } from '../accounts/undo.service.ts';
import { findMemberFile } from '../members/members.service.ts';
import { assertUndoable, memberOf } from './review-undo.service.ts';
import * as verdicts from './review-verdicts.store.ts';
import type { Decide, ReviewPage, Undo } from './reviews.schema.ts';
import { findReview, pageOf, shownBeside, whyUnexplained } from './reviews.service.ts';
import * as store from './reviews.store.ts';
import type { ReviewRow } from './reviews.store.ts';

/**
 * A supervisor's verdict and word, never on their own acts. Of a cause it settles what stands in it alone.
 *
 * @throws AppError `not-found`; `policy-refused`, with the rule, for one's own acts and for an explanation that nobody
 * can give any more; `conflict` when it was decided meanwhile, or grew: a verdict covers what was seen and no more.
 */
export const decideReview = async (ctx: Ctx, id: string, input: Decide): Promise<ReviewPage> => {
  const row = await findReview(ctx, id);
  const { verdict, word, version } = input;
  if (word) assertText(ctx, 'word', { word, confirmed: input.confirmed });
  await assertNotOwn(ctx, row);
  const by = agentId(ctx);
  const at = ctx.now.toISOString();
  const given = { verdict, word: word || null, decided_at: at };
  if (!(await verdicts.decide(ctx.db, { id, version, by }, given))) throw await outrun(ctx, id, input);
  if (row.kind === 'cause') await verdicts.settleWith(ctx.db, id, { decided_by: by, decided_at: at });

  const page = await pageOf(ctx, await findReview(ctx, id));
  const { organisation_id: organisationId, member_id: memberId, agent_id: agent } = row;
  const data = { reviewId: id, verdict, agentId: agent, shown: shownBeside(page, memberId) };
  record(ctx, { type: 'review.decided', organisationId, memberId, data });
  return page;
};

/**
 * Undoes what can be undone for a member of the item: live secrets die, the account locks again, or is frozen.
 *
 * @throws AppError `not-found`; `invalid-input` where the member is not said and not the only one; `policy-refused`
 * with the rule; `conflict` when somebody else acted first.
 */
export const undoReviewed = async (ctx: Ctx, id: string, input: Undo): Promise<ReviewPage> => {
  const row = await findReview(ctx, id);
  const { act, version } = input;
  await assertNotOwn(ctx, row);
  const memberId = await memberOf(ctx, row, input.memberId);
  const by = agentId(ctx);
  if (!(await verdicts.takeTurn(ctx.db, { id, version, by })))
    throw new AppError('conflict', 'common.conflict');
  const member = await findMemberFile(ctx, memberId);
  await assertUndoable(ctx, row, member, act);
  await undoOnAccount(ctx, member, act);
  await store.insertUndo(ctx.db, {
    id: ctx.newId(),
    review_id: id,
    act,
    member_id: memberId,
    done_by: by,
    done_at: ctx.now.toISOString(),
  });

  const page = await pageOf(ctx, await findReview(ctx, id));
  const { organisationId } = member;
  const data = { reviewId: id, act, shown: shownBeside(page, memberId) };
  record(ctx, { type: 'review.undone', organisationId, memberId, data });
  return page;
};

const assertNotOwn = async (ctx: Ctx, row: ReviewRow): Promise<void> => {
  const by = agentId(ctx);
  const isOwn = row.agent_id === by || (await store.ownAmong(ctx.db, [row.id], by)).has(row.id);
  if (isOwn) throw new AppError('policy-refused', 'reviews.own', { rule: 'review.own' });
};

const outrun = async (ctx: Ctx, id: string, given: Decide): Promise<AppError> => {
  const row = await findReview(ctx, id);
  const { verdict, answered_at: answeredAt, forgotten_at: forgottenAt } = row;
  if (forgottenAt !== null) return new AppError('conflict', 'reviews.forgotten');
  if (verdict !== null && verdict !== 'to-explain') return new AppError('conflict', 'reviews.decided');
  const words =
    given.verdict === 'to-explain' && Number(row.version) === given.version && whyUnexplained(row);
  if (words) return new AppError('policy-refused', words, { rule: 'review.unexplained' });
  return new AppError('conflict', verdict !== null && answeredAt ? 'reviews.answered' : 'reviews.grown');
};

const agentId = ({ actor }: Ctx): string => {
  if (actor.kind !== 'agent') throw new AppError('forbidden', 'common.forbidden');
  return actor.id;
};
