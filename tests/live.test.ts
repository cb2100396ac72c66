import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { heardUpTo, listenTo, type Ear } from './support/live.ts';
import { ask, email, mobile, reachable } from './support/messages.ts';
import { contact } from './support/people.ts';
import { restart } from './support/restart.ts';
import { databases, deskPassword, startServer, type AccountName, type TestServer } from './support/server.ts';

describe.each(databases)('a page told of what happens, on %s', (engine) => {
  let server: TestServer;
  const open: Ear[] = [];
  beforeAll(async () => {
    server = await startServer(engine, { live: { everyMs: 30, restMs: 150 } });
  });
  afterEach(() => {
    for (const ear of open.splice(0)) ear.hangUp();
  });
  afterAll(() => server.stop());

  const listen = async (client: Client, member: { id: string }, more = {}, url = server.url) => {
    const ear = await listenTo(url, client, member.id, more);
    open.push(ear);
    return ear;
  };
  /** An agent of a fresh session whose open call is about this member. */
  const inCall = async (member: { id: string }, account: AccountName = 'agent'): Promise<Client> => {
    const client = await server.anonymous().signIn(account, deskPassword);
    await hangUp(client);
    expect(await client.get(`/api/members/${member.id}`)).toMatchObject({ status: 200 });
    return client;
  };
  const hangUp = async (client: Client) => {
    const { call } = (await client.get('/api/calls/current')).body;
    if (call) await client.patch(`/api/calls/${call.id}`, { ended: true, version: call.version });
  };
  const send = (member: Built) => ask(server, member, { channel: 'sms', template: 'temporary-password' });
  const seqsOf = async (member: Built) =>
    (await server.house.pool('audit_events').where({ member_id: member.id }).orderBy('seq')).map((row) => ({
      id: Number(row.seq),
      type: row.type as string,
    }));
  const isMessage = ({ type }: { type: string }) => type.startsWith('message.');
  const rowsOfAudit = async () => Number((await server.house.pool('audit_events').count({ n: '*' }))[0]?.n);

  test('hears the message leave and the member sign in: ids and types, nothing else', async () => {
    const contacts = [contact('mobile', mobile), contact('email', email)];
    const member = await buildHolder(server, { password: 'Tilleul+2026!', contacts });
    const ear = await listen(await inCall(member), member);

    await send(member);
    await server.work();
    await heardUpTo(ear, 'message.sent');
    const typed = { identifier: member.identifier, password: 'Tilleul+2026!' };
    await server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, typed);
    await heardUpTo(ear, 'account.signed-in');

    const heard = ear.heard();
    const happened = (await seqsOf(member)).filter(({ id }) => id >= (heard[0]?.id ?? 0));
    expect(heard).toEqual(happened);
    expect(heard.filter(isMessage).map(({ type }) => type)).toEqual([
      'message.asked',
      'message.secret-made',
      'message.sent',
    ]);
    expect(ear.text().replaceAll(': still here\n\n', '')).toBe(
      [': open', ...heard.map(({ id, type }) => `id: ${id}\ndata: {"seq":${id},"type":"${type}"}`), ''].join(
        '\n\n',
      ),
    );
    expect(Object.fromEntries(ear.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(ear.headers.get('content-encoding')).toBeNull();
    for (const secret of [mobile, email, member.id, member.accountId])
      expect(ear.text()).not.toContain(secret);
  });

  test('hears nothing of another member, and nothing of who looks', async () => {
    const [member, other] = [await reachable(server), await reachable(server)];
    const ear = await listen(await inCall(member), member);
    const beside = await listen(await inCall(other, 'colleague'), other);

    await send(other);
    await inCall(member, 'supervisor');
    await send(member);
    await heardUpTo(beside, 'message.asked');
    await heardUpTo(ear, 'message.asked');

    expect(ear.heard()).toEqual((await seqsOf(member)).filter(isMessage));
    expect(beside.heard()).toEqual((await seqsOf(other)).filter(isMessage));
  });

  test('an act on one server reaches the page of another', async () => {
    const member = await reachable(server);
    const client = await inCall(member);
    const second = await restart(server);
    const ear = await listen(client, member, {}, second.url);

    await send(member);
    await server.work();

    expect(await heardUpTo(ear, 'message.sent')).toEqual([
      'message.asked',
      'message.secret-made',
      'message.sent',
    ]);
    ear.hangUp();
    await second.stop();
  });

  test('who comes again is told first what was missed, each thing once', async () => {
    const member = await reachable(server);
    const client = await inCall(member);
    const first = await listen(client, member);
    await send(member);
    await heardUpTo(first, 'message.asked');
    const last = first.heard().at(-1)?.id ?? 0;
    first.hangUp();

    await server.work();
    const again = await listen(client, member, { 'last-event-id': String(last) });
    const anew = await listen(client, member, { 'last-event-id': 'nonsense' });
    await send(member);
    await heardUpTo(again, 'message.asked');
    await heardUpTo(anew, 'message.asked');

    const since = (await seqsOf(member)).filter(({ id }) => id > last);
    expect(again.heard()).toEqual(since);
    expect(again.heard().map(({ type }) => type)).toContain('message.sent');
    expect(anew.heard().map(({ type }) => type)).not.toContain('message.sent');
  });

  test('is refused outside a call about this member, and to whoever may not see members', async () => {
    const [member, other] = [await reachable(server), await reachable(server)];
    const client = await inCall(other);

    const elsewhere = await listen(client, member);
    await hangUp(client);
    const without = await listen(client, other);
    const printer = await listen(await server.as('print-operator'), member);
    const nobody = await listen(server.anonymous(), member);

    expect([elsewhere, without, printer, nobody].map(({ status }) => status)).toEqual([403, 403, 403, 401]);
    await without.ended();
    expect(JSON.parse(without.text())).toMatchObject({ code: 'forbidden' });
  });

  test('another organisation’s member is nobody', async () => {
    const member = await reachable(server);
    const stranger = await server.as('stranger');

    const foreign = await listen(stranger, member);
    const unknown = await listen(stranger, { id: '00000000-0000-4000-8000-000000000000' });
    await Promise.all([foreign.ended(), unknown.ended()]);

    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(foreign.text()).toBe(unknown.text());
  });

  test('four pages a session; a fifth when one of them has gone', async () => {
    const member = await reachable(server);
    const client = await inCall(member);
    const colleague = await inCall(member, 'colleague');

    const ears = await Promise.all(Array.from({ length: 6 }, () => listen(client, member)));
    const beside = await listen(colleague, member);
    ears.find(({ status }) => status === 200)?.hangUp();
    let next = await listen(client, member);
    // The server learns of a closed connection a moment later than whoever closed it.
    while (next.status === 429) next = await listen(client, member);

    expect(ears.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429, 429]);
    expect([beside.status, next.status]).toEqual([200, 200]);
  });

  test('keeps neither session nor call alive, and writes nothing', async () => {
    const member = await reachable(server);
    const client = await inCall(member);
    const before = await rowsOfAudit();
    const { id } = (await client.get('/api/me')).body;
    const lives = async () => [
      await server.house.pool('agent_sessions').where({ agent_id: id }).max('last_seen_at as at').first(),
      await server.house.pool('calls').where({ open_for: id }).first('last_activity_at'),
    ];
    const alive = await lives();

    server.clock.advance(5);
    const ear = await listen(client, member);
    server.clock.advance(5);
    const beats = () => ear.text().split(': still here').length;
    const now = beats();
    await ear.until(() => beats() > now);
    expect(await lives()).toEqual(alive);
    expect(await rowsOfAudit()).toBe(before);
    server.clock.advance(6);

    expect(await ear.ended()).toBe('over');
    expect((await client.get('/api/me')).status).toBe(401);
  });
});
