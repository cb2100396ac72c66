import SwaggerParser from '@apidevtools/swagger-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskRoutes } from '../server/app.ts';
import { portalRoutes } from '../server/portal/portal.routes.ts';
import { startServer, type TestServer } from './support/server.ts';

describe('the description of the API', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer('sqlite');
  });
  afterAll(() => server.stop());

  test('is valid OpenAPI 3.1 and names every route', async () => {
    const { body } = await server.anonymous().get('/api/openapi.json');

    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const declared = [
      ...deskRoutes.map(({ method, path }) => `${method} /api${path}`),
      ...portalRoutes.map(({ method, path }) => `${method} /portal/api/:organisation${path}`),
    ].map((route) => route.replace(/:(\w+)/g, '{$1}'));

    await SwaggerParser.validate(body);
    expect(body.openapi).toBe('3.1.0');
    expect(described.sort()).toEqual(declared.sort());
  });

  test('is shown on a page whose scripts are all our own', async () => {
    const page = await server.anonymous().get('/api/docs/');
    const script = await server.anonymous().get('/api/docs/swagger-initializer.js');

    expect(page.status).toBe(200);
    expect(page.body).toContain('swagger-ui');
    expect(script.body).toContain("'/api/openapi.json'");
  });
});
