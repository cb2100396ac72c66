import type { Request, Response } from 'express';
import type { House } from '../core/ctx.ts';
import { cookieOf } from './portal-session.ts';

const name = 'guichet-sso';

/**
 * Binds a way through single sign-on to the browser that began it. Strict: the provider leads back to a page of ours,
 * and it is that page which asks; what another site sends here has none of it.
 */
export const setSsoCookie = (house: House, res: Response, token: string | null): void => {
  const options = {
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: house.publicUrl.startsWith('https:'),
    path: '/api/sso',
  };
  if (token === null) res.clearCookie(name, options);
  else res.cookie(name, token, options);
};

export const ssoToken = (req: Request): string | undefined => cookieOf(req, name);
