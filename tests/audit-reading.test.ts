import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditRow } from '../server/audit/audit.schema.ts';
import { record } from '../server/audit/record.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import type { AgentDay, MemberStory } from '../server/supervision/stories.schema.ts';
import { hire } from './support/agents.ts';
import { speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import {
  databases,
  everyOrganisation,
  moveTo,
  startServer,
  wednesday,
  type TestServer,
} from './support/server.ts';

const ours = 'mutuelle-agents-publics';
const theirs = 'mutuelle-imaginaire';

describe.each(databases)('reading the audit on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let auditor: Client;
  let stranger: Client;
  let member: Built;
  let elsewhere: Built;
  let [agentId, callId] = ['', ''];

  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
    auditor = await server.as('auditor');
    stranger = await server.as('stranger');
    agentId = (await server.house.pool('agents').where({ username: 'agent' }).first('id')).id as string;
    member = await buildHolder(server);
    elsewhere = await buildHolder(server, { organisationId: theirs });
    callId = (await speakWith(agent, member, { channel: 'telephone', caller: 'member' })).id;
    await agent.get(`/api/members/${member.id}`);
    await agent.get(`/api/members/${elsewhere.id}`);
    await agent.post('/api/lots', { organisation: ours, product: 'lettre-verte' });
    const visit = systemVisit(server.house, 'tests', everyOrganisation(server.house));
    // On either side of midnight in Paris.
    for (const [at, lotId] of [
      ['2026-11-19T22:59:30.000Z', 'before-midnight'],
      ['2026-11-19T23:00:00.000Z', 'after-midnight'],
    ] as const) {
      server.clock.set(at);
      await perform(visit, async (ctx) =>
        record(ctx, { type: 'lot.made', organisationId: ours, data: { lotId, letters: 1 } }),
      );
    }
    await moveTo(server, wednesday);
  });
  afterAll(() => server.stop());

  const asked = (filter: object, more = '') =>
    `/api/audit-events?sort=["at","DESC"]&filter=${encodeURIComponent(JSON.stringify(filter))}${more || '&range=[0,99]'}`;
  const rows = async (filter: object, client = auditor): Promise<AuditRow[]> =>
    (await client.get(asked(filter))).body as AuditRow[];
  const types = async (filter: object, client = auditor) => [
    ...new Set((await rows(filter, client)).map(({ type }) => type)),
  ];
  const lots = async (filter: object) =>
    (await rows({ type: 'lot.made', ...filter })).map(({ data }) => data?.lotId);

  test('is filtered by whom, in which call, by whose hand and with what result', async () => {
    const looked = await rows({ memberId: member.id, type: 'member.viewed' });
    const inCall = await rows({ callId });
    const refused = await rows({ result: 'refused', actorId: agentId });

    expect(looked).toMatchObject([{ memberId: member.id, actorName: 'agent de test', callId }]);
    expect(new Set(inCall.map((row) => row.callId))).toEqual(new Set([callId]));
    expect(inCall.map(({ type }) => type)).toContain('call.opened');
    expect(refused).toMatchObject([{ type: 'request.refused', data: { route: 'post /lots' } }]);
    expect((await rows({ actorKind: 'system' })).every((row) => row.actorKind === 'system')).toBe(true);
    expect((await rows({ actorKind: 'system' })).length).toBeGreaterThan(0);
  });

  test('is filtered by role, by several events and by a family of them', async () => {
    const byAgents = await rows({ role: 'agent' });
    const several = await types({ type: ['member.viewed', 'lot.made'] });
    const family = await types({ type: 'call.*' });

    expect(new Set(byAgents.map(({ actorRole }) => actorRole))).toEqual(new Set(['agent']));
    expect(await rows({ role: 'print-operator' })).toEqual([]);
    expect(await rows({ role: 'supervisor', actorId: agentId })).toEqual([]);
    expect(several.sort()).toEqual(['lot.made', 'member.viewed']);
    expect(family.length).toBeGreaterThan(0);
    expect(family.every((type) => type.startsWith('call.'))).toBe(true);
  });

  test('days and minutes are those of Paris, both ends included', async () => {
    expect(await lots({ from: '2026-11-19', to: '2026-11-19' })).toEqual(['before-midnight']);
    expect(await lots({ from: '2026-11-20', to: '2026-11-20' })).toEqual(['after-midnight']);
    expect(await lots({ from: '2026-11-19T23:59', to: '2026-11-20T00:00' })).toEqual([
      'after-midnight',
      'before-midnight',
    ]);
    expect(await lots({ from: '2026-11-20T00:00', to: '2026-11-20T00:00' })).toEqual(['after-midnight']);
    expect(await lots({ from: '2026-11-20T00:01' })).toEqual([]);
  });

  test('a filter that cannot be read is refused with what to write', async () => {
    const answers = await Promise.all(
      [
        { type: 'member.adored' },
        { type: ['member.viewed', 'x.*'] },
        { from: 'yesterday' },
        { to: '2026-11-19T25:00' },
        { from: '2026-11-20', to: '2026-11-19' },
        { actorKind: 'robot' },
        { role: 'king' },
      ].map((filter) => auditor.get(asked(filter))),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(400));
    expect(JSON.stringify(answers[0]?.body)).toContain('account.*');
    expect(JSON.stringify(answers[2]?.body)).toContain('2026-11-18T14:05');
    expect(answers[4]?.body).toMatchObject({ errors: { to: expect.stringContaining('avant le début') } });
  });

  test('pages follow one another without a gap, and the count is told', async () => {
    const whole = await rows({});
    const pages = await Promise.all(
      ['[0,2]', '[3,5]', '[6,8]'].map((range) => auditor.get(asked({}, `&range=${range}`))),
    );

    const seen = pages.flatMap(({ body }) => body as AuditRow[]).map(({ seq }) => seq);
    expect(new Set(seen).size).toBeGreaterThan(6);
    expect(pages[0]?.headers.get('content-range')).toMatch(/^audit-events 0-2\/\d+$/);
    const order = whole.map(({ at, seq }) => `${at} ${String(seq).padStart(9, '0')}`);
    expect(order).toEqual([...order].sort().reverse());
  });

  test('answers from indexes, whatever the filter', async () => {
    const statements: { sql: string; bindings: unknown[] }[] = [];
    const listen = (query: { sql: string; bindings: unknown[] }) => void statements.push(query);
    server.house.pool.on('query', listen);
    for (const client of [auditor, stranger])
      for (const filter of [
        ...[{}, { type: ['account.*', 'lot.*'] }, { actorId: agentId }, { role: 'agent' }],
        ...[{ actorKind: 'system' }, { result: 'refused' }, { memberId: member.id }, { callId }],
        ...[{ organisationId: theirs }, { from: '2026-11-18', to: '2026-11-19' }],
      ])
        await rows(filter, client);
    for (const page of ['story', 'consultations']) await auditor.get(`/api/members/${elsewhere.id}/${page}`);
    server.house.pool.removeListener('query', listen);

    const reads = statements.filter(({ sql }) => /^select.*audit_events/s.test(sql));
    expect(reads.length).toBeGreaterThan(30);
    await server.house.pool.transaction(async (trx) => {
      // Few rows are read whole with good reason: only where an index cannot answer is it a fault.
      if (engine === 'postgres') await trx.raw('set local enable_seqscan = off');
      const explain = engine === 'sqlite' ? 'explain query plan' : 'explain';
      for (const { sql, bindings } of reads) {
        const asked = engine === 'sqlite' ? sql : sql.replaceAll(/\$\d+/g, '?');
        const plan: unknown = await trx.raw([explain, asked].join(' '), bindings as string[]);
        expect(JSON.stringify(plan)).not.toMatch(/SCAN audit_events|Seq Scan on audit_events/);
      }
    });
  });

  test('a member’s story holds what was done and looked at, with its calls, a page at a time', async () => {
    const story = (await auditor.get(`/api/members/${member.id}/story`)).body as MemberStory;

    expect(story).toMatchObject({ memberId: member.id, organisationId: ours, bounded: false, next: null });
    expect(story.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['call.opened', 'member.viewed']),
    );
    expect(story.events.every((row) => row.memberId === member.id)).toBe(true);
    expect(story.calls).toMatchObject([{ id: callId, channel: 'telephone', agentName: 'agent de test' }]);
    const [seen] = await rows({ memberId: member.id, type: 'audit.story-read' });
    expect(seen).toMatchObject({ actorRole: 'auditor', data: { rows: story.events.length } });
  });

  test('a long story is read to its end, each row once', async () => {
    const busy = await buildHolder(server);
    const visit = systemVisit(server.house, 'tests', [ours]);
    await perform(visit, async (ctx) => {
      for (let n = 0; n < 230; n += 1)
        record(ctx, { type: 'account.signed-out', organisationId: ours, memberId: busy.id, data: {} });
    });

    const seqs: number[] = [];
    for (let after = ''; ;) {
      const page = (await auditor.get(`/api/members/${busy.id}/story${after}`)).body as MemberStory;
      seqs.push(...page.events.filter(({ type }) => type === 'account.signed-out').map(({ seq }) => seq));
      if (page.next === null) break;
      after = `?after=${page.next}`;
    }

    expect(seqs).toHaveLength(230);
    expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => other - one));
    expect((await auditor.get(`/api/members/${busy.id}/story?after=last`)).status).toBe(400);
  });

  test('an agent’s day is told call by call, with counts', async () => {
    const day = (await auditor.get(`/api/agents/${agentId}/day?day=2026-11-18`)).body as AgentDay;
    const empty = (await auditor.get(`/api/agents/${agentId}/day?day=2026-11-17`)).body as AgentDay;

    expect(day).toMatchObject({ agentId, agentName: 'agent de test', day: '2026-11-18', cut: false });
    expect(day.counts).toContainEqual({ type: 'member.viewed', times: 2 });
    const group = day.groups.find(({ call }) => call?.id === callId);
    expect(group?.call).toMatchObject({ channel: 'telephone', memberId: member.id });
    expect(group?.events.map(({ callId: of }) => of)).toEqual(
      Array<string>(group?.events.length ?? 0).fill(callId),
    );
    expect(new Set(day.groups.flatMap(({ events }) => events.map((row) => row.actorId)))).toEqual(
      new Set([agentId]),
    );
    expect(empty).toMatchObject({ counts: [], groups: [] });
    const read = await rows({ type: 'audit.day-read' });
    expect(read.map(({ data }) => [data?.agentId, data?.day])).toContainEqual([agentId, '2026-11-18']);
  });

  test('another organisation’s member, agent and rows answer like those nobody has', async () => {
    await hire(server, 'apart', 'agent', ['safiag']);
    const { id: apart } = await server.house.pool('agents').where({ username: 'apart' }).first('id');
    const paths = (memberId: string, id: string) => [
      `/api/members/${memberId}/story`,
      `/api/agents/${id}/day`,
    ];
    const ask = async (given: string[]) =>
      Promise.all(given.map(async (path) => stranger.get(path).then(({ status, body }) => [status, body])));

    const foreign = await ask(paths(member.id, apart as string));
    const nobody = await ask(paths('nobody', 'nobody'));

    expect(foreign.map(([status]) => status)).toEqual([404, 404]);
    expect(foreign).toEqual(nobody);
    expect(await rows({ memberId: member.id }, stranger)).toEqual([]);
    expect(await rows({ organisationId: ours }, stranger)).toEqual([]);
    expect((await rows({ memberId: elsewhere.id }, stranger)).length).toBeGreaterThan(0);
    const day = (await stranger.get(`/api/agents/${agentId}/day?day=2026-11-18`)).body as AgentDay;
    const seen = day.groups.flatMap(({ events }) => events.map((row) => row.organisationId));
    expect(new Set(seen)).toEqual(new Set([theirs, null]));
    expect(day.groups.every(({ call }) => call?.id !== callId)).toBe(true);
  });

  test('agents and print operators read none of it', async () => {
    const paths = [asked({}), `/api/members/${member.id}/story`, `/api/agents/${agentId}/day`];
    for (const account of ['agent', 'print-operator', 'administrator'] as const) {
      const client = await server.as(account);
      const answers = await Promise.all(paths.map((path) => client.get(path)));
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
  });
});
