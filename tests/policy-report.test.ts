import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { PolicyReport } from '../server/supervision/policy-report.schema.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the policy report on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const reportOf = async (account: string, language = 'fr') => {
    const client = await server.as(account);
    const { status, body } = await client.get('/api/policy-report', { 'accept-language': language });
    expect(status).toBe(200);
    return new Map((body as PolicyReport[]).map((report) => [report.organisationId, report]));
  };

  test('tells every organisation’s weak points in full sentences, invented organisation included', async () => {
    const reports = await reportOf('administrator');

    expect([...reports.keys()].sort()).toEqual([
      'mgen',
      'msa-sud-aquitaine',
      'mutuelle-agents-publics',
      'mutuelle-imaginaire',
      'safiag',
    ]);
    for (const report of reports.values()) {
      expect(PolicyReport.strict().parse(report)).toEqual(report);
      const said = report.weakPoints.flatMap(({ title, rule, detail, change }) => [
        title,
        rule,
        detail,
        change,
      ]);
      expect(said.filter((text) => text.trim() === '' || /[{}]|undefined|NaN/.test(text))).toEqual([]);
      expect(report.odds.length).toBeGreaterThan(1);
    }
  });

  test('tells the promise: by which product, how often it is kept, and which one would keep it', async () => {
    const reports = await reportOf('supervisor');

    expect(reports.get('safiag')?.promise).toMatchObject({
      promised: 'reçu sous 48 heures',
      product: 'Lettre services plus',
      worst: '5\u00a0j\u00a022\u00a0h',
      better: null,
    });
    expect(Math.abs((reports.get('safiag')?.promise?.keptShare ?? 0) - 0.161)).toBeLessThan(0.005);
    expect(reports.get('mutuelle-agents-publics')?.promise).toMatchObject({ keptShare: 1, better: null });
    expect(reports.get('mutuelle-imaginaire')?.promise).toMatchObject({
      promised: 'posté sous 5 jours ouvrés',
      keptShare: 1,
    });
    expect(reports.get('mgen')?.promise).toBeNull();
    expect(reports.get('msa-sud-aquitaine')?.promise).toBeNull();
  });

  test('speaks the reader’s language, numbers included', async () => {
    const french = (await reportOf('auditor')).get('msa-sud-aquitaine');
    const english = (await reportOf('auditor', 'en')).get('msa-sud-aquitaine');

    expect(french?.weakPoints[0]).toMatchObject({
      id: 'code-short',
      title: 'Code de 4 chiffres',
      severity: 'high',
    });
    expect(french?.weakPoints[0]?.detail).toContain('13,29 bits');
    expect(english?.weakPoints[0]).toMatchObject({ title: 'Code of 4 digits' });
    expect(english?.weakPoints[0]?.detail).toContain('13.29 bits');
    expect(english?.odds).toEqual(
      french?.odds.map((odds, at) => ({ ...odds, secret: english?.odds[at]?.secret })),
    );
  });

  test('shows the organisations of whoever reads, to those who may', async () => {
    expect([...(await reportOf('stranger')).keys()]).toEqual(['mutuelle-imaginaire']);
    for (const account of ['agent', 'print-operator']) {
      expect((await (await server.as(account)).get('/api/policy-report')).status).toBe(403);
    }
    expect((await server.anonymous().get('/api/policy-report')).status).toBe(401);
  });

  test('reads no member and no secret', async () => {
    const seen: string[] = [];
    const note = ({ sql }: { sql: string }) => void seen.push(sql);
    const client = await server.as('administrator');
    server.house.pool.on('query', note);
    await client.get('/api/policy-report');
    server.house.pool.off('query', note);

    expect(seen.join('\n')).not.toMatch(/members|accounts|credentials|member_facts/);
  });

  describe('at the terminal', () => {
    const run = async (...args: string[]) => {
      const out: string[] = [];
      const terminal = {
        out: (line: string) => void out.push(line),
        err: (line: string) => void out.push(line),
        input: (async function* () {})(),
      };
      const env = readEnv({
        DATABASE_URL: server.databaseUrl,
        DATA_DIR: server.directory,
        ORGANISATIONS_DIR: `${server.directory}/organisations`,
        TEMPLATES_DIR: `${server.directory}/templates`,
        LOG_LEVEL: 'silent',
      });
      return { code: await runCli(['policy', 'report', ...args], env, terminal), out: out.join('\n') };
    };

    test('is a page to read, of one organisation or of all', async () => {
      const whole = await run();
      const one = await run('--organisation', 'mutuelle-imaginaire', '--language', 'en');

      expect(whole.code).toBe(0);
      for (const { name } of server.house.organisations.all())
        expect(whole.out).toContain(`\n${name}\n`.trimStart());
      expect(whole.out).toContain('GRAVE · Mot de passe de 6 chiffres');
      expect(whole.out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      expect(one.out).toContain('MEDIUM · Characters forbidden in the password');
      expect(one.out).not.toContain('SAFIAG');
    });

    test('is JSON for programs, the same as the page’s', async () => {
      const { code, out } = await run('--json', '--organisation', 'safiag');

      expect(code).toBe(0);
      const [report] = JSON.parse(out) as PolicyReport[];
      const page = (await reportOf('administrator')).get('safiag');
      // The promise is that of the coming year, and the terminal's clock is the real one.
      const timeless = (one?: PolicyReport) => one?.weakPoints.filter(({ id }) => id !== 'promise-not-kept');
      expect(timeless(report)).toEqual(timeless(page));
      expect(report?.odds).toEqual(page?.odds);
    });

    test('says what is wrong with an organisation or a language that it does not know', async () => {
      expect(await run('--organisation', 'nulle-part')).toMatchObject({
        code: 2,
        out: expect.stringContaining('Organismes connus'),
      });
      expect((await run('--language', 'de')).code).toBe(2);
    });
  });
});
