import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './accounts.store.ts';
import { holdOpen } from './gate.ts';
import { nextStepOf, type NextStep } from './next-step.ts';
import { openPortalSession, type OpenedSession } from './portal-sessions.service.ts';

export type Federated = { accountId: string; memberId: string; session: OpenedSession; next: NextStep };

/** The accounts to which these members lead, each once. */
export const accountsOfMembers = async (ctx: Ctx, memberIds: string[]): Promise<string[]> => {
  const rows = await store.listOfMembers(ctx.db, memberIds);
  return [...new Set(rows.map(({ id }) => id))];
};

/**
 * Opens a whole session for somebody whom an identity provider vouches for; nothing when the account is frozen or
 * closed. It proves no password: the lock and its counters stay as they are.
 */
export const openFederated = async (
  ctx: Ctx,
  policy: Policy,
  accountId: string,
): Promise<Federated | undefined> => {
  const account = await holdOpen(ctx, { id: accountId });
  if (!account) return undefined;
  const opened = { openedBy: 'france-connect', credentialId: null } as const;
  const session = await openPortalSession(ctx, policy, account, opened);
  await store.noteSignIn(ctx.db, account.id, ctx.now.toISOString());
  record(ctx, {
    type: 'account.signed-in',
    organisationId: policy.id,
    memberId: account.member_id,
    data: { secret: 'france-connect' },
  });
  return {
    accountId: account.id,
    memberId: account.member_id,
    session,
    next: nextStepOf(account, policy.afterChange, false),
  };
};
