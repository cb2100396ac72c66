import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { endAllOfAccount } from '../credentials/credentials.service.ts';
import { endLettersOfAccount } from '../letters/letters.service.ts';
import { endMessagesOfAccount } from '../messages/messages.service.ts';
import { deletePortalSessionsOf } from './portal-sessions.store.ts';
import * as store from './freeze.store.ts';

/**
 * « Ce n'était pas moi », or a death reported: sessions end, sign-in and recoveries stop, secrets and letters die, a supervisor is told.
 * Nothing more happens to an account that is frozen already. A supervisor's `unfreeze` lifts it.
 */
export const freezeAccount = async (
  ctx: Ctx,
  accountId: string,
  why: 'repudiated' | 'death-reported' | 'review',
): Promise<boolean> => {
  const account = await store.freeze(ctx.db, accountId, { at: ctx.now.toISOString(), why });
  if (!account) return false;
  await deletePortalSessionsOf(ctx.db, account.id);
  const ended = await endAllOfAccount(ctx, account.id, 'frozen');
  const { cancelled } = await endLettersOfAccount(ctx, account.id, null);
  await endMessagesOfAccount(ctx, account.id);

  const { organisation_id: organisationId, member_id: memberId } = account;
  record(ctx, {
    type: 'account.frozen',
    organisationId,
    memberId,
    data: { why, secretsEnded: ended.length, lettersCancelled: cancelled },
  });
  // After a review it is a supervisor who froze it.
  if (why !== 'review')
    await raiseAlert(ctx, { organisationId, kind: why, memberId, subject: `account:${account.id}` });
  return true;
};
