import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from './support/client.ts';
import { buildLetters } from './support/build.ts';
import { heardUpTo, listenTo } from './support/live.ts';
import { printRoom } from './support/lots.ts';
import { ask, reachable } from './support/messages.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const pace = { everyMs: 30, restMs: 150 };

describe.each(databases)('the end of what a page is told, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { live: pace });
  });
  afterAll(() => server.stop());

  const look = async (client: Client, memberId: string) =>
    expect(await client.get(`/api/members/${memberId}`)).toMatchObject({ status: 200 });
  const following = async () => {
    const member = await reachable(server);
    const client = await server.anonymous().signIn('agent', deskPassword);
    await endCall(client);
    await look(client, member.id);
    const ear = await listenTo(server.url, client, member.id);
    expect(ear.status).toBe(200);
    return { member, client, ear };
  };
  const endCall = async (client: Client) => {
    const { call } = (await client.get('/api/calls/current')).body;
    if (call) await client.patch(`/api/calls/${call.id}`, { ended: true, version: call.version });
  };

  test('comes with the call’s: what happens after it is not told', async () => {
    const { member, client, ear } = await following();

    await endCall(client);
    await ask(server, member, { channel: 'sms', template: 'temporary-password' });

    expect(await ear.ended()).toBe('over');
    expect(ear.heard().map(({ type }) => type)).not.toContain('message.asked');
  });

  test('comes with the next call, which is about somebody else', async () => {
    const { client, ear } = await following();

    await client.post('/api/calls', { channel: 'telephone', caller: 'member' });
    await look(client, (await reachable(server)).id);

    expect(await ear.ended()).toBe('over');
  });

  test('comes with the session’s: signed out, or revoked on the server', async () => {
    const { client, ear } = await following();
    await client.delete('/api/session');
    expect(await ear.ended()).toBe('over');

    const other = await following();
    await server.house.pool('agent_sessions').delete();
    await ask(server, other.member, { channel: 'sms', template: 'temporary-password' });
    expect(await other.ear.ended()).toBe('over');
    expect(other.ear.heard().map(({ type }) => type)).not.toContain('message.asked');
  });

  test('comes with the agent’s organisations', async () => {
    const { member, ear } = await following();
    const of = { organisation_id: member.organisation };
    const rows = await server.house.pool('agent_organisations').where(of);

    await server.house.pool('agent_organisations').where(of).delete();

    expect(await ear.ended()).toBe('over');
    await server.house.pool('agent_organisations').insert(rows);
  });

  test('comes after half an hour, to be asked again', async () => {
    const { member, client, ear } = await following();

    for (const minutes of [10, 10, 9]) {
      server.clock.advance(minutes);
      await look(client, member.id);
    }
    const rests = ear.text().split(': still here').length;
    await ear.until(() => ear.text().split(': still here').length > rests);
    server.clock.advance(1);

    expect(await ear.ended()).toBe('for now');
    const again = await listenTo(server.url, client, member.id);
    expect(again.status).toBe(200);
    again.hangUp();
  });

  test('a letter’s way through the print room reaches the page of its member, and of no other', async () => {
    const room = printRoom(() => server);
    await room.clear();
    const [letter] = await buildLetters(server, [{}]);
    const client = await server.anonymous().signIn('agent', deskPassword);
    const beside = await following();
    await endCall(client);
    await look(client, letter?.memberId ?? '');
    const ear = await listenTo(server.url, client, letter?.memberId ?? '');

    const made = await room.make();
    const released = await room.release(made);
    await room.print(released);
    const counted = await room.count(await room.show(made));
    await room.deposit(counted);

    const heard = await heardUpTo(ear, 'lot.deposited');
    const progress = (await client.get(`/api/members/${letter?.memberId}/progress`)).body;
    expect(heard).toEqual([
      'lot.made',
      'lot.released',
      'lot.print-started',
      'lot.bundle-printed',
      'lot.printed',
      'lot.confirmed',
      'lot.bundle-counted',
      'lot.counted',
      'lot.deposited',
    ]);
    expect(progress.letters).toMatchObject([{ reference: letter?.reference, state: 'deposited' }]);
    expect(ear.text()).not.toContain(made.id);
    expect(beside.ear.heard()).toEqual([]);
    ear.hangUp();
    beside.ear.hangUp();
  });

  test('comes with the server’s, which waits for nobody', async () => {
    const ending = await startServer(engine, { live: pace });
    const member = await reachable(ending);
    const client = await ending.as('agent');
    await look(client, member.id);
    const ears = await Promise.all([1, 2].map(() => listenTo(ending.url, client, member.id)));

    await ending.house.live.stop();

    expect(await Promise.all(ears.map((ear) => ear.ended()))).toEqual(['for now', 'for now']);
    const late = await client.get(`/api/members/${member.id}/events`);
    expect(late).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await ending.stop();
  });
});
