import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTerms } from '../server/portal/terms-file.ts';
import { buildHolder, eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

let serial = 500;
const nextNir = () => ({ body: `2610399999${String((serial += 1))}`, key: null });

describe.each(databases)('what stands between signing in and the space, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const pathOf = ({ organisation }: Built) => `/portal/api/${organisation}`;
  const digits = (): Promise<Built> =>
    buildHolder(server, { organisationId: 'safiag', nir: nextNir(), password: '482915' });
  const both = (): Promise<Built> =>
    buildHolder(server, { organisationId: 'mutuelle-imaginaire', password: 'un long mot secret 7' });
  const signIn = async (member: Built, password: string, client = server.anonymous()) => {
    const answer = await client.post(`${pathOf(member)}/sign-in`, {
      identifier: member.identifier,
      password,
    });
    return { client, answer };
  };

  test('the terms come first, with the articles that close an account, and are accepted once', async () => {
    const member = await digits();
    const { client, answer } = await signIn(member, '482915');
    const terms = await client.get(`${pathOf(member)}/terms`);

    const accepted = await client.post(`${pathOf(member)}/terms`, { version: '1' });

    expect(answer.body).toMatchObject({ status: 'signed-in', next: 'terms' });
    expect(terms.body).toMatchObject({
      version: '1',
      title: 'Conditions générales d’utilisation',
      articles: [
        { number: '3.5', text: expect.stringContaining('pour quelque cause que ce soit') },
        { number: '3.6', text: expect.stringContaining('Le Client s’engage à informer') },
        { number: '4', title: 'Élection de domicile et juridiction' },
      ],
    });
    expect(accepted).toMatchObject({ status: 200, body: { next: 'space' } });
    expect((await signIn(member, '482915')).answer.body.next).toBe('space');
    expect(await eventsOf(server, member.id)).toContain('account.terms-accepted');
  });

  test('another version than the one that stands is not accepted', async () => {
    const member = await digits();
    const { client } = await signIn(member, '482915');

    const answer = await client.post(`${pathOf(member)}/terms`, { version: '0' });

    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('Relisez-les') } });
    expect((await client.get(`${pathOf(member)}/session`)).body.next).toBe('terms');
    expect(await eventsOf(server, member.id)).not.toContain('account.terms-accepted');
  });

  test('accepting twice keeps the moment of the first time', async () => {
    const member = await digits();
    const { client } = await signIn(member, '482915');
    const momentOf = async () =>
      (await server.house.pool('accounts').where({ id: member.accountId }).first())
        .terms_accepted_at as string;

    await client.post(`${pathOf(member)}/terms`, { version: '1' });
    const first = await momentOf();
    server.clock.advance(5);
    const again = await client.post(`${pathOf(member)}/terms`, { version: '1' });

    expect(again.status).toBe(200);
    expect(await momentOf()).toBe(first);
  });

  test('new terms are accepted anew', async () => {
    const member = await digits();
    const { client } = await signIn(member, '482915');
    await client.post(`${pathOf(member)}/terms`, { version: '1' });
    const policy = server.house.organisations.get('safiag');
    if (!policy) throw new Error('The organisation is not there.');

    policy.afterChange.termsVersion = '2';
    const next = (await client.get(`${pathOf(member)}/session`)).body.next as string;
    policy.afterChange.termsVersion = '1';

    expect(next).toBe('terms');
  });

  test('steps are taken in their order only', async () => {
    const member = await both();
    const { client, answer } = await signIn(member, 'un long mot secret 7');
    const api = pathOf(member);
    const confirm = () => client.post(`${api}/contacts/confirmation`, { kind: 'email' });

    expect(answer.body.next).toBe('terms');
    for (const early of [
      await client.get(`${api}/contacts`),
      await client.send('PUT', `${api}/contacts`, { contacts: {} }),
      await confirm(),
    ]) {
      expect(early).toMatchObject({ status: 403, body: { message: expect.stringContaining('conditions') } });
    }
    expect((await client.post(`${api}/terms`, { version: '2' })).body.next).toBe('contacts');
    expect(await confirm()).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('coordonnées') },
    });
    expect((await client.send('PUT', `${api}/contacts`, { contacts: {} })).body.next).toBe('space');
    expect((await client.get(`${api}/session`)).body.next).toBe('space');
  });

  test('a session that chooses a password reaches neither terms nor contacts', async () => {
    const member = await both();
    const { client, answer } = await signIn(member, await giveTemporary(server, member, 'live'));
    const api = pathOf(member);

    expect(answer.body.next).toBe('change-password');
    for (const refused of [
      await client.get(`${api}/terms`),
      await client.post(`${api}/terms`, { version: '2' }),
      await client.get(`${api}/contacts`),
    ]) {
      expect(refused.status).toBe(403);
    }
  });

  test('nobody who is not signed in reads or accepts anything, and no terms are where there are none', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const { client } = await signIn(member, 'Tilleul+2026!');

    expect((await server.anonymous().get('/portal/api/safiag/terms')).status).toBe(401);
    expect((await server.anonymous().post('/portal/api/safiag/terms', { version: '1' })).status).toBe(401);
    expect((await client.get(`${pathOf(member)}/terms`)).status).toBe(404);
    expect((await client.get('/portal/api/safiag/terms')).status).toBe(401);
  });

  test('a file that is missing, or of another version, stops the start', () => {
    const policy = server.house.organisations.get('safiag');
    if (!policy) throw new Error('The organisation is not there.');
    const templates = join(server.directory, 'other-templates');

    expect(() => loadTerms(templates, [policy])).toThrow(/terms\.fr\.yaml is missing/);
    mkdirSync(join(templates, 'portal', 'safiag'), { recursive: true });
    const file = join(templates, 'portal', 'safiag', 'terms.fr.yaml');
    writeFileSync(file, "version: '7'\ntitle: Conditions\narticles: []\n");
    expect(() => loadTerms(templates, [policy])).toThrow(/version 7, the organisation’s file names 1/);
  });
});
