import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import { sweep } from '../server/sweep.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the anti-robot step of signing in on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  let portal: string;
  beforeAll(async () => {
    server = await startServer(engine);
    member = await buildHolder(server, { password: 'Tilleul+2026!' });
    portal = `/portal/api/${member.organisation}`;
  });
  afterAll(() => server.stop());

  const signIn = (proofOfWork: string | undefined, password = 'Tilleul+2026!'): Promise<Answer> =>
    server.anonymous().post(`${portal}/sign-in`, { identifier: member.identifier, password, proofOfWork });
  const work = async (path = portal): Promise<string> => (await server.anonymous().work(path)) ?? '';
  const changed = (answer: string, change: (payload: Payload) => void): string => {
    const payload = JSON.parse(Buffer.from(answer, 'base64').toString()) as Payload;
    change(payload);
    return Buffer.from(JSON.stringify(payload)).toString('base64');
  };
  const expectRefused = (answer: Answer): void =>
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', errors: { proofOfWork: expect.stringContaining('Réessayez') } },
    });

  test('lets in who did the work, and gives everybody a task of their own', async () => {
    const [one, other] = await Promise.all([work(), work()]);

    expect(one).not.toBe(other);
    expect((await signIn(one)).status).toBe(200);
    expect((await signIn(other)).status).toBe(200);
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['no answer', async () => undefined],
    ['nonsense', async () => 'bm9uc2Vuc2U='],
    [
      'another solution',
      async () => changed(await work(), ({ solution }) => void (solution.derivedKey = 'ab'.repeat(32))),
    ],
    [
      'an easier task than the one given',
      async () => changed(await work(), ({ challenge }) => void (challenge.parameters.keyPrefix = '00')),
    ],
    [
      'a task made to last longer',
      async () => changed(await work(), ({ challenge }) => void (challenge.parameters.data.until += 1)),
    ],
    [
      'a task that nobody signed',
      async () => changed(await work(), ({ challenge }) => void (challenge.signature = '0'.repeat(64))),
    ],
  ])('%s is refused before anything is counted', async (_what, answer) => {
    const before = await server.house.pool('attempt_counters').where({ id: chosenCounter(member.accountId) });
    const events = await server.house.pool('audit_events').count({ n: '*' });

    expectRefused(await signIn(await answer()));

    const after = await server.house.pool('attempt_counters').where({ id: chosenCounter(member.accountId) });
    expect(after).toEqual(before);
    expect(await server.house.pool('audit_events').count({ n: '*' })).toEqual(events);
  });

  test('one answer is good once, however many use it at the same moment', async () => {
    const answer = await work();

    const statuses = (await Promise.all(Array.from({ length: 8 }, () => signIn(answer)))).map(
      ({ status }) => status,
    );

    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(7);
    expectRefused(await signIn(answer));
  });

  test('an answer is used up by a wrong password too', async () => {
    const answer = await work();

    expect((await signIn(answer, 'wrong')).status).toBe(401);
    expectRefused(await signIn(answer));
  });

  test('after ten minutes it is too late, and what was used is swept', async () => {
    const used = await work();
    const late = await work();
    await signIn(used);

    server.clock.advance(11);

    expectRefused(await signIn(late));
    expectRefused(await signIn(used));
    await sweep(server.house);
    expect(await server.house.pool('used_challenges')).toEqual([]);
    expectRefused(await signIn(used));
  });

  test('a task of another organisation is not this one’s', async () => {
    const policy = server.house.organisations.get('mutuelle-imaginaire');
    if (!policy) throw new Error('The invented organisation is not there.');
    policy.signIn.antiRobotStep = true;
    const foreign = await work('/portal/api/mutuelle-imaginaire');
    policy.signIn.antiRobotStep = false;

    expect(foreign).not.toBe('');
    expectRefused(await signIn(foreign));
  });

  test('where the organisation has none there is no task, and nobody needs one', async () => {
    const elsewhere = await buildHolder(server, {
      organisationId: 'mutuelle-imaginaire',
      password: 'Tilleul+2026!',
    });

    const { body } = await server.anonymous().get('/portal/api/mutuelle-imaginaire/challenge');
    const answer = await server.anonymous().post('/portal/api/mutuelle-imaginaire/sign-in', {
      identifier: elsewhere.identifier,
      password: 'Tilleul+2026!',
    });

    expect(body).toEqual({ challenge: null });
    expect(answer.status).toBe(200);
  });
});

type Payload = {
  challenge: { parameters: { keyPrefix: string; data: { until: number } }; signature: string };
  solution: { derivedKey: string };
};
