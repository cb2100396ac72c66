import { record } from '../audit/record.ts';
import { assertText } from '../calls/notes.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { whatAndWho } from './review-people.service.ts';
import * as verdicts from './review-verdicts.store.ts';
import type { AnswerReview, OwnReview, Verdict } from './reviews.schema.ts';
import { signalsByReview } from './reviews.service.ts';
import * as store from './reviews.store.ts';
import type { OwnField, ReviewRow } from './reviews.store.ts';

/** What supervisors said of an agent's own acts; what is undecided is not theirs to see. */
export const listOwnReviews = async (
  ctx: Ctx,
  query: ListQuery<{ id?: string[] }, OwnField>,
): Promise<Page<OwnReview>> => {
  const { rows, total } = await store.listOwn(ctx.db, ownOf(ctx), query);
  return { rows: await toOwn(ctx, rows), total };
};

/**
 * The agent's explanation, once, where a supervisor asked for it; recorded without its text.
 *
 * @throws AppError `not-found` where no verdict on one's own acts has this id; `conflict` when none is asked for any
 * more, or it was given; `invalid-input` and `policy-refused` as a note.
 */
export const answerReview = async (ctx: Ctx, id: string, input: AnswerReview): Promise<OwnReview> => {
  const own = ownOf(ctx);
  const found = await store.findOwn(ctx.db, own, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  assertText(ctx, 'answer', input);
  const said = { answer: input.answer, answered_at: ctx.now.toISOString() };
  if (!(await verdicts.answer(ctx.db, { id, agentId: own.agentId }, said)))
    throw new AppError('conflict', 'reviews.notAsked');

  record(ctx, {
    type: 'review.answered',
    organisationId: found.organisation_id,
    memberId: found.member_id,
    data: { reviewId: id },
  });
  const [answered] = await toOwn(ctx, [{ ...found, ...said }]);
  if (!answered) throw new Error('A review was lost while it was answered.');
  return answered;
};

const ownOf = ({ actor, scope }: Ctx) => {
  if (actor.kind !== 'agent') throw new AppError('forbidden', 'common.forbidden');
  return { agentId: actor.id, organisationIds: scope.organisationIds };
};

const toOwn = async (ctx: Ctx, rows: ReviewRow[]): Promise<OwnReview[]> => {
  const signals = await signalsByReview(ctx, rows);
  const { members, whatOf } = await whatAndWho(ctx, rows);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    day: row.day,
    who: members.get(row.member_id ?? '') ?? null,
    what: whatOf.get(row.id) ?? [],
    lotId: row.lot_id,
    signals: [...new Set((signals.get(row.id) ?? []).map(({ signal }) => signal))],
    acts: Number(row.acts),
    verdict: row.verdict as Verdict,
    word: row.word,
    decidedAt: row.decided_at ?? '',
    answer: row.answer,
    answeredAt: row.answered_at,
    can: { answer: row.verdict === 'to-explain' && row.answered_at === null },
  }));
};
