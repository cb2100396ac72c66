import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callRow, currentCall, endCall, eventsOfCall, openCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { ask, reachable } from './support/messages.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('how a call ends, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    agent = await server.anonymous().signIn('agent', deskPassword);
  });
  afterAll(() => server.stop());

  test('with nothing done, it says so; the outcome is stored, listed and recorded', async () => {
    const call = await openCall(agent);

    const ended = await endCall(agent, call);

    expect(ended).toMatchObject({ status: 200, body: { endedBy: 'agent', outcome: 'nothing-done' } });
    expect(await callRow(server, call.id)).toMatchObject({ outcome: 'nothing-done', open_for: null });
    const filter = encodeURIComponent(JSON.stringify({ id: [call.id] }));
    const [listed] = (await agent.get(`/api/calls?filter=${filter}`)).body;
    expect(listed).toMatchObject({ outcome: 'nothing-done' });
    expect((await eventsOfCall(server, call.id)).at(-1)).toEqual([
      'call.ended',
      { by: 'agent', outcome: 'nothing-done' },
    ]);
  });

  test('with a way in sent, it is settled; another outcome may be chosen', async () => {
    const member = await reachable(server);
    const first = await openCall(agent, { memberId: member.id });
    await ask(server, member, { channel: 'email', template: 'reset-link', callId: first.id });
    const settled = await endCall(agent, first);
    const second = await openCall(agent, { memberId: member.id });
    await ask(server, member, { channel: 'email', template: 'reset-link', callId: second.id });

    const chosen = await endCall(agent, second, { ended: true, outcome: 'to-call-back' });

    expect(settled.body.outcome).toBe('settled');
    expect(chosen.body.outcome).toBe('to-call-back');
    expect(await callRow(server, second.id)).toMatchObject({ outcome: 'to-call-back' });
  });

  test('with the next call or by itself, it ends with what was done too', async () => {
    const member = await reachable(server);
    const first = await openCall(agent, { memberId: member.id });
    await ask(server, member, { channel: 'email', template: 'reset-link', callId: first.id });
    const second = await openCall(agent, { memberId: member.id });
    server.clock.advance(16);
    agent = await server.anonymous().signIn('agent', deskPassword);
    await openCall(agent);

    expect(await callRow(server, first.id)).toMatchObject({ ended_by: 'next-call', outcome: 'settled' });
    expect(await callRow(server, second.id)).toMatchObject({ ended_by: 'idle', outcome: 'nothing-done' });
  });

  test('cut, it ends as that', async () => {
    const call = await openCall(agent);

    const cut = await endCall(agent, call, { dropped: true });

    expect(cut).toMatchObject({ status: 200, body: { endedBy: 'dropped', outcome: 'nothing-done' } });
    expect(await currentCall(agent)).toBeNull();
    expect((await eventsOfCall(server, call.id)).at(-1)).toEqual([
      'call.ended',
      { by: 'dropped', outcome: 'nothing-done' },
    ]);
  });

  test('an outcome is said at the end, from the list, and a call ends one way', async () => {
    const call = await openCall(agent);
    const refused = async (body: object) => (await endCall(agent, call, body)).body.errors as object;

    expect(await refused({ outcome: 'settled' })).toMatchObject({ outcome: expect.stringMatching(/issue/i) });
    expect(await refused({ dropped: true, outcome: 'settled' })).toHaveProperty('outcome');
    expect(await refused({ ended: true, outcome: 'happy' })).toHaveProperty('outcome');
    expect(await refused({ ended: true, dropped: true })).toHaveProperty('dropped');
    expect((await endCall(agent, call)).status).toBe(200);
    expect((await endCall(agent, { ...call, version: 2 }, { dropped: true })).status).toBe(409);
  });

  test('a stale version ends nothing', async () => {
    const call = await openCall(agent);
    await agent.patch(`/api/calls/${call.id}`, { caller: 'dependant', version: 1 });

    expect((await endCall(agent, call, { dropped: true })).status).toBe(409);
    expect(await currentCall(agent)).toMatchObject({ id: call.id });
  });
});
