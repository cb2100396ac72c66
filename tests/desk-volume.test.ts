import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FarFromDesk } from '../server/accounts/desk-volume.ts';
import { asked, end } from './support/approvals.ts';
import { confirmByCode, pageOf, speakWith } from './support/callers.ts';
import { Client } from './support/client.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('an agent who sends far more than the desk, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  let farFromDesk: FarFromDesk;
  beforeAll(async () => {
    server = await startServer(engine);
    // Another file than the usual one: what it says counts.
    farFromDesk = { hours: 6, least: 10, timesMedian: 4 };
    server.house.reviewSettings = {
      ...server.house.reviewSettings,
      farFromDesk: { ...server.house.reviewSettings.farFromDesk, ...farFromDesk },
    };
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const heard = async (client: Client) => {
    const member = await buildMember(server, 'mgen');
    await speakWith(client, member);
    await confirmByCode(server, client, member, 'sms');
    return member;
  };
  const send = async (client: Client) => {
    const member = await heard(client);
    const { version } = await pageOf(client, member);
    const body = { channel: 'sms', reason: 'forgot-password', version };
    return client.post(`/api/members/${member.id}/temporary-passwords`, body);
  };
  /** As if this agent had sent so many more of the same. */
  const multiply = async (username: string, times: number): Promise<void> => {
    const { pool, random } = server.house;
    const { id } = await pool('agents').where({ username }).first('id');
    const row = await pool('messages').where({ asked_by: id, template: 'temporary-password' }).first();
    for (let n = 0; n < times; n += 1) await pool('messages').insert({ ...row, id: random.id() });
  };

  test('needs a second person from then on, and nobody else does; some hours later it is over', async () => {
    expect((await send(agent)).status).toBe(200);
    await multiply('agent', farFromDesk.least - 2);
    const before = await send(agent);
    const after = await send(agent);
    const member = await heard(agent);
    const { can } = await pageOf(agent, member);
    const others = await send(colleague);
    const request = await asked(agent, member, { act: 'sms', reason: 'forgot-password' });
    const approved = await end(await server.as('supervisor'), 'approve', request);

    expect(before.status).toBe(200);
    expect(after).toMatchObject({ status: 422, body: { rule: 'far-from-desk' } });
    expect(can).toMatchObject({ sms: { state: 'approval' }, email: { state: 'after' } });
    expect(others.status).toBe(200);
    expect(approved.body.state).toBe('done');
    server.clock.advance(farFromDesk.hours * 60 + 1);
    agent = await new Client(server.url).signIn('agent', deskPassword);
    expect((await send(agent)).status).toBe(200);
  });

  test('is measured against what the others send', async () => {
    colleague = await new Client(server.url).signIn('colleague', deskPassword);
    await send(colleague);
    await multiply('agent', farFromDesk.least);
    await multiply('colleague', farFromDesk.least);
    await server.house.pool('messages').update({ asked_at: server.clock.now().toISOString() });

    expect((await send(agent)).status).toBe(200);
  });
});
