import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAgent } from '../server/agents/agents.service.ts';
import type { AuditRow } from '../server/audit/audit.schema.ts';
import { record } from '../server/audit/record.ts';
import { digest } from '../server/core/crypto.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { permissionsOf } from '../server/core/permissions.ts';
import type { Client } from './support/client.ts';
import {
  databases,
  deskPassword,
  everyOrganisation,
  startServer,
  type TestServer,
} from './support/server.ts';

describe.each(databases)('who sees what of the audit on %s', (engine) => {
  let server: TestServer;
  let auditor: Client;
  let stranger: Client;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    server = await startServer(engine);
    const known = everyOrganisation(server.house);
    const visit = systemVisit(server.house, 'tests', known);
    const { id: maker } = await server.house.pool('agents').where({ username: 'administrator' }).first();
    const actor = {
      kind: 'agent',
      id: maker,
      sessionId: 'none',
      name: 'x',
      role: 'administrator',
      permissions: permissionsOf('administrator'),
      siteId: null,
      team: null,
      next: null,
    } as const;
    for (const [username, organisations] of [
      ['apart', ['safiag']],
      ['beside', ['safiag', 'mutuelle-imaginaire']],
    ] as const) {
      ids[username] = await createAgent(
        { ...visit, actor },
        {
          username,
          name: username,
          role: 'agent',
          organisations: [...organisations],
          password: deskPassword,
        },
        known,
      );
      await server.anonymous().signIn(username, deskPassword);
    }
    await server.anonymous().post('/api/session', { username: 'nobody', password: 'nope-nope' });
    await perform(visit, async (ctx) => {
      for (const organisationId of ['safiag', 'mutuelle-imaginaire'])
        record(ctx, { type: 'lot.made', organisationId, data: { lotId: 'l', letters: 1 } });
    });
    auditor = await server.as('auditor');
    stranger = await server.as('stranger');
  });
  afterAll(() => server.stop());

  const rows = async (client: Client, filter: object = {}): Promise<AuditRow[]> => {
    const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&range=[0,99]`;
    return (await client.get(`/api/audit-events?${query}`)).body as AuditRow[];
  };

  test('events of no organisation are seen by who shares one with their agent', async () => {
    const of = async (client: Client) =>
      (await rows(client, { type: 'agent.signed-in' })).map(({ actorId }) => actorId);

    expect(await of(auditor)).toEqual(expect.arrayContaining([ids.apart, ids.beside]));
    expect(await of(stranger)).toContain(ids.beside);
    expect(await of(stranger)).not.toContain(ids.apart);
  });

  test('what nobody’s session or the server itself did is for who works for every organisation', async () => {
    const others = async (client: Client) => {
      const found = (await rows(client)).filter(
        ({ organisationId, actorKind }) => organisationId === null && actorKind !== 'agent',
      );
      return new Set(found.map(({ actorKind, type }) => `${actorKind} ${type}`));
    };

    expect(await others(auditor)).toContain('public agent.sign-in-failed');
    expect([...(await others(stranger))]).toEqual(['system agent.created']);
    expect(await rows(stranger, { type: 'lot.made' })).toMatchObject([
      { organisationId: 'mutuelle-imaginaire', actorKind: 'system' },
    ]);
  });

  test('rights that nobody’s act gave or took are seen in the organisations concerned, and nowhere else', async () => {
    const visit = systemVisit(server.house, 'single-sign-on', []);
    const given = [
      { agentId: 'joins', organisations: ['mutuelle-imaginaire', 'safiag'], organisationsBefore: ['safiag'] },
      { agentId: 'leaves', organisations: ['safiag'], organisationsBefore: ['mgen', 'mutuelle-imaginaire'] },
      { agentId: 'apart', organisations: ['safiag'], organisationsBefore: ['mgen'] },
      // Names it, and is in no list of organisations.
      { agentId: 'mutuelle-imaginaire', organisations: ['safiag'], organisationsBefore: [] },
    ];
    await perform(visit, async (ctx) => {
      for (const rights of given)
        record(ctx, {
          type: 'agent.rights-from-groups',
          data: { ...rights, from: 'agent', to: 'supervisor' },
        });
      record(ctx, { type: 'agent.sso-refused', result: 'refused', data: { why: 'mutuelle-imaginaire' } });
    });
    const seen = async (client: Client, filter: object) =>
      (await rows(client, filter)).map(({ data }) => data?.agentId).sort();
    const filters = [
      { type: 'agent.rights-from-groups' },
      { type: ['agent.rights-from-groups', 'agent.sso-refused'], actorKind: 'system' },
      { actorId: 'single-sign-on' },
    ];

    for (const filter of filters) expect(await seen(stranger, filter)).toEqual(['joins', 'leaves']);
    expect(await seen(auditor, { type: 'agent.rights-from-groups' })).toHaveLength(given.length);
    const [{ data }] = (await rows(stranger, filters[0])).filter((row) => row.data?.agentId === 'leaves') as [
      AuditRow,
    ];
    expect(data).toMatchObject({ organisations: [], organisationsBefore: ['mutuelle-imaginaire'] });
    const administrator = await server.as('administrator');
    expect((await administrator.get('/api/audit-events')).status).toBe(403);
  });

  test('an account made is listed with the reader’s organisations only', async () => {
    const of = async (client: Client) =>
      (await rows(client, { type: 'agent.created' })).find(({ data }) => data?.agentId === ids.beside)?.data
        ?.organisations;

    expect(await of(auditor)).toEqual(['safiag', 'mutuelle-imaginaire']);
    expect(await of(stranger)).toEqual(['mutuelle-imaginaire']);
  });

  test('a refusal keeps a digest of the id tried, and of none where the path has none', async () => {
    const agent = await server.as('agent');
    await agent.get('/api/members/nobody-at-all');
    await agent.post('/api/lots', { organisation: 'safiag', product: 'lettre-verte' });

    const refused = await rows(auditor, { type: 'request.refused' });

    const tried = Object.fromEntries(refused.map(({ data }) => [data?.route, data?.tried]));
    expect(tried).toMatchObject({
      'get /members/:id': digest(server.house.keys, 'identifier-index', 'nobody-at-all'),
      'post /lots': null,
    });
    expect(JSON.stringify(refused)).not.toContain('nobody-at-all');
  });
});

describe.each(databases)('an answer kept for its Idempotency-Key on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  test('is sealed at rest, given again to the same rights and to no other', async () => {
    const agent = await server.as('agent');
    const call = () =>
      agent.post('/api/calls', { channel: 'telephone', caller: 'member' }, { 'idempotency-key': 'one' });

    const first = await call();
    const again = await call();
    const [kept] = await server.house.pool('idempotency_keys');
    const { id } = await server.house.pool('agents').where({ username: 'agent' }).first();
    await server.house
      .pool('agent_organisations')
      .where({ agent_id: id, organisation_id: 'safiag' })
      .delete();
    const after = await call();

    expect(first.status).toBeLessThan(300);
    expect(again).toMatchObject({ status: first.status, body: first.body });
    expect(String(kept.response)).not.toContain(String(first.body.id));
    expect(String(kept.response)).not.toContain('telephone');
    expect(after).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });
});
