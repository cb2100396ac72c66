import { Router, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { Actor, House, Scope } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform } from '../core/perform.ts';
import { invalidInput, languageOf } from './errors.ts';
import { feedTo } from './feed.ts';
import { once, Replayed } from './idempotency.ts';
import { contentRange } from './lists.ts';
import { isWithin } from './networks.ts';
import { outgoing } from './outgoing.ts';
import {
  clearPortalCookie,
  federationToken,
  portalActor,
  recoveryToken,
  setFederationCookie,
  setPortalCookie,
  setRecoveryCookie,
} from './portal-session.ts';
import { rememberRefusal } from './refusals.ts';
import type { Access, Input, PortalAccess, Route, WebVisit } from './routes.ts';
import { setSsoCookie, ssoToken } from './sso-cookie.ts';
import { authenticate, isBackground, signIn, signOut, touchSession } from './session.ts';

/** Makes Express routes from a table. Order of checks: who, may they, is the input right, then the work. */
export const mountRoutes = (house: House, routes: readonly Route[]): Router => {
  // The member's side is mounted under its organisation, which its handlers find among their params.
  const router = Router({ mergeParams: true });
  for (const route of routes) {
    router[route.method](route.path, async (req: Request, res: Response) => {
      const visit = await openVisit(house, route, req, res);
      try {
        await serve(route, visit, req, res);
      } catch (error) {
        await rememberRefusal(visit, route, req, error);
        throw error;
      }
    });
  }
  for (const [path, methods] of methodsByPath(routes)) {
    router.all(path, (_req, res) => {
      res.set('Allow', methods.join(', '));
      throw new AppError('method-not-allowed', 'common.methodNotAllowed');
    });
  }
  return router;
};

const serve = async (route: Route, visit: WebVisit, req: Request, res: Response): Promise<void> => {
  assertMay(route, visit);
  const input = readInput(visit.house, route, req);
  if (route.kind === 'stream') return void (await route.run(visit, input, outgoing(res)));
  if (route.kind === 'feed') return void (await route.run(visit, input, feedTo(req, res, route.response)));

  const ready = route.first ? { ...input, body: await route.first(visit, input) } : input;
  const answer = await runOnce(route, visit, ready, req);
  if (route.kind !== 'read' && route.access !== 'public' && visit.audited.steps === 0) {
    throw new Error(`${route.method} ${route.path} answered without an audit row.`);
  }
  send(route, input, answer, res);
};

const runOnce = async (route: Route, visit: WebVisit, input: Input, req: Request): Promise<unknown> => {
  const key = req.get('idempotency-key');
  const { inTransaction } = route;
  if (!key || !inTransaction) return route.run(visit, input, noStream);
  if (key.length > 100) throw new AppError('invalid-input', 'common.keyTooLong');
  const request = JSON.stringify([route.method, req.originalUrl.split('?')[0], input.body ?? null]);
  try {
    return await perform(visit, (ctx) => once(ctx, key, request, () => inTransaction(ctx, input)));
  } catch (error) {
    if (!(error instanceof Replayed)) throw error;
    visit.audited.steps += 1;
    return error.response;
  }
};

const send = (route: Route, input: Input, answer: unknown, res: Response): void => {
  if (route.status === 204) return void res.status(204).end();
  if (!route.list) return void res.status(route.status).json(route.response.parse(answer));
  const page = answer as Page<unknown>;
  const offset = offsetOf(input);
  const rows = page.rows.map((row) => route.response.parse(row));
  res.set('Content-Range', contentRange(route.list, offset, rows.length, page.total));
  if (page.bounded) res.set('X-Total-Bounded', 'true');
  if (page.note) res.set('X-Search-Understood', encodeURIComponent(JSON.stringify(page.note)));
  res.status(route.status).json(rows);
};

// A list is asked for in the query string, but for the search of members: its range is in the body.
const offsetOf = ({ query, body }: Input): number =>
  (query as ListQuery | undefined)?.offset ?? (body as { range?: number[] } | undefined)?.range?.[0] ?? 0;

