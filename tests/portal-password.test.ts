import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import { openPortalSession } from '../server/accounts/portal-sessions.service.ts';
import { record } from '../server/audit/record.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const before = 'Tilleul+2026!';
const after = 'Marron+2026!vert';

describe.each(databases)('changing one’s password from « Mon compte » on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const api = '/portal/api/mutuelle-agents-publics';
  const signedIn = async (more = {}): Promise<{ member: Built; client: Client }> => {
    const member = await buildHolder(server, { password: before, ...more });
    const client = server.anonymous();
    expect((await signIn(member, before, client)).status).toBe(200);
    return { member, client };
  };
  const signIn = (member: Built, password: string, client = server.anonymous()): Promise<Answer> =>
    client.post(`${api}/sign-in`, { identifier: member.identifier, password });
  const change = (client: Client, currentPassword?: string, newPassword = after): Promise<Answer> =>
    client.post(`${api}/password`, { newPassword, currentPassword });
  const triesOf = async (member: Built): Promise<number> => {
    const row = await server.house
      .pool('attempt_counters')
      .where({ id: chosenCounter(member.accountId) })
      .first();
    return row ? Number(row.tries) - Number(row.forgiven) : 0;
  };

  test('the right current password changes it, and ends every other session', async () => {
    const { member, client } = await signedIn();
    const elsewhere = server.anonymous();
    await signIn(member, before, elsewhere);

    const answer = await change(client, before);

    expect(answer).toMatchObject({ status: 200, body: { status: 'sign-in-again', next: null } });
    expect((await elsewhere.get(`${api}/session`)).status).toBe(401);
    expect((await client.get(`${api}/session`)).status).toBe(401);
    expect((await signIn(member, before)).status).toBe(401);
    expect((await signIn(member, after)).status).toBe(200);
    expect(await eventsOf(server, member.id)).toEqual(
      expect.arrayContaining(['account.password-proved', 'account.password-changed']),
    );
  });

  test('where the organisation lets its members go on, a new session takes the place of the old', async () => {
    const policy = server.house.organisations.get('mutuelle-agents-publics');
    if (!policy) throw new Error('The organisation is not there.');
    const { client } = await signedIn();
    const old = client.cookies.get('espace-mutuelle-agents-publics');

    policy.afterChange.signInAgain = false;
    const answer = await change(client, before);
    policy.afterChange.signInAgain = true;

    expect(answer.body).toMatchObject({ status: 'signed-in', next: 'space' });
    expect(client.cookies.get('espace-mutuelle-agents-publics')).not.toBe(old);
    expect((await client.get(`${api}/session`)).status).toBe(200);
  });

  test('without the current password nothing is counted, and nothing changes', async () => {
    const { member, client } = await signedIn();

    const answer = await change(client);

    expect(answer).toMatchObject({ status: 400, body: { errors: { currentPassword: expect.any(String) } } });
    expect(await triesOf(member)).toBe(0);
    expect((await signIn(member, before)).status).toBe(200);
  });

  test('a new password that the rule refuses costs no try either', async () => {
    const { member, client } = await signedIn();

    const answer = await change(client, 'wrong', 'short');

    expect(answer).toMatchObject({ status: 400, body: { errors: { newPassword: expect.any(String) } } });
    expect(await triesOf(member)).toBe(0);
  });

  test('guessing at it passes the same gate as signing in: three tries, one counter, one lock', async () => {
    const { member, client } = await signedIn();
    await signIn(member, 'wrong');

    const guesses = [await change(client, 'wrong'), await change(client, 'wrong too')];
    const right = await change(client, before);

    for (const guess of [...guesses, right]) {
      expect(guess).toMatchObject({ status: 400, body: { errors: { currentPassword: expect.any(String) } } });
    }
    expect(right.body).toEqual(guesses[0]?.body);
    expect(await triesOf(member)).toBe(4);
    expect(await eventsOf(server, member.id)).toContain('account.locked');
    expect((await signIn(member, before)).status).toBe(401);
  });

  test('50 guesses at once: fifty are counted and no more than three compared', async () => {
    const { member, client } = await signedIn();

    await Promise.all(Array.from({ length: 50 }, (_, n) => change(client, `wrong-${n}`)));

    const rows = await server.house
      .pool('audit_events')
      .where({ member_id: member.id, type: 'account.sign-in-failed' });
    const why = rows.map(({ payload }) => JSON.parse(payload as string).data.why as string);
    expect(why.filter((one) => one === 'wrong')).toHaveLength(3);
    expect(await triesOf(member)).toBe(50);
  });

  test('of 8 changes at once exactly one works', async () => {
    const { member, client } = await signedIn();
    const wanted = Array.from({ length: 8 }, (_, n) => `Marron+2026!vert${n}`);

    const answers = await Promise.all(wanted.map((password) => change(client, before, password)));

    const done = answers.flatMap(({ status }, n) => (status === 200 ? [wanted[n] as string] : []));
    expect(done).toHaveLength(1);
    expect((await signIn(member, done[0] ?? '')).status).toBe(200);
    const changes = (await eventsOf(server, member.id)).filter((type) => type === 'account.password-changed');
    expect(changes).toHaveLength(1);
  });

  test('of 8 changes at once in the session of a code exactly one works', async () => {
    const member = await buildHolder(server, { password: before });
    const policy = policyOf(server.house, member.organisation);
    const client = server.anonymous();
    const session = await perform(systemVisit(server.house, 'tests', [member.organisation]), async (ctx) => {
      const account = await ctx.db('accounts').where({ id: member.accountId }).first();
      record(ctx, { type: 'account.signed-in', memberId: member.id, data: { secret: 'code' } });
      return openPortalSession(ctx, policy, account, { openedBy: 'code', credentialId: null });
    });
    client.setCookie('espace-mutuelle-agents-publics', session.token);
    const wanted = Array.from({ length: 8 }, (_, n) => `Marron+2026!vert${n}`);

    const answers = await Promise.all(wanted.map((one) => change(client, undefined, one)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      (await eventsOf(server, member.id)).filter((type) => type === 'account.password-changed'),
    ).toHaveLength(1);
  });

  test('the member is told, on every contact', async () => {
    const { member, client } = await signedIn({
      contacts: [contact('email', 'jeanne.tilleul@example.fr'), contact('mobile', '+33639980101')],
    });

    await change(client, before);

    const told = await server.house
      .pool('messages')
      .where({ member_id: member.id, template: 'notice-password-changed' })
      .orderBy('channel');
    expect(told.map(({ channel }) => channel as string)).toEqual(['email', 'sms']);
  });

  test('a change is recommended after the organisation’s six months, and never asked for', async () => {
    const { member, client } = await signedIn();
    const setAt = (iso: string) =>
      server.house.pool('accounts').where({ id: member.accountId }).update({ password_set_at: iso });
    const recommended = async () => (await client.get(`${api}/session`)).body as Record<string, unknown>;

    await setAt('2026-05-18T10:00:00.000Z');
    const old = await recommended();
    await setAt('2026-05-19T10:00:00.000Z');
    const young = await recommended();

    expect(old).toMatchObject({ changeRecommended: true, next: 'space' });
    expect(young).toMatchObject({ changeRecommended: false });
  });

  test('another organisation’s session changes nothing here', async () => {
    const { client } = await signedIn();
    const token = client.cookies.get('espace-mutuelle-agents-publics') ?? '';
    const stranger = server.anonymous();
    stranger.setCookie('espace-mgen', token);

    const answer = await stranger.post('/portal/api/mgen/password', {
      newPassword: after,
      currentPassword: before,
    });

    expect(answer.status).toBe(401);
  });
});
