import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { digest, type Keys } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import type { PortalClientKeeper } from '../http/portal-client.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import * as store from './portal-clients.store.ts';
import type { PortalClientRow } from './portal-clients.store.ts';

/**
 * A key for an organisation's own server, which then speaks for its members (DOMAIN, "The member's API"). It is
 * told once: only its digest is kept.
 *
 * @throws AppError `not-found` for an unknown organisation.
 */
export const addPortalClient = (
  visit: Visit,
  organisationId: string,
  name: string,
): Promise<{ id: string; key: Secret }> =>
  perform(visit, async (ctx) => {
    const policy = policyOf(ctx.house, organisationId);
    const key = new Secret(`portal_${Buffer.from(ctx.house.random.bytes(32)).toString('base64url')}`);
    const id = ctx.newId();
    await store.insertPortalClient(ctx.db, {
      id,
      organisation_id: policy.id,
      name,
      key_digest: digestOf(ctx.house.keys, policy.id, key),
      created_at: ctx.now.toISOString(),
      revoked_at: null,
    });
    record(ctx, { type: 'portal-client.created', organisationId: policy.id, data: { clientId: id } });
    return { id, key };
  });

/** @throws AppError `not-found` when there is no such key, or it was revoked before. */
export const revokePortalClient = (visit: Visit, id: string): Promise<void> =>
  perform(visit, async (ctx) => {
    const row = await store.revokePortalClient(ctx.db, id, ctx.now.toISOString());
    if (!row) throw new AppError('not-found', 'common.notFound');
    record(ctx, {
      type: 'portal-client.revoked',
      organisationId: row.organisation_id,
      data: { clientId: id },
    });
  });

export const listPortalClients = (ctx: Pick<Ctx, 'db'>): Promise<PortalClientRow[]> =>
  store.listPortalClients(ctx.db);

/** What their owners called these keys, revoked ones too: for whoever looks for the cause of something. */
export const { namesOfPortalClients } = store;

/** What http asks of this room; house.ts hands it over. */
export const portalClientKeeper = (getHouse: () => House): PortalClientKeeper => ({
  find: (organisationId, key) => {
    const house = getHouse();
    return store.findPortalClient(house.pool, organisationId, digestOf(house.keys, organisationId, key));
  },
});

const digestOf = (keys: Keys, organisationId: string, key: Secret): string =>
  digest(keys, 'portal-client', organisationId, key.expose());
