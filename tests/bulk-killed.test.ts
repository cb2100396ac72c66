import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countTry } from '../server/accounts/counters.store.ts';
import { runBulk } from '../server/supervision/bulk-worker.ts';
import type { BulkRequest } from '../server/supervision/bulk.schema.ts';
import type { BulkPlan } from './faults/bulk.child.ts';
import { hire } from './support/agents.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder, eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { approve, eventsAbout, openIncident, organisation } from './support/incidents.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

const password = 'Tilleul+2026!';
const span = { from: '2026-11-18T00:00:00.000Z', to: '2026-11-19T00:00:00.000Z' };

describe.each(databases)('bulk acts whose server is killed on %s', (engine) => {
  let server: TestServer;
  let supervisor: Client;
  let second: Client;
  let others: ChildProcess[];
  beforeAll(async () => {
    others = [0, 1].map(() =>
      fork('tests/faults/bulk.child.ts', { execArgv: ['--import', 'tsx'], stdio: ['ignore', 2, 2, 'ipc'] }),
    );
    server = await startServer(engine);
    supervisor = await server.as('supervisor');
    second = await hire(server, 'second', 'supervisor');
  });
  afterAll(async () => {
    for (const child of others) child.kill('SIGKILL');
    await server.stop();
  });

  const holders = (count: number): Promise<Built[]> =>
    Promise.all(Array.from({ length: count }, () => buildHolder(server, { password })));
  const lock = async ({ accountId, identifier }: Built) => {
    const counter = { id: `account:${accountId}:password`, accountId, keepUntil: null };
    for (let n = 0; n < 2; n += 1)
      await countTry(server.house.pool, counter, server.clock.now().toISOString());
    await knock(identifier, 'faux');
  };
  const knock = (identifier: string, typed: string) =>
    server.anonymous().post(`/portal/api/${organisation}/sign-in`, { identifier, password: typed });
  const approved = async (asked: Answer): Promise<BulkRequest> => {
    expect(asked.status).toBe(201);
    return (await approve(second, asked.body as BulkRequest)).body as BulkRequest;
  };
  /** Another process goes on with what is under way, one account after the other, until it is killed. */
  const dieAt = async (diesAt: number) => {
    const { databaseUrl, directory, clock } = server;
    const plan: BulkPlan = { databaseUrl, directory, at: clock.now().toISOString(), diesAt };
    const child = others.pop() as ChildProcess;
    child.send(plan);
    const [, signal] = await once(child, 'exit');
    return signal as string | null;
  };
  const placesOf = async ({ id }: BulkRequest) =>
    (await eventsAbout(server, id)).flatMap(({ type, data }) =>
      type === 'bulk.step-done' ? [[data.fromPlace, data.toPlace]] : [],
    );
  const donePlaceOf = async ({ id }: BulkRequest) =>
    (await supervisor.get(`/api/bulk-requests/${id}`)).body.donePlace as number;

  test('both kinds end whole: each account once, each step and the end audited once', async () => {
    const agent = await server.as('agent');
    const [lit, locked] = [await holders(3), await holders(3)];
    const secrets = [];
    for (const member of lit) {
      secrets.push(await giveTemporary(server, member, 'live'));
      await agent.get(`/api/members/${member.id}`);
    }
    for (const member of locked) await lock(member);
    await moveTo(server, '2026-11-18T10:00:00.000Z');
    const incident = await openIncident(server, supervisor, { beganAt: wednesday });
    const agentId = (await agent.get('/api/me')).body.id as string;
    const cause = { organisationId: organisation, ...span, via: 'pages', secret: 'password' };
    const kill = await approved(
      await supervisor.post(`/api/incidents/${incident.id}/kill-requests`, { agentId }),
    );
    const unblock = await approved(await supervisor.post('/api/mass-locks/unblock-requests', cause));

    const deaths = [await dieAt(2)];
    const afterFirst = [await donePlaceOf(kill), await donePlaceOf(unblock)];
    deaths.push(await dieAt(4));
    const afterSecond = [await donePlaceOf(kill), await donePlaceOf(unblock)];
    await runBulk(server.house, { batch: 1 });
    await runBulk(server.house, { batch: 1 });

    expect(deaths).toEqual(['SIGKILL', 'SIGKILL']);
    // What the killed process had not committed is not done.
    expect([afterFirst.sort(), afterSecond.sort()]).toEqual([
      [0, 1],
      [1, 3],
    ]);
    for (const request of [kill, unblock]) {
      expect(await placesOf(request)).toEqual([1, 2, 3].map((place) => [place, place]));
      const ends = (await eventsAbout(server, request.id)).filter(({ type }) => type === 'bulk.done');
      expect(ends.map(({ data }) => data.hit)).toEqual([3]);
      expect((await supervisor.get(`/api/bulk-requests/${request.id}`)).body).toMatchObject({
        state: 'done',
        donePlace: 3,
      });
    }
    const timesOf = async (members: Built[], type: string) =>
      (await Promise.all(members.map(({ id }) => eventsOf(server, id)))).map(
        (types) => types.filter((one) => one === type).length,
      );
    expect(await timesOf(lit, 'account.secrets-killed')).toEqual([1, 1, 1]);
    expect(await timesOf(locked, 'account.unblocked-together')).toEqual([1, 1, 1]);
    for (const [n, { identifier }] of lit.entries())
      expect((await knock(identifier, secrets[n] ?? '')).status).toBe(401);
    for (const { identifier } of locked) expect((await knock(identifier, password)).status).toBe(200);
  });
});
