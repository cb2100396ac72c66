import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { enrolApp, enrolKey, tryToSignIn } from './support/factors.ts';
import { SecurityKey } from './support/security-key.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('security keys and proofs again on %s', (engine) => {
  let server: TestServer;
  let serial = 0;
  beforeAll(async () => {
    server = await startServer(engine, { env: { SECOND_FACTOR_ROLES: '' } });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    await server.house.pool('attempt_counters').delete();
  });

  const somebody = async (role: 'agent' | 'supervisor' = 'agent') => {
    serial += 1;
    const username = `cle-${serial}`;
    const client = await hire(server, username, role);
    return { username, client, id: (await client.get('/api/me')).body.id as string };
  };
  const withKey = async () => {
    const one = await somebody();
    return { ...one, ...(await enrolKey(server, one.client)) };
  };
  const asked = async (username: string) =>
    (await tryToSignIn(server, username)).body.secondFactor as {
      kinds: string[];
      options: { challenge: string; rpId: string; userVerification: string };
    };
  const renew = (client: Client, proof: object) => client.post('/api/own-account/recovery-codes', proof);
  const challenge = async (client: Client) =>
    (await client.post('/api/own-account/challenge')).body.options as { challenge: string; rpId: string };

  test('a key is asked after a right password, opens, and its answer opens nothing again', async () => {
    const { username, key } = await withKey();

    const { kinds, options } = await asked(username);
    // Of a key that does not count, only the challenge tells a second time from the first.
    const assertion = key.sign(options, { counter: 0 });
    const opened = await tryToSignIn(server, username, { assertion });
    const replayed = await tryToSignIn(server, username, { assertion });

    expect(kinds).toEqual(['security-key']);
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'preferred' });
    expect(opened).toMatchObject({ status: 200, body: { factors: ['security-key'] } });
    expect(replayed).toMatchObject({ status: 401, body: { code: 'second-factor' } });
    expect(replayed.body.secondFactor.options.challenge).not.toBe(options.challenge);
  });

  test('of two sign-ins with one answer at once, one opens', async () => {
    const { username, key } = await withKey();
    const assertion = key.sign((await asked(username)).options, { counter: 0 });
    await server.house.pool('attempt_counters').delete();

    const answers = await Promise.all([0, 1].map(() => tryToSignIn(server, username, { assertion })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test.each([
    ['from another address', (key: SecurityKey, o: never) => key.sign(o, { origin: 'https://guichet.evil' })],
    ['of a key whose counter went back', (key: SecurityKey, o: never) => key.sign(o, { counter: 0 })],
    ['of another key', (_key: SecurityKey, o: never) => new SecurityKey('http://localhost:3000').sign(o)],
    ['that is none', () => ({ id: 'x', response: { clientDataJSON: 'bm9uc2Vuc2U' } })],
  ])('an answer %s opens nothing', async (_name, answer) => {
    const { username, key } = await withKey();
    const first = key.sign((await asked(username)).options);
    expect((await tryToSignIn(server, username, { assertion: first })).status).toBe(200);

    const { options } = await asked(username);
    const refused = await tryToSignIn(server, username, { assertion: answer(key, options as never) });

    expect(refused).toMatchObject({ status: 401, body: { code: 'second-factor' } });
  });

  test('a challenge is for one account, for five minutes', async () => {
    const [mine, theirs] = [await withKey(), await withKey()];

    const foreign = await asked(theirs.username);
    const crossed = await tryToSignIn(server, mine.username, { assertion: mine.key.sign(foreign.options) });
    const { options } = await asked(mine.username);
    server.clock.advance(6);
    const late = await tryToSignIn(server, mine.username, { assertion: mine.key.sign(options) });

    expect([crossed.status, late.status]).toEqual([401, 401]);
  });

  test('a key is enrolled for what was asked of it, from our own address, once', async () => {
    const { client } = await somebody();
    const begin = async () =>
      (await client.post('/api/own-account/security-keys', { password: deskPassword })).body.options;
    const confirm = (response: object) =>
      client.post('/api/own-account/security-keys/confirm', { name: 'Clé', response });
    const key = new SecurityKey('http://localhost:3000');

    const elsewhere = await confirm(key.make(await begin(), { origin: 'http://127.0.0.1:3000' }));
    const unasked = await confirm(key.make({ challenge: 'AAAA', rp: { id: 'localhost' } }));
    const options = await begin();
    const added = await confirm(key.make(options));
    const again = await confirm(key.make(options));
    const other = await somebody();
    const { body } = await other.client.post('/api/own-account/security-keys', { password: deskPassword });
    const known = await other.client.post('/api/own-account/security-keys/confirm', {
      name: 'Clé',
      response: key.make(body.options),
    });

    expect([elsewhere, unasked, added, again, known].map(({ status }) => status)).toEqual([
      409, 409, 200, 409, 409,
    ]);
    expect(known.body.message).toContain('déjà enregistrée');
    expect(options).toMatchObject({ rp: { id: 'localhost' }, attestation: 'none' });
  });

  test('who has a factor confirms an act with it, never with the password alone', async () => {
    const { client } = await somebody();
    const { app, recoveryCodes } = await enrolApp(server, client);

    const answers = [
      await renew(client, {}),
      await renew(client, { password: deskPassword }),
      await renew(client, { code: app.code() }),
    ];
    const code = app.next();
    const right = await renew(client, { code });
    const replayed = await renew(client, { code });
    const former = await renew(client, { code: recoveryCodes[0] });
    await server.house.pool('attempt_counters').delete();
    const recovery = await renew(client, { code: right.body.recoveryCodes[0] });

    for (const answer of [...answers, replayed, former])
      expect(answer).toMatchObject({ status: 400, body: { errors: { code: expect.any(String) } } });
    expect([right.status, recovery.status]).toEqual([200, 200]);
    expect(right.body.recoveryCodes).toHaveLength(10);
  });

  test('a key confirms what its own session asked, and no sign-in', async () => {
    const { client, username, key } = await withKey();
    const opened = server.anonymous();
    await tryToSignIn(server, username, { assertion: key.sign((await asked(username)).options) }, opened);
    await server.house.pool('attempt_counters').delete();

    const elsewhere = await renew(opened, { assertion: key.sign(await challenge(client)) });
    const crossed = await renew(client, { assertion: key.sign((await asked(username)).options) });
    await server.house.pool('attempt_counters').delete();
    const assertion = key.sign(await challenge(client));
    const right = await renew(client, { assertion });
    const replayed = await renew(client, { assertion });
    const atSignIn = await tryToSignIn(server, username, { assertion: key.sign(await challenge(client)) });

    expect([elsewhere, crossed, right, replayed, atSignIn].map(({ status }) => status)).toEqual([
      400, 400, 200, 400, 401,
    ]);
    const without = await server.as('auditor');
    expect((await without.post('/api/own-account/challenge')).status).toBe(409);
  });

  test('a further one needs the first; other sessions of theirs end', async () => {
    const { client, username } = await somebody();
    const elsewhere = server.anonymous();
    await tryToSignIn(server, username, {}, elsewhere);

    const { app } = await enrolApp(server, client);
    const byPassword = await client.post('/api/own-account/security-keys', { password: deskPassword });
    const { recoveryCodes } = await enrolKey(server, client, { code: app.next() });

    expect((await elsewhere.get('/api/me')).status).toBe(401);
    expect(byPassword).toMatchObject({ status: 400, body: { errors: { code: expect.any(String) } } });
    expect(recoveryCodes).toBeNull();
    expect((await client.get('/api/me')).body.factors).toEqual(['totp', 'security-key']);
  });

  test('one is removed with a proof, only by its owner; with the last go the recovery codes', async () => {
    const { client, id } = await somebody('supervisor');
    const { app, factorId } = await enrolApp(server, client, {});
    const stranger = await somebody();
    const other = await enrolApp(server, stranger.client);
    const remove = (by: Client, proof: object) =>
      by.post(`/api/own-account/factors/${factorId}/remove`, proof);

    const foreign = await remove(stranger.client, { code: other.app.next() });
    const unproved = await remove(client, { password: deskPassword });
    const removed = await remove(client, { code: app.next() });

    expect([foreign.status, unproved.status, removed.status]).toEqual([404, 400, 204]);
    expect((await client.get('/api/me')).body).toMatchObject({ next: 'factor', factors: [] });
    expect(await server.house.pool('agent_recovery_codes').where({ agent_id: id })).toEqual([]);
  });

  test('an administrator resets those of another, never their own, and the sessions end', async () => {
    const admin = await server.as('administrator');
    const { app } = await enrolApp(server, admin, {});
    const lost = await somebody('supervisor');
    await enrolApp(server, lost.client, {});
    const strangers = await hire(server, `ailleurs-${serial}`, 'administrator', ['mutuelle-imaginaire']);
    const theirs = await enrolApp(server, strangers, {});
    const ownId = (await admin.get('/api/me')).body.id as string;
    const reset = (by: Client, id: string, code: string) =>
      by.post(`/api/agents/${id}/reset-factors`, { code });

    const answers = [
      await reset(lost.client, lost.id, '000000'),
      await reset(strangers, lost.id, theirs.app.next()),
      await reset(strangers, 'nobody', theirs.app.next()),
      await admin.post(`/api/agents/${lost.id}/reset-factors`, { password: deskPassword }),
      await reset(admin, ownId, app.next()),
      await reset(admin, lost.id, app.next()),
      await reset(admin, lost.id, app.next()),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 404, 404, 400, 422, 204, 409]);
    expect(answers[1]?.body).toEqual(answers[2]?.body);
    expect((await lost.client.get('/api/me')).status).toBe(401);
    expect((await tryToSignIn(server, lost.username)).body).toMatchObject({ next: 'factor', factors: [] });
    const [event] = await server.house.pool('audit_events').where({ type: 'agent.factors-reset' });
    expect(JSON.parse(event.payload).data).toEqual({ agentId: lost.id, factors: 1 });
  });
});
