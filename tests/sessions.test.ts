import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionIdOf } from '../server/http/session.ts';
import { deskPassword, databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the desk’s sessions on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  test('an agent signs in and reads who they are', async () => {
    const agent = await server.as('agent');

    const me = await agent.get('/api/me');

    expect(me).toMatchObject({ status: 200, body: { username: 'agent', role: 'agent' } });
    expect(me.body.permissions).toContain('member.search');
    expect(me.body.permissions).not.toContain('lot.print');
  });

  test('a wrong password and an unknown username get the same answer', async () => {
    const wrong = await server
      .anonymous()
      .post('/api/session', { username: 'auditor', password: 'nope-nope' });
    const unknown = await server
      .anonymous()
      .post('/api/session', { username: 'nobody', password: 'nope-nope' });

    expect(wrong.status).toBe(401);
    expect(unknown).toMatchObject({ status: 401, body: wrong.body });
  });

  test('a look-up that fails is answered with 503, and ends no session', async () => {
    const agent = await server.anonymous().signIn('agent', deskPassword);
    const statuses = [(await agent.get('/api/me')).status];
    await server.house.pool.schema.renameTable('agent_factors', 'aside');
    statuses.push((await agent.get('/api/me')).status);
    await server.house.pool.schema.renameTable('aside', 'agent_factors');
    statuses.push((await agent.get('/api/me')).status);

    expect(statuses).toEqual([200, 503, 200]);
  });

  test('three wrong passwords slow an account down, known or not', async () => {
    const tries = async (username: string) => {
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        const answer = await server.anonymous().post('/api/session', { username, password: 'nope-nope' });
        statuses.push(answer.status);
      }
      return statuses;
    };

    expect(await tries('colleague')).toEqual([401, 401, 401, 429]);
    expect(await tries('nobody-else')).toEqual([401, 401, 401, 429]);
    server.clock.advance(1);
    const later = await server
      .anonymous()
      .post('/api/session', { username: 'colleague', password: deskPassword });
    expect(later.status).toBe(200);
  });

  test('the identifier is renewed at sign-in and the old one opens nothing', async () => {
    const client = server.anonymous();
    client.setCookie('guichet', 's%3Aplanted.planted');

    await client.signIn('agent', deskPassword);
    const first = client.cookies.get('guichet');
    await client.signIn('agent', deskPassword);

    expect(first).not.toContain('planted');
    expect(client.cookies.get('guichet')).not.toBe(first);
    const thief = server.anonymous();
    thief.setCookie('guichet', first ?? '');
    expect((await thief.get('/api/me')).status).toBe(401);
  });

  test('signing out ends the session on the server', async () => {
    const client = await server.anonymous().signIn('agent', deskPassword);
    const cookie = client.cookies.get('guichet') ?? '';

    expect((await client.delete('/api/session')).status).toBe(204);

    const thief = server.anonymous();
    thief.setCookie('guichet', cookie);
    expect((await thief.get('/api/me')).status).toBe(401);
    expect((await server.anonymous().delete('/api/session')).status).toBe(204);
  });

  test('a session ends after 15 idle minutes; polling does not keep it alive', async () => {
    const client = await server.anonymous().signIn('agent', deskPassword);

    server.clock.advance(10);
    await client.get('/api/organisations');
    server.clock.advance(10);
    expect((await client.get('/api/me')).status).toBe(200);
    server.clock.advance(6);

    expect((await client.get('/api/me')).status).toBe(401);
  });

  test('a session ends after ten hours however busy', async () => {
    const client = await server.anonymous().signIn('agent', deskPassword);
    for (let quarter = 0; quarter < 10 * 6; quarter += 1) {
      server.clock.advance(10);
      await client.get('/api/organisations');
    }
    server.clock.advance(1);

    expect((await client.get('/api/organisations')).status).toBe(401);
  });

  test('who knocks is one statement', async () => {
    const client = await server.anonymous().signIn('supervisor', deskPassword);
    const asked: string[] = [];
    const note = ({ sql }: { sql: string }) => void asked.push(sql);
    server.house.pool.on('query', note);

    const answer = await client.get('/api/organisations').finally(() => {
      server.house.pool.removeListener('query', note);
    });

    expect(answer.status).toBe(200);
    expect(asked).toEqual([expect.stringContaining('agent_sessions')]);
  });

  test('what is kept under a cookie opens nothing for another agent', async () => {
    const client = await server.anonymous().signIn('agent', deskPassword);
    const other = await server.house.pool('agents').where({ username: 'supervisor' }).first('id');
    const sid =
      decodeURIComponent(client.cookies.get('guichet') ?? '')
        .slice(2)
        .split('.')[0] ?? '';
    const own = { id: sessionIdOf(sid) };
    expect(await server.house.pool('agent_sessions').where(own).update({ agent_id: other.id })).toBe(1);

    expect((await client.get('/api/me')).status).toBe(401);
  });

  test('another site cannot make the browser act', async () => {
    const client = await server.anonymous().signIn('agent', deskPassword);
    const body = { username: 'agent', password: deskPassword };

    const answers = [
      await client.post('/api/session', body, { origin: 'https://evil.example' }),
      await client.post('/api/session', body, { 'sec-fetch-site': 'cross-site' }),
      await client.send('POST', '/api/session', 'username=agent', {
        'content-type': 'application/x-www-form-urlencoded',
      }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 415]);
  });

  test('the chain holds after all this, and its reading is recorded', async () => {
    const auditor = await server.anonymous().signIn('auditor', deskPassword);

    const verification = await auditor.get('/api/audit-events/verification');
    const list = await auditor.get('/api/audit-events?range=[0,4]&sort=["at","DESC"]');

    expect(verification.body).toMatchObject({ holds: true, brokenAt: null });
    expect(list.body[0]).toMatchObject({ type: 'audit.verified', actorName: 'auditor de test' });
    expect(list.headers.get('content-range')).toMatch(/^audit-events 0-4\/\d+$/);
  });
});
