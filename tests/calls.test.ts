import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from './support/client.ts';
import { person, save } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the agent’s call on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    await save(server.house, [person({ usualName: 'Martin', firstName: 'Léa' })]);
  });
  // A session of each test's own, since the clock moves.
  beforeEach(async () => {
    agent = await server.anonymous().signIn('agent', deskPassword);
  });
  afterAll(() => server.stop());

  const search = (client: Client, headers: Record<string, string> = {}) =>
    client.post('/api/members/search', { filter: { q: 'martin lea' } }, headers);
  const current = async (client: Client) => (await client.get('/api/calls/current')).body.call;
  const eventsOf = async (callId: string) =>
    (await server.house.pool('audit_events').where({ call_id: callId }).orderBy('seq')).map(
      ({ type }) => type,
    );
  const freshCall = async () =>
    (await agent.post('/api/calls', { channel: 'telephone', caller: 'member' })).body;

  test('ten first searches at once open one call, caller unsaid', async () => {
    const client = await server.as('colleague');
    expect(await current(client)).toBeNull();

    const answers = await Promise.all(Array.from({ length: 10 }, () => search(client)));

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const call = await current(client);
    expect(call).toMatchObject({
      channel: 'telephone',
      caller: 'unsaid',
      version: 1,
      agentName: 'colleague de test',
    });
    const opened = await server.house
      .pool('audit_events')
      .where({ type: 'call.opened', actor_id: call.agentId });
    expect(opened).toHaveLength(1);
    expect((await eventsOf(call.id)).filter((type) => type === 'member.searched')).toHaveLength(10);
  });

  test('opening one by hand ends the one before', async () => {
    const first = await freshCall();

    const answer = await agent.post('/api/calls', {
      channel: 'branch',
      caller: 'third-party',
      reference: 'DOS-2026-17',
      reason: 'forgot-password',
    });

    expect(answer).toMatchObject({
      status: 201,
      body: { channel: 'branch', reference: 'DOS-2026-17', version: 1 },
    });
    expect(await eventsOf(first.id)).toEqual(['call.opened', 'call.ended']);
    const row = await server.house.pool('calls').where({ id: first.id }).first();
    expect(row).toMatchObject({ ended_by: 'next-call', open_for: null });
  });

  test('its reason and caller are typed once and recorded', async () => {
    const call = await freshCall();

    const changed = await agent.patch(`/api/calls/${call.id}`, {
      reason: 'mistyped',
      caller: 'dependant',
      version: 1,
    });

    expect(changed).toMatchObject({
      status: 200,
      body: { reason: 'mistyped', caller: 'dependant', version: 2 },
    });
    expect(await eventsOf(call.id)).toEqual(['call.opened', 'call.changed']);
  });

  test('a stale version is refused and changes nothing', async () => {
    const call = await freshCall();
    await agent.patch(`/api/calls/${call.id}`, { caller: 'dependant', version: 1 });

    const stale = await agent.patch(`/api/calls/${call.id}`, { caller: 'third-party', version: 1 });

    expect(stale).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await current(agent)).toMatchObject({ caller: 'dependant', version: 2 });
    expect(await eventsOf(call.id)).toEqual(['call.opened', 'call.changed']);
  });

  test('ended by hand, it takes no more changes and the next search opens another', async () => {
    const call = await freshCall();

    const ended = await agent.patch(`/api/calls/${call.id}`, { ended: true, version: 1 });
    const again = await agent.patch(`/api/calls/${call.id}`, { caller: 'dependant', version: 2 });
    await search(agent);

    expect(ended.body).toMatchObject({ endedBy: 'agent', version: 2 });
    expect(again.status).toBe(409);
    expect((await current(agent)).id).not.toBe(call.id);
  });

  test('idle for fifteen minutes, it has ended; a search opens another', async () => {
    const call = await freshCall();
    server.clock.advance(14);
    await search(agent);
    server.clock.advance(14);
    await search(agent);
    expect((await current(agent)).id).toBe(call.id);

    server.clock.advance(14);
    await agent.get('/api/organisations');
    server.clock.advance(2);
    expect(await current(agent)).toBeNull();
    await search(agent);

    expect((await current(agent)).id).not.toBe(call.id);
    const row = await server.house.pool('calls').where({ id: call.id }).first();
    expect(row).toMatchObject({ ended_by: 'idle' });
    expect(Date.parse(row.ended_at) - Date.parse(row.last_activity_at)).toBe(15 * 60_000);
    expect((await eventsOf(call.id)).at(-1)).toBe('call.ended');
  });

  test('background visits do not keep it alive, and no look stays outside a call', async () => {
    const call = await freshCall();
    server.clock.advance(10);
    await search(agent, { 'x-guichet-background': '1' });

    const row = await server.house.pool('calls').where({ id: call.id }).first();
    expect(row.last_activity_at).toBe(call.lastActivityAt);
    await agent.patch(`/api/calls/${call.id}`, { ended: true, version: 1 });
    expect((await search(agent, { 'x-guichet-background': '1' })).status).toBe(200);
    expect((await current(agent)).id).not.toBe(call.id);
  });

  test('what is wrong is named by its field', async () => {
    const wrong = await agent.post('/api/calls', { channel: 'pigeon', caller: 'member', phone: '06' });
    const reason = await agent.post('/api/calls', {
      channel: 'telephone',
      caller: 'member',
      reason: 'no-such',
    });
    const reference = await agent.post('/api/calls', {
      channel: 'telephone',
      caller: 'member',
      reference: 'rappeler 06 39 98 01 02',
    });
    const call = (await agent.post('/api/calls', { channel: 'telephone', caller: 'member' })).body;
    const nothing = await agent.patch(`/api/calls/${call.id}`, { version: 1 });

    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: { channel: expect.any(String), phone: expect.any(String) } },
    });
    expect(reason).toMatchObject({ status: 400, body: { errors: { reason: expect.any(String) } } });
    expect(reference).toMatchObject({ status: 400, body: { errors: { reference: expect.any(String) } } });
    expect(nothing.status).toBe(400);
  });

  test('another agent’s call does not exist, whatever is sent', async () => {
    const call = (await agent.post('/api/calls', { channel: 'telephone', caller: 'member' })).body;
    const stranger = await server.anonymous().signIn('stranger', deskPassword);

    const foreign = await stranger.patch(`/api/calls/${call.id}`, { ended: true, version: 1 });
    const absent = await stranger.patch('/api/calls/nobody', { ended: true, version: 1 });

    expect(foreign).toMatchObject({ status: 404, body: absent.body });
  });

  test('an agent lists their own calls, a supervisor their organisations’, and the looking is recorded', async () => {
    const supervisor = await server.anonymous().signIn('supervisor', deskPassword);
    const stranger = await server.anonymous().signIn('stranger', deskPassword);
    const me = (await agent.get('/api/me')).body;
    await server.house.pool('calls').where({ agent_id: me.id }).update({ organisation_id: 'safiag' });
    const list = (client: Client, filter: object) =>
      client.get(`/api/calls?filter=${JSON.stringify(filter)}&sort=["openedAt","DESC"]&range=[0,49]`);

    const own = await list(agent, {});
    const theirs = await list(supervisor, { agentId: me.id });
    const open = await list(supervisor, { agentId: me.id, open: true });

    expect(own.body.every((call: { agentId: string }) => call.agentId === me.id)).toBe(true);
    expect(theirs.body).toHaveLength(own.body.length);
    expect(theirs.headers.get('content-range')).toBe(`calls 0-${own.body.length - 1}/${own.body.length}`);
    expect(open.body).toHaveLength(1);
    expect((await list(stranger, {})).body).toEqual([]);
    const listed = await server.house.pool('audit_events').where({ type: 'call.listed' });
    expect(listed).toHaveLength(4);
  });

  test.each(['print-operator', 'administrator', 'auditor'] as const)('the %s has no calls', async (role) => {
    const client = await server.anonymous().signIn(role, deskPassword);

    expect((await client.post('/api/calls', { channel: 'telephone', caller: 'member' })).status).toBe(403);
    expect((await client.get('/api/calls/current')).status).toBe(403);
    expect((await client.get('/api/calls')).status).toBe(403);
  });
});
