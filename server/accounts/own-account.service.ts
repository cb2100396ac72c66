import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './accounts.store.ts';
import type { OpenedBy } from './portal-sessions.store.ts';
import { nextStepOf, type NextStep } from './next-step.ts';
import * as sessions from './portal-sessions.store.ts';

export type OwnSession = { next: NextStep; openedBy: OpenedBy | null; passwordSetAt: string | null };

/** The member's own session as it is now. @throws AppError `signed-out` when it has ended. */
export const ownSession = async (ctx: Ctx, policy: Policy): Promise<OwnSession> => {
  const sessionId = ctx.actor.kind === 'member' ? ctx.actor.sessionId : '';
  const row = await sessions.findPortalSession(ctx.db, policy.id, sessionId, ctx.now.toISOString());
  if (!row) throw new AppError('signed-out', 'common.signedOut');
  return {
    next: nextStepOf(row, policy.afterChange, row.change_only === 1),
    openedBy: row.opened_by,
    passwordSetAt: row.password_set_at,
  };
};

/**
 * Accepts the terms of use that stand now; again changes nothing.
 *
 * @throws AppError `conflict` when another version stands by now, `not-found` where there are none.
 */
export const acceptTerms = async (ctx: Ctx, policy: Policy, version: string): Promise<NextStep> => {
  const { accountId, memberId } = ownerOf(ctx);
  const { termsVersion } = policy.afterChange;
  if (termsVersion === null) throw new AppError('not-found', 'space.termsNone');
  if (termsVersion !== version) throw new AppError('conflict', 'space.termsChanged');
  await store.acceptTerms(ctx.db, accountId, version, ctx.now.toISOString());
  record(ctx, { type: 'account.terms-accepted', organisationId: policy.id, memberId, data: { version } });
  return (await ownSession(ctx, policy)).next;
};

/** Notes that the member has seen their contacts and says they are right. */
export const noteContactsConfirmed = async (ctx: Ctx, policy: Policy): Promise<NextStep> => {
  await store.confirmContacts(ctx.db, ownerOf(ctx).accountId, ctx.now.toISOString());
  return (await ownSession(ctx, policy)).next;
};

/** Whose session this is. @throws AppError `signed-out` for anyone else. */
export const ownerOf = ({ actor }: Pick<Ctx, 'actor'>): { accountId: string; memberId: string } => {
  if (actor.kind !== 'member') throw new AppError('signed-out', 'common.signedOut');
  return actor;
};
