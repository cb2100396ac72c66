import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../server/core/calendar.ts';
import type { Review } from '../server/supervision/reviews.schema.ts';
import { hire } from './support/agents.ts';
import { lockOut, pageOf, showDocument } from './support/callers.ts';
import { openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { placed } from './support/placing.ts';
import { buildMember, dataOf } from './support/recoveries.ts';
import { forget, judge, listed, opened, reviewed, settle, undo } from './support/reviews.ts';
import { databases, moveTo, startServer, type TestServer } from './support/server.ts';

const password = 'Tilleul+2026!';

describe.each(databases)('a supervisor’s verdict, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  let second: Client;
  let day = '2026-11-17';
  beforeAll(async () => {
    server = await startServer(engine);
    settle(server, {}, { sampleOneIn: 2 ** 48, gatherFrom: 100 });
    [agent, supervisor] = [await server.as('agent'), await server.as('supervisor')];
    second = await hire(server, 'second-supervisor', 'supervisor');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    day = addDays(day, 1);
    await moveTo(server, `${day}T09:00:00.000Z`);
    await forget(server);
  });

  const letterFor = async (client: Client, more: object = {}): Promise<Built> => {
    const member = await buildMember(server, 'safiag', more);
    await openCall(client, { caller: 'unsaid' });
    const body = { channel: 'letter', reason: 'no-contact', version: 1 };
    expect((await client.post(`/api/members/${member.id}/temporary-passwords`, body)).status).toBe(200);
    return member;
  };
  const item = async (client = agent, more: object = {}): Promise<{ review: Review; member: Built }> => {
    const member = await letterFor(client, { password: undefined, ...more });
    const found = (await reviewed(server, supervisor, { open: true })).find(
      (one) => one.memberId === member.id,
    );
    if (!found) throw new Error('Nothing stands in the queue.');
    return { review: found, member };
  };
  const ownOf = async (client: Client) => (await client.get('/api/own-reviews')).body;
  const knock = (member: Built, typed: string): Promise<Answer> =>
    server
      .anonymous()
      .post(`/portal/api/${member.organisation}/sign-in`, { identifier: member.identifier, password: typed });

  test('is read by the agent with its word, once it is given and not before, and by nobody else', async () => {
    const { review, member } = await item();
    const before = await ownOf(agent);

    const explain = await judge(supervisor, review, { verdict: 'to-explain', word: 'Qui l’a demandé ?' });
    const asked = await ownOf(agent);
    const settled = await judge(second, explain.body, { verdict: 'ordinary', word: 'Vu ensemble' });
    const again = await judge(second, settled.body, { verdict: 'fault', word: 'Non' });

    expect(before).toEqual([]);
    expect(explain).toMatchObject({
      status: 200,
      body: { verdict: 'to-explain', decidedByName: 'supervisor de test' },
    });
    expect(asked).toMatchObject([
      { id: review.id, verdict: 'to-explain', word: 'Qui l’a demandé ?', signals: ['back-office'], day },
    ]);
    expect(settled.body).toMatchObject({ verdict: 'ordinary', word: 'Vu ensemble' });
    expect(again).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('déjà rendu un avis') },
    });
    expect(await ownOf(agent)).toMatchObject([{ verdict: 'ordinary', word: 'Vu ensemble' }]);
    expect(await ownOf(await server.as('colleague'))).toEqual([]);
    const told = await dataOf(server, 'review.decided', { member_id: member.id });
    expect(told).toMatchObject([{ verdict: 'to-explain', agentId: review.agentId }, { verdict: 'ordinary' }]);
  });

  test('wants a word for whoever reads it, that names nobody’s number and says nothing of health', async () => {
    const { review } = await item();

    const answers = [
      await judge(supervisor, review, { verdict: 'fault' }),
      await judge(supervisor, review, { verdict: 'fault', word: 'Rappelé au 06 39 98 12 34' }),
      await judge(supervisor, review, { verdict: 'fault', word: 'Absent pour un cancer' }),
      await judge(supervisor, review, { verdict: 'sacked', word: 'non' }),
    ];

    expect(answers.map(({ status, body }) => [status, Object.keys(body.errors ?? {}), body.rule])).toEqual([
      [400, ['word'], undefined],
      [400, ['word'], undefined],
      [422, [], 'note-sensitive'],
      [400, ['verdict'], undefined],
    ]);
    expect(await listed(supervisor, { id: [review.id] })).toMatchObject([
      { verdict: null, version: review.version },
    ]);
    const confirmed = { verdict: 'fault', word: 'Absent pour un cancer', confirmed: true };
    expect((await judge(supervisor, review, confirmed)).status).toBe(200);
  });

  test('of two supervisors at once one gives it, and nobody gives it of what they have not seen', async () => {
    const { review, member } = await item();

    const both = await Promise.all(
      [supervisor, second].map((one) => judge(one, review, { verdict: 'fault', word: 'Non' })),
    );
    const grown = (await item()).review;
    const letter = await server.house.pool('letters').where({ member_id: grown.memberId }).first();
    const cancel = { reason: 'found-password', version: letter.version };
    expect((await agent.post(`/api/letters/${letter.id}/cancel`, cancel)).status).toBe(200);
    await reviewed(server, supervisor);
    const stale = await judge(supervisor, grown);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await dataOf(server, 'review.decided', { member_id: member.id })).toHaveLength(1);
    expect(stale).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('D’autres actes') },
    });
  });

  test('is never on one’s own acts, and a supervisor sees their organisations’ alone', async () => {
    const { review } = await item(supervisor);
    const stranger = await server.as('stranger');
    const nobodys = '00000000-0000-4000-8000-000000000000';

    const own = await judge(supervisor, review);
    const undone = await undo(supervisor, review, { act: 'freeze' });
    const foreign = [
      await stranger.get(`/api/reviews/${review.id}`),
      await judge(stranger, review),
      await undo(stranger, review, { act: 'freeze' }),
    ];
    const absent = [
      await stranger.get(`/api/reviews/${nobodys}`),
      await judge(stranger, { ...review, id: nobodys }),
      await undo(stranger, { ...review, id: nobodys }, { act: 'freeze' }),
    ];

    expect([own, undone].map(({ status, body }) => [status, body.rule])).toEqual(
      Array(2).fill([422, 'review.own']),
    );
    expect(await listed(stranger)).toEqual([]);
    expect(foreign.map(({ status, body }) => [status, body])).toEqual(
      absent.map(({ status, body }) => [status, body]),
    );
    expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await judge(second, review)).status).toBe(200);
    expect((await agent.get('/api/reviews')).status).toBe(403);
  });

  test('what can be undone is undone from the item: the secrets die, letters too, and it stands in the audit', async () => {
    const { review, member } = await item(agent, { password });
    const secret = await giveTemporary(server, member, 'live');

    const done = await undo(supervisor, review, { act: 'kill-secrets' });

    expect(done).toMatchObject({
      status: 200,
      body: {
        undone: [{ act: 'kill-secrets', memberId: member.id, byName: 'supervisor de test' }],
        verdict: null,
      },
    });
    expect((await knock(member, secret)).status).toBe(401);
    expect((await knock(member, password)).status).toBe(200);
    expect(await server.house.pool('letters').where({ member_id: member.id })).toMatchObject([
      { state: 'cancelled' },
    ]);
    expect(await eventsOf(server, member.id)).toContain('account.secrets-ended');
    expect(await dataOf(server, 'review.undone', { member_id: member.id })).toMatchObject([
      { act: 'kill-secrets' },
    ]);
    // The version moved with it: whoever looked at it before is told.
    expect((await undo(second, review, { act: 'freeze' })).status).toBe(409);
  });

  test('an unblock is taken back: the counter stands at the limit again, for the right password too', async () => {
    const member = await buildMember(server, 'safiag');
    await lockOut(server, member);
    await showDocument(agent, member);
    settle(server, { 'way-in': { from: 2 } });
    for (const [path, body] of [
      ['unblock', { reason: 'mistyped' }],
      ['temporary-passwords', { channel: 'letter', reason: 'no-contact' }],
    ] as const) {
      const { version } = await pageOf(agent, member);
      expect((await agent.post(`/api/members/${member.id}/${path}`, { version, ...body })).status).toBe(200);
    }
    const [review] = (await reviewed(server, supervisor, { open: true })) as [Review];
    const page = await opened(supervisor, review);

    const done = await undo(supervisor, review, { act: 'lock-again', memberId: member.id });
    const again = await undo(supervisor, done.body, { act: 'lock-again' });

    expect(page.undoable.map(({ act, can }) => [act, can.allowed])).toEqual([
      ['kill-secrets', true],
      ['lock-again', true],
      ['freeze', true],
    ]);
    expect(done.status).toBe(200);
    expect((await knock(member, password)).status).toBe(401);
    expect((await pageOf(agent, member)).headline).toMatchObject({ state: 'locked' });
    expect(again).toMatchObject({ status: 422, body: { rule: 'review.locked' } });
  });

  test('a frozen account lets nobody in; what stands against undoing is said with its rule', async () => {
    const { review, member } = await item(agent, { password });
    const other = await buildMember(server, 'safiag', { password: undefined });
    const wrong = [
      await undo(supervisor, review, { act: 'lock-again' }),
      await undo(supervisor, review, { act: 'freeze', memberId: other.id }),
    ];
    await placed(server, 'supervisor', {
      own: [{ organisationId: 'safiag', memberNumber: await numberOf(member) }],
    });
    const kin = await undo(supervisor, review, { act: 'freeze' });
    await placed(server, 'supervisor', { own: [] });

    const frozen = await undo(supervisor, review, { act: 'freeze' });
    const again = await undo(supervisor, frozen.body, { act: 'kill-secrets' });

    expect(
      wrong.map(({ status, body }) => [status, body.rule, body.errors && Object.keys(body.errors)]),
    ).toEqual([
      [422, 'review.not-unblocked', undefined],
      [400, undefined, ['memberId']],
    ]);
    expect(kin).toMatchObject({ status: 422, body: { rule: 'review.kin' } });
    expect(frozen.status).toBe(200);
    expect((await knock(member, password)).status).toBe(401);
    expect((await pageOf(second, member)).headline).toMatchObject({ state: 'frozen' });
    expect(again).toMatchObject({ status: 422, body: { rule: 'review.frozen' } });
  });

  const numberOf = async ({ id }: Built): Promise<string> =>
    (await server.house.pool('members').where({ id }).first('member_number')).member_number as string;
});
