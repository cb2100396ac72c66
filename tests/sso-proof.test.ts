import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import type { Answer, Client } from './support/client.ts';
import { startDeskSso } from './support/desk-sso.ts';
import { enrolApp } from './support/factors.ts';
import type { Colleague } from './support/oidc.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('who signs in by single sign-on alone, on %s', (engine) => {
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
    // The provider has a clock of its own.
    server.clock.set(new Date().toISOString());
    sso.agree();
    await server.house.pool('attempt_counters').delete();
  });

  const colleague = (): Colleague => {
    serial += 1;
    const username = `collegue-${serial}`;
    return { sub: `sub-${serial}`, preferred_username: username, groups: ['guichet-admin'] };
  };
  const refused = (answer: Answer, why: string) =>
    expect(answer).toMatchObject({ status: 422, body: { rule: `sso.${why}`, message: expect.any(String) } });
  const exportRights = (client: Client, proof: object) => client.post('/api/rights-review/export', proof);
  const unasked = (address: string) => {
    const url = new URL(address);
    url.searchParams.delete('prompt');
    url.searchParams.delete('max_age');
    return url.href;
  };
  const prove = async (client: Client, person: Colleague, mend = (url: string) => url): Promise<Answer> => {
    sso.oidc.person = person;
    const { body } = await client.post('/api/sso/proof');
    return client.post('/api/sso/proof/return', { query: await sso.oidc.visit(mend(body.url as string)) });
  };
  const linked = async () => {
    const person = colleague();
    const local = await hire(server, person.preferred_username ?? '', 'administrator', ['safiag']);
    const id = (await local.get('/api/me')).body.id as string;
    const admin = await server.anonymous().signIn('administrator', deskPassword);
    await admin.post(`/api/agents/${id}/permit-sso`, { password: deskPassword });
    const client = server.anonymous();
    const { body } = await sso.signIn(person, client);
    sso.agree({ allowPasswords: false });
    return { person, client, id, before: body };
  };

  test('proves who they are by a new round at the provider: for one act, at this session', async () => {
    const { person, client, before } = await linked();
    const elsewhere = server.anonymous();
    await sso.signIn(person, elsewhere);

    const me = (await client.get('/api/me')).body;
    const unproved = [await exportRights(client, {}), await exportRights(client, { password: deskPassword })];
    const round = await prove(client, person);
    const stolen = await exportRights(elsewhere, { sso: round.body.proof });
    const done = await exportRights(client, { sso: round.body.proof });
    // To a server whose clock is behind it is not less over.
    const now = server.clock.now().toISOString();
    server.clock.advance(-1);
    const again = await exportRights(client, { sso: round.body.proof });
    server.clock.set(now);

    expect([before.hasPassword, before.sso]).toEqual([true, 'Se connecter avec Exemple']);
    expect([me.hasPassword, me.sso]).toEqual([false, 'Se connecter avec Exemple']);
    for (const answer of unproved)
      expect(answer).toMatchObject({ status: 400, body: { errors: { sso: expect.any(String) } } });
    expect(round.status).toBe(200);
    expect([stolen, done, again].map(({ status }) => status)).toEqual([400, 200, 400]);
  });

  test('proves nothing as somebody else, by an old sign-in, too late or without a way', async () => {
    const { person, client } = await linked();
    const round = await prove(client, person);
    server.clock.advance(6);
    const late = await exportRights(client, { sso: round.body.proof });

    const old = await prove(client, person);
    server.clock.set(new Date().toISOString());
    const other = await prove(client, colleague());
    const mended = await prove(client, person, unasked);
    const left = await prove(client, { ...person, groups: ['autres'] });
    const nowhere = await client.post('/api/sso/proof/return', { query: '?code=x&state=y' });
    const signedOut = await server.anonymous().post('/api/sso/proof');

    expect(late.status).toBe(400);
    refused(other, 'other-person');
    refused(mended, 'not-anew');
    refused(old, 'not-anew');
    refused(left, 'no-group');
    refused(nowhere, 'not-vouched');
    expect(signedOut.status).toBe(401);
  });

  test('gives the second factor they have, unless the provider has just asked for one', async () => {
    const { person, client } = await linked();
    const added = await prove(client, person);
    const { app } = await enrolApp(server, client, { sso: added.body.proof });
    const byWord = await exportRights(client, { sso: (await prove(client, person)).body.proof });
    const byCode = await exportRights(client, { code: app.next() });
    sso.agree({ allowPasswords: false, secondFactor: { amr: ['mfa'] } });
    // A code that nobody has used took half a minute of our clock, none of the provider's.
    server.clock.set(new Date().toISOString());
    const vouched = await prove(client, { ...person, amr: ['mfa'] });
    const bySecondFactor = await exportRights(client, { sso: vouched.body.proof });

    expect([byWord, byCode, bySecondFactor].map(({ status }) => status)).toEqual([400, 200, 200]);
  });

  test('renews a session over the open screen by signing in anew, and nobody else does', async () => {
    const { person, client, id } = await linked();
    const other = colleague();
    const renew = async (who: Colleague, mend = (url: string) => url) => {
      sso.oidc.person = who;
      const { body } = await client.post('/api/sso/start', { again: id });
      const query = await sso.oidc.visit(mend(body.url as string));
      return sso.comeBack(client, query);
    };
    await server.house.pool('agent_sessions').where({ agent_id: id }).delete();

    const byOther = await renew(other);
    const mended = await renew(person, unasked);
    const closed = await client.get('/api/me');
    const renewed = await renew(person);

    refused(byOther, 'other-person');
    refused(mended, 'not-anew');
    expect(closed.status).toBe(401);
    expect(renewed).toMatchObject({ status: 200, body: { id, hasPassword: false } });
    expect(await server.house.pool('agents').where({ username: other.preferred_username })).toEqual([]);
  });
});
