import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../server/audit/alerts.schema.ts';
import { addDays } from '../server/core/calendar.ts';
import { runReviewAlerts } from '../server/supervision/review-alert.service.ts';
import type { OwnReview, Review, ReviewSignals } from '../server/supervision/reviews.schema.ts';
import { hire } from './support/agents.ts';
import { openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, dataOf } from './support/recoveries.ts';
import { forget, judge, listed, opened, reviewed, settle } from './support/reviews.ts';
import { databases, moveTo, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what becomes of an item under review, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  let second: Client;
  let day = '2026-11-17';
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, supervisor] = [await server.as('agent'), await server.as('supervisor')];
    second = await hire(server, 'second-supervisor', 'supervisor');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    settle(
      server,
      { 'back-office': { structuralFrom: 100 } },
      { sampleOneIn: 2 ** 48, today: { ...server.house.reviewSettings.today, oldestHours: 72, score: 12 } },
    );
    day = addDays(day, 1);
    await moveTo(server, `${day}T09:00:00.000Z`);
    await forget(server);
    await server.house.pool('alerts').delete();
  });

  /** A letter that nobody asked for. */
  const letterFor = async (client: Client): Promise<Built> => {
    const member = await buildMember(server, 'safiag', { password: undefined });
    await openCall(client, { caller: 'unsaid' });
    const body = { channel: 'letter', reason: 'no-contact', version: 1 };
    expect((await client.post(`/api/members/${member.id}/temporary-passwords`, body)).status).toBe(200);
    return member;
  };
  const queue = (filter: object = { open: true }) => reviewed(server, supervisor, filter);
  const item = async (client = agent): Promise<{ review: Review; member: Built }> => {
    const member = await letterFor(client);
    const review = (await queue()).find((one) => one.memberId === member.id);
    if (!review) throw new Error('Nothing stands in the queue.');
    return { review, member };
  };
  const ownOf = async (client: Client): Promise<OwnReview[]> => (await client.get('/api/own-reviews')).body;
  const answer = (client: Client, { id }: { id: string }, text: string, more: object = {}): Promise<Answer> =>
    client.post(`/api/own-reviews/${id}/answer`, { answer: text, ...more });
  const explain = { verdict: 'to-explain', word: 'Qui l’a demandé ?' };

  test('the agent explains themselves, once; the supervisor reads it and has the last word', async () => {
    const { review, member } = await item();
    const early = await answer(agent, review, 'Trop tôt');
    const asked = (await judge(supervisor, review, explain)).body as Review;
    const away = await listed(supervisor, { open: true });

    const said = await answer(agent, review, 'Elle a rappelé d’une autre ligne.');
    const again = await answer(agent, review, 'Autre chose');
    const back = await listed(supervisor, { open: true });
    const stale = await judge(second, asked);
    const page = await opened(second, review);
    const settled = await judge(second, page);
    const late = await answer(agent, review, 'Encore');

    expect([early, again, late].map(({ status }) => status)).toEqual([404, 409, 409]);
    expect(said).toMatchObject({
      status: 200,
      body: { answer: 'Elle a rappelé d’une autre ligne.', can: { answer: false } },
    });
    expect([away.length, back.map(({ id }) => id)]).toEqual([0, [review.id]]);
    expect(stale).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('s’est expliqué') },
    });
    expect(page).toMatchObject({ answer: 'Elle a rappelé d’une autre ligne.', verdict: 'to-explain' });
    expect(settled).toMatchObject({ status: 200, body: { verdict: 'ordinary', can: { decide: {} } } });
    expect(await listed(supervisor, { open: true })).toEqual([]);
    const events = await server.house.pool('audit_events').where({ member_id: member.id });
    expect(events.map(({ type }) => type as string)).toContain('review.answered');
    expect(JSON.stringify(events)).not.toContain('autre ligne');
  });

  test('once the agent has explained themselves they are not asked again: a verdict settles it', async () => {
    const { review, member } = await item();
    const asked = (await judge(supervisor, review, explain)).body as Review;
    const other = (await judge(second, asked, { ...explain, word: 'Et pour quand ?' })).body as Review;
    await answer(agent, review, 'Elle a rappelé.');
    const page = await opened(supervisor, review);

    const again = await judge(supervisor, page, explain);
    const left = await listed(supervisor, { open: true });
    const settled = await judge(supervisor, page, { verdict: 'fault', word: 'Sans motif' });

    expect([asked, other, page].map(({ can }) => can.explain.allowed)).toEqual([true, true, false]);
    expect(again).toMatchObject({
      status: 422,
      body: { rule: 'review.unexplained', message: expect.stringContaining('ordinaire ou faute') },
    });
    expect(left).toMatchObject([{ id: review.id, word: 'Et pour quand ?', answer: 'Elle a rappelé.' }]);
    expect(settled).toMatchObject({ status: 200, body: { verdict: 'fault', answer: 'Elle a rappelé.' } });
    expect(await dataOf(server, 'review.decided', { member_id: member.id })).toHaveLength(3);
  });

  test('nobody else answers, and an answer is checked as every word about a person', async () => {
    const { review } = await item();
    await judge(supervisor, review, explain);
    const text = 'Elle a rappelé.';

    const others = [
      await answer(await server.as('colleague'), review, text),
      await answer(supervisor, review, text),
      await answer(await server.as('stranger'), review, text),
      await answer(await server.as('auditor'), review, text),
    ];
    const wrong = [
      await answer(agent, review, '  '),
      await answer(agent, review, 'x'.repeat(201)),
      await answer(agent, review, 'Rappelée au 06 39 98 12 34'),
      await answer(agent, review, 'Elle a un cancer'),
    ];

    expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 403]);
    expect(wrong.map(({ status, body }) => [status, Object.keys(body.errors ?? {})])).toEqual([
      ...Array(3).fill([400, ['answer']]),
      [422, []],
    ]);
    expect((await ownOf(agent))[0]).toMatchObject({ answer: null, can: { answer: true } });
    const confirmed = await answer(agent, review, 'Elle a un cancer', { confirmed: true });
    expect(confirmed.status).toBe(200);
  });

  test('of two answers at once one is kept', async () => {
    const { review, member } = await item();
    await judge(supervisor, review, explain);

    const both = await Promise.all(['Une', 'Deux'].map((text) => answer(agent, review, text)));

    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await dataOf(server, 'review.answered', { member_id: member.id })).toHaveLength(1);
    const kept = both.find(({ status }) => status === 200)?.body.answer;
    expect((await ownOf(agent))[0]?.answer).toBe(kept);
  });

  test('says what was done and to whom: the end of a number in a list, a name on the page that is a look', async () => {
    const { review, member } = await item();
    const { member_number: number, usual_name: name } = await server.house
      .pool('members')
      .where({ id: member.id })
      .first();

    const page = await opened(supervisor, review);
    await judge(supervisor, page, explain);
    const own = await agent.get('/api/own-reviews');

    expect(review).toMatchObject({ what: ['letter.requested'], who: { memberId: member.id, name: null } });
    expect(review.who?.number).toBe(`•••${(number as string).slice(-3)}`);
    expect(page.who).toMatchObject({ number, name: expect.stringContaining(name as string) });
    expect(page.members).toEqual([page.who]);
    expect(own.body).toMatchObject([{ what: ['letter.requested'], who: review.who }]);
    const consulted = await supervisor.get(`/api/members/${member.id}/consultations`);
    expect(JSON.stringify(consulted.body)).toContain('Contrôle');
  });

  test('a cause that holds one’s own item is not one’s own to decide, and says what its items were', async () => {
    settle(server, { 'back-office': { structuralFrom: 3 } });
    for (const client of [agent, await server.as('colleague'), supervisor]) await letterFor(client);
    const [cause] = await reviewed(server, second, { open: true });
    if (!cause) throw new Error('No cause.');
    const seen = (await listed(supervisor, { open: true }))[0];

    const own = await judge(supervisor, cause);
    const explained = await judge(second, cause, explain);
    const other = await judge(second, cause);

    expect(explained).toMatchObject({ status: 422, body: { rule: 'review.unexplained' } });
    expect(cause).toMatchObject({
      kind: 'cause',
      what: ['letter.requested'],
      can: { decide: { allowed: true } },
    });
    expect(seen?.can.decide).toMatchObject({
      allowed: false,
      why: expect.stringContaining('un autre superviseur'),
    });
    expect(own).toMatchObject({ status: 422, body: { rule: 'review.own' } });
    expect(other).toMatchObject({ status: 200, body: { verdict: 'ordinary' } });
    const inside = await listed(second, { partOf: cause.id });
    expect(inside).toHaveLength(3);
    expect(inside.every(({ what, who }) => what.length === 1 && who?.name === null)).toBe(true);
  });

  const alerts = async () =>
    (await supervisor.get('/api/alerts?filter={"kind":"reviews-waiting"}&sort=["lastAt","DESC"]'))
      .body as Alert[];

  test('what waits too long alerts once for its organisation, until it is decided', async () => {
    const { review } = await item();
    await item();
    await runReviewAlerts(server.house);
    const young = await alerts();
    await moveTo(server, `${addDays(day, 3)}T09:00:00.000Z`);

    await Promise.all([runReviewAlerts(server.house), runReviewAlerts(server.house)]);
    await runReviewAlerts(server.house);
    const [alert, ...more] = await alerts();
    await supervisor.post(`/api/alerts/${alert?.id}/seen`, { version: alert?.version });
    await runReviewAlerts(server.house);
    const seen = await alerts();
    for (const { id, version } of await listed(supervisor, { open: true }))
      await judge(second, { id, version });
    await runReviewAlerts(server.house);
    day = addDays(day, 3);

    expect(young).toEqual([]);
    expect([alert?.organisationId, alert?.endedAt, more]).toEqual(['safiag', null, []]);
    expect(alert?.message).toContain('Le plus ancien attend depuis 3 jour(s)');
    expect(seen).toHaveLength(1);
    expect(await alerts()).toMatchObject([{ endedAt: expect.any(String), seenAt: seen[0]?.seenAt }]);
    expect(review.score).toBeLessThan(12);
  });

  test('a grave one alerts at once, and again once it had ended', async () => {
    settle(server, {}, { today: { ...server.house.reviewSettings.today, score: 3 } });
    for (const _time of [1, 2]) {
      const { review } = await item();
      expect(await runReviewAlerts(server.house)).toBe(1);
      expect((await alerts()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
      await judge(supervisor, review);
      expect(await runReviewAlerts(server.house)).toBe(1);
      expect((await alerts()).filter(({ endedAt }) => endedAt === null)).toEqual([]);
    }

    const shown = (await supervisor.get('/api/review-signals')).body as ReviewSignals;
    expect(shown.today).toMatchObject({ score: 3, oldestHours: 72 });
    expect(shown.farFromDesk).toMatchObject({ hours: 8, least: 25, timesMedian: 4 });
  });
});
