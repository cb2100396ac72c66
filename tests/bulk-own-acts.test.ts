import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import { buildHolder, giveTemporary } from './support/holders.ts';
import { approve, openIncident } from './support/incidents.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('a kill asked about a supervisor’s own acts, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  test('is neither approved nor refused by them', async () => {
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
  });
});
