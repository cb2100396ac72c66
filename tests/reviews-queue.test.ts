import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { monthsBefore } from '../server/audit/retention.service.ts';
import { addDays } from '../server/core/calendar.ts';
import { forgetOldReviews } from '../server/supervision/review-retention.service.ts';
import type { ReviewSettings } from '../server/supervision/review-settings.schema.ts';
import type { Review, ReviewSignals } from '../server/supervision/reviews.schema.ts';
import { hire } from './support/agents.ts';
import { seededBytes } from './support/chance.ts';
import { pageOf } from './support/callers.ts';
import { openCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember } from './support/recoveries.ts';
import { forget, judge, listed, opened, reviewed, settle, signalIn } from './support/reviews.ts';
import { databases, moveTo, startServer, type TestServer } from './support/server.ts';

const never = 2 ** 48;
const kept = 'Cet élément a passé la durée de conservation : seuls ses nombres restent.';

describe.each(databases)('what stands in the review queue, on %s', (engine) => {
  let server: TestServer;
  let usual: ReviewSettings;
  let agent: Client;
  let colleague: Client;
  let third: Client;
  let supervisor: Client;
  let day = '2026-11-17';
  beforeAll(async () => {
    server = await startServer(engine);
    usual = server.house.reviewSettings;
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
    third = await hire(server, 'third', 'agent');
    supervisor = await server.as('supervisor');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.house.reviewSettings = usual;
    settle(server, { 'back-office': { structuralFrom: 100 } }, { sampleOneIn: never });
    day = addDays(day, 1);
    await moveTo(server, `${day}T09:00:00.000Z`);
    await forget(server);
  });

  const queue = (filter: object = { open: true }) => reviewed(server, supervisor, filter);
  const build = () => buildMember(server, 'safiag', { password: undefined });
  /** A letter that nobody asked for. */
  const backOffice = async (client: Client): Promise<Built> => {
    const member = await build();
    await openCall(client, { caller: 'unsaid' });
    const body = { channel: 'letter', reason: 'no-contact', version: 1 };
    const path = `/api/members/${member.id}/temporary-passwords`;
    expect((await client.post(path, body)).status).toBe(200);
    return member;
  };
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let n = 0; n < count; n += 1) await work();
  };

  test('a burst of one agent is one item that grows, after the first members', async () => {
    settle(server, {}, { gatherFrom: 2 });
    await times(3, () => backOffice(agent));
    const before = await queue();
    await times(2, () => backOffice(agent));

    const after = await queue();
    const [burst, ...cases] = after;

    expect(before.map(({ kind }) => kind)).toEqual(['day', 'case', 'case']);
    expect(cases.map(({ kind }) => kind)).toEqual(['case', 'case']);
    expect(burst).toMatchObject({ id: before[0]?.id, kind: 'day', acts: 3, score: 9 });
    expect(burst?.signals.map(({ signal }) => signal)).toEqual(['gathered', 'back-office']);
    expect(burst?.version).toBeGreaterThan(before[0]?.version ?? 0);
  });

  test('the draw follows the house’s randomness: the same seed, the same acts', async () => {
    const { random } = server.house;
    settle(server, { 'back-office': { from: 2 } }, { sampleOneIn: 3 });
    const members = [];
    for (let n = 0; n < 4; n += 1) members.push(await backOffice(agent));
    const seed = engine === 'sqlite' ? 7 : 11;
    const drawing = seededBytes(seed);
    const expected = members.filter(() => Buffer.from(drawing(6)).readUIntBE(0, 6) % 3 === 0);

    server.house.random = { ...random, bytes: seededBytes(seed) };
    const items = await queue({ sampled: true });
    server.house.random = random;

    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(4);
    expect(items.map(({ memberId }) => memberId).sort()).toEqual(expected.map(({ id }) => id).sort());
    expect(items[0]).toMatchObject({ isSampled: true, score: 1, signals: [{ signal: 'sample' }] });
    expect(await listed(supervisor, { sampled: false })).toEqual([]);
  });

  describe('what several agents share', () => {
    beforeEach(() => settle(server, { 'back-office': { structuralFrom: 3 } }));

    test('is reported once, as the cause and how many, and its items can still be read one by one', async () => {
      const members = [await backOffice(agent), await backOffice(colleague), await backOffice(agent)];
      const apart = await queue();
      members.push(await backOffice(third));

      const items = await queue();
      const [cause] = items;
      const inside = await listed(supervisor, { partOf: cause?.id });

      expect(apart.map(({ kind }) => kind)).toEqual(['case', 'case', 'case']);
      expect(items).toMatchObject([
        { kind: 'cause', agentId: null, memberId: null, acts: 4, score: 6, organisationId: 'safiag' },
      ]);
      expect(signalIn(cause, 'back-office')).toMatchObject({ measure: 3 });
      expect(inside.map(({ memberId }) => memberId).sort()).toEqual(members.map(({ id }) => id).sort());
      // Whoever comes later that day joins it.
      await backOffice(third);
      expect(await queue()).toMatchObject([{ id: cause?.id, acts: 5 }]);
    });

    test('hides nothing else: an item with another signal stays, less that one', async () => {
      settle(server, { looks: { from: 1 } });
      await pageOf(agent, await build());
      await openCall(agent, { caller: 'unsaid' });
      for (const client of [agent, colleague, third]) await backOffice(client);

      const items = await queue();

      expect(items.map(({ kind }) => kind)).toContain('cause');
      expect(items.find(({ kind }) => kind === 'day')).toMatchObject({
        score: 4,
        signals: [{ signal: 'looks' }],
      });
    });

    test('one agent alone never makes it, however often', async () => {
      await times(3, () => backOffice(agent));

      expect((await queue()).map(({ kind }) => kind)).toEqual(['case', 'case', 'case']);
    });

    test('a verdict on it settles what stands in it, and what comes later that day stands for itself', async () => {
      for (const client of [agent, colleague, third]) await backOffice(client);
      const [cause] = (await queue()) as [Review];

      const judged = await judge(supervisor, cause, {
        verdict: 'ordinary',
        word: 'Saisie du courrier du matin',
      });
      await backOffice(colleague);

      expect(judged).toMatchObject({ status: 200, body: { verdict: 'ordinary' } });
      const later = await queue();
      expect(later).toHaveLength(1);
      expect(later[0]).toMatchObject({ kind: 'case', verdict: null });
      const inside = await listed(supervisor, { partOf: cause.id });
      expect(inside.map(({ id }) => id)).not.toContain(later[0]?.id);
      expect(inside.filter(({ verdict }) => verdict === 'by-cause')).toHaveLength(3);
      // It was no verdict on anybody's own act.
      expect((await agent.get('/api/own-reviews')).body).toEqual([]);
    });
  });

  test('each signal says what it costs now, and at other thresholds', async () => {
    settle(server, { 'back-office': { from: 2 }, looks: { from: 4 } });
    await times(2, () => backOffice(agent));
    await times(3, async () => void (await pageOf(colleague, await build())));
    await queue();
    const costs = async (): Promise<ReviewSignals> => (await supervisor.get('/api/review-signals')).body;
    const of = (all: ReviewSignals, name: string) => all.signals.find(({ signal }) => signal === name);

    const strict = await costs();
    settle(server, { looks: { from: 3 } });
    const loose = await costs();

    expect(strict).toMatchObject({ overDays: 30, daysWithActs: 1, acts: 2, days: [] });
    expect(of(strict, 'looks')).toMatchObject({
      rate: { from: 4, alarms: 0, perDay: 0, perThousandActs: 0 },
      otherwise: [
        { from: 2, alarms: 1 },
        { from: 8, alarms: 0 },
      ],
    });
    expect(of(loose, 'looks')?.rate).toEqual({ from: 3, alarms: 1, perDay: 1, perThousandActs: 500 });
    expect(of(strict, 'back-office')).toMatchObject({
      rate: { alarms: 0 },
      otherwise: [
        { from: 1, alarms: 2 },
        { from: 4, alarms: 0 },
      ],
    });
  });

  test('past the audit’s retention an item keeps its numbers and nothing that leads to a person', async () => {
    const members = [await backOffice(agent), await backOffice(agent)];
    const [review, waits] = (await queue()) as [Review, Review];
    const signals = async () => (await supervisor.get('/api/review-signals')).body as ReviewSignals;
    const rows = (table: string, id = 'id') =>
      server.house.pool(table).whereIn(id, [review.id, waits.id]).orderBy(id);
    const told = await signals();
    await judge(supervisor, review, { verdict: 'to-explain', word: 'Qui l’a demandé ?' });
    await agent.post(`/api/own-reviews/${review.id}/answer`, { answer: 'Elle a rappelé.' });
    const asked = await opened(supervisor, review);
    const before = await rows('review_signals', 'review_id');
    expect(await forgetOldReviews(server.house)).toBe(0);
    const { clock, auditRetentionMonths } = server.house;
    const later = new Date(`${addDays(day, auditRetentionMonths * 31)}T09:00:00.000Z`);
    server.house.clock = () => later;

    const forgotten = await forgetOldReviews(server.house).finally(() => (server.house.clock = clock));
    const emptied = await rows('reviews');
    const late = [await judge(supervisor, asked), await judge(supervisor, waits)];

    expect(forgotten).toBe(2);
    expect(await rows('review_signals', 'review_id')).toEqual(before);
    expect(await rows('review_acts', 'review_id')).toEqual([]);
    expect(emptied.map(({ verdict }) => verdict as string | null).sort()).toEqual([null, 'to-explain']);
    for (const row of emptied) expect(row).toMatchObject({ score: 3, day, organisation_id: 'safiag' });
    const said = ['Qui l’a demandé', 'rappelé', review.agentId, ...members.map(({ id }) => id)];
    for (const gone of said) expect(JSON.stringify(emptied)).not.toContain(gone);
    for (const { status, body } of late) expect([status, body.message]).toEqual([409, kept]);
    expect((await agent.get('/api/own-reviews')).body).toEqual([]);
    // What nobody looked at is said beforehand, leaves the queue, and counts as such ever after.
    expect(told.waiting.oldestAt).toBe([review.firstAt, waits.firstAt].sort()[0]);
    expect(told.waiting.forgottenAt).toBe(
      monthsBefore(new Date(told.waiting.oldestAt ?? ''), -auditRetentionMonths),
    );
    expect(await queue()).toEqual([]);
    expect(await signals()).toMatchObject({
      neverDecided: told.neverDecided + 1,
      waiting: { oldestAt: null },
    });
  });

  test('what happened before the days that are counted is left alone', async () => {
    const old = await backOffice(agent);
    day = addDays(day, 31);
    await moveTo(server, `${day}T09:00:00.000Z`);
    const recent = await backOffice(agent);

    const items = await queue();

    expect(items.map(({ memberId }) => memberId)).toEqual([recent.id]);
    expect(old.id).not.toBe(recent.id);
    const page = items[0] && (await opened(supervisor, items[0]));
    expect(page?.happened.map(({ type }) => type)).toEqual(['letter.requested']);
  });
});
