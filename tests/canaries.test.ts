import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { systemVisit } from '../server/core/perform.ts';
import { readEnv } from '../server/env.ts';
import { makeCanaries } from '../server/imports/make-canaries.service.ts';
import { runImports } from '../server/imports/imports-apply.service.ts';
import { takeFile } from '../server/imports/imports.service.ts';
import { canaryIds } from '../server/members/canaries.service.ts';
import { hire } from './support/agents.ts';
import { speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { csv, holder } from './support/member-files.ts';
import {
  databases,
  deskPassword,
  everyOrganisation,
  startServer,
  type TestServer,
} from './support/server.ts';

const ours = 'mutuelle-agents-publics';
const theirs = 'mutuelle-imaginaire';

describe.each(databases)('canary members on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let auditor: Client;
  let supervisor: Client;
  let member: Built;
  let canary: { id: string; memberNumber: string; nir: string | null };

  beforeAll(async () => {
    server = await startServer(engine);
    [agent, auditor, supervisor] = await Promise.all([
      server.as('agent'),
      server.as('auditor'),
      server.as('supervisor'),
    ]);
    member = await buildHolder(server, { nir: { body: '190062A999903', key: '43' } });
    const [id = ''] = await make(ours, 1);
    const row = await server.house.pool('members').where({ id }).first();
    canary = { id, memberNumber: row.member_number as string, nir: row.nir_sealed as string | null };
  });
  afterAll(() => server.stop());

  const make = (organisationId: string, count: number) =>
    makeCanaries(systemVisit(server.house, 'cli', everyOrganisation(server.house)), organisationId, count);
  const alerts = () => server.house.pool('alerts').where({ kind: 'canary-seen' }).orderBy('first_at');
  const forget = () => server.house.pool('alerts').where({ kind: 'canary-seen' }).delete();
  const search = (q: string) => agent.post('/api/members/search', { filter: { q } });
  const find = (client: Client, identifier: string, organisation = ours) =>
    client.post('/api/members/find', { organisation, identifier });

  test('are found like anybody, under a number like theirs, and a search alone alarms nobody', async () => {
    const found = await search(canary.memberNumber);

    expect(canary.memberNumber).toMatch(/^T\d{6}$/);
    expect(found.body).toMatchObject([{ id: canary.id, headline: 'never-connected', kind: 'holder' }]);
    expect(Object.keys(found.body[0] as object)).toEqual(
      Object.keys((await search('Tilleul')).body[0] as object),
    );
    expect(await alerts()).toEqual([]);
  });

  test('whoever looks at one is told nothing, and the supervisors at once', async () => {
    const page = await agent.get(`/api/members/${canary.id}`);
    const usual = await agent.get(`/api/members/${member.id}`);
    const raised = await alerts();

    expect(page.status).toBe(200);
    expect(Object.keys(page.body as object)).toEqual(Object.keys(usual.body as object));
    expect(JSON.stringify(page.body)).not.toMatch(/canary|témoin/i);
    expect(raised).toMatchObject([{ organisation_id: ours, member_id: canary.id, times: 1, seen_at: null }]);
    const told = (await supervisor.get('/api/alerts?filter={"kind":"canary-seen"}')).body;
    expect(told).toMatchObject([{ memberId: canary.id, message: expect.stringContaining('inventée') }]);

    await agent.get(`/api/members/${canary.id}`);
    await (await server.as('colleague')).get(`/api/members/${canary.id}`);
    // The same agent again counts; another is another matter.
    expect((await alerts()).map(({ times }) => times).sort()).toEqual([1, 2]);
  });

  test('a supervisor who looks does not put away the alert about it, and the audit names no canary', async () => {
    await forget();
    await supervisor.get(`/api/members/${canary.id}`);
    const [alert] = await alerts();
    const seen = (client: Client) => client.post(`/api/alerts/${alert.id}/seen`, { version: alert.version });
    const own = await seen(supervisor);
    const another = await hire(server, `second-${engine}`, 'supervisor');

    expect(own).toMatchObject({ status: 422, body: { rule: 'alert.own' } });
    expect((await seen(another)).status).toBe(200);
    const made = (await supervisor.get('/api/audit-events?filter={"type":"canary.made"}')).body;
    expect(made.length).toBeGreaterThan(0);
    expect(made.every(({ memberId }: { memberId: unknown }) => memberId === null)).toBe(true);
  });

  test('the alert and the row of a look or an act are written together, or nothing is shown or done', async () => {
    await forget();
    const { appendAudit } = server.house;
    server.house.appendAudit = () => Promise.reject(new Error('no room left'));
    const path = `/api/members/${canary.id}`;

    const answers = await Promise.all([
      agent.get(path),
      agent.post(`${path}/notes`, { kind: 'note', text: 'Rappelle demain' }),
    ]).finally(() => void (server.house.appendAudit = appendAudit));

    for (const answer of answers)
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await alerts()).toEqual([]);
    expect(await server.house.pool('member_notes').where({ member_id: canary.id })).toEqual([]);
  });

  test('a number shown whole and an auditor’s find alarm too', async () => {
    await forget();
    const reason = server.house.organisations.get(ours)?.reasons.reveal[0]?.id;

    const shown = await agent.post(`/api/members/${canary.id}/reveal-nir`, {
      reason,
      password: deskPassword,
    });
    const found = await find(auditor, canary.memberNumber);

    // Who is invented has a number or none, as anybody: a refusal alarms as well.
    expect(shown.status).toBe(canary.nir === null ? 422 : 200);
    expect(found.body).toMatchObject({ members: [{ id: canary.id }] });
    expect((await alerts()).map(({ member_id, times }) => [member_id, times])).toEqual([
      [canary.id, 1],
      [canary.id, 1],
    ]);
    await forget();
    await find(auditor, member.identifier);
    expect(await alerts()).toEqual([]);
  });

  test('so does an act straight through the API, done or refused, once and with its row, and not a call alone', async () => {
    const acts: [string, object, number][] = [
      ['notes', { kind: 'note', text: 'Rappelle demain' }, 201],
      ['unblock', { reason: 'mistyped', version: 1 }, 422],
      ['temporary-passwords', { channel: 'letter', reason: 'no-contact', version: 1 }, 422],
      ['corrections', { contacts: { email: 'x@exemple.example' }, reason: 'new-email', version: 1 }, 422],
    ];
    const reasons = (await agent.get(`/api/members/${canary.id}`)).body.reasons as Record<
      string,
      { id: string }[]
    >;
    await forget();
    const rows = () => server.house.pool('audit_events').orderBy('seq', 'desc').limit(3);

    const told = [];
    for (const [path, body] of acts) {
      await forget();
      const kind = path === 'temporary-passwords' ? 'letter' : path === 'unblock' ? 'unblock' : 'correction';
      const reason = reasons[kind]?.[0]?.id;
      const answer = await agent.post(`/api/members/${canary.id}/${path}`, {
        ...body,
        ...('reason' in body && { reason }),
      });
      const [last, before] = await rows();
      const isTogether = last.type === 'alert.raised' && last.request_id === before.request_id;
      told.push([path, answer.status, (await alerts()).map(({ times }) => times as number), isTogether]);
    }
    await forget();
    await speakWith(agent, canary);
    await agent.post(`/api/members/${member.id}/notes`, { kind: 'note', text: 'Rappelle demain' });

    expect(told).toEqual(acts.map(([path, , status]) => [path, status, [1], true]));
    expect(await alerts()).toEqual([]);
  });

  test('nothing is ever sent to one, by the rules and in the words that hold for anybody', async () => {
    await speakWith(agent, canary);
    const page = (await agent.get(`/api/members/${canary.id}`)).body;
    const version = page.version as number;
    const reasons = page.reasons as Record<string, { id: string }[]>;
    // Whatever somebody wrote into the file meanwhile.
    const contact = {
      member_id: canary.id,
      organisation_id: ours,
      kind: 'email',
      value: 'x@exemple.example',
    };
    await server.house.pool('contacts').insert({ ...contact, since: '2020-01-01', corrected: 0 });

    const answers = [];
    for (const channel of ['letter', 'email', 'sms'] as const) {
      const reason = (channel === 'letter' ? reasons.letter : reasons.message)?.[0]?.id;
      const path = `/api/members/${canary.id}/temporary-passwords`;
      answers.push(await agent.post(path, { channel, reason, version }));
    }

    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    expect(answers[0]?.body).toMatchObject({ rule: 'letter-address-doubtful' });
    expect((await agent.get(`/api/members/${canary.id}`)).body.contacts).toEqual([]);
    expect(await server.house.pool('letters').where({ member_id: canary.id })).toEqual([]);
    expect(await server.house.pool('messages').where({ member_id: canary.id })).toEqual([]);
  });

  test('a complete file neither closes nor counts them', async () => {
    const [imported] = [await make('safiag', 2).catch((error: { code: string }) => error.code)];
    expect(imported).toBe('invalid-input');
    const take = async (numbers: number[]) => {
      const visit = systemVisit(server.house, 'tests', ['safiag']);
      const text = csv(numbers.map((n) => holder(n)));
      const source = (async function* () {
        yield Buffer.from(text);
      })();
      const file = { organisationId: 'safiag', extent: 'complete', content: 'members', source } as const;
      const taken = await takeFile(visit, file);
      await runImports(server.house);
      return server.house.pool('imports').where({ id: taken.id }).first();
    };
    await take([1, 2, 3]);
    const made = await make('safiag', 3);

    const again = await take([1, 2]);

    expect(again).toMatchObject({ state: 'done', closed: 1, touched: 1 });
    const rows = await server.house.pool('members').whereIn('id', made);
    expect(rows.map(({ contract_end_on }) => contract_end_on as string | null)).toEqual([null, null, null]);
    const db = server.house.pool;
    expect(await canaryIds({ db }, ['safiag'])).toEqual(new Set(made));
    expect(await canaryIds({ db }, [ours, theirs])).toEqual(new Set([canary.id]));
    expect(await canaryIds({ db }, [ours], [member.id])).toEqual(new Set());
  });

  test('are made and listed from the command line', async () => {
    const run = async (...args: string[]) => {
      const lines: string[] = [];
      const out = (line: string) => void lines.push(line);
      const { databaseUrl, directory } = server;
      const env = readEnv({ DATABASE_URL: databaseUrl, DATA_DIR: directory, LOG_LEVEL: 'silent' });
      const input = (async function* () {})();
      const code = await runCli(args, env, { out, err: out, input });
      return { code, text: lines.join('\n') };
    };

    const made = await run('canary', 'make', ours, '--count', '2');
    const listed = await run('canary', 'list');

    expect(made).toEqual({ code: 0, text: 'Adhérents-témoins créés : 2.' });
    expect(listed.text.split('\n').filter((line) => line.includes(ours))).toHaveLength(3);
    expect(listed.text).toContain(canary.memberNumber);
    expect((await run('canary', 'make', 'nowhere')).code).toBe(2);
  });
});
