import { undoActs, type UndoAct } from '../accounts/undo.schema.ts';
import { whyNotUndone } from '../accounts/undo.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { findMemberFile, type MemberFile } from '../members/members.service.ts';
import type { ReviewPage } from './reviews.schema.ts';
import * as store from './reviews.store.ts';
import type { ReviewRow } from './reviews.store.ts';

/** For so many members of an item its page offers what can be undone; an incident is for more. */
const mostMembers = 10;

/** What can be undone now, for each of the first members of an item. */
export const undoableOf = async (ctx: Ctx, row: ReviewRow): Promise<ReviewPage['undoable']> => {
  const memberIds = row.kind === 'cause' ? [] : await store.membersOf(ctx.db, row.id, mostMembers);
  const undoable: ReviewPage['undoable'] = [];
  for (const memberId of memberIds) {
    const member = await findMemberFile(ctx, memberId);
    for (const act of undoActs) {
      const rule = await ruleAgainst(ctx, row, member, act);
      const why = rule && ctx.house.words.say(ctx.language, `reviews.undo.${rule}`);
      undoable.push({ memberId, act, can: { allowed: rule === null, why } });
    }
  }
  return undoable;
};

/** @throws AppError `policy-refused` with the rule that stands against it. */
export const assertUndoable = async (
  ctx: Ctx,
  row: ReviewRow,
  member: MemberFile,
  act: UndoAct,
): Promise<void> => {
  const rule = await ruleAgainst(ctx, row, member, act);
  if (rule) throw new AppError('policy-refused', `reviews.undo.${rule}`, { rule: `review.${rule}` });
};

/** The member named, if the item is about them, or its only one. @throws AppError `invalid-input` in `memberId`. */
export const memberOf = async (ctx: Ctx, row: ReviewRow, named: string | undefined): Promise<string> => {
  const memberIds = await store.membersOf(ctx.db, row.id, 1_000);
  const [only] = memberIds.length === 1 ? memberIds : [];
  const memberId = named === undefined ? only : memberIds.find((one) => one === named);
  if (memberId !== undefined) return memberId;
  const problem = named === undefined ? 'reviews.memberNeeded' : 'reviews.memberUnknown';
  throw new AppError('invalid-input', problem, { fields: { memberId: problem } });
};

// Only what was unblocked here is locked again.
const ruleAgainst = async (
  ctx: Ctx,
  { id }: ReviewRow,
  member: MemberFile,
  act: UndoAct,
): Promise<string | null> => {
  const unblocked = { review_id: id, type: 'account.unblocked', member_id: member.id };
  if (act === 'lock-again' && !(await store.holds(ctx.db, unblocked))) return 'not-unblocked';
  return whyNotUndone(ctx, member, act);
};
