import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { PromiseKeeping } from '../server/supervision/promise-keeping.schema.ts';
import type { PolicyReport } from '../server/supervision/policy-report.schema.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('how promises are kept, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const ask = async (query: string, account = 'administrator', language = 'fr') =>
    (await server.as(account)).get(`/api/promise-keeping?${query}`, { 'accept-language': language });
  const found = async (query: string, language = 'fr'): Promise<PromiseKeeping> => {
    const { status, body } = await ask(query, 'administrator', language);
    expect(status).toBe(200);
    expect(PromiseKeeping.strict().parse(body)).toEqual(body);
    return body as PromiseKeeping;
  };
  const rowOf = ({ rows }: PromiseKeeping, product: string, zone: string) =>
    rows.find((row) => row.product === product && row.zone === zone);

  test('tells the share of a year for each product and zone, the worst case and the usual product', async () => {
    const { rows, ...told } = await found('organisation=safiag&year=2027');
    const all = { ...told, rows };

    expect(told).toEqual({
      organisationId: 'safiag',
      year: 2027,
      promise: { value: 48, unit: 'hours', basis: 'calendar', event: 'received' },
      promiseInWords: 'reçu sous 48 heures',
    });
    const usual = rowOf(all, 'services-plus', 'metropole');
    expect(usual).toMatchObject({ label: 'Lettre services plus', zoneInWords: 'Métropole', isDefault: true });
    expect(usual?.share).toBeCloseTo(0.16, 2);
    expect(usual?.worstMinutes).toBe((5 * 24 + 22) * 60);
    expect(rowOf(all, 'lettre-verte', 'metropole')).toMatchObject({ share: 0, isDefault: false });
    expect(rowOf(all, 'services-plus', 'RE')).toMatchObject({ share: 0, isDefault: true });
    expect(rowOf(all, 'lettre-internationale', 'europe')).toMatchObject({ isDefault: true });
    expect(rowOf(all, 'lettre-internationale', 'metropole')).toBeUndefined();
    expect(rowOf(all, 'lettre-verte', 'world')).toBeUndefined();
    expect(
      usual?.compared.map(({ promiseInWords, share }) => [promiseInWords, Math.round(share * 100)]),
    ).toEqual([
      ['reçu sous 48 heures', 16],
      ['reçu sous 2 jours ouvrés', 74],
      ['reçu sous 8 jours', 100],
      ['posté sous 48 heures', 93],
    ]);
  });

  test('is the computation of the policy report, for the coming year', async () => {
    const reports = (await (await server.as('administrator')).get('/api/policy-report'))
      .body as PolicyReport[];

    for (const { organisationId, promise } of reports.filter((report) => report.promise)) {
      const all = await found(`organisation=${organisationId}`);
      const usual = all.rows.find(({ zone, isDefault }) => zone === 'metropole' && isDefault);
      expect(all.year).toBe(2027);
      expect([usual?.share, usual?.label, all.promiseInWords]).toEqual([
        promise?.keptShare,
        promise?.product,
        promise?.promised,
      ]);
    }
  });

  test('tells the longest way where nothing is promised, and nothing where there are no letters', async () => {
    const silent = await found('organisation=msa-sud-aquitaine&year=2028&product=services-plus', 'en');
    const none = await found('organisation=mgen');

    expect(silent).toMatchObject({ promise: null, promiseInWords: null });
    expect(new Set(silent.rows.map(({ product, share }) => `${product} ${share}`))).toEqual(
      new Set(['services-plus null']),
    );
    expect(rowOf(silent, 'services-plus', 'metropole')).toMatchObject({ zoneInWords: 'Mainland France' });
    expect(rowOf(silent, 'services-plus', 'metropole')?.worstMinutes).toBeGreaterThan(4 * 1440);
    expect(none).toMatchObject({ promise: null, rows: [] });
  });

  test('is for those who look after letters and procedures, of their own organisations', async () => {
    const query = 'organisation=safiag';

    const statuses = ['supervisor', 'print-operator', 'agent', 'auditor'].map(
      async (account) => (await ask(query, account)).status,
    );
    const [elsewhere, nowhere] = [
      await ask(query, 'stranger'),
      await ask('organisation=nowhere', 'stranger'),
    ];

    expect(await Promise.all(statuses)).toEqual([200, 200, 403, 403]);
    expect((await server.anonymous().get(`/api/promise-keeping?${query}`)).status).toBe(401);
    expect(elsewhere).toMatchObject({ status: 404, body: nowhere.body });
  });

  test.each([
    ['without an organisation', 'year=2027', 'organisation'],
    ['of a year that is none', 'organisation=safiag&year=19', 'year'],
    ['of a product that is none', 'organisation=safiag&product=pigeon', 'product'],
  ])('%s is refused with its field', async (_what, query, field) => {
    const { status, body } = await ask(query);

    expect([status, Object.keys(body.errors)]).toEqual([400, [field]]);
  });

  test('reads no member', async () => {
    const seen: string[] = [];
    const note = ({ sql }: { sql: string }) => void seen.push(sql);
    await server.as('administrator');
    server.house.pool.on('query', note);
    await ask('organisation=safiag');
    server.house.pool.off('query', note);

    expect(seen.join('\n')).not.toMatch(/members|accounts|letters/);
  });

  describe('at the terminal', () => {
    const run = async (...args: string[]) => {
      const out: string[] = [];
      const line = (text: string) => void out.push(text);
      const terminal = { out: line, err: line, input: (async function* () {})() };
      const env = readEnv({
        DATABASE_URL: server.databaseUrl,
        DATA_DIR: server.directory,
        ORGANISATIONS_DIR: `${server.directory}/organisations`,
        TEMPLATES_DIR: `${server.directory}/templates`,
        LOG_LEVEL: 'silent',
      });
      return { code: await runCli(['promise', ...args], env, terminal), out: out.join('\n') };
    };

    test('is a page to read, or the page’s own figures for programs', async () => {
      const text = await run('safiag', '--year', '2027', '--zone', 'metropole');
      const json = await run('safiag', '--year', '2027', '--product', 'services-plus', '--json');

      expect([text.code, json.code]).toEqual([0, 0]);
      expect(text.out).toContain('SAFIAG, 2027 : courrier reçu sous 48 heures.');
      expect(text.out).toMatch(/Métropole {3,}16\s%  au pire 5\sj\s22\sh \(produit habituel\)/);
      expect(text.out).not.toContain('Guadeloupe');
      expect(JSON.parse(json.out)).toEqual(
        await found('organisation=safiag&year=2027&product=services-plus'),
      );
    });

    test.each([
      ['no organisation', [], 2],
      ['an unknown organisation', ['nowhere'], 2],
      ['an unknown zone', ['safiag', '--zone', 'moon'], 2],
      ['a year that is none', ['safiag', '--year', '1789'], 2],
      ['an unknown product', ['safiag', '--product', 'pigeon'], 1],
      ['an organisation without letters', ['mgen'], 1],
    ])('says what is wrong with %s', async (_what, args, code) => {
      const answer = await run(...args);

      expect(answer).toMatchObject({ code, out: expect.stringMatching(/\S/) });
    });
  });
});
