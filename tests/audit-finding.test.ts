import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditRow } from '../server/audit/audit.schema.ts';
import { speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const ours = 'mutuelle-agents-publics';

describe.each(databases)('finding in the audit by what a person knows, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let auditor: Client;
  let stranger: Client;
  let agentId: string;
  let callId: string;

  beforeAll(async () => {
    server = await startServer(engine);
    [agent, auditor, stranger] = [
      await server.as('agent'),
      await server.as('auditor'),
      await server.as('stranger'),
    ];
    agentId = (await server.house.pool('agents').where({ username: 'agent' }).first('id')).id as string;
    const member = await buildHolder(server);
    const spoken = { channel: 'telephone', caller: 'member', reference: 'TCK-2026-77' } as const;
    callId = (await speakWith(agent, member, spoken)).id;
  });
  afterAll(() => server.stop());

  const rows = async (filter: object): Promise<AuditRow[]> =>
    (await auditor.get(`/api/audit-events?filter=${encodeURIComponent(JSON.stringify(filter))}&range=[0,99]`))
      .body as AuditRow[];

  test('is filtered by the site where agents work', async () => {
    const admin = await server.as('administrator');
    const hours = [{ days: ['monday'], opens: '08:30', closes: '18:00' }];
    const { body: site } = await admin.post('/api/sites', { name: 'Annexe', hours });
    await server.house.pool('agents').where({ id: agentId }).update({ site_id: site.id });

    const there = await rows({ site: 'Annexe', type: 'call.*' });
    const both = await rows({ site: 'Annexe', role: 'supervisor' });
    await server.house.pool('agents').where({ id: agentId }).update({ site_id: null });

    expect(there.length).toBeGreaterThan(0);
    expect(new Set(there.map(({ actorId }) => actorId))).toEqual(new Set([agentId]));
    expect(both).toEqual([]);
    expect(await rows({ site: 'Annexe' })).toEqual([]);
  });

  test('a call is found by its reference in the reader’s organisations, and what was typed stays nowhere', async () => {
    const find = (reference: string, client = auditor) => client.post('/api/calls/find', { reference });

    const found = await find(' TCK-2026-77 ');
    const [foreign, partial, number] = [
      await find('TCK-2026-77', stranger),
      await find('TCK-2026'),
      await find('2 61 03 99 999 70 12'),
    ];

    expect(found.body.calls).toMatchObject([
      { id: callId, organisationId: ours, agentName: 'agent de test' },
    ]);
    expect([foreign.body, partial.body]).toEqual([{ calls: [] }, { calls: [] }]);
    expect(number).toMatchObject({ status: 400, body: { errors: { reference: expect.any(String) } } });
    expect((await find('TCK-2026-77', agent)).status).toBe(403);
    const [listed] = await rows({ type: 'call.listed' });
    expect(listed?.data).toEqual({ filters: ['reference'] });
  });
});
