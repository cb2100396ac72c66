import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Callback } from '../server/calls/callbacks.schema.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('dealing with what is owed on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  let owed: Callback;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    member = await buildHolder(server);
    const dueAt = '2026-11-18T10:00:00.000Z';
    owed = (await (await as('colleague')).post('/api/callbacks', { memberId: member.id, dueAt })).body;
  });

  const as = (account: string) => server.anonymous().signIn(account, deskPassword);
  const act = async (name: 'take' | 'done', body: object = {}, account = 'agent'): Promise<Answer> =>
    (await as(account)).post(`/api/callbacks/${owed.id}/${name}`, { version: owed.version, ...body });
  const row = () => server.house.pool('callbacks').where({ id: owed.id }).first();
  const notes = () => server.house.pool('member_notes').where({ member_id: member.id });
  const events = async () =>
    (await eventsOf(server, member.id)).filter((type) => /^callback|noted/.test(type)).slice(1);

  test('taken from a colleague, it changes hands and is recorded', async () => {
    const taken = await act('take');

    expect(taken).toMatchObject({ status: 200, body: { ownerName: 'agent de test', version: 2 } });
    expect(await events()).toEqual(['callback.taken']);
  });

  test('of two who take it at once, one does and the other is told', async () => {
    await server.house.pool('callbacks').where({ id: owed.id }).update({ owner_id: null });

    const answers = await Promise.all([act('take', {}, 'agent'), act('take', {}, 'supervisor')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(late?.body.message).toContain('Quelqu’un vient de s’en occuper');
    expect(await events()).toEqual(['callback.taken']);
  });

  test('what is already one’s own, done, or stale is refused and leaves no trace', async () => {
    const own = await act('take', {}, 'colleague');
    const stale = await act('done', { version: 7, outcome: 'reached' });
    expect(await events()).toEqual([]);
    await act('done', { outcome: 'reached' });
    const again = await act('done', { version: 2, outcome: 'reached' });
    const takeDone = await act('take', { version: 2 });

    expect([own, stale, again, takeDone].map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect(takeDone.body.message).toContain('déjà réglé');
    expect(await events()).toEqual(['callback.done']);
  });

  test('reached, it is settled, and its note stands among the member’s, in the call about them', async () => {
    const agent = await as('agent');
    const call = (await agent.post('/api/calls', { channel: 'telephone', caller: 'member' })).body;
    await agent.get(`/api/members/${member.id}`);

    const body = { version: 1, outcome: 'reached', note: 'Rappelée :  courrier reçu\nce matin' };
    const done = await agent.post(`/api/callbacks/${owed.id}/done`, body);

    const doneAt = server.clock.now().toISOString();
    expect(done).toMatchObject({
      status: 200,
      body: { doneAt, outcome: 'reached', overdue: false, version: 2 },
    });
    expect(await notes()).toMatchObject([
      { text: 'Rappelée : courrier reçu ce matin', call_id: call.id, agent_id: call.agentId, kind: 'note' },
    ]);
    expect(await events()).toEqual(['member.noted', 'callback.done']);
    const [event] = await server.house
      .pool('audit_events')
      .where({ call_id: call.id, type: 'callback.done' });
    expect(event.payload).not.toContain('courrier');
  });

  test('outside a call about the member, it opens none', async () => {
    const before = await server.house.pool('calls').count({ n: '*' });

    expect((await act('done', { outcome: 'no-longer-needed' })).status).toBe(200);

    expect(await server.house.pool('calls').count({ n: '*' })).toEqual(before);
    const [event] = await server.house
      .pool('audit_events')
      .where({ type: 'callback.done', member_id: member.id });
    expect(event.call_id).toBeNull();
  });

  test.each([
    ['in the morning', '2026-11-18T09:00:00.000Z', '2026-11-18T16:00:00.000Z'],
    ['in the afternoon', '2026-11-18T14:00:00.000Z', '2026-11-19T11:00:00.000Z'],
    ['on a Friday afternoon', '2026-11-20T14:00:00.000Z', '2026-11-23T11:00:00.000Z'],
  ])('not reached %s, it stays owed for the next working half-day', async (_when, now, dueAt) => {
    server.clock.set(now);

    const tried = await act('done', { outcome: 'not-reached' });

    expect(tried.body).toMatchObject({ doneAt: null, outcome: 'not-reached', dueAt, version: 2 });
    expect(await events()).toEqual(['callback.tried']);
    const settled = await act('done', { version: 2, outcome: 'reached' });
    expect(settled.body).toMatchObject({ outcome: 'reached', version: 3 });
  });

  test('a note with an identifier, or that smells of health, leaves it as it was', async () => {
    const identifier = await act('done', { outcome: 'reached', note: 'écrire à jeanne@courriel.example' });
    const sensitive = await act('done', { outcome: 'reached', note: 'est hospitalisée' });

    expect(identifier).toMatchObject({ status: 400, body: { errors: { note: expect.any(String) } } });
    expect(sensitive).toMatchObject({ status: 422, body: { rule: 'note-sensitive' } });
    expect(await row()).toMatchObject({ done_at: null, version: 1 });
    expect(await notes()).toEqual([]);
    expect(await events()).toEqual([]);
  });
});
