import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import type { Answer } from './support/client.ts';
import { startDeskSso } from './support/desk-sso.ts';
import { enrolApp, tryToSignIn } from './support/factors.ts';
import type { Colleague } from './support/oidc.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('single sign-on on %s', (engine) => {
  let server: TestServer;
  let sso: Awaited<ReturnType<typeof startDeskSso>>;
  let serial = 0;
  beforeAll(async () => {
    server = await startServer(engine);
    sso = await startDeskSso(server);
  });
  afterAll(async () => {
    await sso.oidc.stop();
    await server.stop();
  });
  beforeEach(async () => {
    server.clock.set(wednesday);
    sso.agree();
    await server.house.pool('attempt_counters').delete();
  });

  const colleague = (group: string | null, more: Partial<Colleague> = {}): Colleague => {
    serial += 1;
    const username = `collegue-${serial}`;
    const groups = group === null ? [] : ['tout-le-monde', group];
    return { sub: `sub-${serial}`, name: 'Camille Exemple', preferred_username: username, groups, ...more };
  };
  const eventsOf = async (type: string) =>
    (await server.house.pool('audit_events').where({ type }).orderBy('seq')).map(({ payload, actor_id }) => ({
      actor: actor_id,
      data: JSON.parse(payload).data,
    }));
  const refused = (answer: Answer, why: string) =>
    expect(answer).toMatchObject({ status: 422, body: { rule: `sso.${why}`, message: expect.any(String) } });

  test('is offered where it is agreed, in words, and does not exist elsewhere', async () => {
    const welcome = await server.anonymous().get('/api/welcome', { 'accept-language': 'en' });
    server.house.sso = null;
    const without = await server.anonymous().get('/api/welcome');
    const started = await server.anonymous().post('/api/sso/start');

    expect(welcome.body).toMatchObject({ sso: 'Sign in with Example' });
    expect(without.body.sso).toBeNull();
    expect(started.status).toBe(404);
  });

  test('whose group is named comes in: made once, with that group’s rights, at the provider’s word', async () => {
    const person = colleague('guichet-conseil');
    const client = server.anonymous();

    const first = await sso.signIn(person, client);
    const again = await sso.signIn(person);

    expect(first).toMatchObject({
      status: 200,
      body: {
        username: person.preferred_username,
        name: 'Camille Exemple',
        role: 'agent',
        organisations: ['safiag'],
      },
    });
    expect(again.body.id).toBe(first.body.id);
    expect((await client.get('/api/me')).status).toBe(200);
    const linked = (await eventsOf('agent.sso-linked')).filter(({ data }) => data.agentId === first.body.id);
    expect(linked).toEqual([{ actor: 'single-sign-on', data: { agentId: first.body.id, made: true } }]);
    expect((await server.house.pool('agent_identities'))[0]?.subject_digest).not.toContain('sub-');
  });

  test('nobody knows a password of an account it made, so that a second factor is enrolled first', async () => {
    const person = colleague('guichet-conseil');
    const client = server.anonymous();

    const { body } = await sso.signIn(person, client);
    const byPassword = await tryToSignIn(server, body.username as string);
    const closed = await client.post('/api/calls', {});
    await enrolApp(server, client, {});

    expect(body.next).toBe('factor');
    expect(byPassword.status).toBe(401);
    expect(closed.status).toBe(403);
    expect((await client.get('/api/me')).body.next).toBeNull();
  });

  test('without a group, a username or a right journey nobody comes in, and each is recorded', async () => {
    const client = server.anonymous();
    const query = await sso.begin(client);

    const answers = [
      await sso.signIn(colleague(null)),
      await sso.signIn(colleague('guichet-conseil', { preferred_username: undefined })),
      await sso.signIn(colleague('guichet-conseil', { preferred_username: 'Prénom Nom' })),
      await sso.comeBack(server.anonymous(), query),
      await sso.comeBack(client, query.replace(/state=[^&]+/, 'state=autre')),
      await sso.comeBack(client, query),
    ];

    const rules = ['no-group', 'not-vouched', 'username', 'not-vouched', 'not-vouched', 'not-vouched'];
    answers.forEach((answer, at) => refused(answer, rules[at] ?? ''));
    const told = (await eventsOf('agent.sso-refused')).slice(-6).map(({ data }) => data.why);
    expect(told).toEqual(rules.map((rule) => `sso.${rule}`));
    expect(await server.house.pool('agents').where({ name: 'Prénom Nom' })).toEqual([]);
  });

  test('one return opens one session, of two at once too', async () => {
    sso.oidc.person = colleague('guichet-conseil');
    const client = server.anonymous();
    const query = await sso.begin(client);

    const answers = await Promise.all([0, 1].map(() => sso.comeBack(client, query)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('an account that exists is linked only where an administrator lets it, once', async () => {
    const username = `deja-${engine}`;
    const local = await hire(server, username, 'agent', ['safiag']);
    const { id } = (await local.get('/api/me')).body;
    const person = colleague('guichet-conseil', { preferred_username: username });
    const admin = await server.as('administrator');
    const ownId = (await admin.get('/api/me')).body.id as string;
    const permit = async (by: 'administrator' | 'agent', of = id as string, password = deskPassword) =>
      (await server.as(by)).post(`/api/agents/${of}/permit-sso`, { password });

    const early = await sso.signIn(person);
    const answers = [
      await permit('agent'),
      await permit('administrator', id, 'une-autre-phrase'),
      await permit('administrator', 'nobody'),
      await permit('administrator', ownId),
      await permit('administrator'),
    ];
    const linked = await sso.signIn(person);
    const impostor = await sso.signIn({ ...person, sub: 'un-autre' });
    const late = await permit('administrator');

    refused(early, 'not-permitted');
    expect(answers.map(({ status }) => status)).toEqual([403, 400, 404, 422, 204]);
    expect(linked).toMatchObject({ status: 200, body: { id, next: null } });
    refused(impostor, 'not-permitted');
    expect(late.status).toBe(409);
    expect((await tryToSignIn(server, username)).status).toBe(200);
    sso.agree({ allowPasswords: false });
    const shut = await tryToSignIn(server, username);
    expect(shut).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('connexion unique') },
    });
    expect((await tryToSignIn(server, 'agent')).status).toBe(200);
  });

  test('rights follow the groups at each sign-in, as nobody’s own act; other sessions end', async () => {
    const person = colleague('guichet-conseil');
    const before = server.anonymous();
    const { body: agent } = await sso.signIn(person, before);

    const raised = await sso.signIn({ ...person, groups: ['guichet-supervision', 'guichet-conseil'] });
    const ended = await before.get('/api/me');
    const gone = await sso.signIn({ ...person, groups: ['tout-le-monde'] });

    expect(raised.body).toMatchObject({ id: agent.id, role: 'supervisor' });
    expect([...raised.body.organisations].sort()).toEqual(['mutuelle-imaginaire', 'safiag']);
    expect(ended.status).toBe(401);
    refused(gone, 'no-group');
    const changes = await eventsOf('agent.rights-from-groups');
    expect(changes.filter(({ data }) => data.agentId === agent.id)).toEqual([
      {
        actor: 'single-sign-on',
        data: {
          agentId: agent.id,
          ...{ from: 'agent', to: 'supervisor' },
          organisations: ['mutuelle-imaginaire', 'safiag'],
          organisationsBefore: ['safiag'],
        },
      },
    ]);
  });

  test('the groups take no rights from the last administrator', async () => {
    const person = colleague('guichet-admin');
    const { body: agent } = await sso.signIn(person);
    const agents = server.house.pool('agents');
    await agents
      .clone()
      .where({ role: 'administrator' })
      .whereNot({ id: agent.id })
      .update({ closed_at: wednesday });

    const alone = await sso.signIn({ ...person, groups: ['guichet-conseil'] });
    await agents.clone().where({ closed_at: wednesday }).update({ closed_at: null });
    const among = await sso.signIn({ ...person, groups: ['guichet-conseil'] });

    refused(alone, 'last-administrator');
    expect(among).toMatchObject({ status: 200, body: { role: 'agent' } });
  });

  test('a closed account stays closed, whatever the groups say', async () => {
    const person = colleague('guichet-conseil');
    const { body: agent } = await sso.signIn(person);
    await server.house.pool('agents').where({ id: agent.id }).update({ closed_at: wednesday });
    refused(await sso.signIn(person), 'closed');
    refused(await sso.signIn(colleague('guichet-conseil', { preferred_username: agent.username })), 'closed');
  });

  test('who has a second factor gives it after the provider, unless the provider’s own counts', async () => {
    const person = colleague('guichet-conseil');
    const client = server.anonymous();
    await sso.signIn(person, client);
    const { app } = await enrolApp(server, client, {});
    const half = server.anonymous();

    const wanted = await sso.signIn(person, half);
    const closed = await half.get('/api/me');
    const wrong = await half.post('/api/sso/finish', { code: app.code(9) });
    const stolen = await server.anonymous().post('/api/sso/finish', { code: app.next() });
    const code = app.next();
    const finished = await half.post('/api/sso/finish', { code });
    const again = await half.post('/api/sso/finish', { code: app.next() });
    sso.agree({ secondFactor: { amr: ['mfa'] } });
    const vouched = await sso.signIn({ ...person, amr: ['pwd', 'mfa'] });
    const notVouched = await sso.signIn({ ...person, amr: ['pwd'] });

    expect(wanted).toMatchObject({
      status: 401,
      body: { code: 'second-factor', secondFactor: { kinds: ['totp'] } },
    });
    expect([closed, wrong, stolen, finished, again].map(({ status }) => status)).toEqual([
      401, 401, 401, 200, 401,
    ]);
    expect((await half.get('/api/me')).status).toBe(200);
    expect([vouched.status, notVouched.status]).toEqual([200, 401]);
  });

  test('while the provider does not answer, says so, and passwords open', async () => {
    sso.agree({ issuer: 'http://127.0.0.1:9' });

    const started = await server.anonymous().post('/api/sso/start');

    expect(started).toMatchObject({
      status: 503,
      body: { message: expect.stringContaining('mot de passe') },
    });
    expect((await tryToSignIn(server, 'agent')).status).toBe(200);
  });
});
