import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runBulk } from '../server/supervision/bulk-worker.ts';
import type { BulkRequest } from '../server/supervision/bulk.schema.ts';
import type { Incident } from '../server/supervision/incidents.schema.ts';
import { hire } from './support/agents.ts';
import { buildLetters } from './support/build.ts';
import type { Client } from './support/client.ts';
import { buildHolder, eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { approve, eventsAbout, openIncident, organisation } from './support/incidents.ts';
import { oneTimeIn } from './support/one-time.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('killing live secrets in bulk on %s', (engine) => {
  let server: TestServer;
  let supervisor: Client;
  let second: Client;
  let incident: Incident;
  let members: Built[];
  let secrets: string[];
  /** Where a test lets a batch die. */
  let dieIn: number | null = null;
  beforeAll(async () => {
    server = await startServer(engine, {
      reached: (point) => {
        if (point !== 'bulk-step' || dieIn === null) return;
        dieIn -= 1;
        if (dieIn < 0) throw new Error('died between two batches');
      },
    });
    supervisor = await server.as('supervisor');
    second = await hire(server, 'second', 'supervisor');
  });
  afterAll(() => server.stop());
  /** Three members whom the agent looked at, each with a live temporary password. */
  beforeEach(async () => {
    dieIn = null;
    await moveTo(server, wednesday);
    const agent = await server.as('agent');
    members = [];
    secrets = [];
    for (let n = 0; n < 3; n += 1) {
      const member = await buildHolder(server, { password: 'Tilleul+2026!' });
      members.push(member);
      secrets.push(await giveTemporary(server, member, 'live'));
      await agent.get(`/api/members/${member.id}`);
    }
    await moveTo(server, '2026-11-18T10:00:00.000Z');
    incident = await openIncident(server, supervisor, { beganAt: wednesday });
  });

  const agentId = async () => (await server.house.pool('agents').where({ username: 'agent' }).first()).id;
  const ask = async (more: object = {}, client = supervisor) =>
    client.post(`/api/incidents/${incident.id}/kill-requests`, { agentId: await agentId(), ...more });
  const asked = async (more: object = {}): Promise<BulkRequest> => {
    const answer = await ask(more);
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const show = async ({ id }: { id: string }): Promise<BulkRequest> =>
    (await supervisor.get(`/api/bulk-requests/${id}`)).body;
  const statesOf = async (some = members) =>
    (
      await server.house
        .pool('credentials')
        .whereIn(
          'account_id',
          some.map(({ accountId }) => accountId),
        )
        .whereNot({ kind: 'repudiation' })
    ).map(({ state, ended_as: as }) => (as ? `${state}: ${as}` : state));
  const knock = (member: Built | undefined, password = '') =>
    server
      .anonymous()
      .post(`/portal/api/${organisation}/sign-in`, { identifier: member?.identifier, password });

  test('asked by one, approved by another, ends what opens the accounts and nothing else', async () => {
    const untouched = await buildHolder(server, {});
    await giveTemporary(server, untouched, 'live');
    const [first] = members;
    if (first) await oneTimeIn(server.house).makeLinkFor(first);
    const request = await asked();
    const waiting = await statesOf();

    const approved = await approve(second, request);
    await server.work();

    expect(request).toMatchObject({ state: 'waiting', kind: 'kill-secrets', withLetters: false });
    expect(request.targets).toBeGreaterThanOrEqual(3);
    expect(request.counted.secrets).toBeGreaterThanOrEqual(4);
    expect(waiting).toEqual(['live', 'live', 'live', 'live']);
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'running', decidedByName: 'second de test' },
    });
    expect(await statesOf()).toEqual(Array(4).fill('dead: incident'));
    expect(await statesOf([untouched])).toEqual(['live']);
    expect(await show(request)).toMatchObject({ state: 'done', donePlace: request.targets });
    expect(await eventsOf(server, first?.id ?? '')).toContain('account.secrets-killed');
    expect((await knock(first, secrets[0])).status).toBe(401);
    expect((await knock(first, 'Tilleul+2026!')).status).toBe(200);
  });

  test('shows the second person who asked, why, what it was counted from, and the list itself', async () => {
    const [first] = members;
    if (first) await oneTimeIn(server.house).makeLinkFor(first);
    const request = await asked({ why: 'Ses consultations n’ont aucun motif.' });
    const path = `/api/bulk-requests/${request.id}/targets`;

    const seen = (await second.get(`/api/bulk-requests/${request.id}`)).body as BulkRequest;
    const listed = await second.post(path, { range: [0, 99] });
    const paged = await second.post(path, { range: [0, 0] });
    const others = [
      await (await server.as('agent')).post(path, {}),
      await (await server.as('stranger')).post(path, {}),
      await second.post('/api/bulk-requests/00000000-0000-4000-8000-000000000000/targets', {}),
      await second.post(path, { range: [0, 100] }),
    ];

    expect(seen).toMatchObject({
      askedByName: 'supervisor de test',
      why: 'Ses consultations n’ont aucun motif.',
      incidentTitle: 'Consultations ou actes sans motif',
      from: { agentName: 'agent de test', siteName: null, lotNumber: null },
    });
    expect(seen.counted).toMatchObject({ secrets: 4, temporary: 3, links: 1, codes: 0 });
    expect(listed.body.total).toBe(request.targets);
    const mine = await supervisor.post(`/api/incidents/${incident.id}/touched`, { agentId: await agentId() });
    expect(listed.body.rows).toHaveLength(request.targets);
    expect(mine.body.rows).toEqual(expect.arrayContaining(listed.body.rows as unknown[]));
    expect(paged.body.rows).toEqual([listed.body.rows[0]]);
    expect(others.map(({ status }) => status)).toEqual([403, 404, 404, 400]);
    const events = await eventsAbout(server, request.id);
    const shown = events.filter(({ type }) => type === 'bulk.viewed').map(({ data }) => data.shown);
    const ids = (listed.body.rows as { memberId: string }[]).map(({ memberId }) => memberId);
    expect(shown).toEqual([ids, [ids[0]]]);
    expect(JSON.stringify(events)).not.toContain('motif');
  });

  test('is never done by one person, without a proof, by other roles or from elsewhere', async () => {
    const request = await asked();
    const path = `/api/bulk-requests/${request.id}/approve`;
    const partial = await hire(server, `partial-${request.id.slice(0, 8)}`, 'supervisor', ['mgen']);

    const answers = [
      await approve(supervisor, request),
      await second.post(path, { version: request.version }),
      await approve(await server.as('auditor'), request),
      await approve(await server.as('agent'), request),
      await approve(await server.as('stranger'), request),
      await approve(partial, request),
      await approve(second, { ...request, version: 9 }),
    ];
    await server.work();

    expect(answers.map(({ status }) => status)).toEqual([422, 400, 403, 403, 404, 404, 409]);
    expect(answers[0]?.body).toMatchObject({ rule: 'bulk.own' });
    expect(await statesOf()).toEqual(['live', 'live', 'live']);
    expect(await show(request)).toMatchObject({ state: 'waiting', donePlace: 0, version: 1 });
  });

  test('of many hands at once, one approves; refused, withdrawn or a day old it is over', async () => {
    const request = await asked();
    const again = await ask();
    const third = await hire(server, `third-${request.id.slice(0, 8)}`, 'supervisor');

    const answers = await Promise.all(
      [second, third, second, third].map((client) => approve(client, request)),
    );
    await server.work();
    const no = await asked();
    const refused = await second.post(`/api/bulk-requests/${no.id}/refuse`, { version: no.version });
    const own = await asked();
    const withdrawn = await supervisor.post(`/api/bulk-requests/${own.id}/refuse`, { version: own.version });
    const old = await asked();
    await moveTo(server, '2026-11-19T10:00:00.000Z');
    const late = await approve(second, old);
    await server.work();

    expect(again).toMatchObject({ status: 409 });
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect([refused.body.state, withdrawn.body.state, late.status]).toEqual(['refused', 'withdrawn', 409]);
    expect((await show(old)).state).toBe('expired');
    expect((await eventsAbout(server, old.id)).map(({ type }) => type)).toEqual([
      'bulk.asked',
      'bulk.expired',
    ]);
    const approvals = (await eventsAbout(server, request.id)).filter(({ type }) => type === 'bulk.approved');
    expect(approvals).toHaveLength(1);
  });

  test('goes on where it died, does nothing twice and leaves nothing out', async () => {
    const request = await asked();
    await approve(second, request);
    dieIn = 1;

    await expect(runBulk(server.house, { batch: 1 })).rejects.toThrow('died between two batches');
    const half = await show(request);
    const halfway = await statesOf();
    dieIn = null;
    const passes = await Promise.all([1, 2, 3].map(() => runBulk(server.house, { batch: 1 })));
    const done = await show(request);

    expect(half).toMatchObject({ state: 'running', donePlace: 1 });
    expect(halfway.length).toBe(3);
    expect(passes.reduce((sum, one) => sum + one, 0)).toBe(request.targets - 1);
    expect(done).toMatchObject({ state: 'done', donePlace: request.targets, secrets: 3, hit: 3 });
    expect(await statesOf()).toEqual(Array(3).fill('dead: incident'));
    const events = await eventsAbout(server, request.id);
    const steps = events.filter(({ type }) => type === 'bulk.step-done').map(({ data }) => data.fromPlace);
    expect(steps).toEqual(Array.from({ length: request.targets }, (_, at) => at + 1));
    expect(events.filter(({ type }) => type === 'account.secrets-killed')).toHaveLength(3);
    expect(events.at(-1)?.type).toBe('bulk.done');
  });

  test('calls back letters not yet posted only when asked', async () => {
    const agent = await server.as('agent');
    const letters = await buildLetters(server, [{}, {}]);
    for (const { memberId } of letters) await agent.get(`/api/members/${memberId}`);
    const states = async () =>
      (
        await server.house.pool('letters').whereIn(
          'id',
          letters.map(({ id }) => id),
        )
      ).map(({ state }) => state);
    const span = { from: '2026-11-18T10:00:00.000Z', to: '2026-11-18T10:00:00.001Z' };

    await approve(second, await asked(span));
    await server.work();
    const left = await states();
    const request = await asked({ ...span, withLetters: true });
    await approve(second, request);
    await server.work();

    expect(left).toEqual(['requested', 'requested']);
    expect(request.counted.letters).toBeGreaterThanOrEqual(2);
    expect(await states()).toEqual(['cancelled', 'cancelled']);
  });

  test('whom nobody touched, and a closed incident, make no request', async () => {
    const before = { from: '2026-11-17T00:00:00.000Z', to: '2026-11-17T01:00:00.000Z' };
    const nobody = await ask(before);
    await supervisor.post(`/api/incidents/${incident.id}/close`, { version: incident.version });
    const closed = await ask();

    expect(nobody).toMatchObject({ status: 422, body: { rule: 'bulk.nobody' } });
    expect(closed.status).toBe(409);
    expect(await statesOf()).toEqual(['live', 'live', 'live']);
  });
});
