import type { Request, Response } from 'express';
import type { Actor, House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';

/** What http needs of the member's sessions; the accounts room keeps them and app.ts hands this over. */
export type PortalSessionKeeper = {
  find: (
    organisationId: string,
    token: string,
    now: Date,
  ) => Promise<Extract<Actor, { kind: 'member' }> | undefined>;
  touch: (db: House['pool'], sessionId: string, now: Date) => Promise<void>;
};

declare module '../core/ctx.ts' {
  interface House {
    portalSessions: PortalSessionKeeper;
  }
}

const portalCookieName = (organisationId: string): string => `espace-${organisationId}`;

export const portalActor = async (
  house: House,
  req: Request,
  organisationId: string,
  background: boolean,
): Promise<Extract<Actor, { kind: 'member' }> | undefined> => {
  const token = cookieOf(req, portalCookieName(organisationId));
  if (!token) return undefined;
  const found = await house.portalSessions.find(organisationId, token, house.clock());
  if (found && !background) {
    await housekeep(house, (db, now) => house.portalSessions.touch(db, found.sessionId, now));
  }
  return found;
};

/** A cookie of the organisation's own, sent back to its part of the API only. */
export const setPortalCookie = (house: House, res: Response, organisationId: string, token: string): void => {
  res.cookie(portalCookieName(organisationId), token, cookieOptions(house, organisationId));
};

export const clearPortalCookie = (house: House, res: Response, organisationId: string): void => {
  res.clearCookie(portalCookieName(organisationId), cookieOptions(house, organisationId));
};

/** The cookie of a recovery: it binds what is typed, a code above all, to the browser that asked. */
const recoveryCookieName = (organisationId: string): string => `parcours-${organisationId}`;

export const setRecoveryCookie = (
  house: House,
  res: Response,
  organisationId: string,
  token: string,
): void => {
  res.cookie(recoveryCookieName(organisationId), token, cookieOptions(house, organisationId));
};

export const recoveryToken = (req: Request, organisationId: string): string | undefined =>
  cookieOf(req, recoveryCookieName(organisationId));

/** The cookie that binds a way through an identity provider to the browser that began it. */
const federationCookieName = (organisationId: string): string => `identite-${organisationId}`;

/** `null` takes it away. */
export const setFederationCookie = (
  house: House,
  res: Response,
  organisationId: string,
  token: string | null,
): void => {
  const options = cookieOptions(house, organisationId);
  if (token === null) res.clearCookie(federationCookieName(organisationId), options);
  else res.cookie(federationCookieName(organisationId), token, options);
};

export const federationToken = (req: Request, organisationId: string): string | undefined =>
  cookieOf(req, federationCookieName(organisationId));

const cookieOptions = (house: House, organisationId: string) => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: house.publicUrl.startsWith('https:'),
  path: `/portal/api/${organisationId}`,
});

export const cookieOf = (req: Request, name: string): string | undefined => {
  for (const part of (req.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
};
