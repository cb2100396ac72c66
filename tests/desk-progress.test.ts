import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmByCode, speakWith } from './support/callers.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what moves while the caller is on the line, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const build = (more: object = {}) => buildHolder(server, { password: 'Tilleul+2026!', ...more });
  const progressOf = async (member: Built, name = 'agent') =>
    (await server.as(name)).get(`/api/members/${member.id}/progress`, { 'x-guichet-background': '1' });
  const look = async (member: Built, name = 'agent') =>
    (await server.as(name)).get(`/api/members/${member.id}`);
  const hangUp = async () => {
    const agent = await server.as('agent');
    const { call } = (await agent.get('/api/calls/current')).body;
    if (call) await agent.patch(`/api/calls/${call.id}`, { ended: true, version: call.version });
  };
  const rowsOfAudit = async () => Number((await server.house.pool('audit_events').count({ n: '*' }))[0]?.n);

  test('is told within the call about this member, and adds nothing to the audit', async () => {
    const member = await build();
    await hangUp();
    const page = await look(member);
    const before = await rowsOfAudit();

    const first = await progressOf(member);
    const second = await progressOf(member);

    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      messages: [],
      letters: [],
      approvals: [],
      verification: page.body.verification,
      headline: page.body.headline,
      lastSignedInAt: '2026-10-01T08:00:00.000Z',
      passwordSetAt: '2026-10-01T08:00:00.000Z',
      version: page.body.version,
    });
    expect(second.body).toEqual(first.body);
    expect(await rowsOfAudit()).toBe(before);
  });

  test('is refused without a call, in a call about somebody else, and once the call has ended', async () => {
    const [member, other] = [await build(), await build()];
    await hangUp();

    const without = await progressOf(member);
    await look(other);
    const elsewhere = await progressOf(member);
    await hangUp();
    const ended = await progressOf(other);

    for (const answer of [without, elsewhere, ended])
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(without.body.headline).toBeUndefined();
  });

  test('is refused in a call that was opened by hand about whom nobody looked at', async () => {
    const member = await build();
    await hangUp();
    await speakWith(await server.as('agent'), member);

    const unseen = await progressOf(member);
    await look(member);

    expect(unseen).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await progressOf(member)).status).toBe(200);
  });

  test('is refused to a colleague, whose call it is not', async () => {
    const member = await build();
    await hangUp();
    await look(member);

    expect((await progressOf(member)).status).toBe(200);
    expect((await progressOf(member, 'colleague')).status).toBe(403);
  });

  test('another organisation’s member is nobody', async () => {
    const member = await build();
    const nobody = { ...member, id: '00000000-0000-4000-8000-000000000000' };

    const foreign = await progressOf(member, 'stranger');

    expect(foreign).toMatchObject({ status: 404, body: (await progressOf(nobody, 'stranger')).body });
  });

  test('asking again and again keeps neither the call nor the session alive', async () => {
    const member = await build();
    await hangUp();
    await look(member);

    for (let n = 0; n < 4; n += 1) {
      server.clock.advance(4);
      if (n < 3) expect((await progressOf(member)).status).toBe(200);
    }

    expect((await progressOf(member)).status).toBe(401);
    await (await server.as('agent')).signIn('agent', deskPassword);
    expect((await progressOf(member)).status).toBe(403);
  });

  test('shows the SMS leaving, then the member getting in', async () => {
    const member = await build({
      organisationId: 'mgen',
      memberNumber: '6100423',
      contacts: [contact('mobile', '+33639980042')],
    });
    await hangUp();
    const agent = await server.as('agent');
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    server.clock.advance(1);
    const { version } = (await look(member)).body;
    const body = { channel: 'sms', reason: 'forgot-password', version };
    expect(await agent.post(`/api/members/${member.id}/temporary-passwords`, body)).toMatchObject({
      status: 200,
    });

    const waiting = (await progressOf(member)).body;
    await server.work();
    const sent = (await progressOf(member)).body;

    expect(waiting.messages).toMatchObject([
      { channel: 'sms', state: 'waiting', sentAt: null },
      { template: 'caller-code' },
    ]);
    expect(sent.messages).toMatchObject([
      { channel: 'sms', state: 'sent', sentAt: expect.any(String) },
      { template: 'caller-code' },
    ]);
    expect(sent.headline.state).toBe('waiting');
    expect(JSON.stringify(sent)).not.toContain('39980042');

    server.clock.advance(1);
    const path = `/portal/api/${member.organisation}/sign-in`;
    const typed = { identifier: '6100423', password: 'Tilleul+2026!' };
    expect((await server.anonymous().post(path, typed)).status).toBe(200);

    const { lastSignedInAt } = (await progressOf(member)).body;
    expect(lastSignedInAt > sent.messages[0].sentAt).toBe(true);
  });

  test('shows what a second person answered', async () => {
    const recent = server.clock.now().toISOString().slice(0, 10);
    const member = await build({
      organisationId: 'mgen',
      contacts: [contact('mobile', '+33639980047', recent)],
    });
    await hangUp();
    const agent = await server.as('agent');
    await speakWith(agent, member);
    const { version } = (await look(member)).body;
    const asked = await agent.post(`/api/members/${member.id}/approvals`, {
      act: 'sms',
      reason: 'forgot-password',
      version,
    });

    const waiting = (await progressOf(member)).body;
    const refused = { word: 'Rappelez demain.', version: asked.body.version };
    await (await server.as('supervisor')).post(`/api/approvals/${asked.body.id}/refuse`, refused);
    const answered = (await progressOf(member)).body;

    expect(waiting.approvals).toMatchObject([{ id: asked.body.id, state: 'waiting' }]);
    expect(answered.approvals).toMatchObject([{ state: 'refused', word: 'Rappelez demain.' }]);
  });
});
