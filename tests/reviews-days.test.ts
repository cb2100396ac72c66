import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../server/core/calendar.ts';
import type { Review } from '../server/supervision/reviews.schema.ts';
import { asked, end } from './support/approvals.ts';
import { answerRight, pageOf, speakWith } from './support/callers.ts';
import { endCall, openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { placed, siteWith } from './support/placing.ts';
import { buildMember } from './support/recoveries.ts';
import { forget, judge, opened, reviewed, settle, signalIn } from './support/reviews.ts';
import { databases, moveTo, startServer, type TestServer } from './support/server.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const wholeWeek = [{ days: [...weekdays], opens: '08:00', closes: '18:00' }];

describe.each(databases)('what an agent’s day shows, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  let supervisor: Client;
  let day = '2026-11-17';
  beforeAll(async () => {
    server = await startServer(engine);
    const lower = Object.fromEntries(
      ['looks', 'nir-misses', 'letters-unproved', 'overrides'].map((name) => [name, { from: 2 }]),
    );
    settle(server, lower, { sampleOneIn: 2 ** 48 });
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
    supervisor = await server.as('supervisor');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    day = addDays(day, 1);
    await moveTo(server, `${day}T09:00:00.000Z`);
    await forget(server);
  });

  const queue = () => reviewed(server, supervisor, { open: true });
  const build = (more: object = {}) => buildMember(server, 'safiag', { password: undefined, ...more });
  const askLetter = (client: Client, member: Built): Promise<Answer> =>
    client.post(`/api/members/${member.id}/temporary-passwords`, {
      channel: 'letter',
      reason: 'no-contact',
      version: 1,
    });
  const search = (client: Client, q: string) => client.post('/api/members/search', { filter: { q } });

  test('members looked at and left count once each; one who was served does not, whoever was said to speak', async () => {
    const [first, second, served] = [await build(), await build(), await build()];
    await speakWith(agent, served);
    await answerRight(server, agent, served);
    await endCall(agent, (await agent.get('/api/calls/current')).body.call);
    await pageOf(agent, first);
    await pageOf(agent, first);
    const below = await queue();
    await openCall(agent, { memberId: second.id });
    await pageOf(agent, second);

    const items = await queue();

    expect(below).toEqual([]);
    expect(items).toMatchObject([
      {
        kind: 'day',
        score: 4,
        acts: 3,
        signals: [{ signal: 'looks', measure: 2 }],
        organisationId: 'safiag',
      },
    ]);
    await pageOf(agent, await build());
    // One item that grows, not one for each look.
    const [grown] = (await queue()) as [Review];
    expect(grown).toMatchObject({ id: items[0]?.id, acts: 4, signals: [{ measure: 3 }] });
    // What was decided is not brought again with what comes after it.
    expect((await judge(supervisor, grown)).status).toBe(200);
    await pageOf(agent, await build());
    const [later, ...none] = await queue();
    expect(later).toMatchObject({ acts: 1, signals: [{ signal: 'looks', measure: 4 }] });
    expect(none).toEqual([]);
  });

  test('numbers tried one by one are counted, not the one that was somebody’s nor a name that nobody has', async () => {
    await search(agent, '2610399999001');
    await search(agent, (await build()).identifier);
    await search(agent, 'introuvable personne');
    const below = await queue();
    await search(agent, '2610399999002');

    const [item] = await queue();

    expect(below).toEqual([]);
    expect(item).toMatchObject({
      kind: 'day',
      organisationId: null,
      signals: [{ signal: 'nir-misses', measure: 2 }],
    });
  });

  test('letters without a verified caller count, those of a verified one do not', async () => {
    for (const verified of [false, true]) {
      const member = await build();
      await speakWith(agent, member);
      if (verified) await answerRight(server, agent, member);
      expect((await askLetter(agent, member)).status).toBe(200);
    }
    const below = await queue();
    const another = await build();
    await speakWith(agent, another);
    await askLetter(agent, another);

    const [item] = await queue();

    expect(below).toEqual([]);
    expect(signalIn(item, 'letters-unproved')).toMatchObject({ measure: 2 });
  });

  test('what is done after the site’s hours stands out, and its site is named; within them nothing does', async () => {
    const site = await siteWith(server, `Pau ${engine}`, wholeWeek);
    await placed(server, 'agent', { siteId: site.id, site: site.name });
    const member = await build();
    await speakWith(agent, member);
    await answerRight(server, agent, member);
    const below = await queue();
    await moveTo(server, `${day}T17:30:00.000Z`);
    await speakWith(agent, member);
    await pageOf(agent, member);
    await askLetter(agent, member);

    const items = await queue();
    await placed(server, 'agent', { site: null });

    expect(below).toEqual([]);
    const off = items.map((item) => [item.kind, signalIn(item, 'off-hours')]).sort();
    expect(off).toMatchObject([
      ['case', { measure: 1, cause: site.name }],
      ['day', { measure: 1, cause: site.name }],
    ]);
  });

  test('an act refused on one’s own account counts at once; any other refusal does not', async () => {
    const own = await build({ memberNumber: `OWN-${engine}` });
    await placed(server, 'agent', { own: [{ organisationId: 'safiag', memberNumber: `OWN-${engine}` }] });
    const other = await build();
    await speakWith(agent, other);
    const { version } = await pageOf(agent, other);
    const notLocked = await agent.post(`/api/members/${other.id}/unblock`, { reason: 'mistyped', version });
    const below = await queue();
    await speakWith(agent, own);
    const refused = await askLetter(agent, own);

    const [item] = await queue();
    await placed(server, 'agent', { own: [] });

    expect([notLocked.status, refused.status]).toEqual([422, 422]);
    expect(below).toEqual([]);
    expect(item).toMatchObject({ kind: 'day', score: 6, signals: [{ signal: 'kin', measure: 1 }] });
    expect(item && (await opened(supervisor, item)).happened).toMatchObject([
      { type: 'request.refused', memberId: own.id },
    ]);
  });

  test('the same rule lifted again by one supervisor is theirs to explain, and named', async () => {
    const grant = async () => {
      const member = await build({ isProtected: true });
      await speakWith(agent, member);
      const request = await asked(agent, member, { act: 'letter', reason: 'no-contact' });
      expect((await end(supervisor, 'approve', request)).body.state).toBe('done');
    };
    await grant();
    const below = await queue();
    await grant();

    const items = await queue();

    expect(below).toEqual([]);
    expect(items).toMatchObject([
      {
        agentName: 'supervisor de test',
        signals: [{ signal: 'overrides', measure: 2, cause: expect.any(String) }],
      },
    ]);
    expect(items[0]?.can.decide.allowed).toBe(false);
  });

  test('an agent who sends twice what those present do, the quiet ones too, stands out', async () => {
    settle(server, { volume: { least: 2, from: 2 } });
    const send = async (client: Client) => {
      const member = await build();
      await speakWith(client, member);
      await answerRight(server, client, member);
      await askLetter(client, member);
    };
    await pageOf(supervisor, await build());
    await send(colleague);
    await send(agent);
    const below = await queue();
    await send(agent);

    const [item] = await queue();

    expect(below).toEqual([]);
    expect(item).toMatchObject({ kind: 'day', acts: 2, signals: [{ signal: 'volume', measure: 2 }] });
  });
});
