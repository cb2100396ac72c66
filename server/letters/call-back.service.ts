import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import * as store from './letters.store.ts';

/** Whether a letter of this account may still be called back. */
export const mayCallBack = async (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  letter: { id: string; accountId: string },
): Promise<boolean> => {
  const found = await store.findLetter(ctx.db, ctx.scope, letter.id);
  return found?.account_id === letter.accountId && store.unreleased.includes(found.state);
};

/**
 * Calls back a letter of this account, now that its member chose another channel. Says whether it did: once its lot
 * is released it is too late, and another account's is none of theirs.
 */
export const callBackLetter = async (
  ctx: Ctx,
  letter: { id: string; organisationId: string; memberId: string; accountId: string; callId: string | null },
): Promise<boolean> => {
  const { id: letterId, organisationId, memberId, accountId, callId } = letter;
  const change = { state: 'cancelled', state_at: ctx.now.toISOString(), problem: null } as const;
  const [hit] = await store.moveLetters(ctx.db, { ids: [letterId], accountId }, store.unreleased, change);
  if (!hit) return false;

  const reason = 'other-channel';
  record(ctx, { type: 'letter.cancelled', organisationId, memberId, callId, data: { letterId, reason } });
  return true;
};
