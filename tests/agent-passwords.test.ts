import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import { phrase, proof, roster, tokenIn } from './support/roster.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the passwords of the desk on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.house.pool('attempt_counters').delete();
  });
  const { row, pageOf, act, make, eventsOf, accept } = roster(() => server);

  test('an account is made without a password; its agent chooses one by a link that works once', async () => {
    const made = await make({ username: 'nouvelle', email: 'n@guichet.example', experience: 'beginner' });
    const token = tokenIn(made.body);
    const before = await server.anonymous().post('/api/session', { username: 'nouvelle', password: '' });
    const weak = await accept(token, 'nouvelle-nouvelle-2026');
    const accepted = await accept(token);
    const again = await accept(token);

    expect(made).toMatchObject({
      status: 201,
      body: {
        agent: {
          username: 'nouvelle',
          hasPassword: false,
          experience: 'beginner',
          email: 'n@guichet.example',
        },
        link: expect.stringMatching(/\/#\/invitation\/[\w-]{43}$/),
      },
    });
    expect(before.status).toBe(400);
    expect(weak).toMatchObject({
      status: 400,
      body: { errors: { password: expect.stringContaining('devine') } },
    });
    expect([accepted, again]).toMatchObject([
      { status: 200, body: { username: 'nouvelle' } },
      { status: 404 },
    ]);
    await server.anonymous().signIn('nouvelle', phrase);
    expect(await pageOf('nouvelle')).toMatchObject({ hasPassword: true, invitedUntil: null });
    const events = await eventsOf('nouvelle');
    expect(events.map(({ type }) => type)).toEqual([
      ...['agent.created', 'agent.rights-changed', 'agent.changed', 'agent.invited', 'agent.password-chosen'],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/guichet\.example|Une Personne/);
    expect(JSON.stringify(await server.house.pool('agent_invitations'))).not.toContain(token);
    expect(server.logged.join('\n')).not.toContain(token);
  });

  test('of eight who follow one link at once, one chooses the password; a new link ends the former', async () => {
    const first = await make({ username: 'double' });
    const second = await act('double', 'invitation', proof);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => accept(tokenIn(second.body), `${phrase}-${n}-essai`)),
    );
    const late = await accept(tokenIn(first.body));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(404)]);
    expect(late.status).toBe(404);
  });

  test('a link that waits is withdrawn once, by who may see the account, and works no more', async () => {
    const made = await make({ username: 'retiree' });
    const { id, version } = await row('retiree');
    const waiting = (view: string) => server.as('administrator').then((one) => one.get(view));
    const view = '/api/agents?range=[0,99]&filter={"view":"invited"}';
    const listed = (await waiting(view)).body as { username: string; invitedUntil: string }[];
    const local = await hire(server, 'autre-admin', 'administrator', ['safiag']);
    const withdraw = (body: object, client = server.as('administrator')) =>
      client.then((one) => one.post(`/api/agents/${id}/withdraw-invitation`, body));

    const refused = [
      await withdraw({ version }, server.as('supervisor')),
      await withdraw({ version }, Promise.resolve(local)),
      await withdraw({ version: version + 3 }),
    ];
    const kept = await pageOf('retiree');
    const answers = [await withdraw({ version }), await withdraw({ version: version + 1 })];

    expect(listed.find(({ username }) => username === 'retiree')?.invitedUntil).toBe(made.body.until);
    expect(refused.map(({ status }) => status)).toEqual([403, 404, 409]);
    expect(kept.invitedUntil).toBe(made.body.until);
    expect(answers).toMatchObject([{ status: 200, body: { invitedUntil: null } }, { status: 409 }]);
    expect((await accept(tokenIn(made.body))).status).toBe(404);
    expect((await waiting(view)).body).not.toContainEqual(expect.objectContaining({ username: 'retiree' }));
    expect((await eventsOf('retiree')).map(({ type }) => type)).toContain('agent.invitation-withdrawn');
  });

  test('a link works for three days', async () => {
    const made = await make({ username: 'tardive' });
    const at = server.clock.now().toISOString();
    server.clock.advance(72 * 60);
    const late = await accept(tokenIn(made.body));
    server.clock.set(at);

    expect(late.status).toBe(404);
    expect((await accept(tokenIn(made.body))).status).toBe(200);
  });

  test('a closed account opens again by a new link alone, never with the password of before', async () => {
    await hire(server, 'revenue', 'agent', ['mgen']);
    await act('revenue', 'close');
    const open = await act('revenue', 'reopen', proof);
    const former = await server
      .anonymous()
      .post('/api/session', { username: 'revenue', password: deskPassword });
    const accepted = await accept(tokenIn(open.body));

    expect([open.status, former.status, accepted.status]).toEqual([200, 401, 200]);
    expect((await act('revenue', 'reopen', proof)).status).toBe(409);
  });

  test('a required password comes before anything else; then every other session is over', async () => {
    const client = await hire(server, 'oublieuse', 'agent', ['mgen']);
    const other = await server.anonymous().signIn('oublieuse', deskPassword);
    const required = await act('oublieuse', 'require-password');
    const me = await client.get('/api/own-account/password');
    const shut = await client.get('/api/organisations');
    const choose = (current: string, next: string) =>
      client.post('/api/own-account/password', { current, next });
    const answers = [
      await choose('pas-le-bon-du-tout', phrase),
      await choose(deskPassword, deskPassword),
      await choose(deskPassword, 'trop-court'),
      await choose(deskPassword, 'motdepasse123456'),
      await choose(deskPassword, phrase),
    ];

    expect(required.body).toMatchObject({ isPasswordDue: true });
    expect([me.status, shut.status, shut.body.message]).toEqual([
      405,
      403,
      expect.stringContaining('mot de passe'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 204]);
    expect(answers.slice(0, 4).map(({ body }) => Object.keys(body.errors)[0])).toEqual([
      ...['current', 'next', 'next', 'next'],
    ]);
    expect([(await client.get('/api/organisations')).status, (await other.get('/api/me')).status]).toEqual([
      ...[200, 401],
    ]);
    expect((await row('oublieuse')).password_due_since).toBeNull();
  });

  test('wrong own passwords are counted with those of the sign-in', async () => {
    const client = await hire(server, 'sondee', 'agent', ['mgen']);
    const tries: number[] = [];
    for (let n = 0; n < 4; n += 1)
      tries.push(
        (await client.post('/api/own-account/password', { current: `faux-${n}`, next: phrase })).status,
      );

    expect(tries).toEqual([400, 400, 400, 429]);
  });
});
