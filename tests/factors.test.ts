import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { sweep } from '../server/sweep.ts';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { AuthenticatorApp, enrolApp, tryToSignIn } from './support/factors.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('second factors on %s', (engine) => {
  let server: TestServer;
  let serial = 0;
  beforeAll(async () => {
    // Empty: as it is where nobody says otherwise.
    server = await startServer(engine, { env: { SECOND_FACTOR_ROLES: '' } });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    await server.house.pool('attempt_counters').delete();
  });

  const somebody = async (role: 'agent' | 'supervisor' | 'administrator' = 'agent') => {
    serial += 1;
    const username = `quelquun-${serial}`;
    const client = await hire(server, username, role);
    return { username, client, id: (await client.get('/api/me')).body.id as string };
  };
  const enrolled = async (role: 'agent' | 'supervisor' | 'administrator' = 'agent') => {
    const one = await somebody(role);
    return { ...one, ...(await enrolApp(server, one.client)) };
  };
  const meOf = async (client: Client) => (await client.get('/api/me')).body;

  test('who works with one only is let do nothing else before it is enrolled', async () => {
    const { client } = await somebody('supervisor');
    const before = await meOf(client);
    const closed = [await client.get('/api/lots'), await client.post('/api/calls', {})];
    const own = await client.get('/api/own-account/factors');
    await enrolApp(server, client, {});

    expect(before).toMatchObject({ next: 'factor', factors: [] });
    for (const answer of closed)
      expect(answer).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('second facteur') },
      });
    expect(own).toMatchObject({ status: 200, body: { required: true, factors: [], recoveryCodesLeft: 0 } });
    expect(await meOf(client)).toMatchObject({ next: null, factors: ['totp'] });
    expect((await client.get('/api/lots')).status).toBe(200);
  });

  test('by default: supervisors, print operators and administrators, and not the demo’s own accounts', async () => {
    const roles = ['agent', 'supervisor', 'print-operator', 'administrator', 'auditor'] as const;
    const clients = await Promise.all(roles.map((role) => server.as(role)));
    const next = () => Promise.all(clients.map(async (client) => (await meOf(client)).next));
    const name = (username: string, to: string) =>
      server.house.pool('agents').where({ username }).update({ username: to });
    const usual = await next();
    server.house.demo = true;
    await name('supervisor', 'superviseur');
    const inDemo = await next();
    await name('superviseur', 'supervisor');
    server.house.demo = false;
    expect(usual).toEqual([null, 'factor', 'factor', 'factor', null]);
    expect(inDemo).toEqual([null, null, 'factor', 'factor', null]);
  });

  test('an app is enrolled by a code of its secret, which is shown once and stands nowhere', async () => {
    const { client, id } = await somebody();

    const unproved = await client.post('/api/own-account/totp');
    const begun = await client.post('/api/own-account/totp', { password: deskPassword });
    const app = new AuthenticatorApp(server, begun.body.secret);
    const confirm = (code: string, by = client) =>
      by.post('/api/own-account/totp/confirm', { enrolment: begun.body.enrolment, name: 'Téléphone', code });
    const wrong = await confirm(app.code(7));
    const foreign = await confirm(app.code(), await server.as('colleague'));
    const added = await confirm(app.code());
    const again = await confirm(app.next());

    expect(unproved).toMatchObject({ status: 400, body: { errors: { password: expect.any(String) } } });
    expect(begun.body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.body.qr).toContain('<svg');
    expect(wrong).toMatchObject({ status: 400, body: { errors: { code: expect.any(String) } } });
    expect([foreign.status, added.status, again.status]).toEqual([409, 200, 409]);
    expect(new Set(added.body.recoveryCodes).size).toBe(10);
    expect(added.body.recoveryCodes[0]).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const kept = JSON.stringify([
      await server.house.pool('agent_factors').where({ agent_id: id }),
      await server.house.pool('agent_challenges').where({ agent_id: id }),
      await server.house.pool('agent_recovery_codes').where({ agent_id: id }),
      (await server.house.pool('audit_events').where({ actor_id: id })).map(({ payload }) => payload),
      server.logged,
    ]);
    for (const secret of [begun.body.secret, begun.body.enrolment, added.body.recoveryCodes[0]])
      expect(kept).not.toContain(secret);
  });

  test('an enrolment is over after five minutes, and swept away', async () => {
    const { client, id } = await somebody();
    const begun = await client.post('/api/own-account/totp', { password: deskPassword });
    const app = new AuthenticatorApp(server, begun.body.secret);

    server.clock.advance(6);
    const late = await client.post('/api/own-account/totp/confirm', {
      enrolment: begun.body.enrolment,
      name: 'Téléphone',
      code: app.code(),
    });
    await sweep(server.house);

    expect(late).toMatchObject({ status: 409, body: { message: expect.stringContaining('Recommencez') } });
    expect(await server.house.pool('agent_challenges').where({ agent_id: id })).toEqual([]);
  });

  test('after a right password only, sign-in says that one is wanted, and opens with it once', async () => {
    const { username, app } = await enrolled();
    const code = app.next();

    const wrong = await server.anonymous().post('/api/session', { username, password: 'nope-nope', code });
    const unknown = await server
      .anonymous()
      .post('/api/session', { username: 'nobody', password: 'nope-nope' });
    const alone = await tryToSignIn(server, username);
    const opened = await tryToSignIn(server, username, { code });
    const replayed = await tryToSignIn(server, username, { code });

    expect(wrong).toMatchObject({ status: 401, body: unknown.body });
    expect(wrong.body.secondFactor).toBeUndefined();
    expect(alone).toMatchObject({
      status: 401,
      body: { code: 'second-factor', secondFactor: { kinds: ['totp'], options: null } },
    });
    expect(alone.headers.getSetCookie()).toEqual([]);
    expect(opened).toMatchObject({ status: 200, body: { username, next: null, factors: ['totp'] } });
    expect(replayed).toMatchObject({
      status: 401,
      body: { code: 'second-factor', errors: { code: expect.stringContaining('a déjà servi') } },
    });
  });

  test('neither a code long gone nor one of later opens, one of a clock half a minute off does', async () => {
    const { username, app } = await enrolled();
    server.clock.advance(10);

    const answers = [];
    for (const steps of [-4, 4, 1]) {
      await server.house.pool('attempt_counters').delete();
      answers.push(await tryToSignIn(server, username, { code: app.code(steps) }));
    }

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200]);
  });

  test('of two sign-ins with one code at once, one opens', async () => {
    const { username, app } = await enrolled();
    const code = app.next();

    const answers = await Promise.all([0, 1].map(() => tryToSignIn(server, username, { code })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('a recovery code opens once, of two at once one, typed as it may be', async () => {
    const { username, recoveryCodes, client } = await enrolled();
    const [first = '', second = ''] = recoveryCodes;

    const opened = await tryToSignIn(server, username, { code: first.toLowerCase().replaceAll('-', ' ') });
    const replayed = await tryToSignIn(server, username, { code: first });
    await server.house.pool('attempt_counters').delete();
    const raced = await Promise.all([0, 1].map(() => tryToSignIn(server, username, { code: second })));

    expect([opened.status, replayed.status]).toEqual([200, 401]);
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await client.get('/api/own-account/factors')).body.recoveryCodesLeft).toBe(8);
    const foreign = await enrolled();
    expect((await tryToSignIn(server, foreign.username, { code: recoveryCodes[2] })).status).toBe(401);
  });

  test('wrong ones are slowed together with wrong passwords, and a right one forgives', async () => {
    const { username, app } = await enrolled();

    const statuses = [];
    for (let n = 0; n < 4; n += 1)
      statuses.push((await tryToSignIn(server, username, { code: app.code(9) })).status);
    server.clock.advance(1);
    const opened = await tryToSignIn(server, username, { code: app.code() });

    expect(statuses).toEqual([401, 401, 401, 429]);
    expect(opened.status).toBe(200);
    expect(await server.house.pool('attempt_counters')).toEqual([]);
  });

  test('a change of password forgives no wrong code', async () => {
    const { client, app } = await enrolled();
    const wrongCode = () => client.post('/api/own-account/recovery-codes', { code: app.code(9) });
    const change = { current: deskPassword, next: 'une-autre-phrase-bien-longue' };

    const answers = [
      await wrongCode(),
      await wrongCode(),
      await client.post('/api/own-account/password', change),
      await wrongCode(),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 204, 429]);
  });

  test('what was asked, given and refused is recorded', async () => {
    const { username, app, id } = await enrolled();
    await tryToSignIn(server, username);
    await tryToSignIn(server, username, { code: app.code(9) });
    await tryToSignIn(server, username, { code: app.next() });

    const rows = await server.house.pool('audit_events').whereLike('type', 'agent.factor%').orderBy('seq');

    const theirs = rows
      .map(({ type, payload }) => ({ type, data: JSON.parse(payload).data }))
      .filter(({ data }) => data.agentId === id);
    expect(theirs).toEqual([
      { type: 'agent.factor-asked', data: { agentId: id, before: 'sign-in' } },
      { type: 'agent.factor-failed', data: { agentId: id, before: 'sign-in' } },
      { type: 'agent.factor-used', data: { agentId: id, kind: 'totp', before: 'sign-in', codesLeft: 10 } },
    ]);
  });

  test('the command line is the way back of who has nobody to ask', async () => {
    const { username, client } = await enrolled('administrator');
    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      ORGANISATIONS_DIR: join(server.directory, 'organisations'),
      TEMPLATES_DIR: join(server.directory, 'templates'),
      LOG_LEVEL: 'silent',
    });
    const out: string[] = [];
    const say = (line: string) => void out.push(line);
    const run = (name: string) =>
      runCli(['agent', 'reset-factors', name], env, { out: say, err: say, input: process.stdin });

    const codes = [await run(username), await run(username), await run('personne')];

    expect(codes).toEqual([0, 1, 1]);
    expect(out[0]).toContain('sont effacés');
    expect((await client.get('/api/me')).status).toBe(401);
    expect((await tryToSignIn(server, username)).body).toMatchObject({ next: 'factor', factors: [] });
  });
});
