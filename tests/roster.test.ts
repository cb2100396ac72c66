import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { proof, roster } from './support/roster.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the desk’s accounts on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  /** Administers one of the four organisations alone. */
  let local: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
    local = await hire(server, 'local-admin', 'administrator', ['mgen']);
    await hire(server, 'shared', 'agent', ['mgen', 'safiag']);
    await hire(server, 'theirs', 'agent', ['mgen']);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.house.pool('attempt_counters').delete();
  });
  const { row, idOf, pageOf, change, act, make, eventsOf } = roster(() => server);

  test('making one and giving rights ask who sits there; another’s name is taken, open or closed', async () => {
    const answers = [
      await make({ username: 'sans', password: '' }),
      await make({ username: 'sans', password: 'pas-le-bon-du-tout' }),
      await change('theirs', { role: 'supervisor' }),
      await change('theirs', { experience: 'senior', password: 'pas-le-bon-du-tout' }),
      await make({ username: 'agent' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 409]);
    expect(await row('sans')).toBeUndefined();
    expect(await row('theirs')).toMatchObject({ role: 'agent', experience: null });
  });

  test('no column of the table can be set by naming it', async () => {
    const columns = Object.keys(await row('theirs'));
    const before = await row('theirs');
    const allowed = [
      'name',
      'role',
      'organisations',
      'experience',
      'site',
      'team',
      'own',
      'relatives',
      'email',
    ];
    const strange = [...columns, 'passwordHash', 'closedAt', 'siteId', 'createdAt', 'permissions', 'can'];
    const statuses = new Set<number>();
    for (const column of strange.filter((one) => !allowed.includes(one) && one !== 'version')) {
      statuses.add((await change('theirs', { [column]: 'x', name: 'Autre Nom', ...proof })).status);
      statuses.add((await make({ username: 'intrus', [column === 'username' ? 'id' : column]: 'x' })).status);
    }

    expect([...statuses]).toEqual([400]);
    expect(await row('theirs')).toEqual(before);
    expect(await row('intrus')).toBeUndefined();
  });

  test('accounts are found by part of a name without its accents, by site, and by a long absence', async () => {
    const site = (await admin.post('/api/sites', { name: 'Valence', hours: [] })).body.id as string;
    await make({ username: 'heloise', name: 'Héloïse Été', site: 'Valence' });
    const longAgo = { created_at: '2025-01-02T10:00:00.000Z' };
    const away = { ...longAgo, last_signed_in_at: '2026-08-19T10:00:00.000Z' };
    await server.house.pool('agents').where({ username: 'theirs' }).update(away);
    await server.house
      .pool('agents')
      .where({ username: 'shared' })
      .update({ ...longAgo, last_signed_in_at: null });
    const namesOf = async (filter: object, client = admin) =>
      ((await client.get(`/api/agents?filter=${JSON.stringify(filter)}`)).body as { username: string }[])
        .map(({ username }) => username)
        .sort();

    expect(await namesOf({ q: 'heloise e' })).toEqual(['heloise']);
    expect(await namesOf({ q: 'HÉLO', role: 'supervisor' })).toEqual([]);
    expect(await namesOf({ q: 'shared' }, local)).toEqual([]);
    expect(await namesOf({ site })).toEqual(['heloise']);
    expect(await namesOf({ view: 'dormant' })).toEqual(['shared', 'theirs']);
    const present = { last_signed_in_at: '2026-08-21T10:00:00.000Z' };
    await server.house.pool('agents').where({ username: 'theirs' }).update(present);
    expect(await namesOf({ view: 'dormant' })).toEqual(['shared']);
    expect((await admin.get('/api/agents?filter={"view":"autre"}')).status).toBe(400);
  });

  test('what is shown of an account holds no secret', async () => {
    const body = JSON.stringify([await pageOf('agent'), (await admin.get('/api/agents')).body]);

    expect(body).not.toMatch(/argon2|hash|token/i);
  });

  test('a change is recorded, and a stale one, another role and a closed account are refused', async () => {
    const changed = await change('theirs', { name: 'Tom Essai', team: 'B', relatives: [], ...proof });
    const { id, version } = await row('theirs');
    const stale = await admin.patch(`/api/agents/${id}`, { version: version - 1, name: 'Autre' });
    const bySupervisor = await change('theirs', { name: 'Autre' }, await server.as('supervisor'));
    const wrong = await change('theirs', { organisations: [], ...proof });

    expect(changed).toMatchObject({ status: 200, body: { name: 'Tom Essai', team: 'B' } });
    expect([stale.status, bySupervisor.status, wrong.status]).toEqual([409, 403, 400]);
    expect(wrong.body.errors).toHaveProperty('organisations');
    expect((await eventsOf('theirs')).slice(-2).map(({ data }) => data.changed)).toEqual([
      ['name'],
      ['team', 'relatives'],
    ]);
  });

  test('an administrator sees and changes agents of their own organisations alone, and gives no others', async () => {
    const listed = (await local.get('/api/agents?range=[0,99]')).body as { username: string }[];
    const answers = [
      await local.get(`/api/agents/${await idOf('shared')}`),
      await change('shared', { name: 'Autre' }, local),
      await act('shared', 'close', {}, local),
      await act('shared', 'end-sessions', {}, local),
      await act('shared', 'require-password', {}, local),
      await act('shared', 'invitation', proof, local),
      await local.get('/api/agents/nobody-at-all'),
    ];
    const given = [
      await change('theirs', { organisations: ['mgen', 'safiag'], ...proof }, local),
      await make({ username: 'trop', organisations: ['safiag'] }, local),
      await make({ username: 'trop', relatives: [{ organisationId: 'safiag', memberNumber: '12' }] }, local),
    ];

    expect(listed.map(({ username }) => username)).toContain('theirs');
    expect(listed.map(({ username }) => username)).not.toContain('shared');
    expect(answers.slice(0, 1)).toMatchObject([{ status: 404, body: answers.at(-1)?.body }]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 400, 404, 404, 404]);
    expect(given.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(JSON.stringify(given.map(({ body }) => body))).not.toContain('safiag');
    expect((await row('shared')).closed_at).toBeNull();
  });

  test.each([
    ['role', { role: 'supervisor' }],
    ['organisations', { organisations: ['mgen'] }],
    ['site', { site: null }],
    ['experience', { experience: 'usual' }],
    ['relatives', { relatives: [] }],
  ])('nobody changes their own %s', async (_what, body) => {
    expect(await change('administrator', { ...body, ...proof })).toMatchObject({
      status: 422,
      body: { rule: 'agent.own-rights' },
    });
  });

  test('nor closes their own account; their name is theirs to correct', async () => {
    const closed = await act('administrator', 'close');
    const renamed = await change('administrator', { name: 'administrator de test' });

    expect([closed.status, renamed.status]).toEqual([422, 200]);
    expect((await pageOf('administrator')).can.changeRights.allowed).toBe(false);
  });

  test('another role ends every session at the next request', async () => {
    const client = await hire(server, 'promue', 'agent', ['mgen']);
    const first = await client.get('/api/me');
    await change('promue', { role: 'supervisor', ...proof });
    const next = await client.get('/api/me');

    expect([first.status, next.status]).toEqual([200, 401]);
    const [last] = (await eventsOf('promue')).slice(-1);
    expect(last).toMatchObject({
      type: 'agent.rights-changed',
      data: { role: 'supervisor', sessionsEnded: 1 },
    });
  });

  test('all sessions end at once, by a supervisor too, and closing ends them', async () => {
    const client = await hire(server, 'fermee', 'agent', ['mgen']);
    const other = await server.anonymous().signIn('fermee', deskPassword);
    const supervisor = await server.as('supervisor');
    const id = await idOf('fermee');
    const ended = await supervisor.post(`/api/agents/${id}/end-sessions`, {});
    const after = [await client.get('/api/me'), await other.get('/api/me')];
    const again = await server.anonymous().signIn('fermee', deskPassword);
    const closed = await act('fermee', 'close');
    const shut = [
      await again.get('/api/me'),
      await act('fermee', 'close'),
      await change('fermee', { name: 'X' }),
    ];
    const back = await server
      .anonymous()
      .post('/api/session', { username: 'fermee', password: deskPassword });

    expect(ended).toMatchObject({ status: 200, body: { ended: 2 } });
    expect(after.map(({ status }) => status)).toEqual([401, 401]);
    expect(closed).toMatchObject({ status: 200, body: { closedAt: expect.any(String) } });
    expect([...shut.map(({ status }) => status), back.status]).toEqual([401, 409, 409, 401]);
    const byAgent = await (await server.as('agent')).post(`/api/agents/${id}/end-sessions`, {});
    expect(byAgent.status).toBe(403);
  });

  // Whoever may change an administrator serves all their organisations too: only two at once could leave none, and the
  // command line (tests/agent-files.test.ts).
  test('of two administrators who close each other at once, one is left', async () => {
    const { pool } = server.house;
    await pool('agents').where({ role: 'administrator' }).update({ role: 'auditor' });
    const [a, b] = [
      await hire(server, 'paire-a', 'administrator', ['mgen']),
      await hire(server, 'paire-b', 'administrator', ['mgen']),
    ];
    const [ofA, ofB] = [await row('paire-a'), await row('paire-b')];
    const sessions = await pool('agent_sessions').whereIn('agent_id', [ofA.id, ofB.id]);
    const close = (client: Client, { id, version }: { id: string; version: number }) =>
      client.post(`/api/agents/${id}/close`, { version });

    const rounds: unknown[] = [];
    for (let round = 0; round < 6; round += 1) {
      const answers = await Promise.all([close(a, ofB), close(b, ofA)]);
      const open = await pool('agents').where({ role: 'administrator' }).whereNull('closed_at');
      rounds.push([open.length, answers.filter(({ status }) => status === 200).length]);
      const asBefore = { closed_at: null, version: ofA.version };
      await pool('agents').whereIn('id', [ofA.id, ofB.id]).update(asBefore);
      await pool('agent_sessions').whereIn('agent_id', [ofA.id, ofB.id]).delete();
      await pool('agent_sessions').insert(sessions);
    }
    await pool('agents').whereLike('username', 'paire-%').update({ role: 'agent' });
    await pool('agents')
      .whereIn('username', ['administrator', 'local-admin'])
      .update({ role: 'administrator' });

    expect(rounds).toEqual(Array(6).fill([1, 1]));
  });
});
