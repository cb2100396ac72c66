import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import * as store from './letters.store.ts';

/**
 * Calls back a letter that the same recovery asked for, now that its member chose another channel. Says whether
 * it did: once its lot is released it is too late.
 */
export const callBackLetter = async (
  ctx: Ctx,
  letter: { id: string; organisationId: string; memberId: string },
): Promise<boolean> => {
  const change = { state: 'cancelled', state_at: ctx.now.toISOString(), problem: null } as const;
  const [hit] = await store.moveLetters(ctx.db, { ids: [letter.id] }, store.unreleased, change);
  if (!hit) return false;

  const { id: letterId, organisationId, memberId } = letter;
  const reason = 'other-channel';
  record(ctx, { type: 'letter.cancelled', organisationId, memberId, data: { letterId, reason } });
  return true;
};
