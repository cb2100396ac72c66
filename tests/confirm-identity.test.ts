import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../server/core/secret.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import { printRoom } from './support/lots.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('asking the releaser’s password again on %s', (engine) => {
  let server: TestServer;
  let lot: Lot;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  const room = printRoom(() => server);
  beforeEach(async () => {
    server.clock.set(wednesday);
    await room.clear();
    await server.house.pool('attempt_counters').delete();
    await room.letters(1);
    lot = await room.make();
  });

  const release = (body: object, headers: Record<string, string> = {}) =>
    server
      .as('supervisor')
      .then((api) => api.post(`/api/lots/${lot.id}/release`, { version: lot.version, ...body }, headers));
  const confirmations = async () =>
    (await server.house.pool('audit_events').whereLike('type', 'agent.confirm%').orderBy('seq')).map(
      ({ type, result, payload }) => [type, result, JSON.parse(payload).data],
    );

  test('without it, or with another, says what to do at the field and changes nothing', async () => {
    const before = (await confirmations()).length;
    const answers = [
      await release({}),
      await release({ password: '' }),
      await release({ password: 7 }),
      await release({ password: 'une-autre-phrase' }),
    ];

    expect(answers.map(({ status, body }) => [status, Object.keys(body.errors)])).toEqual(
      answers.map(() => [400, ['password']]),
    );
    expect(answers[0]?.body.errors.password).toBe('Saisissez de nouveau votre mot de passe pour confirmer.');
    expect(answers[3]?.body.errors.password).toContain('pas votre mot de passe');
    expect(await room.show(lot)).toMatchObject({ state: 'made', version: lot.version });
    expect((await room.eventsOf(lot)).map(({ type }) => type)).toEqual(['lot.made']);
    expect((await confirmations()).slice(before)).toEqual([
      ['agent.confirm-failed', 'failed', { before: 'lot.release' }],
    ]);
  });

  test('with it, releases, and both are recorded', async () => {
    const answer = await release({ password: deskPassword });

    expect(answer).toMatchObject({ status: 200, body: { state: 'released' } });
    expect((await confirmations()).at(-1)).toEqual(['agent.confirmed', 'done', { before: 'lot.release' }]);
    expect((await room.eventsOf(lot)).map(({ type }) => type)).toEqual(['lot.made', 'lot.released']);
  });

  test('wrong ones are slowed together with wrong sign-ins, and a right one forgives', async () => {
    const wrong = () => release({ password: 'une-autre-phrase' });
    const signIn = (password: string) =>
      server.anonymous().post('/api/session', { username: 'supervisor', password });
    const tries = [await wrong(), await signIn('une-autre-phrase'), await wrong()];

    const slowed = await release({ password: deskPassword });
    const alsoSlowed = await signIn(deskPassword);
    server.clock.advance(1);
    const released = await release({ password: deskPassword });
    const counters = await server.house.pool('attempt_counters').whereLike('id', 'desk:%');

    expect(tries.map(({ status }) => status)).toEqual([400, 401, 400]);
    expect(slowed).toMatchObject({ status: 429, body: { code: 'too-many' } });
    expect(slowed.headers.get('retry-after')).toBe('5');
    expect(alsoSlowed.status).toBe(429);
    expect(released.status).toBe(200);
    expect(counters).toEqual([]);
  });

  test('an Idempotency-Key repeats the answer, and never without the password', async () => {
    const key = { 'idempotency-key': `release-${engine}` };

    const first = await release({ password: deskPassword }, key);
    const without = await release({ password: 'une-autre-phrase' }, key);
    const again = await release({ password: deskPassword }, key);
    const another = await release({ password: deskPassword, version: 99 }, key);

    expect(first.status).toBe(200);
    expect(without).toMatchObject({ status: 400, body: { errors: { password: expect.any(String) } } });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(another).toMatchObject({ status: 409 });
    const releases = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.released');
    expect(releases).toHaveLength(1);
  });

  test('an Idempotency-Key remembers nothing of the password', async () => {
    const { pool, hashing } = server.house;
    const key = { 'idempotency-key': `changed-${engine}` };
    const first = await release({ password: deskPassword }, key);
    const account = () => pool('agents').where({ username: 'supervisor' });
    const { password_hash: former } = await account().first();
    await account().update({ password_hash: await hashing.hash(new Secret('une-toute-autre-phrase')) });

    // A digest of the whole request would say that it is another one.
    const again = await release({ password: 'une-toute-autre-phrase' }, key);
    await account().update({ password_hash: former });

    expect(again).toMatchObject({ status: 200, body: first.body });
  });

  test('of eight releases at once exactly one releases', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => release({ password: deskPassword })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    const releases = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.released');
    expect(releases).toHaveLength(1);
  });

  test('is for who may release, their organisations and the lot as it stands', async () => {
    const body = { version: lot.version, password: deskPassword };
    const by = async (account: 'agent' | 'stranger', version = lot.version) =>
      (await server.as(account)).post(`/api/lots/${lot.id}/release`, { ...body, version });

    const answers = [await by('agent'), await by('stranger'), await release({ ...body, version: 7 })];

    expect(answers.map(({ status }) => status)).toEqual([403, 404, 409]);
    expect(await room.show(lot)).toMatchObject({ state: 'made', version: lot.version });
  });
});
