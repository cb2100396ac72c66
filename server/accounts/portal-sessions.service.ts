import { createHash } from 'node:crypto';
import type { Ctx, House } from '../core/ctx.ts';
import type { PortalSessionKeeper } from '../http/portal-session.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { closuresOfAccounts } from './account-closures.service.ts';
import type { AccountRow } from './accounts.store.ts';
import type { OpenedBy } from './portal-sessions.store.ts';
import { nextStepOf } from './next-step.ts';
import * as sessions from './portal-sessions.store.ts';

export type OpenedSession = { token: string; endsAt: string };

/** A session that a temporary secret opened: 15 minutes, and nothing but choosing a password (DOMAIN). */
const changeMinutes = 15;
const longestHours = 8;

export const openPortalSession = async (
  ctx: Ctx,
  policy: Policy,
  account: AccountRow,
  opened: { openedBy: OpenedBy; credentialId: string | null },
): Promise<OpenedSession> => {
  const token = Buffer.from(ctx.house.random.bytes(32)).toString('base64url');
  const changeOnly = !['password', 'france-connect'].includes(opened.openedBy);
  const minutes = changeOnly ? changeMinutes : longestHours * 60;
  const endsAt = new Date(ctx.now.getTime() + minutes * 60_000).toISOString();
  await sessions.insertPortalSession(ctx.db, {
    id: sessionIdOf(token),
    account_id: account.id,
    organisation_id: policy.id,
    change_only: changeOnly ? 1 : 0,
    credential_id: opened.credentialId,
    opened_by: opened.openedBy,
    opened_at: ctx.now.toISOString(),
    last_seen_at: ctx.now.toISOString(),
    ends_at: endsAt,
  });
  return { token, endsAt };
};

/** What http asks of this room; app.ts hands it over. */
export const portalSessionKeeper = (getHouse: () => House): PortalSessionKeeper => ({
  find: async (organisationId, token, now) => {
    const house = getHouse();
    if (!house.organisations.get(organisationId)) return undefined;
    const found = await sessions.findPortalSession(
      house.pool,
      organisationId,
      sessionIdOf(token),
      now.toISOString(),
    );
    if (!found) return undefined;
    const policy = policyOf(house, organisationId);
    const idleMs = policy.portal.sessionIdleMinutes * 60_000;
    if (now.getTime() - Date.parse(found.last_seen_at) > idleMs) return undefined;
    // A contract that ends ends its sessions too.
    const closures = await closuresOfAccounts({ db: house.pool, now }, [found.account_id]);
    if (closures.has(found.account_id)) return undefined;
    return {
      kind: 'member',
      accountId: found.account_id,
      memberId: found.member_id,
      sessionId: found.id,
      mayOnlyChangePassword: found.change_only === 1,
      next: nextStepOf(found, policy.afterChange, found.change_only === 1),
    };
  },
  touch: (db, sessionId, now) => sessions.touchPortalSession(db, sessionId, now.toISOString()),
});

// A stolen table opens nothing: the cookie's value is kept as a digest of 256 random bits.
const sessionIdOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
