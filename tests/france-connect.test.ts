import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import { loadProviders } from '../server/portal/france-connect-file.ts';
import { sweep } from '../server/sweep.ts';
import { eventsOf } from './support/holders.ts';
import {
  organisation,
  portal,
  refusal,
  somebody,
  startFederation,
  type Federation,
} from './support/federation.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('signing in through FranceConnect on %s', (engine) => {
  let server: TestServer;
  let federation: Federation;
  beforeAll(async () => {
    server = await startServer(engine);
    federation = await startFederation(server);
  });
  beforeEach(() => void (federation.oidc.person = somebody()));
  afterAll(async () => {
    await federation.oidc.stop();
    await server.stop();
  });

  test('the second time the link is enough, whatever the names have become', async () => {
    const member = await federation.holderLike(federation.oidc.person);
    await federation.signIn(member);
    await server.house.pool('members').where({ id: member.id }).update({ usual_name: 'Tilleul' });

    const client = server.anonymous();
    expect((await federation.comeBack(client, await federation.begin(client))).body.status).toBe('signed-in');
    const linked = (await eventsOf(server, member.id)).filter((type) => type === 'account.identity-linked');
    expect(linked).toHaveLength(1);
  });

  test('a frozen account stays shut, and a password’s lock stays as it was', async () => {
    const member = await federation.holderLike(federation.oidc.person, { password: 'Tilleul+2026!' });
    for (let n = 0; n < 3; n += 1) {
      await server
        .anonymous()
        .post(`${portal}/sign-in`, { identifier: member.identifier, password: 'wrong' });
    }
    const lock = () => server.house.pool('attempt_counters').where({ id: chosenCounter(member.accountId) });
    const before = await lock();

    expect((await federation.signIn(member)).status).toBe(200);
    expect(await lock()).toEqual(before);
    await server.house.pool('accounts').where({ id: member.accountId }).update({ frozen_at: '2026-11-18' });
    expect(await federation.signIn(member)).toMatchObject(refusal);
  });

  test('what comes back is good once, in the browser that began it, and for ten minutes', async () => {
    await federation.holderLike(federation.oidc.person);
    const client = server.anonymous();
    const query = await federation.begin(client);

    expect(await federation.comeBack(server.anonymous(), query)).toMatchObject(refusal);
    const answers = await Promise.all(Array.from({ length: 8 }, () => federation.comeBack(client, query)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(7);

    const late = await federation.begin(client);
    server.clock.advance(11);
    await sweep(server.house);
    expect(await federation.comeBack(client, late)).toMatchObject(refusal);
  });

  test.each<[string, (query: URLSearchParams) => void]>([
    ['another state', (query) => query.set('state', 'x'.repeat(43))],
    ['a code that was never given', (query) => query.set('code', 'x'.repeat(43))],
    ['another provider', (query) => query.set('iss', 'https://elsewhere.example')],
  ])('%s is refused', async (_what, change) => {
    await federation.holderLike(federation.oidc.person);
    const client = server.anonymous();
    const query = new URLSearchParams(await federation.begin(client));
    change(query);

    expect(await federation.comeBack(client, query.toString())).toMatchObject(refusal);
  });

  test('a person who says no at the provider is told to sign in otherwise', async () => {
    const client = server.anonymous();
    const { body } = await client.post(`${portal}/france-connect`);
    const state = new URL(body.url as string).searchParams.get('state');

    expect(
      await federation.comeBack(client, `?error=access_denied&state=${state}&iss=${federation.oidc.issuer}`),
    ).toMatchObject(refusal);
  });

  test('who has no password yet chooses one without, and needs it from then on', async () => {
    const member = await federation.holderLike(federation.oidc.person);
    const client = server.anonymous();
    await federation.signIn(member, client);
    const change = (newPassword: string, currentPassword?: string) =>
      client.post(`${portal}/password`, { newPassword, currentPassword });

    const first = await change('Marron+2026!vert');
    await federation.signIn(member, client);
    const second = await change('Chene+2026!rouge');
    const proved = await change('Chene+2026!rouge', 'Marron+2026!vert');

    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 400, body: { errors: { currentPassword: expect.any(String) } } });
    expect(proved.status).toBe(200);
  });

  test('is not offered where the organisation has not agreed on it', async () => {
    const elsewhere = await server.anonymous().post('/portal/api/mutuelle-imaginaire/france-connect');
    const described = await server.anonymous().get(`${portal}/description`);

    expect(elsewhere.status).toBe(404);
    expect(described.body.franceConnect).toEqual([{ id: 'particulier', label: 'Particulier' }]);
  });

  test('a provider that does not answer is said to be so', async () => {
    const file = join(server.directory, 'nobody-there.json');
    writeFileSync(
      file,
      JSON.stringify({ [organisation]: { issuer: 'http://127.0.0.1:9', ...federation.oidc.client } }),
    );
    const known = server.house.providers;
    server.house.providers = loadProviders(file, everyOrganisation(server.house), false);

    const answer = await server.anonymous().post(`${portal}/france-connect`);
    server.house.providers = known;

    expect(answer).toMatchObject({
      status: 503,
      body: { message: expect.stringContaining('ne répond pas') },
    });
  });

  test('nothing of it stands in a log', () => {
    const logged = server.logged.join('\n');

    for (const secret of [federation.oidc.client.clientSecret, 'LE GOFF', 'code=', 'sub-'])
      expect(logged).not.toContain(secret);
  });
});
