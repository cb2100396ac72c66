import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alert } from '../server/audit/alerts.schema.ts';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { buildHolder, giveTemporary } from './support/holders.ts';
import { approve, openIncident } from './support/incidents.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('a kill asked about a supervisor’s own acts, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  test('is neither approved nor refused by them, nor is its alert put away; its list outlives their rights', async () => {
    const asker = await server.as('supervisor');
    const suspect = await hire(server, 'soupconne', 'supervisor');
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await giveTemporary(server, member, 'live');
    await suspect.get(`/api/members/${member.id}`);
    await moveTo(server, '2026-11-18T10:00:00.000Z');
    const incident = await openIncident(server, asker, { beganAt: wednesday });
    const { id: agentId } = (await suspect.get('/api/me')).body;
    const asked = await asker.post(`/api/incidents/${incident.id}/kill-requests`, { agentId });
    const path = `/api/bulk-requests/${asked.body.id}`;

    const seen = (await suspect.get(path)).body;
    const approved = await approve(suspect, asked.body);
    const refused = await suspect.post(`${path}/refuse`, { version: asked.body.version });

    expect(asked.status).toBe(201);
    expect([seen.can.approve.allowed, seen.can.refuse.allowed]).toEqual([false, false]);
    for (const answer of [approved, refused])
      expect(answer).toMatchObject({ status: 422, body: { rule: 'bulk.own-acts' } });
    expect((await asker.get(path)).body.state).toBe('waiting');

    // Neither puts its alert away: whoever asked would keep the second person from it, and the suspect more so.
    const find = `/api/alerts?filter={"kind":"bulk-asked"}`;
    const [alert] = (await asker.get(find)).body as Alert[];
    const see = (client: Client) => client.post(`/api/alerts/${alert?.id}/seen`, { version: alert?.version });
    const own = [await see(asker), await see(suspect)];
    const second = await hire(server, 'second', 'supervisor');
    const [theirs] = (await second.get(find)).body as Alert[];

    for (const answer of own) expect(answer).toMatchObject({ status: 422, body: { rule: 'alert.own' } });
    expect([alert?.can.see.allowed, theirs?.can.see]).toEqual([false, { allowed: true, why: null }]);
    expect(alert?.can.see.why).toContain('fait ou demandé');
    expect((await see(second)).status).toBe(200);

    // Rights taken away meanwhile: the list is still read as it was asked, and may be asked for again.
    await server.house.pool('agent_organisations').where({ agent_id: agentId }).delete();
    const listed = await second.post(`${path}/targets`, {});
    const touched = `/api/incidents/${incident.id}/touched`;
    const again = await second.post(touched, { agentId });
    const stranger = await second.post(touched, { agentId: 'nobody' });

    expect(listed).toMatchObject({
      status: 200,
      body: { rows: [{ memberId: member.id, looked: 1 }], total: 1 },
    });
    expect(again).toMatchObject({ status: 200, body: { counts: { people: 1 } } });
    expect(stranger).toMatchObject({ status: 400, body: { errors: { agentId: expect.any(String) } } });
    expect((await approve(second, asked.body)).status).toBe(200);
  });
});
