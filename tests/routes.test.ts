import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskRoutes } from '../server/app.ts';
import { permissionsOf } from '../server/core/permissions.ts';
import { roles } from '../server/core/vocabulary.ts';
import type { Route } from '../server/http/routes.ts';
import { portalRoutes } from '../server/portal/portal.routes.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const pathOf = (route: Route) => `/api${route.path.replace(/:\w+/g, nobody)}`;
const bodyOf = (route: Route) => (route.method === 'get' ? undefined : {});
const mayReach = (route: Route, role: (typeof roles)[number]) =>
  route.access === 'public' || (permissionsOf(role) as ReadonlySet<string>).has(route.access);
const sessionRoutes = ['/session'];
const checked = deskRoutes.filter(({ path }) => !sessionRoutes.includes(path));

describe.each(databases)('every route on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  test('lets in exactly the roles of the permission table', async () => {
    const unexpected: string[] = [];
    for (const role of roles) {
      const client = await server.as(role);
      for (const route of checked) {
        const { status } = await client.send(route.method.toUpperCase(), pathOf(route), bodyOf(route));
        const refused = status === 403;
        if (refused === mayReach(route, role) || status >= 500 || status === 401) {
          unexpected.push(`${role} ${route.method} ${route.path}: ${status}`);
        }
      }
    }

    expect(unexpected).toEqual([]);
  });

  test('asks to sign in first', async () => {
    const statuses = new Map<string, number>();
    for (const route of checked.filter(({ access }) => access !== 'public')) {
      const answer = await server.anonymous().send(route.method.toUpperCase(), pathOf(route), bodyOf(route));
      statuses.set(`${route.method} ${route.path}`, answer.status);
    }

    expect(new Set(statuses.values())).toEqual(new Set([401]));
  });

  test('answers other methods with what it allows, and unknown paths with one shape', async () => {
    const agent = await server.as('agent');

    const wrongMethod = await agent.send('PUT', '/api/me');
    const unknown = await agent.get('/api/nowhere');

    expect(wrongMethod).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
    expect(wrongMethod.headers.get('allow')).toBe('GET');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  test('meets nonsense with a clear refusal and never with an error of its own', async () => {
    const clients = await Promise.all(roles.map((role) => server.as(role)));
    const routes = [
      ...checked.map((route) => ({ method: route.method, path: `/api${route.path}` })),
      ...portalRoutes.map((route) => ({ method: route.method, path: `/portal/api/mgen${route.path}` })),
      ...portalRoutes.map((route) => ({ method: route.method, path: `/portal/api/nowhere${route.path}` })),
    ];
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constantFrom(null, true, [], {}, '', '\u0000', '__proto__', 'é'.repeat(300), -1, 1e300),
      fc.array(fc.string(), { maxLength: 3 }),
    );
    const keys = [
      'q',
      'reason',
      'version',
      'channel',
      'caller',
      'filter',
      'range',
      'identifier',
      'password',
      'at',
    ];
    const body = fc.oneof(
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 10 })), scalar, { maxKeys: 5 }),
      scalar,
    );
    const query = fc.dictionary(
      fc.constantFrom('filter', 'sort', 'range', 'x'),
      fc.oneof(fc.string(), fc.constantFrom('{}', '[0,1e9]', '[-1,0]', '["password_hash","ASC"]', '{"a":1}')),
    );
    const id = fc.oneof(
      fc.constant(nobody),
      fc.string({ minLength: 1 }),
      fc.constantFrom('..', '%00', 'a'.repeat(99)),
    );

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.constantFrom(...clients),
        id,
        body,
        query,
        async ({ method, path }, client, anyId, anyBody, anyQuery) => {
          const target = path.replace(/:\w+/g, encodeURIComponent(anyId));
          const search = new URLSearchParams(anyQuery as Record<string, string>);
          const sent = method === 'get' ? undefined : anyBody;
          const answer = await client.send(method.toUpperCase(), `${target}?${search}`, JSON.stringify(sent));
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400) expect(answer.body).toMatchObject({ code: expect.any(String) });
        },
      ),
      { numRuns: 400, ...(process.env.FC_SEED && { seed: Number(process.env.FC_SEED) }) },
    );
  });
});
