import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { endAllOfAccount } from '../credentials/credentials.service.ts';
import { endLettersOfAccount } from '../letters/letters.service.ts';
import { kinOfMember } from '../members/kin.service.ts';
import type { MemberFile } from '../members/members.service.ts';
import { endMessagesOfAccount } from '../messages/messages.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { standingsOf } from './accounts.service.ts';
import * as store from './accounts.store.ts';
import * as counters from './counters.store.ts';
import { freezeAccount } from './freeze.service.ts';
import { chosenCounter } from './gate.ts';
import { deleteChangeSessionsOf } from './portal-sessions.store.ts';
import { isLocked } from './standing.ts';
import type { UndoAct } from './undo.schema.ts';

/** Why a supervisor cannot undo this now: `kin`, `no-account`, `frozen` or `locked`; null: they can. */
export const whyNotUndone = async (ctx: Ctx, member: MemberFile, act: UndoAct): Promise<string | null> => {
  if (ctx.actor.kind !== 'agent' || (await kinOfMember(ctx, ctx.actor.id, member))) return 'kin';
  const { id, organisationId } = member;
  const standing = (await standingsOf(ctx, [{ id, organisationId }])).get(id);
  if (!standing?.account) return 'no-account';
  if (standing.frozenAt) return 'frozen';
  return act === 'lock-again' && isLocked(standing) ? 'locked' : null;
};

/**
 * Undoes on a member's account what should not have been done: belongs to no call, since nobody called. The version
 * moves, so that whoever looks at the page of before is told.
 *
 * @throws AppError `conflict` when it has been done meanwhile.
 */
export const undoOnAccount = async (ctx: Ctx, member: MemberFile, act: UndoAct): Promise<void> => {
  const account = await store.findOfMember(ctx.db, member.id);
  if (!account) throw new AppError('conflict', 'common.conflict');
  await store.raiseAnyVersion(ctx.db, account.id);
  const about = { organisationId: member.organisationId, memberId: member.id };
  if (act === 'freeze') {
    if (!(await freezeAccount(ctx, account.id, 'review'))) throw new AppError('conflict', 'common.conflict');
    return;
  }
  if (act === 'lock-again') {
    const { maxFailures } = policyOf(ctx.house, member.organisationId).lock;
    const counter = { id: chosenCounter(account.id), accountId: account.id };
    if (!(await counters.raiseToLimit(ctx.db, counter, maxFailures, ctx.now.toISOString())))
      throw new AppError('conflict', 'common.conflict');
    return record(ctx, { type: 'account.locked-again', ...about, data: {} });
  }
  const data = await killSecrets(ctx, account.id);
  record(ctx, { type: 'account.secrets-ended', ...about, data });
};

/** Whatever leads in but the chosen password, printed or live, and what is on its way; sessions it opened end. */
const killSecrets = async (
  ctx: Ctx,
  accountId: string,
): Promise<{ secretsEnded: number; lettersCancelled: number }> => {
  await deleteChangeSessionsOf(ctx.db, accountId);
  const ended = await endAllOfAccount(ctx, accountId, 'frozen');
  const { cancelled } = await endLettersOfAccount(ctx, accountId, null);
  await endMessagesOfAccount(ctx, accountId);
  return { secretsEnded: ended.length, lettersCancelled: cancelled };
};
