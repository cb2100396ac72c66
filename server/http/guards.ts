import type { Request, RequestHandler } from 'express';
import { AppError } from '../core/errors.ts';

const bodyTypes = ['application/json', 'text/csv', 'application/octet-stream'];

/**
 * Refuses what another site made the browser send. Cookies are SameSite=Strict; this covers sign-in too,
 * and old browsers. Bodies must be of a type that no form can send (ASVS 3.5.1–3.5.3).
 */
export const sameSiteGuard =
  (origins: ReadonlySet<string>): RequestHandler =>
  (req, _res, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
    // An organisation's own server shows a key that no other site can make a browser send.
    if (!req.portalClient && isFromOtherSite(req, origins))
      return next(new AppError('forbidden', 'common.otherSite'));
    const hasBody = req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0;
    if (hasBody && !bodyTypes.includes((req.get('content-type') ?? '').split(';')[0]?.trim() ?? '')) {
      return next(new AppError('unsupported-type', 'common.jsonOnly'));
    }
    return next();
  };

const isFromOtherSite = (req: Request, origins: ReadonlySet<string>): boolean => {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  return (
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && !origins.has(origin))
  );
};

/**
 * A JSON body is small: one that has not come in after 20 seconds is not coming. Files may take their time.
 */
export const bodyInTime: RequestHandler = (req, res, next) => {
  if (req.complete || !req.is('application/json')) return next();
  const timer = setTimeout(() => req.destroy(), 20_000);
  const clear = () => clearTimeout(timer);
  req.once('end', clear);
  req.once('close', clear);
  res.once('close', clear);
  next();
};

/** Nothing the API says may be kept by a browser or a proxy (ASVS 14.2.2, 14.3.2). */
export const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
