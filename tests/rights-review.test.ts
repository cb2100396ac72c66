import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RightsLine } from '../server/agents/rights-review.schema.ts';
import { runRightsReview } from '../server/agents/rights-review.service.ts';
import { permissionsOf } from '../server/core/permissions.ts';
import { roles } from '../server/core/vocabulary.ts';
import { hire } from './support/agents.ts';
import type { Answer, Client } from './support/client.ts';
import { proof } from './support/roster.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('the yearly review of rights on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  let local: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
    local = await hire(server, 'locale', 'administrator', ['mgen']);
    await hire(server, 'tom', 'agent', ['mgen']);
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.set(wednesday));

  const list = async (filter: object = {}, client = admin): Promise<RightsLine[]> =>
    (await client.get(`/api/rights-review?range=[0,99]&filter=${JSON.stringify(filter)}`)).body;
  const confirm = ({ id, version }: RightsLine, client = admin): Promise<Answer> =>
    client.post(`/api/rights-review/${id}/confirm`, { version });
  const yearLater = async () => {
    server.clock.set('2027-11-18T10:00:00.000Z');
    const at = server.clock.now().toISOString();
    await server.house.pool('agent_sessions').update({ signed_in_at: at, last_seen_at: at });
  };

  test('each line says who may do what, for whom, in words of both languages', async () => {
    const found = (await list()).find(({ username }) => username === 'supervisor');
    const { words } = server.house;
    const unsaid = roles.flatMap((role) =>
      [...permissionsOf(role)].filter(
        (one) => !['signed-in', 'own-account'].includes(one) && !words.has(`rights.permissions.${one}`),
      ),
    );

    expect(found).toMatchObject({
      ...{ roleInWords: 'Superviseur', reviewedByName: null, experienceInWords: 'Confirmé' },
      ...{ dueOn: '2027-11-18', isDue: false, lastSignedInAt: null },
    });
    expect(found?.permissions).toContain('lever un gel ou une suspicion');
    expect(unsaid).toEqual([]);
  });

  test('is due after a year, told once, and confirmed by somebody else as it stands', async () => {
    const early = [await runRightsReview(server.house), (await admin.get('/api/rights-review/due')).body.due];
    await yearLater();
    const due = await list({ due: true });
    const told = [await runRightsReview(server.house), await runRightsReview(server.house)];
    const alerts = await server.house.pool('alerts').where({ kind: 'rights-review-due' });
    const tom = due.find(({ username }) => username === 'tom') as RightsLine;
    const own = due.find(({ username }) => username === 'administrator') as RightsLine;
    const answers = [
      await confirm(tom, await server.as('auditor')),
      await confirm(own),
      await confirm({ ...tom, version: 99 }),
      await confirm(tom),
      await confirm(tom),
    ];
    const left = await list({ due: true });

    expect(early).toEqual([0, 0]);
    expect(told[0]).toBeGreaterThan(0);
    expect(told[1]).toBe(0);
    expect(alerts).toHaveLength(told[0] ?? 0);
    expect(answers.map(({ status }) => status)).toEqual([403, 422, 409, 200, 409]);
    expect(answers[3]?.body).toMatchObject({ isDue: false, reviewedByName: 'administrator de test' });
    expect(own.can.confirm).toMatchObject({
      allowed: false,
      why: expect.stringContaining('propres droits'),
    });
    expect(left).toHaveLength(due.length - 1);
  });

  test('several are confirmed at once: all of them, each recorded, or none', async () => {
    await yearLater();
    const all = await list({ due: true });
    const due = all.filter(({ username }) => !['administrator', 'locale', 'tom'].includes(username));
    const lines = due.slice(0, 3).map(({ id, version }) => ({ id, version }));
    const own = (await list()).find(({ username }) => username === 'administrator') as RightsLine;
    const many = (all: object[], client = admin) => client.post('/api/rights-review/confirm', { lines: all });
    const refused = [
      await many(lines, await server.as('auditor')),
      await many([...lines, { id: own.id, version: own.version }]),
      await many([...lines, { id: due[3]?.id, version: 99 }]),
      await many([...lines, { id: 'nobody', version: 1 }]),
      await many(lines, local),
      await many([]),
    ];
    const unchanged = await list({ due: true });
    const done = await many(lines);

    expect(refused.map(({ status }) => status)).toEqual([403, 422, 409, 404, 404, 400]);
    expect(unchanged).toEqual(all);
    expect(done).toMatchObject({ status: 200, body: { confirmed: 3 } });
    expect(await list({ due: true })).toHaveLength(all.length - 3);
    const events = await server.house.pool('audit_events').where({ type: 'rights.confirmed' });
    const confirmed = events.map(({ payload }) => JSON.parse(payload).data.agentId);
    for (const { id } of lines) expect(confirmed.filter((one) => one === id)).toHaveLength(1);
  });

  test('by whom it concerns: an administrator’s own organisations, and auditors to read', async () => {
    const theirs = await list({}, local);
    const read = await list({}, await server.as('auditor'));
    const byAgent = await (await server.as('agent')).get('/api/rights-review');
    const colleague = (await list()).find(({ username }) => username === 'colleague') as RightsLine;

    expect(theirs.map(({ username }) => username)).toContain('tom');
    expect(theirs.map(({ username }) => username)).not.toContain('colleague');
    expect(read.find(({ username }) => username === 'tom')?.can.confirm.allowed).toBe(false);
    expect(byAgent.status).toBe(403);
    expect((await confirm(colleague, local)).status).toBe(404);
  });

  test('leaves as a file for whoever proves who they are, recorded, with no cell a formula', async () => {
    await server.house.pool('agents').where({ username: 'supervisor' }).update({ name: '=1+1' });
    const unproved = await admin.post('/api/rights-review/export', {});
    const file = await admin.post('/api/rights-review/export', proof);
    const text = new TextDecoder().decode(file.bytes);

    expect(unproved.status).toBe(400);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toContain('revue-des-habilitations-2026-11-18.csv');
    expect(text.split('\r\n')[0]).toContain('Identifiant;Nom;Rôle');
    expect(text).toContain(";'=1+1;Superviseur;");
    const events = await server.house.pool('audit_events').where({ type: 'rights.exported' });
    expect(events.map(({ payload }) => JSON.parse(payload).data)).toEqual([
      { accounts: text.trim().split('\r\n').length - 1 },
    ]);
  });
});
