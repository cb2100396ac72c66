import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callRow, currentCall, endCall, eventsOfCall, openCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('one member a call, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    agent = await server.anonymous().signIn('agent', deskPassword);
  });
  afterAll(() => server.stop());

  const reveal = (member: Built) =>
    agent.post(`/api/members/${member.id}/reveal-nir`, { reason: 'caller-spells', password: deskPassword });
  const callAbout = async ({ house }: TestServer, { id }: Built): Promise<number> =>
    (await house.pool('calls').where({ member_id: id })).length;
  let serial = 100;
  const build = (): Promise<Built> => {
    serial += 1;
    return buildHolder(server, { nir: { body: `2610399999${serial}`, key: null } });
  };

  test('an act on them ends it and opens one of theirs, by the same channel, caller unsaid', async () => {
    const [one, other] = [await build(), await build()];
    const call = await openCall(agent, { channel: 'branch', memberId: one.id, reason: 'forgot-password' });
    expect((await reveal(one)).status).toBe(200);

    const answer = await reveal(other);

    expect(answer.status).toBe(200);
    expect(await callRow(server, call.id)).toMatchObject({ ended_by: 'next-call', member_id: one.id });
    const next = await currentCall(agent);
    expect(next).toMatchObject({
      memberId: other.id,
      caller: 'unsaid',
      channel: 'back-office',
      reason: null,
    });
    expect(await eventsOfCall(server, next?.id ?? '')).toEqual([
      ['call.opened', { channel: 'branch', caller: 'unsaid', bySearchOrLook: false }],
      ['call.changed', { changed: ['channel'], channel: { from: 'branch', to: 'back-office' } }],
      ['member.nir-revealed', { reason: 'caller-spells' }],
    ]);
  });

  test('an unsaid call that was acted upon stays theirs as well', async () => {
    const [one, other] = [await build(), await build()];
    await endOpen();
    await reveal(one);
    const before = await currentCall(agent);

    await reveal(other);

    expect((await currentCall(agent))?.id).not.toBe(before?.id);
    expect(await callRow(server, before?.id ?? '')).toMatchObject({ member_id: one.id });
  });

  test('a look changes nothing once it is said who speaks', async () => {
    const [one, other] = [await build(), await build()];
    const call = await openCall(agent, { memberId: one.id });

    await agent.get(`/api/members/${other.id}`);

    expect(await currentCall(agent)).toMatchObject({ id: call.id, memberId: one.id, caller: 'member' });
  });

  test('a supervisor’s look is nobody’s telephone call: a back-office one for each member, that no figure counts', async () => {
    const [one, other] = [await build(), await build()];
    const supervisor = await server.as('supervisor');
    await openCall(agent, { caller: 'unsaid' });

    await supervisor.post('/api/members/search', { filter: { q: one.identifier } });
    await supervisor.get(`/api/members/${one.id}`);
    const looked = await currentCall(supervisor);
    await supervisor.get(`/api/members/${other.id}`);
    const { repeatCalls } = (await agent.get(`/api/members/${one.id}`)).body;
    const repeats = await callAbout(server, one);
    const next = await currentCall(supervisor);
    const { id } = await openCall(supervisor, { memberId: other.id });
    await supervisor.get(`/api/members/${one.id}`);

    expect(looked).toMatchObject({ channel: 'back-office', caller: 'unsaid', memberId: one.id });
    expect(next).toMatchObject({ channel: 'back-office', caller: 'unsaid', memberId: other.id });
    expect(await eventsOfCall(server, looked?.id ?? '')).toMatchObject([
      ['call.opened', { channel: 'back-office', bySearchOrLook: true }],
      ['member.searched', {}],
      ['member.viewed', {}],
      ['call.ended', {}],
    ]);
    // The agent's own look alone counts, of the two calls about them.
    expect([repeatCalls.day.calls, repeats]).toEqual([1, 2]);
    // Somebody did ring: a look elsewhere stays within that call.
    expect(await currentCall(supervisor)).toMatchObject({ id, memberId: other.id, channel: 'telephone' });
  });

  test('an unsaid call follows the last look, and what is said for the one before is stale', async () => {
    const [one, other] = [await build(), await build()];
    await endOpen();
    await agent.get(`/api/members/${one.id}`);
    const before = await currentCall(agent);

    await agent.get(`/api/members/${other.id}`);

    const after = await currentCall(agent);
    expect(after).toMatchObject({ id: before?.id, memberId: other.id });
    const stale = await agent.patch(`/api/calls/${before?.id}`, {
      caller: 'member',
      version: before?.version,
    });
    expect(stale.status).toBe(409);
    const said = await agent.patch(`/api/calls/${after?.id}`, { caller: 'member', version: after?.version });
    expect(said).toMatchObject({ status: 200, body: { memberId: other.id, caller: 'member' } });
  });

  test('an act that names the call of somebody else is refused', async () => {
    const [one, other] = [await build(), await build()];
    const call = await openCall(agent, { memberId: one.id });
    const { version } = (await agent.get(`/api/members/${other.id}`)).body;

    const answer = await agent.post(`/api/members/${other.id}/temporary-passwords`, {
      channel: 'letter',
      reason: 'forgot-password',
      callId: call.id,
      version,
    });

    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringMatching(/autre adhérent/) } });
    expect(await currentCall(agent)).toMatchObject({ id: call.id });
  });

  test('one opened by hand for them is bound to them, within the agent’s organisations', async () => {
    const member = await build();
    const stranger = await server.anonymous().signIn('stranger', deskPassword);
    const said = { channel: 'telephone', caller: 'member' };

    const opened = await agent.post('/api/calls', { ...said, memberId: member.id });
    const foreign = await stranger.post('/api/calls', { ...said, memberId: member.id });
    const nobody = await stranger.post('/api/calls', { ...said, memberId: 'nobody' });

    expect(opened).toMatchObject({
      status: 201,
      body: { memberId: member.id, organisationId: member.organisation },
    });
    expect(foreign).toMatchObject({ status: 404, body: nobody.body });
    expect(await currentCall(stranger)).toBeNull();
  });

  const endOpen = async (): Promise<void> => {
    const call = await currentCall(agent);
    if (call) await endCall(agent, call);
  };
});
