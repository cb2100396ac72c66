import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import type { House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';

/** What http needs of the keys of organisations' own servers; the portal room keeps them. */
export type PortalClientKeeper = {
  find: (organisationId: string, key: Secret) => Promise<{ id: string } | undefined>;
};

declare module '../core/ctx.ts' {
  interface House {
    portalClients: PortalClientKeeper;
  }
}
declare module 'express-serve-static-core' {
  interface Request {
    /** An organisation's own server that showed its key; `memberAddress` is whom it speaks for. */
    portalClient?: { id: string; memberAddress: string | null };
  }
}

/**
 * Knows an organisation's own server by its key, under /portal/api/:organisation. Only with a key is the network
 * address believed that it passes for its member: else anybody could choose whose budget is spent. Whatever does
 * more than read must pass it: else all members of an organisation would share the budgets of one block.
 *
 * @throws AppError `signed-out` for a key that is wrong, revoked or another organisation's; `invalid-input` for an
 * address that is none, or lacks.
 */
export const portalClients =
  (house: House): RequestHandler =>
  async (req, _res, next) => {
    const key = /^bearer\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
    if (key === undefined) return next();

    const found = await house.portalClients.find(String(req.params.organisation), new Secret(key));
    if (!found) throw new AppError('signed-out', 'space.client.badKey');
    const address = req.get('x-member-address')?.trim();
    if (address !== undefined && isIP(address) === 0) {
      throw new AppError('invalid-input', 'space.client.badAddress', {
        fields: { 'X-Member-Address': 'space.client.badAddress' },
      });
    }
    if (address === undefined && req.method !== 'GET') {
      throw new AppError('invalid-input', 'space.client.addressNeeded', {
        fields: { 'X-Member-Address': 'space.client.addressNeeded' },
      });
    }
    req.portalClient = { id: found.id, memberAddress: address ?? null };
    return next();
  };