const openVisit = async (house: House, route: Route, req: Request, res: Response): Promise<WebVisit> => {
  const { actor, scope } = await whoIs(house, route, req);
  const background = route.background || isBackground(req);
  const networks = actor.kind === 'agent' ? req.desk?.networks : null;
  const isElsewhere = Boolean(networks && !isWithin(networks, req.ip ?? ''));
  if (!background && !isElsewhere) await touchSession(house, req);
  return {
    house,
    actor,
    scope,
    language: languageOf(req.get('accept-language')),
    requestId: req.requestId,
    background,
    audited: { steps: 0 },
    web: {
      address: req.portalClient?.memberAddress ?? req.ip ?? 'unknown',
      portalClientId: req.portalClient?.id ?? null,
      bearerToken: /^bearer\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? null,
      signIn: (agentId) => signIn(req, agentId),
      signOut: () => signOut(req),
      authenticate: () => authenticate(req, res),
      deskSessionId: req.desk?.id ?? null,
      isElsewhere,
      setPortalCookie: (organisationId, token) => setPortalCookie(house, res, organisationId, token),
      clearPortalCookie: (organisationId) => clearPortalCookie(house, res, organisationId),
      setRecoveryCookie: (organisationId, token) => setRecoveryCookie(house, res, organisationId, token),
      recoveryToken: (organisationId) => recoveryToken(req, organisationId),
      setFederationCookie: (organisationId, token) => setFederationCookie(house, res, organisationId, token),
      federationToken: (organisationId) => federationToken(req, organisationId),
      setSsoCookie: (token) => setSsoCookie(house, res, token),
      ssoToken: ssoToken(req),
      upload: req,
    },
  };
};

const whoIs = async (house: House, route: Route, req: Request): Promise<{ actor: Actor; scope: Scope }> => {
  if (isPortal(route.access)) {
    const organisationId = String(req.params.organisation ?? '');
    const actor = await portalActor(house, req, organisationId, route.background);
    return { actor: actor ?? { kind: 'public' }, scope: { organisationIds: actor ? [organisationId] : [] } };
  }
  if (req.desk) return { actor: req.desk.actor, scope: req.desk.scope };
  return { actor: { kind: 'public' }, scope: { organisationIds: [] } };
};

// A session that a temporary secret opened can do one thing only (DOMAIN, "Secrets"); then in order.
const portalSteps = ['portal-change', 'portal-terms', 'portal-contacts', 'portal'] as const;
const stepsOf = ['change-password', 'terms', 'contacts', 'space'] as const;
const firstThis = {
  'change-password': 'portal.changeFirst',
  terms: 'space.termsFirst',
  contacts: 'space.contactsFirst',
  space: 'common.forbidden',
} as const;
const firstOwn = { password: 'agents.passwordFirst', factor: 'agents.factorFirst' } as const;
const isPortal = (access: Access): access is PortalAccess => portalSteps.some((step) => step === access);

const assertMay = ({ access }: Route, { actor, web }: WebVisit): void => {
  if (access === 'public') return;
  if (isPortal(access)) {
    if (actor.kind !== 'member') throw new AppError('signed-out', 'common.signedOut');
    const [place, reached] = [portalSteps.indexOf(access), stepsOf.indexOf(actor.next)];
    if (place > reached) throw new AppError('forbidden', firstThis[actor.next]);
    return;
  }
  if (actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  if (web.isElsewhere) throw new AppError('forbidden', 'sites.elsewhere', { rule: 'site.network' });
  if (actor.next && access !== 'own-account') throw new AppError('forbidden', firstOwn[actor.next]);
  if (!actor.permissions.has(access)) throw new AppError('forbidden', 'common.forbidden');
};

const readInput = (house: House, route: Route, req: Request): Input => {
  const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
  // An id that cannot be one is an id nobody has.
  const strange = Object.values(params).some((value) => !/^[A-Za-z0-9_-]{1,64}$/.test(value));
  if (strange) throw new AppError('not-found', 'common.notFound');
  return {
    id: params.id ?? '',
    params,
    body: route.body && check(house, route.body, req.body ?? {}, 'body'),
    query: route.query && check(house, route.query, { ...req.query }, 'query'),
  };
};

const check = (house: House, schema: z.ZodType, value: unknown, part: string): unknown => {
  if (holdsNul(value))
    throw new AppError('invalid-input', 'common.nul', { fields: { [part]: 'common.nul' } });
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw invalidInput(house, parsed.error, part);
  return parsed.data;
};

// No database keeps it alike, and nobody types it.
const holdsNul = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('\u0000');
  if (Array.isArray(value)) return value.some(holdsNul);
  return value !== null && typeof value === 'object' && Object.values(value).some(holdsNul);
};

const methodsByPath = (routes: readonly Route[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { path, method } of routes) found.set(path, [...(found.get(path) ?? []), method.toUpperCase()]);
  return found;
};

const noStream = {
  begin: () => undefined,
  write: async () => undefined,
  end: async () => undefined,
};
