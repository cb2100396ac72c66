import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConsole } from './support/console.ts';
import { Secret } from '../server/core/secret.ts';
import { startServer, type TestServer } from './support/server.ts';

const ownHost = 'mon-coin.mutuelle-imaginaire.example';

type Page = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

describe('where the member’s pages are served', () => {
  let server: TestServer;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
  }, 300_000);
  afterAll(() => server.stop());

  /** As a browser would ask for it on that host, whatever the connection leads to. */
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<Page>((resolve, reject) => {
      const asked = request(server.url + path, { method, headers }, (res) => {
        const pieces: Buffer[] = [];
        res.on('data', (piece: Buffer) => pieces.push(piece));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text: Buffer.concat(pieces).toString(),
          }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });
  const onOwnHost = (path: string, method?: string) => get(path, { host: ownHost }, method);

  test('each organisation has its page, in the reader’s language when it is one of its own', async () => {
    const french = await get('/portal/safiag');
    const english = await get('/portal/safiag', { 'accept-language': 'en-GB' });
    const onlyFrench = await get('/portal/mutuelle-imaginaire', { 'accept-language': 'en-GB' });

    expect(french.text).toContain('<html lang="fr"');
    expect(french.text).toContain('<title>Espace adhérent</title>');
    expect(english.text).toContain('<html lang="en"');
    expect(onlyFrench.text).toContain('<html lang="fr"');
    expect(french.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Language, Host' });
  });

  test('nothing inline, nothing from elsewhere, no address passed on', async () => {
    const { headers, text } = await get('/portal/safiag');
    const policy = String(headers['content-security-policy']);

    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).not.toMatch(/<style|style=|<script(?![^>]* src=)|onload=/);
    const script = /src="(\/portal\/_\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? '';
    const asset = await get(script);
    expect(asset).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });

  test('an organisation that no file names, and files that are not there, are not found', async () => {
    for (const path of [
      '/portal/nulle-part',
      '/portal/safiag/autre',
      '/portal/_/assets/rien.js',
      '/portal/_/',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
  });

  test('on the host that an organisation’s file names there is its portal alone', async () => {
    const page = await onOwnHost('/');

    expect(page).toMatchObject({ status: 200 });
    expect(page.text).toContain('mutuelle-imaginaire');
    expect((await onOwnHost('/france-connect?code=x&state=y')).status).toBe(200);
    expect((await onOwnHost('/lettre-temoin')).status).toBe(200);
    expect((await onOwnHost('/portal/api/mutuelle-imaginaire/description')).status).toBe(200);
    for (const path of ['/api/me', '/api/docs/', '/api/openapi.json', '/members', '/portal', '/mailbox']) {
      expect((await onOwnHost(path)).status, path).toBe(404);
    }
    expect((await onOwnHost('/api/session', 'POST')).status).toBe(404);
    expect((await onOwnHost('/portal/safiag')).status).toBe(404);
    expect((await onOwnHost('/portal/api/safiag/description')).status).toBe(404);
  });

  test('another spelling of that host is that host', async () => {
    for (const host of [`${ownHost}:443`, `${ownHost}.`, ownHost.toUpperCase()]) {
      expect((await get('/api/me', { host })).status, host).toBe(404);
      expect((await get('/', { host })).status, host).toBe(200);
    }
  });

  test('figures are for this machine, or for whoever shows the token', async () => {
    const throughProxy = { 'x-forwarded-for': '203.0.113.7' };
    expect((await get('/metrics')).text).toContain('process_cpu_seconds_total');
    expect((await get('/metrics', throughProxy)).text).not.toContain('process_cpu');

    server.house.metricsToken = new Secret('un-jeton-long-pour-les-figures');
    const wrong = await get('/metrics', { ...throughProxy, authorization: 'Bearer un-autre-jeton' });
    const right = await get('/metrics', {
      ...throughProxy,
      authorization: 'Bearer un-jeton-long-pour-les-figures',
    });
    server.house.metricsToken = null;
    expect(wrong.text).not.toContain('process_cpu');
    expect(right.text).toContain('process_cpu_seconds_total');
  });

  test('its address may send to its API, another site may not', async () => {
    const path = '/portal/api/mutuelle-imaginaire/sign-in';
    const send = (origin: string) =>
      server.anonymous().post(path, { identifier: 'x', password: 'y' }, { origin });

    expect((await send(`https://${ownHost}`)).status).toBe(401);
    expect((await send('https://ailleurs.example')).status).toBe(403);
  });

  test('outside production a page lists the portals; in production nothing does', async () => {
    expect((await get('/portal')).text).toContain('Mutuelle des agents publics');
    expect((await get('/mailbox')).status).toBe(200);

    server.house.production = true;
    const desk = { host: new URL(server.house.publicUrl).host };
    const [list, mailbox] = [await get('/portal', desk), await get('/portal/mailbox', desk)];
    const elsewhere = await get('/portal/safiag', { host: 'ailleurs.example' });
    const health = await get('/healthz', { host: '10.0.0.7' });
    server.house.production = false;
    expect([list.status, mailbox.status]).toEqual([404, 404]);
    expect(elsewhere.status).toBe(421);
    expect(health.status).toBe(200);
  });

  test('the first page weighs less than 40 kB, its styles included', async () => {
    const { gzipSync } = await import('node:zlib');
    const { text } = await get('/portal/safiag');
    const files = [...text.matchAll(/(?:src|href)="\/portal\/_\/(assets\/[^"]+\.(?:js|css))"/g)];
    const sizes = files.map(([, file = '']) => gzipSync(readFileSync(`dist/portal/${file}`)).length);

    expect(files).toHaveLength(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40_000);
  });
});
