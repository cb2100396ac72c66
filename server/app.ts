import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { accountRoutes } from './accounts/accounts.routes.ts';
import { agentFileRoutes } from './agents/agent-files.routes.ts';
import { agentRoutes } from './agents/agents.routes.ts';
import { passwordRoutes } from './agents/password.routes.ts';
import { rightsReviewRoutes } from './agents/rights-review.routes.ts';
import { rosterRoutes } from './agents/roster.routes.ts';
import { siteRoutes } from './agents/sites.routes.ts';
import { factorRoutes } from './agents/factors.routes.ts';
import { ssoRoutes } from './agents/sso.routes.ts';
import { approvalRoutes } from './approvals/approvals.routes.ts';
import { alertRoutes } from './audit/alerts.routes.ts';
import { auditRoutes } from './audit/audit.routes.ts';
import { callbackRoutes } from './calls/callbacks.routes.ts';
import { callRoutes } from './calls/calls.routes.ts';
import { noteRoutes } from './calls/notes.routes.ts';
import { callSummaryRoutes } from './desk/call-summary.routes.ts';
import { deskPageRoutes } from './desk/desk.routes.ts';
import { incomingCallRoutes } from './desk/incoming-calls.routes.ts';
import { importRoutes } from './imports/imports.routes.ts';
import { postFileRoutes } from './imports/post-files.routes.ts';
import { destructionRoutes } from './letters/destructions.routes.ts';
import { letterRoutes } from './letters/letters.routes.ts';
import { lotRoutes } from './letters/lots.routes.ts';
import { printingRoutes } from './letters/printing.routes.ts';
import { returnRoutes } from './letters/returns.routes.ts';
import { specimenRoutes } from './letters/specimens.routes.ts';
import { testLetterRoutes } from './letters/test-letters.routes.ts';
import { changeFileRoutes } from './members/change-files.routes.ts';
import { memberRoutes } from './members/members.routes.ts';
import { messageRoutes } from './messages/messages.routes.ts';
import { organisationRoutes } from './organisations/organisations.routes.ts';
import { portalAddressOf } from './organisations/organisations.service.ts';
import { portalRoutes } from './portal/portal.routes.ts';
import { verificationRoutes } from './verifications/verifications.routes.ts';
import { alarmRoutes } from './supervision/alarms.routes.ts';
import { incidentRoutes } from './supervision/incidents.routes.ts';
import { figureRoutes } from './supervision/figures.routes.ts';
import { auditExportRoutes } from './supervision/audit-exports.routes.ts';
import { consultationRoutes } from './supervision/consultations.routes.ts';
import { policyReportRoutes } from './supervision/policy-report.routes.ts';
import { trainingRoutes } from './supervision/training.routes.ts';
import { promiseKeepingRoutes } from './supervision/promise-keeping.routes.ts';
import { storyRoutes } from './supervision/stories.routes.ts';
import { reviewRoutes } from './supervision/reviews.routes.ts';
import type { House } from './core/ctx.ts';
import { AppError } from './core/errors.ts';
import { makeErrorHandler } from './http/errors.ts';
import { bodyInTime, neverStored, sameSiteGuard } from './http/guards.ts';
import { healthRoutes } from './http/health.ts';
import { requestLog } from './http/log.ts';
import { mountRoutes } from './http/mount.ts';
import { portalClients } from './http/portal-client.ts';
import { portalOrigins, portalPages, type Portal } from './http/portal-pages.ts';
import type { Route } from './http/routes.ts';
import { deskSessions } from './http/session.ts';
import { describeApi } from './openapi.ts';

