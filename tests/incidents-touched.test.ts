import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemVisit } from '../server/core/perform.ts';
import { makeCanaries } from '../server/imports/make-canaries.service.ts';
import type { BulkRequest } from '../server/supervision/bulk.schema.ts';
import type { Incident } from '../server/supervision/incidents.schema.ts';
import { hire } from './support/agents.ts';
import { speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { approve, eventsAbout, openIncident, organisation } from './support/incidents.ts';
import { printRoom } from './support/lots.ts';
import { textOfPages } from './support/paper.ts';
import {
  databases,
  deskPassword,
  moveTo,
  startServer,
  wednesday,
  type TestServer,
} from './support/server.ts';

describe.each(databases)('everyone touched on %s', (engine) => {
  let server: TestServer;
  let supervisor: Client;
  let incident: Incident;
  let looked: Built;
  let noted: Built;
  let agentId: string;
  beforeAll(async () => {
    server = await startServer(engine);
    supervisor = await server.as('supervisor');
    await moveTo(server, wednesday);
    incident = await openIncident(server, supervisor);
    const suspect = await hire(server, 'suspect', 'agent');
    agentId = (await server.house.pool('agents').where({ username: 'suspect' }).first()).id;
    looked = await buildHolder(server, {
      usualName: '=HYPERLINK("x")',
      firstName: '+33',
      memberNumber: 'H1',
    });
    noted = await buildHolder(server, { usualName: '@SUM(A1)', memberNumber: 'H2' });
    // Nobody, numbered as these two are: left out of all that follows.
    const [canary] = await makeCanaries(systemVisit(server.house, 'tests', [organisation]), organisation, 1);
    const outside = await buildHolder(server, { organisationId: 'mgen' });
    const untouched = await buildHolder(server);
    for (const id of [looked.id, noted.id, outside.id, canary]) await suspect.get(`/api/members/${id}`);
    await speakWith(suspect, noted);
    await suspect.post(`/api/members/${noted.id}/notes`, { text: 'Rappeler demain' });
    await (await server.as('agent')).get(`/api/members/${untouched.id}`);
    server.clock.advance(60);
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const span = { from: '2026-11-18T08:00:00.000Z', to: '2026-11-18T09:30:00.000Z' };
  const touched = (body: object, client = supervisor) =>
    client.post(`/api/incidents/${incident.id}/touched`, body);
  beforeEach(() => moveTo(server, '2026-11-18T10:00:00.000Z'));

  test('by an agent are those of the incident’s organisations, by what happened, and the look is recorded', async () => {
    const { body, status } = await touched({ agentId, ...span });
    const toKill = await supervisor.get(
      `/api/incidents/${incident.id}/to-kill?${new URLSearchParams({ agentId, ...span })}`,
    );

    expect(status).toBe(200);
    expect(toKill.body).toMatchObject({ people: 2, accounts: 2, counted: { secrets: 0, letters: 0 } });
    expect(body.counts).toMatchObject({
      people: 2,
      looked: { people: 2 },
      sent: { people: 0, times: 0 },
      printed: { people: 0, times: 0 },
    });
    expect(new Set(body.rows.map((row: { memberId: string }) => row.memberId))).toEqual(
      new Set([looked.id, noted.id]),
    );
    const viewed = (await eventsAbout(server, incident.id)).at(-1);
    expect(viewed).toMatchObject({
      type: 'incident.touched-viewed',
      data: { by: 'agent', members: 2, shown: expect.arrayContaining([looked.id, noted.id]) },
    });
  });

  test('by a site are those of whoever works or worked there; in a period those of everybody', async () => {
    const pool = server.house.pool;
    const site = await pool('sites').first('id');
    const siteId = site?.id ?? 'site-1';
    if (!site) {
      const columns = { id: siteId, name: 'Rennes', hours: '[]', created_at: wednesday };
      await pool('sites').insert({ ...columns, ...(await siteMore(server)) });
    }
    await pool('agents').where({ id: agentId }).update({ site_id: siteId });

    const bySite = await touched({ siteId, ...span });
    const byPeriod = await touched({ ...span, range: [0, 0] });
    const before = await touched({ from: '2026-11-17T00:00:00.000Z', to: '2026-11-17T01:00:00.000Z' });

    expect(bySite.body.counts.people).toBe(2);
    expect(byPeriod.body).toMatchObject({ total: 3, counts: { people: 3 } });
    expect(byPeriod.body.rows).toHaveLength(1);
    expect(before.body).toMatchObject({ total: 0, rows: [] });
  });

  test('by a lot are those whose sheets were printed in it', async () => {
    const room = printRoom(() => server);
    await room.clear();
    const letters = await room.letters(2);
    const lot = await room.release(await room.make());
    const before = await touched({ lotId: lot.id });
    await room.print(lot);

    const after = await touched({ lotId: lot.id });

    expect(before.body.counts.people).toBe(0);
    expect(after.body.counts).toMatchObject({ people: 2, printed: { people: 2, times: 2 } });
    expect(new Set(after.body.rows.map((row: { memberId: string }) => row.memberId))).toEqual(
      new Set(letters.map(({ memberId }) => memberId)),
    );
  });

  test('are asked for by one thing at a time, of one’s own, in a period that is one', async () => {
    const answers = [
      await touched({ agentId, siteId: 'x' }),
      await touched({ agentId: 'nobody' }),
      await touched({ siteId: 'nowhere' }),
      await touched({ lotId: 'none' }),
      await touched({ from: span.to, to: span.from }),
      await touched({ from: '2024-01-01T00:00:00.000Z' }),
      await touched({ range: [0, 100] }),
    ];

    expect(answers.map(({ status, body }) => [status, Object.keys(body.errors)[0]])).toEqual([
      [400, 'siteId'],
      [400, 'agentId'],
      [400, 'siteId'],
      [400, 'lotId'],
      [400, 'to'],
      [400, 'to'],
      [400, 'range'],
    ]);
  });

  test('are exported once more proof was given, with no cell a formula, and recorded', async () => {
    const path = `/api/incidents/${incident.id}/touched/export`;

    const bare = await supervisor.post(path, { agentId, ...span });
    const auditor = await (await server.as('auditor')).post(path, { agentId, password: deskPassword });
    const file = await supervisor.post(path, { agentId, ...span, password: deskPassword });

    expect(bare).toMatchObject({ status: 400 });
    expect(auditor.status).toBe(403);
    expect(file.status).toBe(200);
    const lines = String(file.body).replace('\ufeff', '').trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('Organisme;Organisme (code);N° adhérent');
    expect(lines[0]).toContain('Première fois (heure de Paris);Première fois (UTC)');
    const { name } = server.house.organisations.get(organisation) ?? {};
    for (const line of lines.slice(1)) {
      expect(line.startsWith(`${name};${organisation};`)).toBe(true);
      expect(line).toMatch(/;18\/11\/2026 10:0\d;2026-11-18T09:0\d:/);
    }
    const cells = lines.slice(1).flatMap((line) => line.split(';').map((cell) => cell.replace(/^"/, '')));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(file.body).toContain("'=HYPERLINK");
    const events = (await eventsAbout(server, incident.id)).filter(({ type }) => type.endsWith('exported'));
    expect(events).toMatchObject([{ data: { by: 'agent', members: 2 } }]);
  });

  test('make the figures for the 72 hours, without a name', async () => {
    const current = (await supervisor.get(`/api/incidents/${incident.id}`)).body as Incident;
    const uncounted = await supervisor.get(`/api/incidents/${incident.id}/report`);
    await supervisor.patch(`/api/incidents/${incident.id}`, {
      version: current.version,
      criteria: { agentId, ...span },
    });

    const report = await supervisor.get(`/api/incidents/${incident.id}/report`);
    const english = await supervisor.get(`/api/incidents/${incident.id}/report?language=en`);
    const figures = await (await server.as('auditor')).get(`/api/incidents/${incident.id}/figures`);

    const provisional = (await textOfPages(uncounted.bytes)).join(' ');
    for (const said of ['Recherche non encore enregistrée', 'Fiche consultée', 'Établi le 18 novembre 2026'])
      expect(provisional).toContain(said);
    expect(provisional).toContain('(2 personnes)');
    const text = (await textOfPages(report.bytes)).join(' ');
    for (const said of ['71 h', 'Fiche consultée', 'Personnes touchées', 'Liste nominative exportée'])
      expect(text).toContain(said);
    expect((await textOfPages(english.bytes)).join(' ')).toContain('71 h left');
    expect(figures.status).toBe(200);
    for (const whole of [text, String(figures.body)])
      for (const name of ['HYPERLINK', 'H1', agentId, 'suspect de test']) expect(whole).not.toContain(name);
    expect(figures.body).toContain('Échéance des 72 heures (heure de Paris);21/11/2026 10:00');
    expect(figures.body).toMatch(/\r\n18\/11\/2026 10:00;Incident ouvert\r\n/);
    expect(figures.body).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });

  test('are asked to be killed in words without a number; its alert ends with the request, however that ends', async () => {
    const path = `/api/incidents/${incident.id}/kill-requests`;
    const ask = (more: object = {}) => supervisor.post(path, { agentId, ...span, ...more });
    const second = await hire(server, 'second', 'supervisor');
    const alerts = () => server.house.pool('alerts').where({ kind: 'bulk-asked' });
    const wrong = [
      await ask({ why: 'Rappeler le 06 39 98 12 34' }),
      await ask({ why: 'Il est absent pour un cancer' }),
    ];

    const ends = [];
    for (const how of ['refused', 'withdrawn', 'approved', 'expired']) {
      const { id, version } = (await ask({ why: 'Sans motif' })).body as BulkRequest;
      const standing = await alerts().whereNull('ended_at');
      const refuse = `/api/bulk-requests/${id}/refuse`;
      if (how === 'refused') await second.post(refuse, { version });
      if (how === 'withdrawn') await supervisor.post(refuse, { version });
      if (how === 'approved') await approve(second, { id, version });
      if (how === 'expired') await moveTo(server, '2026-11-19T10:00:01.000Z');
      await server.work();
      const [ended] = await alerts().whereLike('subject', `bulk:${id}:%`);
      const told = (await eventsAbout(server, ended.id as string)).map(({ type }) => type);
      ends.push([standing.length, ended.seen_at === ended.ended_at, told]);
    }

    expect(wrong.map(({ status, body }) => [status, Object.keys(body.errors ?? {}), body.rule])).toEqual([
      [400, ['why'], undefined],
      [422, [], 'note-sensitive'],
    ]);
    expect(ends).toEqual(Array(4).fill([1, true, ['alert.raised', 'alert.ended']]));
    expect(await alerts().whereNull('ended_at')).toEqual([]);
  });
});

/** What a site has beside its name and hours, whatever columns there are by now. */
const siteMore = async ({ house }: TestServer): Promise<Record<string, unknown>> => {
  const columns = await house.pool('sites').columnInfo();
  return {
    ...('version' in columns && { version: 1 }),
    ...('no_unmasking' in columns && { no_unmasking: 0 }),
  };
};
