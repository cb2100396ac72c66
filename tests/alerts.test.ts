import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AlertKind } from '../server/audit/alerts.schema.ts';
import { alertKinds } from '../server/audit/alerts.schema.ts';
import { raiseAlert } from '../server/audit/alerts.service.ts';
import { record } from '../server/audit/record.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { budgetNames } from '../server/organisations/limits.schema.ts';
import type { Answer } from './support/client.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what a supervisor is told on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(() => server.house.pool('alerts').delete());

  const raise = (
    kind: AlertKind = 'repudiated',
    more: { organisationId?: string; subject?: string; memberId?: string } = {},
  ): Promise<void> =>
    perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) => {
      record(ctx, { type: 'audit.read', data: { filters: [] } });
      return raiseAlert(ctx, { organisationId: 'mgen', kind, subject: 'account:1', ...more });
    });
  const list = async (query = '', account = 'supervisor'): Promise<Answer> =>
    (await server.as(account)).get(`/api/alerts${query}`);
  const filtered = (filter: object) => `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
  const see = async (id: string, version = 1, account = 'supervisor'): Promise<Answer> =>
    (await server.as(account)).post(`/api/alerts/${id}/seen`, { version });
  const eventsOfType = (type: string) => server.house.pool('audit_events').where({ type });

  test('the same thing 30 times at once is one alert that counts thirty, recorded once', async () => {
    const before = (await eventsOfType('alert.raised')).length;

    await Promise.all(Array.from({ length: 30 }, () => raise('repudiated', { memberId: 'm1' })));

    const { body, headers } = await list();
    expect(headers.get('content-range')).toBe('alerts 0-0/1');
    expect(body).toMatchObject([{ kind: 'repudiated', times: 30, memberId: 'm1', seenAt: null, version: 1 }]);
    expect(await eventsOfType('alert.raised')).toHaveLength(before + 1);
  });

  test('another subject, kind or organisation is another alert', async () => {
    await raise();
    await raise('repudiated', { subject: 'account:2' });
    await raise('temporary-tries');
    await raise('repudiated', { organisationId: 'safiag' });

    expect((await list()).body).toHaveLength(4);
    expect((await list(filtered({ kind: 'temporary-tries' }))).body).toHaveLength(1);
    expect((await list(filtered({ organisationId: 'safiag' }))).body).toHaveLength(1);
  });

  test('each kind and each budget has its sentence, in both languages', async () => {
    for (const kind of alertKinds) await raise(kind);
    for (const name of budgetNames) await raise('budget-spent', { subject: `${name}:digest` });

    const { body } = await list('?range=[0,99]');
    const sentences = body.map(({ message }: { message: string }) => message);
    expect(sentences).toHaveLength(alertKinds.length + budgetNames.length);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.filter((sentence: string) => /[{}]/.test(sentence))).toEqual([]);
    const said = budgetNames.filter((name) => server.house.words.has(`alerts.budgets.${name}`));
    expect(said).toEqual([...budgetNames]);
    const english = await (await server.as('supervisor')).get('/api/alerts', { 'accept-language': 'en' });
    expect(english.body[0].message).toMatch(/[A-Z]/);
    expect(sentences).not.toContain(english.body[0].message);
  });

  test('the last one comes first when asked, and what was seen can be left out', async () => {
    await raise();
    server.clock.advance(5);
    await raise('temporary-tries');
    const sorted = await list(`?sort=${encodeURIComponent('["lastAt","DESC"]')}`);
    await see(sorted.body[0].id);

    expect(sorted.body.map(({ kind }: { kind: string }) => kind)).toEqual(['temporary-tries', 'repudiated']);
    expect((await list(filtered({ seen: false }))).body).toMatchObject([{ kind: 'repudiated' }]);
    expect((await list(filtered({ seen: true }))).body).toMatchObject([{ kind: 'temporary-tries' }]);
  });

  test('seen, says by whom and when, and the same thing again is a new one', async () => {
    await raise();
    const [alert] = (await list()).body;
    await raise();

    const seen = await see(alert.id);
    await raise();

    expect(seen).toMatchObject({
      status: 200,
      body: {
        seenByName: 'supervisor de test',
        seenAt: server.clock.now().toISOString(),
        version: 2,
        times: 2,
      },
    });
    expect((await list()).body).toHaveLength(2);
    expect((await list(filtered({ seen: false }))).body).toMatchObject([{ times: 1 }]);
    const events = await eventsOfType('alert.seen');
    expect(events.at(-1)).toMatchObject({ organisation_id: 'mgen', actor_kind: 'agent' });
  });

  test('two who see it at once: one does, the other is told', async () => {
    await raise();
    const [alert] = (await list()).body;

    const answers = await Promise.all([see(alert.id), see(alert.id)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('with a stale version, is refused and leaves no trace', async () => {
    await raise();
    const [alert] = (await list()).body;
    const before = (await eventsOfType('alert.seen')).length;

    expect(await see(alert.id, 2)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await list()).body).toMatchObject([{ seenAt: null }]);
    expect(await eventsOfType('alert.seen')).toHaveLength(before);
  });

  test('cannot be seen twice', async () => {
    await raise();
    const [alert] = (await list()).body;
    await see(alert.id);

    expect((await see(alert.id, 2)).status).toBe(409);
    expect((await list()).body).toMatchObject([{ version: 2 }]);
  });

  test('of another organisation, is not found, as one that nobody has', async () => {
    await raise();
    const [alert] = (await list()).body;

    const foreign = await see(alert.id, 1, 'stranger');
    const nobodys = await see('nobody', 1, 'stranger');

    expect((await list('', 'stranger')).body).toEqual([]);
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' });
  });

  test.each(['agent', 'print-operator', 'administrator', 'auditor'])('is not for the %s', async (account) => {
    await raise();
    const [alert] = (await list()).body;

    expect((await list('', account)).status).toBe(403);
    expect((await see(alert.id, 1, account)).status).toBe(403);
  });
});
