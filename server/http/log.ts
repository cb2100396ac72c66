import type { RequestHandler } from 'express';
import type { House } from '../core/ctx.ts';

declare module 'express-serve-static-core' {
  interface Request {
    requestId: string;
  }
}

/**
 * Names the request and writes one line when it ends: method, route, status, time. Never the query string,
 * a body, a header or the address typed: identifiers could stand there (PRODUCT, 10).
 */
export const requestLog =
  (house: House): RequestHandler =>
  (req, res, next) => {
    req.requestId = house.random.id();
    res.set('X-Request-Id', req.requestId);
    const began = performance.now();
    res.on('close', () => {
      house.log.info({
        requestId: req.requestId,
        method: req.method,
        route: (req.route as { path?: string } | undefined)?.path ?? '(none)',
        status: res.statusCode,
        ms: Math.round(performance.now() - began),
        ...(res.writableFinished ? {} : { cut: true }),
      });
    });
    next();
  };
