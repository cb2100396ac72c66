import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countTry } from '../server/accounts/counters.store.ts';
import { freezeAccount } from '../server/accounts/freeze.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { Secret } from '../server/core/secret.ts';
import { addPortalClient } from '../server/portal/portal-clients.service.ts';
import { runBulk } from '../server/supervision/bulk-worker.ts';
import type { BulkRequest } from '../server/supervision/bulk.schema.ts';
import { runFigures } from '../server/supervision/figures-follow.service.ts';
import type { MassLocks } from '../server/supervision/mass-locks.schema.ts';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import { approve, eventsAbout, organisation } from './support/incidents.ts';
import {
  databases,
  everyOrganisation,
  moveTo,
  startServer,
  wednesday,
  type TestServer,
} from './support/server.ts';

const span = { from: '2026-11-18T00:00:00.000Z', to: '2026-11-19T00:00:00.000Z' };
const password = 'Tilleul+2026!';

describe.each(databases)('a mass lock on %s', (engine) => {
  let server: TestServer;
  let supervisor: Client;
  let second: Client;
  let client: { id: string; key: string };
  let hash: string;
  beforeAll(async () => {
    server = await startServer(engine);
    supervisor = await server.as('supervisor');
    second = await hire(server, 'second', 'supervisor');
    const made = await addPortalClient(systemVisit(server.house, 'tests', []), organisation, 'Portail web');
    client = { id: made.id, key: made.key.expose() };
    hash = await server.house.hashing.hash(new Secret(password));
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await moveTo(server, wednesday);
    await server.house.pool('account_locks').delete();
    await server.house.pool('budgets').delete();
  });

  let block = 0;
  /** A wrong password of this member, through the organisation's own server or the pages. */
  const mistype = async ({ identifier }: Pick<Built, 'identifier'>, way: 'client' | 'pages') => {
    block = (block + 1) % 250;
    const body = { identifier, password: 'wrong' };
    const path = `/portal/api/${organisation}/sign-in`;
    if (way === 'pages') return server.anonymous().post(path, body);
    const headers = { authorization: `Bearer ${client.key}`, 'x-member-address': `203.0.${block}.7` };
    return server.anonymous().send('POST', path, body, headers);
  };
  /** The third wrong password, after two that were counted before. */
  const lock = async (member: Built, way: 'client' | 'pages') => {
    const { house, clock } = server;
    const { accountId } = member;
    const counter = { id: `account:${accountId}:password`, accountId, keepUntil: null };
    for (let n = 0; n < 2; n += 1) await countTry(house.pool, counter, clock.now().toISOString());
    await mistype(member, way);
  };
  /** All with one password, hashed once. */
  const holders = async (count: number): Promise<Built[]> => {
    const built = [];
    for (let n = 0; n < count; n += 1) built.push(await buildHolder(server));
    const ids = built.map(({ accountId }) => accountId);
    await server.house.pool('accounts').whereIn('id', ids).update({ password_hash: hash });
    return built;
  };
  const view = async (more: object = {}, who = supervisor) =>
    who.get(`/api/mass-locks?${new URLSearchParams({ organisationId: organisation, ...span, ...more })}`);
  const ofClient = () => ({ organisationId: organisation, ...span, via: client.id, secret: 'password' });
  const ask = (more: object = {}, who = supervisor) =>
    who.post('/api/mass-locks/unblock-requests', { ...ofClient(), ...more });
  const asked = async (more: object = {}): Promise<BulkRequest> => {
    const answer = await ask(more);
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const isLocked = async ({ accountId }: Built): Promise<boolean> => {
    const row = await server.house.pool('attempt_counters').where({ account_id: accountId }).first();
    return row !== undefined && Number(row.tries) - Number(row.forgiven) >= 3;
  };
  const lockedOf = (some: Built[]) => Promise.all(some.map(isLocked));

  test('is shown by its cause over time, and proposes to undo what stands out', async () => {
    const many = await holders(11);
    const [alone] = await holders(1);
    for (const member of many) await lock(member, 'client');
    if (alone) await lock(alone, 'pages');
    for (let n = 0; n < 3; n += 1) await mistype({ identifier: 'T999999' }, 'client');

    const seen = (await view()).body as MassLocks;
    const minutes = (await view({ every: 'minute' })).body as MassLocks;
    const everywhere = (who: Client) => who.get(`/api/mass-locks?${new URLSearchParams(span)}`);
    const [all, elsewhere] = [await everywhere(supervisor), await everywhere(await server.as('stranger'))];
    const [closed, invented] = many;
    await server.house.pool('members').where({ id: closed?.id }).update({ contract_end_on: '2026-11-01' });
    const made = { organisation_id: organisation, made_at: wednesday, made_by: 'tests' };
    await server.house.pool('canaries').insert({ member_id: invented?.id, ...made });
    const after = (await view()).body as MassLocks;

    expect(seen.causes).toEqual([
      expect.objectContaining({ via: client.id, viaName: 'Portail web', locks: 11, still: 11 }),
      expect.objectContaining({ via: 'pages', viaName: 'Pages du portail', locks: 1, still: 1, blocks: 1 }),
    ]);
    expect(seen.clusters).toEqual([
      expect.objectContaining({
        ...{ organisationId: organisation, via: client.id, secret: 'password', block: null },
        ...{ locks: 11, still: 11 },
        ...{ from: wednesday, to: '2026-11-18T09:15:00.000Z' },
      }),
    ]);
    expect(minutes.buckets.find(({ via }) => via === client.id)).toMatchObject({ at: wednesday, locks: 11 });
    expect([all.body.clusters, elsewhere.body.clusters]).toEqual([seen.clusters, []]);
    // A closed account is not to be unblocked any more; a canary is nobody.
    for (const [one] of [after.causes, after.clusters]) expect(one).toMatchObject({ locks: 10, still: 9 });
    const row = await server.house
      .pool('audit_events')
      .where({ member_id: many[0]?.id, type: 'account.locked' });
    expect(JSON.parse(row[0].payload).data).toMatchObject({ after: 3, via: client.id, secret: 'password' });
    expect(row[0].payload).not.toContain('203.0.');
  });

  test('is undone for its own cause alone, and only where the very lock still stands', async () => {
    const [plain, byPages, again, lifted, frozen, suspected, ended] = await holders(7);
    if (!plain || !byPages || !again || !lifted || !frozen || !suspected || !ended)
      throw new Error('too few');
    for (const one of [plain, again, lifted, frozen, suspected, ended]) await lock(one, 'client');
    await lock(byPages, 'pages');
    const pool = server.house.pool;
    const request = await asked({ why: 'Livraison du portail de 9 h' });
    const listed = await second.post(`/api/bulk-requests/${request.id}/targets`, {});
    // What happens between the asking and the worker.
    const forgive = { forgiven: pool.ref('tries'), locked_at: null };
    await pool('attempt_counters').whereIn('account_id', [again.accountId, lifted.accountId]).update(forgive);
    await lock(again, 'pages');
    await perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) =>
      freezeAccount(ctx, frozen.accountId, 'repudiated'),
    );
    await pool('accounts')
      .where({ id: suspected.accountId })
      .update({ suspected_at: wednesday, suspected_until: '2026-11-19T09:00:00.000Z' });
    await pool('members').where({ id: ended.id }).update({ contract_end_on: '2026-11-01' });

    const [alert] = await pool('alerts').whereLike('subject', `bulk:${request.id}:%`);
    await approve(second, request);
    await server.work();
    await runFigures(server.house);
    const counted = await supervisor.get('/api/figures?from=2026-11-18&to=2026-11-18');

    expect(alert.kind).toBe('unblock-asked');
    expect(JSON.stringify(counted.body)).toMatch(/"id":"unblocks-together",[^}]*"total":1,/);
    expect(request).toMatchObject({ kind: 'unblock', targets: 6, why: 'Livraison du portail de 9 h' });
    expect(listed.body).toMatchObject({ total: 6, rows: Array(6).fill({ lastAt: wednesday, looked: 0 }) });
    const named = (listed.body.rows as { memberId: string }[]).map(({ memberId }) => memberId);
    expect(named).toContain(plain.id);
    expect(named).not.toContain(byPages.id);
    expect(await lockedOf([plain, byPages, again, lifted, frozen, suspected, ended])).toEqual([
      ...[false, true, true, false],
      ...[true, true, true],
    ]);
    const done = (await supervisor.get(`/api/bulk-requests/${request.id}`)).body;
    expect(done).toMatchObject({ state: 'done', hit: 1, donePlace: 6 });
    expect(await pool('unblocks').where({ account_id: plain.accountId })).toEqual([]);
    expect(await eventsOf(server, plain.id)).toContain('account.unblocked-together');
    expect(await eventsOf(server, again.id)).not.toContain('account.unblocked-together');
    const signIn = { identifier: plain.identifier, password };
    expect((await server.anonymous().post(`/portal/api/${organisation}/sign-in`, signIn)).status).toBe(200);
  });

  test('looks the same outside before, while and after it is undone', async () => {
    const [member] = await holders(1);
    if (!member) throw new Error('nobody');
    await lock(member, 'client');
    const bare = ({ status, body: { requestId: _id, ...body } }: Awaited<ReturnType<typeof mistype>>) => ({
      status,
      body,
    });
    const locked = bare(await mistype(member, 'pages'));
    const request = await asked();
    const waiting = bare(await mistype(member, 'pages'));
    await approve(second, request);
    await server.work();
    const undone = bare(await mistype(member, 'pages'));
    const nobody = bare(await mistype({ identifier: 'T999998' }, 'pages'));

    expect([locked, waiting, undone]).toEqual([nobody, nobody, nobody]);
  });

  test('dies between two batches and is finished by several servers, each account once', async () => {
    const many = await holders(5);
    for (const member of many) await lock(member, 'client');
    const request = await asked();
    await approve(second, request);

    await runBulk(server.house, { batch: 2, most: 1 });
    const half = (await lockedOf(many)).filter(Boolean).length;
    await Promise.all([1, 2, 3].map(() => runBulk(server.house, { batch: 2 })));

    expect(half).toBe(3);
    expect(await lockedOf(many)).toEqual(Array(5).fill(false));
    const events = await eventsAbout(server, request.id);
    expect(events.filter(({ type }) => type === 'account.unblocked-together')).toHaveLength(5);
    expect(events.filter(({ type }) => type === 'bulk.step-done').map(({ data }) => data.toPlace)).toEqual([
      2, 4, 5,
    ]);
    expect((await ask()).body).toMatchObject({ rule: 'bulk.nobody' });
  });

  test('is neither seen nor asked for from elsewhere, in a wrong period, or by one person', async () => {
    const [member] = await holders(1);
    if (member) await lock(member, 'client');
    const stranger = await server.as('stranger');
    const request = await asked();

    const answers = [
      await view({}, stranger),
      await view({ organisationId: 'mutuelle-inconnue' }),
      await view({ to: span.from, from: span.to }),
      await view({ from: '2026-09-01T00:00:00.000Z' }),
      await ask({}, stranger),
      await ask({ incidentId: 'none' }),
      await ask({ via: '' }),
    ];
    const others = [
      await ask({}, await server.as('agent')),
      await ask({ block: '198.51.100' }),
      await approve(supervisor, request),
      await approve(stranger, request),
    ];

    expect(answers.map(({ status, body }) => [status, Object.keys(body.errors)[0]])).toEqual([
      [400, 'organisationId'],
      [400, 'organisationId'],
      [400, 'to'],
      [400, 'to'],
      [400, 'organisationId'],
      [400, 'incidentId'],
      [400, 'via'],
    ]);
    expect(others.map(({ status }) => status)).toEqual([403, 422, 422, 404]);
    expect(member && (await isLocked(member))).toBe(true);
  });
});
