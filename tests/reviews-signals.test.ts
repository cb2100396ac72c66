import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../server/core/calendar.ts';
import { asked, end } from './support/approvals.ts';
import {
  answerRight,
  confirmByCode,
  lockOut,
  pageOf,
  showDocument,
  speakWith,
  step,
} from './support/callers.ts';
import { openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { buildKnown, correct } from './support/corrections.ts';
import type { Built } from './support/holders.ts';
import { printRoom } from './support/lots.ts';
import { buildMember } from './support/recoveries.ts';
import { forget, opened, reviewed, settle, signalIn } from './support/reviews.ts';
import { databases, moveTo, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what an act shows with its call and its member, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  let supervisor: Client;
  let day = '2026-11-17';
  beforeAll(async () => {
    server = await startServer(engine);
    settle(server, {}, { sampleOneIn: 2 ** 48 });
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
    supervisor = await server.as('supervisor');
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  beforeEach(async () => {
    day = addDays(day, 1);
    await moveTo(server, `${day}T09:00:00.000Z`);
    await forget(server);
  });

  const queue = () => reviewed(server, supervisor, { open: true });
  const idOf = async (username: string): Promise<string> =>
    (await server.house.pool('agents').where({ username }).first('id')).id as string;
  const act = async (client: Client, member: Built, path: string, body: object): Promise<Answer> => {
    const { version } = await pageOf(client, member);
    const answer = await client.post(`/api/members/${member.id}/${path}`, { version, ...body });
    expect(answer).toMatchObject({ status: 200 });
    return answer;
  };
  const askLetter = (client: Client, member: Built) =>
    act(client, member, 'temporary-passwords', { channel: 'letter', reason: 'no-contact' });
  test('unblock, contact change and letter by one agent for one member stand together; two of them do not', async () => {
    const [whole, half] = [await buildKnown(server), await buildKnown(server)];
    await lockOut(server, whole);
    for (const member of [whole, half]) {
      await showDocument(agent, member);
      if (member === whole) await act(agent, member, 'unblock', { reason: 'mistyped' });
      const mobile = `06 39 98 77 4${member === whole ? 2 : 3}`;
      expect((await correct(agent, member, { contacts: { mobile } })).status).toBe(200);
      await askLetter(agent, member);
    }

    const items = await queue();
    const [item] = items;

    expect(items).toMatchObject([
      {
        kind: 'case',
        memberId: whole.id,
        agentId: await idOf('agent'),
        organisationId: whole.organisation,
        day,
        score: 8,
        acts: 3,
        signals: [{ signal: 'way-in', measure: 3 }],
      },
    ]);
    const page = item && (await opened(supervisor, item));
    expect(page?.happened.map(({ type }) => type)).toEqual([
      'account.unblocked',
      'member.corrected',
      'letter.requested',
    ]);
  });

  test('a way in that goes to what an agent changed counts for that agent, whoever sends it; not to what stayed', async () => {
    const [used, other] = [await buildKnown(server), await buildKnown(server)];
    for (const member of [used, other]) {
      await showDocument(agent, member);
      await correct(agent, member, { contacts: { mobile: `06 39 98 7${member === used ? 1 : 2} 43` } });
    }
    await speakWith(colleague, used);
    await confirmByCode(server, colleague, used, 'email');
    const request = await asked(colleague, used, { act: 'sms', reason: 'forgot-password' });
    expect((await end(supervisor, 'approve', request)).body.state).toBe('done');
    await speakWith(colleague, other);
    await askLetter(colleague, other);

    const items = await queue();

    expect(items.map(({ memberId, agentId }) => [memberId, agentId])).toEqual([
      [used.id, await idOf('agent')],
    ]);
    expect(signalIn(items[0], 'changed-then-used')).toMatchObject({ measure: 1 });
    // Whoever granted it acted in it: another supervisor reviews it.
    expect(items[0]?.can.decide).toMatchObject({
      allowed: false,
      why: expect.stringContaining('autre superviseur'),
    });
  });

  test('after its days a change and its use are two things', async () => {
    const member = await buildKnown(server);
    await showDocument(agent, member);
    await correct(agent, member, {
      address: { lines: ['12 rue des Lilas'], postcode: '64000', town: 'Pau' },
    });
    day = addDays(day, 40);
    await moveTo(server, `${day}T09:00:00.000Z`);
    await speakWith(colleague, member);
    await askLetter(colleague, member);

    expect(await queue()).toEqual([]);
  });

  test('an act before anybody was said to speak is a back-office act; after, it is not', async () => {
    const [unsaid, said] = [
      await buildMember(server, 'safiag', { password: undefined }),
      await buildMember(server, 'safiag', { password: undefined }),
    ];
    await openCall(agent, { caller: 'unsaid' });
    await askLetter(agent, unsaid);
    await speakWith(agent, said);
    await askLetter(agent, said);

    const items = await queue();

    expect(items.map(({ memberId }) => memberId)).toEqual([unsaid.id]);
    expect(items[0]).toMatchObject({ score: 3, signals: [{ signal: 'back-office' }] });
  });

  test('a caller changed after a proof is late; before it, it is a correction', async () => {
    const [late, early] = [
      await buildMember(server, 'safiag', { password: undefined }),
      await buildMember(server, 'safiag', { password: undefined }),
    ];
    const first = await speakWith(agent, early);
    expect(
      (await agent.patch(`/api/calls/${first.id}`, { caller: 'third-party', version: first.version })).status,
    ).toBe(200);
    const call = await speakWith(agent, late);
    await answerRight(server, agent, late);
    const { body } = await agent.get('/api/calls/current');
    const changed = await agent.patch(`/api/calls/${call.id}`, {
      channel: 'branch',
      version: body.call.version,
    });

    const items = await queue();

    expect(changed.status).toBe(200);
    expect(items.map(({ memberId }) => memberId)).toEqual([late.id]);
    expect(signalIn(items[0], 'channel-late')).toMatchObject({ measure: 2 });
  });

  test('call backs that reached the member count for the agent’s day; one that reached nobody does not', async () => {
    settle(server, { 'call-backs': { from: 1 } });
    for (const reached of [false, true]) {
      const member = await buildMember(server, 'safiag', { password: undefined });
      await speakWith(agent, member);
      await agent.post(`/api/members/${member.id}/number-to-call`, { kind: 'mobile' });
      expect((await step(agent, member, { method: 'call-back', kind: 'mobile', reached })).status).toBe(200);
    }

    const items = await queue();

    expect(items).toMatchObject([
      { kind: 'day', memberId: null, acts: 1, signals: [{ signal: 'call-backs', measure: 1 }] },
    ]);
  });

  test('a lot released by its maker stands in the queue, another’s does not', async () => {
    const room = printRoom(() => server);
    await room.letters(1);
    await room.release(await room.make(), 'supervisor');
    await room.letters(1);
    const own = await room.release(await room.make(), 'print-operator');

    const items = await queue();

    expect(items).toMatchObject([
      {
        kind: 'lot',
        lotId: own.id,
        memberId: null,
        agentId: await idOf('print-operator'),
        signals: [{ signal: 'own-lot' }],
      },
    ]);
  });
});
