import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BulkRequest } from '../server/supervision/bulk.schema.ts';
import type { Incident } from '../server/supervision/incidents.schema.ts';
import { postedLetters } from '../server/letters/posted.service.ts';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { buildHolder } from './support/holders.ts';
import { approve, eventsAbout, openIncident, organisation } from './support/incidents.ts';
import { passwordOf, printRoom } from './support/lots.ts';
import {
  databases,
  deskPassword,
  moveTo,
  startServer,
  wednesday,
  type TestServer,
} from './support/server.ts';

const mgen = 'mgen';

describe.each(databases)('an incident on %s', (engine) => {
  let server: TestServer;
  let supervisor: Client;
  let stranger: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    supervisor = await server.as('supervisor');
    stranger = await server.as('stranger');
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  beforeEach(() => moveTo(server, wednesday));
  const change = (incident: Incident, more: object, client = supervisor) =>
    client.patch(`/api/incidents/${incident.id}`, { version: incident.version, ...more });

  test('shows its banner on the desks of its organisations until it is taken away or closed', async () => {
    const text = 'Le portail refuse les mots de passe : dites qu’il sera réparé ce soir.';
    const local = await hire(server, 'local', 'agent', [mgen]);
    const banners = async (client: Client) => (await client.get('/api/incident-banner')).body;

    const incident = await openIncident(server, supervisor, { kind: 'portal-fault', bannerText: text });
    const shown = await banners(await server.as('agent'));
    const elsewhere = [await banners(local), await banners(stranger)];
    const without = await change(incident, { bannerText: null });
    const afterwards = await banners(await server.as('agent'));
    const again = await change(without.body, { bannerText: text });
    const closed = await supervisor.post(`/api/incidents/${incident.id}/close`, {
      version: again.body.version,
    });

    expect(shown).toEqual([
      { incidentId: incident.id, title: 'Panne ou mauvaise mise en ligne du portail', text },
    ]);
    expect(elsewhere).toEqual([[], []]);
    expect(afterwards).toEqual([]);
    expect(closed.body).toMatchObject({ state: 'closed', bannerText: null });
    expect(await banners(await server.as('agent'))).toEqual([]);
    const events = await eventsAbout(server, incident.id);
    expect(events.map(({ type, data }) => [type, data.banner])).toEqual([
      ['incident.opened', undefined],
      ['incident.changed', false],
      ['incident.changed', true],
      ['incident.closed', undefined],
    ]);
    expect(JSON.stringify(events)).not.toContain('réparé');
  });

  test('counts 72 hours from when it was known', async () => {
    const incident = await openIncident(server, supervisor, { beganAt: '2026-11-16T00:00:00.000Z' });

    const noted = await change(incident, { notifiedAt: wednesday });

    expect(incident).toMatchObject({
      state: 'open',
      knownAt: wednesday,
      deadlineAt: '2026-11-21T09:00:00.000Z',
      notifiedAt: null,
      openedByName: 'supervisor de test',
    });
    expect(noted.body).toMatchObject({ notifiedAt: wednesday, version: 2 });
  });

  test('says at the field what is wrong, and opens nothing', async () => {
    const before = (await supervisor.get('/api/incidents')).body.length;
    const ahead = '2026-11-18T09:00:01.000Z';
    const open = (more: object) =>
      supervisor.post('/api/incidents', {
        ...{ kind: 'other', organisationIds: [organisation], beganAt: wednesday, knownAt: wednesday },
        ...more,
      });

    const answers = [
      await open({ organisationIds: ['mutuelle-inconnue'] }),
      await open({ organisationIds: [] }),
      await open({ knownAt: ahead }),
      await open({ beganAt: ahead }),
      await open({ kind: 'fire' }),
      await open({ bannerText: 'Appelez le 06 39 98 00 01' }),
      await open({ knownAt: 'hier' }),
    ];

    expect(answers.map(({ status, body }) => [status, Object.keys(body.errors)[0]])).toEqual([
      [400, 'organisationIds'],
      [400, 'organisationIds'],
      [400, 'knownAt'],
      [400, 'beganAt'],
      [400, 'kind'],
      [400, 'bannerText'],
      [400, 'knownAt'],
    ]);
    expect((await supervisor.get('/api/incidents')).body).toHaveLength(before);
  });

  test('is nothing to other organisations, to other roles, and to who comes second', async () => {
    const incident = await openIncident(server, supervisor);
    const path = `/api/incidents/${incident.id}`;
    const absent = '/api/incidents/00000000-0000-4000-8000-000000000000';

    const foreign = await stranger.get(path);
    const none = await stranger.get(absent);
    const answers = [
      await change(incident, { bannerText: 'x' }, stranger),
      await stranger.post(`${path}/touched`, {}),
      await stranger.post(`${path}/kill-requests`, {}),
      await change(incident, { bannerText: 'x' }, await server.as('agent')),
      await change(incident, { bannerText: 'x' }, await server.as('auditor')),
      await change({ ...incident, version: 7 }, { bannerText: 'x' }),
    ];

    const bare = ({ body: { requestId: _id, ...body }, status }: typeof foreign) => ({ status, body });
    expect(bare(foreign)).toEqual(bare(none));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 403, 403, 409]);
    expect((await stranger.get('/api/incidents')).body).toEqual([]);
    expect((await supervisor.get(path)).body).toMatchObject({ bannerText: null, version: 1 });
  });

  test('of several organisations is seen by each, and changed by who has them all', async () => {
    const incident = await openIncident(server, supervisor, { organisationIds: [mgen, organisation] });
    const partial = await hire(server, 'partial', 'supervisor', [mgen]);

    const seen = await partial.get(`/api/incidents/${incident.id}`);
    const refused = await change(incident, { bannerText: 'x' }, partial);

    expect(seen.body).toMatchObject({ organisationIds: [mgen], can: { manage: { allowed: false } } });
    expect(refused).toMatchObject({ status: 422, body: { rule: 'incident.not-whole' } });
  });

  test('tells of an export once, whose list names people of two organisations', async () => {
    const beganAt = '2026-11-18T08:00:00.000Z';
    await moveTo(server, beganAt);
    const agent = await server.as('agent');
    for (const organisationId of [mgen, organisation])
      await agent.get(`/api/members/${(await buildHolder(server, { organisationId })).id}`);
    await moveTo(server, wednesday);
    const organisationIds = [mgen, organisation];
    const incident = await openIncident(server, supervisor, { beganAt, organisationIds });
    const path = `/api/incidents/${incident.id}`;

    const list = await supervisor.post(`${path}/touched/export`, { password: deskPassword });
    const figures = await supervisor.get(`${path}/figures`);

    expect(String(list.body).trim().split('\r\n')).toHaveLength(3);
    expect(String(figures.body).match(/Liste nominative exportée/g)).toHaveLength(1);
  });

  test('ends the letters too that its agent sent: those that wait, and those on paper, which is destroyed', async () => {
    const room = printRoom(() => server);
    const agent = await server.as('agent');
    await room.clear();
    const [first, other] = await room.letters(2);
    const released = await room.release(await room.make());
    const printed = await room.print(released);
    const lot = await room.count(await room.show(released));
    const [uncounted] = await room.letters(1);
    const fresh = await room.release(await room.make());
    await room.print(fresh);
    const [inLot] = await room.letters(1);
    await room.make();
    const [waiting] = await room.letters(1);
    const touched = [first, uncounted, inLot, waiting];
    if (!first || !other || !waiting) throw new Error('too few');
    for (const letter of touched) await agent.get(`/api/members/${letter?.memberId}`);
    await moveTo(server, '2026-11-18T10:00:00.000Z');
    const incident = await openIncident(server, supervisor, { beganAt: wednesday });
    const { id: agentId } = (await agent.get('/api/me')).body;
    const path = `/api/incidents/${incident.id}`;

    const before = await supervisor.get(`${path}/to-kill?agentId=${agentId}`);
    const asked = await supervisor.post(`${path}/kill-requests`, { agentId, withLetters: true });
    await server.house.pool('letters').where({ id: waiting.id }).update({ state: 'cancelled' });
    const second = await hire(server, 'second', 'supervisor');
    const again = (await second.get(`/api/bulk-requests/${asked.body.id}`)).body as BulkRequest;
    const auditor = await (await server.as('auditor')).get(`${path}/to-kill?agentId=${agentId}`);
    await approve(second, asked.body);
    await server.work();
    const done = (await second.get(`/api/bulk-requests/${asked.body.id}`)).body as BulkRequest;

    const ways = { secrets: 0, temporary: 0, links: 0, codes: 0, printed: 2 };
    expect(before.body).toEqual({ people: 4, accounts: 4, counted: { ...ways, letters: 4 } });
    expect(auditor.status).toBe(403);
    expect(again).toMatchObject({ counted: { letters: 4 }, countedNow: { ...ways, letters: 3 } });
    expect(done).toMatchObject({ state: 'done', hit: 3, secrets: 2, letters: 3, countedNow: null });
    // What the print room is left with.
    const states = await server.house.pool('letters').whereIn(
      'id',
      [...touched, other].map((one) => one?.id ?? ''),
    );
    expect(new Map(states.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [first.id, 'superseded'],
        [uncounted?.id, 'superseded'],
        [inLot?.id, 'cancelled'],
        [waiting.id, 'cancelled'],
        [other.id, 'printed'],
      ]),
    );
    const after = await room.show(lot);
    expect(after).toMatchObject({ state: 'counted', printed: 2, spoiled: 1, version: lot.version + 1 });
    const inGood = { good: 1, spoiled: [], version: (await room.show(fresh)).version };
    const left = await (await room.api('print-operator')).post(`/api/lots/${fresh.id}/count`, inGood);
    expect(left).toMatchObject({
      status: 400,
      body: { errors: { spoiled: expect.stringContaining('feuilles 1') } },
    });
    await room.count(await room.show(fresh), [1]);
    const waste = await server.house.pool('destructions');
    const { sheet } = await server.house.pool('letters').where({ id: first.id }).first();
    const entered = waste.map((one) => [one.kind, one.lot_id, Number(one.from_sheet), Number(one.sheets)]);
    expect(new Set(entered.map(String))).toEqual(
      new Set([`incident,${lot.id},${sheet},1`, `incident,${fresh.id},1,1`]),
    );
    expect(entered).toHaveLength(2);
    const deposited = await room.deposit(after);
    const { depositedAt } = deposited;
    expect(await postedLetters(server.house.pool, lot.id, depositedAt ?? '')).toHaveLength(1);
    expect((await room.knock(first, passwordOf(first, printed))).status).toBe(401);
    expect((await room.knock(other, passwordOf(other, printed))).status).toBe(200);
  });
});
