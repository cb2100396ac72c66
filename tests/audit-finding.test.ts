import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditRow } from '../server/audit/audit.schema.ts';
import { record } from '../server/audit/record.ts';
import type { Actor } from '../server/core/ctx.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import type { Consultations } from '../server/supervision/consultations.schema.ts';
import type { AgentDay, MemberStory } from '../server/supervision/stories.schema.ts';
import { speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const ours = 'mutuelle-agents-publics';
const theirs = 'mutuelle-imaginaire';

describe.each(databases)('finding in the audit by what a person knows, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let auditor: Client;
  let stranger: Client;
  let agentId: string;
  let callId: string;
  let member: Built;

  beforeAll(async () => {
    server = await startServer(engine);
    [agent, auditor, stranger] = [
      await server.as('agent'),
      await server.as('auditor'),
      await server.as('stranger'),
    ];
    agentId = (await server.house.pool('agents').where({ username: 'agent' }).first('id')).id as string;
    member = await buildHolder(server);
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

  test('a refused act stands in the story of the member, within the call, and of nobody else', async () => {
    const unblock = async (client: Client, id: string) =>
      (await client.post(`/api/members/${id}/unblock`, { reason: 'mistyped', version: 1 })).status;
    const foreign = await buildHolder(server, { organisationId: 'safiag' });
    await server.house
      .pool('agent_organisations')
      .where({ agent_id: agentId, organisation_id: 'safiag' })
      .delete();
    const call = await speakWith(agent, member, { channel: 'telephone', caller: 'member' });
    const before = (await rows({ type: 'request.refused' })).length;

    const statuses = [];
    for (const id of [member.id, foreign.id, 'nobody']) statuses.push(await unblock(agent, id));
    // The operator may not, whoever it is, and has no call; whom else a body names takes nothing from the path.
    const operator = await server.as('print-operator');
    statuses.push(
      (await operator.post(`/api/members/${member.id}/unblock`, { memberId: foreign.id })).status,
    );
    statuses.push((await operator.post('/api/members/%00/unblock', { memberId: 'a\u0000b' })).status);
    await server.house.pool('agent_organisations').insert({ agent_id: agentId, organisation_id: 'safiag' });

    const refused = (await rows({ type: 'request.refused' })).sort((a, b) => a.seq - b.seq).slice(before);
    expect(statuses).toEqual([422, 404, 404, 403, 403]);
    const about = (one: AuditRow) => [one.memberId, one.organisationId, one.callId];
    const nobody = [null, null, null];
    const own = [member.id, ours];
    expect(refused.map(about)).toEqual([[...own, call.id], nobody, nobody, [...own, null], nobody]);
    const story = (await auditor.get(`/api/members/${member.id}/story`)).body as MemberStory;
    expect(story.events.filter(({ type }) => type === 'request.refused')).toHaveLength(2);
    const day = (await auditor.get(`/api/agents/${agentId}/day`)).body as AgentDay;
    const group = day.groups.find((one) => one.call?.id === call.id);
    expect(group?.events.map(({ type }) => type)).toContain('request.refused');
  });

  test('the list of who consulted has room for every look, however much was refused', async () => {
    const before = (await auditor.get(`/api/members/${member.id}/consultations`)).body as Consultations;
    const actor = { kind: 'agent', id: agentId, role: 'agent' } as unknown as Actor;
    const visit = { ...systemVisit(server.house, 'tests', [ours]), actor };
    await perform(visit, async (ctx) => {
      const data = { route: 'post /', code: 'forbidden', rule: null, tried: null };
      for (let n = 0; n < 10_050; n += 1)
        record(ctx, { type: 'request.refused', organisationId: ours, memberId: member.id, data });
    });
    const after = (await auditor.get(`/api/members/${member.id}/consultations`)).body as Consultations;
    expect(before.consultations.length).toBeGreaterThan(0);
    expect([after.consultations.length >= before.consultations.length, after.cut]).toEqual([true, false]);
  });

  test('a story holds the lists and pages of relatives that showed the member, and no others', async () => {
    const number = { memberNumber: `KIN${engine.slice(0, 3)}` };
    const one = await buildHolder(server, { ...number, rank: '01' });
    const relative = await buildHolder(server, { ...number, rank: '02' });
    await speakWith(agent, relative, { channel: 'telephone', caller: 'member' });
    await agent.get(`/api/members/${relative.id}`);
    const visit = systemVisit(server.house, 'tests', [ours]);
    const list = (organisationId: string, incidentId: string, shown: string[]) =>
      perform(visit, async (ctx) => {
        const data = { incidentId, by: 'period', members: shown.length, shown };
        record(ctx, { type: 'incident.touched-viewed', organisationId, data });
      });
    await list(ours, 'with', ['somebody', one.id]);
    await list(ours, 'without', ['somebody']);
    await list(theirs, 'elsewhere', [one.id]);
    await perform(visit, async (ctx) => {
      const data = { reviewId: 'review', shown: [one.id] };
      record(ctx, { type: 'review.viewed', organisationId: ours, memberId: relative.id, data });
    });

    const story = (await auditor.get(`/api/members/${one.id}/story`)).body as MemberStory;

    expect(story.who).toEqual({
      lastName: 'Tilleul',
      firstName: 'Jeanne',
      number: `${number.memberNumber} / 01`,
    });
    const beside = story.events.filter(({ memberId }) => memberId !== one.id);
    expect(beside.map(({ type, memberId, data }) => [type, memberId, data?.incidentId])).toEqual([
      // A list, and on a relative's file: it stands once.
      ['review.viewed', relative.id, undefined],
      ['incident.touched-viewed', null, 'with'],
      ['member.viewed', relative.id, undefined],
    ]);
    expect(story.total).toBe(story.events.length);
  });
});
