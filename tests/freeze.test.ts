import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freezeAccount } from '../server/accounts/freeze.service.ts';
import { record } from '../server/audit/record.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { confirmByCode, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { oneTimeIn } from './support/one-time.ts';
import { buildMember, messagesTo, recovery, repudiationIn } from './support/recoveries.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

const password = 'Tilleul+2026!';

describe.each(databases)('« Ce n’était pas moi » on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
    supervisor = await server.as('supervisor');
  });
  afterAll(() => server.stop());

  const freeze = ({ accountId }: Built) =>
    perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) => {
      record(ctx, { type: 'recovery.link-opened', data: { outcome: 'repudiation-live' } });
      return freezeAccount(ctx, accountId, 'repudiated');
    });
  const pageOf = async (member: Built, client = supervisor) =>
    (await client.get(`/api/members/${member.id}`)).body;
  const unfreeze = async (member: Built, client = supervisor, more: object = {}) => {
    const { version } = await pageOf(member);
    return client.post(`/api/members/${member.id}/unfreeze`, { version, ...more });
  };
  const signIn = (member: Built, typed = password) =>
    recovery(server.anonymous(), member.organisation).signIn(member.identifier, typed);
  /** An SMS needs a caller who holds the phone, and anybody may have the letter sent. */
  const send = async (member: Built, channel: string, reason: string) => {
    if (channel === 'sms') {
      await speakWith(agent, member);
      await confirmByCode(server, agent, member, 'sms');
    }
    const { version } = await pageOf(member, agent);
    const body = { channel, reason, version };
    return agent.post(`/api/members/${member.id}/temporary-passwords`, body);
  };

  test('sessions, secrets, letters and messages end, sign-in stops, a supervisor is told', async () => {
    const member = await buildMember(server, 'msa-sud-aquitaine');
    const client = server.anonymous();
    await recovery(client, member.organisation).signIn(member.identifier, password);
    const symbols = await giveTemporary(server, member, 'live');
    await oneTimeIn(server.house).makeLinkFor(member);
    await send(member, 'letter', 'no-contact');
    await send(member, 'sms', 'forgot-password');

    await freeze(member);
    await server.work();

    expect((await client.get(`/portal/api/${member.organisation}/session`)).status).toBe(401);
    expect((await signIn(member)).status).toBe(401);
    expect((await signIn(member, symbols)).body).not.toMatchObject({ status: 'must-change-password' });
    const secrets = await server.house
      .pool('credentials')
      .where({ account_id: member.accountId })
      .whereNot({ kind: 'repudiation' });
    const waysIn = secrets.filter(({ purpose }) => purpose !== 'caller-check');
    expect(waysIn.map(({ state, ended_as }) => `${state} ${ended_as}`)).toEqual([
      'dead frozen',
      'dead frozen',
    ]);
    const letters = await server.house.pool('letters').where({ member_id: member.id });
    expect(letters.map(({ state }) => state)).toEqual(['cancelled']);
    expect((await messagesTo(server, member.mobile)).join()).not.toContain('mot de passe temporaire');
    const alerts = await supervisor.get('/api/alerts');
    expect(alerts.body).toContainEqual(expect.objectContaining({ kind: 'repudiated', memberId: member.id }));
    const page = await pageOf(member);
    expect(page.headline.state).toBe('frozen');
    const told = page.timeline.map(({ text }: { text: string }) => text);
    expect(told).toContain('Compte gelé : « Ce n’était pas moi »');
    for (const act of ['unblock', 'letter', 'email', 'sms'])
      expect(page.can[act]).toMatchObject({ rule: 'frozen' });
    expect(page.can.unfreeze).toMatchObject({ allowed: true });
  });

  test('eight at once freeze it once', async () => {
    const member = await buildMember(server, 'mgen');

    await Promise.all(Array.from({ length: 8 }, () => freeze(member)));

    expect((await eventsOf(server, member.id)).filter((type) => type === 'account.frozen')).toHaveLength(1);
    const alerts = await server.house.pool('alerts').where({ member_id: member.id });
    expect(alerts.map(({ times }) => Number(times))).toEqual([1]);
  });

  test('the link of a notice does it', async () => {
    const member = await buildMember(server, 'mgen');
    await send(member, 'sms', 'forgot-password');
    await server.work();
    const token = repudiationIn((await messagesTo(server, member.email)).join());

    const answer = await server.anonymous().post(`/portal/api/mgen/repudiations`, { token });

    expect(answer.status).toBe(200);
    expect((await pageOf(member)).headline.state).toBe('frozen');
  });

  test('a supervisor lifts it: nothing that died comes back, the disputed password with it', async () => {
    const member = await buildMember(server, 'mgen');
    const symbols = await giveTemporary(server, member, 'live');
    const before = server.anonymous();
    await recovery(before, 'mgen').signIn(member.identifier, password);
    await send(member, 'sms', 'forgot-password');
    await freeze(member);

    const answer = await unfreeze(member);
    await server.work();

    expect(answer).toMatchObject({ status: 200, body: { message: expect.stringContaining('levé') } });
    expect((await before.get('/portal/api/mgen/session')).status).toBe(401);
    const told = await messagesTo(server, member.mobile);
    expect(told.filter((text) => !text.includes('code à lire au conseiller'))).toEqual([]);
    expect((await signIn(member)).status).toBe(401);
    expect((await signIn(member, symbols)).body).not.toMatchObject({ status: 'must-change-password' });
    const rows = await server.house
      .pool('audit_events')
      .where({ member_id: member.id, type: 'account.unfrozen' });
    expect(rows.map(({ call_id }) => call_id !== null)).toEqual([true]);
    const { headline } = await pageOf(member);
    expect(headline).toMatchObject({ state: 'open', title: 'Pas encore : mot de passe à choisir' });
  });

  test('no link of before freezes it anew; one of a later notice does', async () => {
    const member = await buildMember(server, 'mgen');
    const repudiate = (token: string) => server.anonymous().post(`/portal/api/mgen/repudiations`, { token });
    const linksSent = async () => (await messagesTo(server, member.email)).map(repudiationIn);
    await send(member, 'sms', 'forgot-password');
    await server.work();
    const [spare = ''] = await linksSent();
    await freeze(member);
    await unfreeze(member);

    await repudiate(spare);
    const state = (await pageOf(member)).headline.state;
    await send(member, 'sms', 'forgot-password');
    await server.work();
    for (const token of await linksSent()) if (token !== spare) await repudiate(token);

    expect([state, (await pageOf(member)).headline.state]).toEqual(['open', 'frozen']);
  });

  test('lifted by a supervisor alone, of this organisation, as it is, and only when there is something to lift', async () => {
    const member = await buildMember(server, 'mgen');
    const thawed = await buildMember(server, 'mgen');
    await freeze(member);

    expect((await unfreeze(member, agent)).status).toBe(403);
    expect((await unfreeze(member, await server.as('stranger'))).status).toBe(404);
    expect((await unfreeze(member, supervisor, { version: 99 })).status).toBe(409);
    expect(await unfreeze(thawed)).toMatchObject({ status: 422, body: { rule: 'not-frozen' } });
    expect((await pageOf(member)).headline.state).toBe('frozen');
    expect(await eventsOf(server, member.id)).not.toContain('account.unfrozen');
  });
});
