import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRight, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder, eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('acts on an account on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
  });
  afterAll(() => server.stop());

  const lock = async (member: Built): Promise<void> => {
    const path = `/portal/api/${member.organisation}/sign-in`;
    const wrong = { identifier: member.identifier, password: 'wrong' };
    for (let n = 0; n < 3; n += 1) await server.anonymous().post(path, wrong);
  };
  const pageOf = async (member: Built) => (await agent.get(`/api/members/${member.id}`)).body;
  /** The member calls and is identified. */
  const hear = async (member: Built): Promise<void> => {
    await speakWith(agent, member);
    await answerRight(server, agent, member);
  };
  const unblock = async (member: Built, more: object = {}, client = agent) => {
    const { version } = await pageOf(member);
    return client.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version, ...more });
  };
  const askLetter = async (member: Built, more: object = {}, client = agent) => {
    const { version } = await pageOf(member);
    const body = { channel: 'letter', reason: 'no-contact', version, ...more };
    return client.post(`/api/members/${member.id}/temporary-passwords`, body);
  };

  test('an unblock is done once, recorded in the call, and budgeted', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await hear(member);

    await lock(member);
    expect(await unblock(member)).toMatchObject({ status: 200, body: { version: expect.any(Number) } });
    await lock(member);
    expect((await unblock(member)).status).toBe(200);
    await lock(member);
    const third = await unblock(member);

    expect(third).toMatchObject({ status: 422, body: { rule: 'unblock-budget' } });
    const done = (await eventsOf(server, member.id)).filter((type) => type === 'account.unblocked');
    expect(done).toHaveLength(2);
    const rows = await server.house
      .pool('audit_events')
      .where({ member_id: member.id, type: 'account.unblocked' });
    expect(rows.every(({ call_id }) => call_id !== null)).toBe(true);
  });

  test('an account that is not locked is not unblocked, in the words of the file', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    const answer = await unblock(member);

    expect(answer).toMatchObject({ status: 422, body: { rule: 'not-locked' } });
    expect(answer.body.message).toContain('Votre compte n’est pas bloqué.');
    expect((await pageOf(member)).can.unblock).toMatchObject({ allowed: false, rule: 'not-locked' });
  });

  test('nothing on the desk lifts the end of a contract', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!', contractEndOn: '2026-10-31' });
    await lock(member);

    expect(await unblock(member)).toMatchObject({ status: 422, body: { rule: 'disabled' } });
    expect(await askLetter(member)).toMatchObject({ status: 422, body: { rule: 'disabled' } });
    expect((await pageOf(member)).headline).toMatchObject({ state: 'disabled', since: '2026-10-31' });
  });

  test('a stale version, an unknown reason and a reason left out are told apart', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await lock(member);
    await hear(member);

    expect((await unblock(member, { version: 99 })).status).toBe(409);
    expect(await unblock(member, { reason: 'because' })).toMatchObject({
      status: 400,
      body: { errors: { reason: expect.any(String) } },
    });
    expect((await unblock(member, { reason: undefined })).status).toBe(400);
    expect((await pageOf(member)).headline.state).toBe('locked');
  });

  test('another organisation’s supervisor finds nobody, as if there were nobody', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const stranger = await server.as('stranger');

    const foreign = await stranger.get(`/api/members/${member.id}`);
    const absent = await stranger.get('/api/members/00000000-0000-4000-8000-000000000000');

    expect(foreign).toMatchObject({ status: 404, body: absent.body });
    expect((await unblock(member, {}, stranger)).status).toBe(404);
    expect((await askLetter(member, {}, stranger)).status).toBe(404);
  });

  test('a print operator and an auditor neither unblock nor send', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await lock(member);

    for (const role of ['print-operator', 'auditor']) {
      expect((await unblock(member, {}, await server.as(role))).status).toBe(403);
      expect((await askLetter(member, {}, await server.as(role))).status).toBe(403);
    }

    expect((await pageOf(member)).headline.state).toBe('locked');
  });

  test('one letter at a time, where the organisation has letters and the address is one', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const nowhere = await buildHolder(server, { password: 'Tilleul+2026!', address: null });
    const without = await buildHolder(server, { organisationId: 'mgen', password: 'Tilleul+2026!' });
    await hear(member);

    const first = await askLetter(member);
    const second = await askLetter(member);

    expect(first).toMatchObject({ status: 200, body: { letter: { to: expect.any(Array) } } });
    expect(second).toMatchObject({ status: 422, body: { rule: 'letter-on-its-way' } });
    expect(second.body.message).toContain(first.body.letter.reference);
    expect(await askLetter(nowhere)).toMatchObject({ status: 422, body: { rule: 'letter-address' } });
    expect(await askLetter(without)).toMatchObject({ status: 422, body: { rule: 'letter-none' } });
    expect(await askLetter(without, { channel: 'sms' })).toMatchObject({
      status: 422,
      body: { rule: 'mobile-unknown' },
    });
  });

  test('a temporary password opens a locked account, and the change unlocks it', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await lock(member);
    const symbols = await giveTemporary(server, member, 'live');
    const client = server.anonymous();
    const path = `/portal/api/${member.organisation}`;

    const opened = await client.post(`${path}/sign-in`, { identifier: member.identifier, password: symbols });
    const chosen = await client.post(`${path}/password`, { newPassword: 'Marron+2026!vert' });

    expect(opened.body).toMatchObject({ status: 'must-change-password' });
    expect(chosen.status).toBe(200);
    expect((await pageOf(member)).headline.state).toBe('open');
  });
});
