import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Incident } from '../server/supervision/incidents.schema.ts';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { eventsAbout, openIncident, organisation } from './support/incidents.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

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
  afterAll(() => server.stop());
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
});
