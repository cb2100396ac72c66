import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow } from '../server/audit/following.service.ts';
import { runOutbox } from '../server/messages/outbox.service.ts';
import { countFigures, recountFigures, runFigures } from '../server/supervision/figures-follow.service.ts';
import type { Figures } from '../server/supervision/figures.schema.ts';
import { placeAgents } from './support/figures.ts';
import { answer, answerRight, lockOut, pageOf, speakWith } from './support/callers.ts';
import { endCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { mobile } from './support/messages.ts';
import { contact } from './support/people.ts';
import { databases, moveTo, startServer, type TestServer } from './support/server.ts';

const [own, other] = ['mutuelle-agents-publics', 'mutuelle-imaginaire'] as const;

/**
 * A week whose figures are computed by hand. Wednesday 18 November: a member is locked, calls for six minutes, answers
 * as often as asked, is unblocked and told so. Another, of another organisation, is locked. Friday: the first calls
 * again for one minute, answers wrong once and asks for a letter.
 */
const aWeek = async (server: TestServer): Promise<void> => {
  const agent = await server.as('agent');
  const contacts = [contact('mobile', mobile)];
  const member = await buildHolder(server, { organisationId: own, password: 'Tilleul+2026!', contacts });
  const stranger = await buildHolder(server, { organisationId: other, password: 'Tilleul+2026!' });
  await lockOut(server, member);
  // Locked at the fifth.
  for (const _ of [1, 2]) await lockOut(server, stranger);
  const first = await speakWith(agent, member);
  await answerRight(server, agent, member);
  await act(agent, member, 'unblock', { reason: 'mistyped' });
  while ((await runOutbox(server.house)) > 0);
  server.clock.advance(6);
  await end(agent, first);

  await moveTo(server, '2026-11-20T09:00:00.000Z');
  const second = await speakWith(agent, member);
  await answer(agent, member, 'assurément faux');
  await act(agent, member, 'temporary-passwords', { channel: 'letter', reason: 'no-contact' });
  server.clock.advance(1);
  await end(agent, second);
};

const act = async (client: Client, member: Built, name: string, body: object): Promise<void> => {
  const { version } = await pageOf(client, member);
  expect(await client.post(`/api/members/${member.id}/${name}`, { ...body, version })).toMatchObject({
    status: expect.toSatisfy((status: number) => status < 300),
  });
};

const end = async (client: Client, { id }: { id: string }): Promise<void> => {
  const { version } = (await client.get('/api/calls/current')).body.call;
  expect(await endCall(client, { id, version } as Parameters<typeof endCall>[1])).toMatchObject({
    status: 200,
  });
};

describe.each(databases)('the figures of the desk on %s', (engine) => {
  let server: TestServer;
  let supervisor: Client;
  let sites: { nantes: string; empty: string };
  beforeAll(async () => {
    server = await startServer(engine);
    sites = await placeAgents(server);
    supervisor = await server.as('supervisor');
    await aWeek(server);
    await runFigures(server.house);
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const week = 'from=2026-11-16&to=2026-11-22';
  const ask = (query = week, client = supervisor): Promise<Answer> => client.get(`/api/figures?${query}`);
  const totals = ({ body }: Answer): Record<string, number | null> =>
    Object.fromEntries(
      (body as Figures).groups.flatMap(({ figures }) => figures.map(({ id, total }) => [id, total])),
    );
  const tallies = () =>
    server.house
      .pool('figure_days')
      .orderBy(['organisation_id', 'level', 'site_id', 'team', 'day', 'measure']);

  test('are those that one counts by hand', async () => {
    const found = await ask();

    expect(found.status).toBe(200);
    expect(totals(found)).toMatchObject({
      locks: 2,
      unblocks: 1,
      'acts-telephone': 2,
      'acts-back-office': 0,
      calls: 2,
      handling: 3.5,
      'settled-without-letter': 0.5,
      'first-contact': 0,
      repeated: 1,
      'repeated-share': 0.5,
      'proofs-failed': 1,
      'letters-asked': 1,
      'letters-posted': 0,
      'promises-share': null,
      'post-cost': 0,
    });
    // The SMS that tells of the unblock belongs to its call: six minutes at 0.80 euros, and one at 0.05.
    expect(totals(found)).toMatchObject({ sms: 1, emails: 0, 'cost-per-unblock': expect.closeTo(4.85, 6) });
    expect(found.body.waiting).toMatchObject({ total: 1, overdue: 0 });
    expect(found.body.countedUntil).toBe('2026-11-20T09:01:00.000Z');
  });

  test('stand on their days, weeks and months', async () => {
    const byDay = await ask();
    const byMonth = await ask('from=2026-10-20&to=2026-11-22&by=month');
    const calls = ({ body }: Answer) =>
      (body as Figures).groups.flatMap(({ figures }) => figures).find(({ id }) => id === 'calls')?.values;

    expect(calls(byDay)).toEqual([0, 0, 1, 0, 1, 0, 0]);
    expect(byDay.body.stretches[2]).toEqual({
      from: '2026-11-18',
      to: '2026-11-18',
      label: '18/11',
      isProvisional: true,
    });
    expect(calls(byMonth)).toEqual([0, 2]);
    expect(byMonth.body.stretches.map(({ from, to }: { from: string; to: string }) => [from, to])).toEqual([
      ['2026-10-20', '2026-10-31'],
      ['2026-11-01', '2026-11-22'],
    ]);
  });

  test('of one organisation are its own, and another’s are not there', async () => {
    const mine = await ask(`${week}&organisation=${own}`);
    const stranger = await server.as('stranger');

    expect(totals(mine)).toMatchObject({ locks: 1, calls: 2 });
    expect(totals(await ask(week, stranger))).toMatchObject({ locks: 1, calls: 0 });
    const foreign = await ask(`${week}&organisation=${own}`, stranger);
    const absent = await ask(`${week}&organisation=nobody`, stranger);
    expect([foreign.status, foreign.body]).toEqual([404, absent.body]);
    const report = await stranger.get(`/api/figures/report?month=2026-11&organisation=${own}`);
    expect(report.status).toBe(404);
  });

  test('of a site are what its agents did; locks and waiting letters have none', async () => {
    const at = await ask(`${week}&site=${sites.nantes}`);
    expect(totals(at)).toMatchObject({ calls: 2, unblocks: 1, locks: null, 'locks-per-thousand': null });
    expect(at.body.waiting).toBeNull();
    expect((await ask(`${week}&site=${sites.empty}`)).status).toBe(404);
    expect((await ask(`${week}&site=no-such-site`)).body).toEqual(
      (await ask(`${week}&site=${sites.empty}`)).body,
    );
  });

  test('name a team of five agents, and no smaller one', async () => {
    const { body } = await ask(week);

    expect(body.sites).toEqual([{ id: sites.nantes, name: 'Nantes', teams: ['Accueil'] }]);
    expect(totals(await ask(`${week}&site=${sites.nantes}&team=Accueil`))).toMatchObject({ calls: 2 });
    const small = await ask(`${week}&site=${sites.nantes}&team=Relais`);
    expect(small).toMatchObject({ status: 404, body: { message: expect.stringContaining('trop petite') } });
    expect(small.body).toEqual((await ask(`${week}&site=${sites.nantes}&team=Personne`)).body);
    expect(await ask(`${week}&team=Accueil`)).toMatchObject({
      status: 400,
      body: { errors: { site: expect.stringContaining('site') } },
    });
  });

  test('name no agent anywhere', async () => {
    const text = JSON.stringify([(await ask()).body, await tallies()]);
    const agents = await server.house.pool('agents').select('id', 'name', 'username');

    for (const { id, name } of agents) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(name);
    }
  });

  test('counted again from the chain are the same', async () => {
    const followed = await tallies();

    const { events, frozenUntil } = await recountFigures(server.house);

    expect(await tallies()).toEqual(followed);
    expect(followed.length).toBeGreaterThan(10);
    expect([events, frozenUntil]).toEqual([
      Number((await server.house.pool('audit_head').first()).seq),
      null,
    ]);
  });

  test('counted again after an agent has moved stay where the agent worked then', async () => {
    const followed = await tallies();
    await server.house.pool('agents').where({ username: 'agent' }).update({ site_id: null, team: null });

    await recountFigures(server.house);

    expect(await tallies()).toEqual(followed);
    await server.house
      .pool('agents')
      .where({ username: 'agent' })
      .update({ site_id: sites.nantes, team: 'Accueil' });
  });

  test('a follower that dies before its place is written counts nothing twice', async () => {
    const before = await tallies();
    await lockOut(server, await buildHolder(server, { organisationId: own, password: 'Tilleul+2026!' }));

    const died = follow(server.house, 'figures', async (db, events) => {
      await countFigures(db, events);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    expect(await tallies()).toEqual(before);
    await Promise.all([runFigures(server.house), runFigures(server.house)]);

    expect(totals(await ask())).toMatchObject({ locks: 3 });
    expect(await runFigures(server.house)).toBe(0);
  });

  test('count accounts once a day, and tell locks of a thousand of them', async () => {
    const counted = await server.house.pool('figure_accounts').where({ organisation_id: own }).first();
    expect(counted).toMatchObject({ day: '2026-11-20' });
    await server.house.pool('figure_accounts').where({ organisation_id: own }).update({ accounts: 500 });

    const found = totals(await ask(`${week}&organisation=${own}`));
    expect(found['locks-per-thousand']).toBeCloseTo((Number(found.locks) / 500) * 1_000, 6);
  });

  test('are refused for bad days with what to do, and to whoever may not see them', async () => {
    const refused = await Promise.all([
      ask('from=2026-11-22&to=2026-11-16'),
      ask('from=2020-01-01&to=2026-11-16'),
      ask('from=hier'),
      ask('by=year'),
      supervisor.get('/api/figures/report?month=2026-13'),
      supervisor.get('/api/figures/report?month=2026-12'),
    ]);
    expect(refused.map(({ status, body }) => [status, Object.keys(body.errors)])).toEqual([
      [400, ['to']],
      [400, ['to']],
      [400, ['from']],
      [400, ['by']],
      [400, ['month']],
      [400, ['month']],
    ]);
    for (const account of ['agent', 'print-operator', 'auditor'])
      expect((await ask(week, await server.as(account))).status).toBe(403);
  });
});