/** Every route of the desk: the only list of features. */
export const deskRoutes: Route[] = [
  ...agentRoutes,
  ...rosterRoutes,
  ...passwordRoutes,
  ...agentFileRoutes,
  ...siteRoutes,
  ...rightsReviewRoutes,
  ...factorRoutes,
  ...ssoRoutes,
  ...organisationRoutes,
  ...auditRoutes,
  ...alertRoutes,
  ...callRoutes,
  ...callbackRoutes,
  ...noteRoutes,
  ...memberRoutes,
  ...changeFileRoutes,
  ...deskPageRoutes,
  ...callSummaryRoutes,
  ...incomingCallRoutes,
  ...verificationRoutes,
  ...accountRoutes,
  ...approvalRoutes,
  ...lotRoutes,
  ...printingRoutes,
  ...specimenRoutes,
  ...letterRoutes,
  ...destructionRoutes,
  ...returnRoutes,
  ...testLetterRoutes,
  ...messageRoutes,
  ...importRoutes,
  ...postFileRoutes,
  ...alarmRoutes,
  ...incidentRoutes,
  ...figureRoutes,
  ...policyReportRoutes,
  ...promiseKeepingRoutes,
  ...trainingRoutes,
  ...storyRoutes,
  ...auditExportRoutes,
  ...consultationRoutes,
  ...reviewRoutes,
];

export type AppOptions = {
  origins: ReadonlySet<string>;
  trustProxy: string[];
  consoleDirectory: string;
  portalDirectory: string;
};

/** Puts the house behind Express. */
export const makeApp = (house: House, options: AppOptions): Express => {
  const { origins, trustProxy, consoleDirectory, portalDirectory } = options;
  const portals = portalsOf(house);
  const app = express();
  app.set('trust proxy', trustProxy.length > 0 ? trustProxy : false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog(house), healthRoutes(house), helmet(headers(house.publicUrl)));
  app.use(portalPages(house, { portals, directory: portalDirectory }));

  const { handlers, authenticator } = deskSessions(house);
  app.locals.authenticator = authenticator;
  app.use('/portal/api/:organisation', neverStored, portalClients(house));
  app.use(
    ['/api', '/portal/api'],
    neverStored,
    sameSiteGuard(new Set([...origins, ...portalOrigins(portals)])),
    bodyInTime,
    express.json({ limit: '100kb' }),
  );
  app.use('/portal/api/:organisation', mountRoutes(house, portalRoutes));
  app.use('/api', describedApi(house.publicUrl), ...handlers, mountRoutes(house, deskRoutes));
  app.use(['/api', '/portal/api'], () => {
    throw new AppError('not-found', 'common.notFound');
  });

  if (existsSync(join(consoleDirectory, 'index.html'))) app.use(serveConsole(consoleDirectory));
  app.use(makeErrorHandler(house));
  return app;
};

const portalsOf = (house: House): Portal[] =>
  house.organisations.all().map((policy) => ({
    id: policy.id,
    name: policy.name,
    title: policy.portal.name,
    languages: policy.languages,
    address: portalAddressOf(house, policy),
  }));

const describedApi = (publicUrl: string): express.Router => {
  const router = express.Router();
  const tables = [
    { prefix: '/api', routes: deskRoutes },
    { prefix: '/portal/api/:organisation', routes: portalRoutes },
  ];
  let described: unknown;
  router.get('/openapi.json', (_req, res) => {
    described ??= describeApi(tables, publicUrl);
    res.json(described);
  });
  const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  router.get('/docs/swagger-initializer.js', (_req, res) => {
    // The package's own initializer points at a public example; a file of ours keeps the CSP strict.
    res.type('js').send("window.ui = SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui' });");
  });
  router.use('/docs', express.static(swagger));
  return router;
};

const serveConsole = (directory: string): express.Router => {
  const router = express.Router();
  router.use('/assets', express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y' }), () => {
    // A part of an older build: a page in its place would be taken for it.
    throw new AppError('not-found', 'common.notFound');
  });
  router.use(express.static(directory, { index: false, maxAge: 0 }));
  router.get(
    '/{*path}',
    (_req, res) => void res.set('Cache-Control', 'no-cache').sendFile('index.html', { root: directory }),
  );
  return router;
};

const headers = (publicUrl: string): Parameters<typeof helmet>[0] => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // Compiling WebAssembly, and no other eval: photos of spoiled sheets, which may show a password, are read in
      // the browser by a module of our own address.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      // emotion writes style elements; scripts stay strict.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      frameSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: publicUrl.startsWith('https:')
    ? { maxAge: 31_536_000, includeSubDomains: true }
    : false,
});
