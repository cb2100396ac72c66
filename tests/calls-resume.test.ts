import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callChain } from '../server/calls/calls.service.ts';
import { callRow, currentCall, endCall, eventsOfCall, openCall, type ApiCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { buildHolder } from './support/holders.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('a call that was cut, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  // Sessions of each test's own, since the clock moves.
  beforeEach(async () => {
    await server.house.pool('agents').update({ site_id: null });
    await signIn();
  });
  afterAll(() => server.stop());

  const signIn = async (): Promise<void> => {
    agent = await server.anonymous().signIn('agent', deskPassword);
    colleague = await server.anonymous().signIn('colleague', deskPassword);
  };
  const later = async (minutes: number): Promise<void> => {
    server.clock.advance(minutes);
    await signIn();
  };
  const settle = (username: string, site: string | null) =>
    server.house.pool('agents').where({ username }).update({ site_id: site });
  const aboutMember = async (more: object = {}): Promise<ApiCall> => {
    const member = await buildHolder(server, { organisationId: 'mutuelle-agents-publics' });
    return openCall(agent, { memberId: member.id, reason: 'forgot-password', reference: 'DOS-17', ...more });
  };
  const cut = async (more: object = {}): Promise<ApiCall> => {
    const call = await aboutMember(more);
    expect((await endCall(agent, call, { dropped: true })).status).toBe(200);
    return call;
  };
  const resume = (client: Client, call: ApiCall) => client.post(`/api/calls/${call.id}/resume`);
  const offered = async (client: Client): Promise<string[]> =>
    ((await client.get('/api/calls/resumable')).body.calls as ApiCall[]).map(({ id }) => id);

  test('goes on with a colleague of the same site, all that was said of it kept', async () => {
    const call = await cut({ caller: 'dependant', channel: 'branch' });
    const own = await openCall(colleague);
    expect(await offered(colleague)).toContain(call.id);

    const resumed = await resume(colleague, call);

    expect(resumed).toMatchObject({
      status: 201,
      body: {
        memberId: call.memberId,
        channel: 'branch',
        caller: 'dependant',
        reason: 'forgot-password',
        reference: 'DOS-17',
        resumesId: call.id,
        agentName: 'colleague de test',
        version: 1,
      },
    });
    expect(await currentCall(colleague)).toMatchObject({ id: resumed.body.id });
    expect(await callRow(server, own.id)).toMatchObject({ ended_by: 'next-call' });
    expect(await eventsOfCall(server, resumed.body.id)).toEqual([
      ['call.opened', { channel: 'branch', caller: 'dependant', bySearchOrLook: false }],
      ['call.resumed', { resumes: call.id }],
    ]);
    expect(await offered(colleague)).not.toContain(call.id);
    expect(await offered(agent)).not.toContain(call.id);
  });

  test('ten who take it up at once are one', async () => {
    const call = await cut();

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => resume(n % 2 ? agent : colleague, call)),
    );

    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(9).fill(409)]);
    expect(await server.house.pool('calls').where({ resumes_id: call.id })).toHaveLength(1);
    expect((await resume(agent, call)).body.message).toMatch(/déjà repris/);
  });

  test('can be cut again: the chain leads back to the first', async () => {
    const first = await cut();
    const second = (await resume(agent, first)).body as ApiCall;
    await endCall(agent, second, { dropped: true });
    const third = (await resume(colleague, second)).body as ApiCall;

    const { pool: db } = server.house;

    expect(await callChain({ db }, third.id)).toEqual([second.id, first.id]);
    expect(await callChain({ db }, first.id)).toEqual([]);
    expect((await resume(agent, first)).status).toBe(409);
  });

  test('ten minutes later it still goes on, and then no more', async () => {
    const [one, other] = [await cut(), await cut()];

    await later(10);
    expect(await offered(agent)).toEqual(expect.arrayContaining([one.id, other.id]));
    expect((await resume(agent, one)).status).toBe(201);
    await later(1);

    expect(await offered(agent)).not.toContain(other.id);
    expect(await resume(agent, other)).toMatchObject({ status: 422, body: { rule: 'call.too-late' } });
  });

  test('left idle it goes on too, whether anybody wrote its end down or not', async () => {
    const call = await aboutMember();
    await later(16);
    expect(await offered(colleague)).toContain(call.id);

    const resumed = await resume(colleague, call);

    expect(resumed).toMatchObject({ status: 201, body: { resumesId: call.id } });
    expect(await callRow(server, call.id)).toMatchObject({ ended_by: 'idle', open_for: null });
    expect((await eventsOfCall(server, call.id)).at(-1)?.[0]).toBe('call.ended');

    const again = await aboutMember();
    await later(26);
    expect(await offered(agent)).not.toContain(again.id);
    expect((await resume(agent, again)).status).toBe(422);
  });

  test('while it lasts, or ended on purpose, there is nothing to go on with', async () => {
    const call = await aboutMember();

    const running = await resume(colleague, call);
    await endCall(agent, call);
    const ended = await resume(colleague, call);

    expect(running).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(ended).toMatchObject({ status: 422, body: { rule: 'call.ended' } });
    expect(await offered(agent)).not.toContain(call.id);
    expect(await currentCall(colleague)).toBeNull();
  });

  test('a case in writing waits two days for its agent, whatever came between', async () => {
    const letter = await cut({ channel: 'post' });
    const email = await aboutMember({ channel: 'email' });
    await openCall(agent);
    await later(47 * 60);
    expect(await offered(colleague)).toEqual(expect.arrayContaining([email.id, letter.id]));

    const resumed = await resume(colleague, email);
    await later(70);

    expect(resumed).toMatchObject({ status: 201, body: { channel: 'email' } });
    expect(await resume(colleague, letter)).toMatchObject({ status: 422, body: { rule: 'call.too-late' } });
  });

  test('at another site, in another organisation or nowhere, it does not exist', async () => {
    const [call, own] = [await cut(), await cut()];
    await settle('colleague', 'site-2');
    const stranger = await server.anonymous().signIn('stranger', deskPassword);

    const nobody = await resume(stranger, { ...call, id: 'nobody' });
    const elsewhere = await resume(colleague, call);
    const foreign = await resume(stranger, call);

    expect(nobody.status).toBe(404);
    expect(elsewhere).toMatchObject({ status: 404, body: nobody.body });
    expect(foreign).toMatchObject({ status: 404, body: nobody.body });
    expect(await offered(colleague)).not.toContain(call.id);
    // Their own follows an agent who moves; a site of one's own is as good as none.
    await settle('agent', 'site-2');
    expect((await resume(agent, own)).status).toBe(201);
    const atSite = await cut();
    expect(await callRow(server, atSite.id)).toMatchObject({ site_id: 'site-2' });
    expect((await resume(colleague, atSite)).status).toBe(201);
  });

  test('of no organisation yet, it is its own agent’s alone', async () => {
    const call = await openCall(agent);
    await endCall(agent, call, { dropped: true });

    expect((await resume(colleague, call)).status).toBe(404);
    expect((await resume(agent, call)).status).toBe(201);
  });

  test('is for those who have calls', async () => {
    const call = await cut();
    const printRoom = await server.anonymous().signIn('print-operator', deskPassword);

    expect((await resume(printRoom, call)).status).toBe(403);
    expect((await printRoom.get('/api/calls/resumable')).status).toBe(403);
  });

  test('what is offered keeps nothing alive, and is no look', async () => {
    await cut();
    const before = await server.house.pool('audit_events').count({ n: '*' });

    await offered(agent);

    expect(await server.house.pool('audit_events').count({ n: '*' })).toEqual(before);
  });
});
