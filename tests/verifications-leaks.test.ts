import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFactValue } from '../server/verifications/fact-value.ts';
import { systemRandom } from '../server/core/random.ts';
import { housekeep } from '../server/core/perform.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { keepFacts } from '../server/verifications/facts.service.ts';
import { seededBytes } from './support/chance.ts';
import { codeReadTo, lockOut, pageOf, speakWith, step } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, otherThan } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

/** Recognisable wherever they stand, as they are written, said and read. */
const expected = { 'vitale-serial': 'zq 4471-KW 93', 'benefit-amount': '8 731,46' };
const said = { 'vitale-serial': 'ZQ4471.kw93', 'benefit-amount': '8731.46 €' };
const wrong = { 'vitale-serial': 'WRONG5566XY', 'benefit-amount': '7 642,35' };
const kinds = { 'vitale-serial': 'text', 'benefit-amount': 'amount' } as const;
type Fact = keyof typeof kinds;
const facts = Object.keys(kinds) as Fact[];

/** Every form in which one of these values could stand somewhere. */
const formsOf = (values: Record<Fact, string>): string[] =>
  facts.flatMap((fact) => {
    const value = values[fact];
    return [value, value.replace(/[\s€]/g, ''), readFactValue(kinds[fact], value, 2026) ?? value];
  });
const canaries = [...new Set([expected, said, wrong].flatMap(formsOf))];

describe.each(databases)('what nobody may find, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let member: Built & { mobile: string; email: string };
  const bodies: string[] = [];
  const codes: string[] = [];
  const keep = (answer: Answer): Answer => {
    bodies.push(JSON.stringify([answer.body, [...answer.headers]]));
    return answer;
  };

  /** A whole call in which everything is tried, right and wrong, with and without an idempotency key. */
  beforeAll(async () => {
    // Codes of four digits that stand nowhere else by chance, the same in every run.
    server = await startServer(engine, { random: { bytes: seededBytes(4_471), id: systemRandom.id } });
    agent = await server.as('agent');
    member = await buildMember(server, 'msa-sud-aquitaine');
    const policy = policyOf(server.house, 'msa-sud-aquitaine');
    const rows = facts.map((fact) => ({
      memberId: member.id,
      fact,
      value: expected[fact],
      happenedOn: '2026-11-01',
    }));
    await housekeep(server.house, (db, now) => keepFacts({ db, now, house: server.house }, policy, rows));
    await lockOut(server, member);

    for (const answers of [wrong, said]) {
      await speakWith(agent, member);
      for (let n = 0; n < 2; n += 1) {
        const page = keep(await agent.get(`/api/members/${member.id}`)).body;
        const fact = page.verification.facts.question?.fact as Fact | undefined;
        if (!fact) continue;
        const body = { method: 'fact', fact, answer: answers[fact] };
        const path = `/api/members/${member.id}/verifications`;
        const key = { 'idempotency-key': `answer-${fact}-${answers[fact].length}` };
        keep(await agent.post(path, body, key));
        keep(await agent.post(path, body, key));
        // Refused: it is not the question any more, or holds too much.
        keep(await step(agent, member, body));
        keep(await step(agent, member, { ...body, more: answers[fact] }));
        keep(await step(agent, member, { ...body, fact: answers[fact].repeat(9) }));
      }
    }
    await readCodes();
    keep(await agent.get(`/api/members/${member.id}/progress`));
    keep(await agent.get(`/api/calls?filter=${JSON.stringify({ memberId: member.id })}`));
    const { call } = (await agent.get('/api/calls/current')).body;
    keep(await agent.get(`/api/calls/${call.id}/summary`));
    keep(await (await server.as('auditor')).get('/api/audit-events?range=[0,99]'));
    keep(await (await server.as('supervisor')).get('/api/messages'));
  });
  afterAll(() => server.stop());

  const readCodes = async (): Promise<void> => {
    for (const channel of ['sms', 'email'] as const) {
      keep(await step(agent, member, { method: 'send-code', channel }));
      await server.work();
      const code = await codeReadTo(server, member, channel);
      codes.push(code);
      keep(await step(agent, member, { method: 'code', code: otherThan(code) }));
      keep(await step(agent, member, { method: 'code', code }));
    }
  };

  const everyTable = async (): Promise<Map<string, string>> => {
    const { pool } = server.house;
    const names =
      engine === 'sqlite'
        ? await pool('sqlite_master').where({ type: 'table' }).select('name')
        : await pool('pg_tables').where({ schemaname: 'public' }).select('tablename as name');
    const dumps = new Map<string, string>();
    for (const { name } of names as { name: string }[]) {
      dumps.set(name, JSON.stringify(await pool(name).select('*')));
    }
    return dumps;
  };
  const filesUnder = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((file) => join(directory, file))
      .filter((file) => statSync(file).isFile());

  test('the call did try everything', async () => {
    const events = await server.house.pool('audit_events').where({ member_id: member.id });
    const data = events.map(
      ({ payload }) => JSON.parse(payload as string).data as { right?: boolean; outcome?: string },
    );

    expect(data.filter(({ right }) => right === true).length).toBe(2);
    expect(data.filter(({ right }) => right === false).length).toBe(1);
    expect(data.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['right', 'wrong']));
    expect((await pageOf(agent, member)).verification.level).toBe('contact-confirmed');
    expect(canaries).toEqual(expect.arrayContaining(['ZQ4471KW93', '873146', 'WRONG5566XY', '764235']));
    expect(new Set(codes).size).toBe(2);
  });

  test('no answer of the API holds what was expected, or what was said', () => {
    const found = canaries.filter((canary) => bodies.some((body) => body.includes(canary)));

    expect(found).toEqual([]);
    // Four digits stand in many an id: they are looked for as a word.
    const shown = codes.filter((code) =>
      bodies.some((body) => new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(body)),
    );
    expect(shown).toEqual([]);
  });

  test('nor does the log, with any header or body of it', () => {
    const log = server.logged.join('\n');

    expect(log.length).toBeGreaterThan(500);
    expect(canaries.filter((canary) => log.includes(canary))).toEqual([]);
  });

  test('nor any row of any table: audit, idempotency, messages, facts', async () => {
    const tables = await everyTable();
    const found: string[] = [];
    for (const [name, dump] of tables) {
      for (const canary of canaries) if (dump.includes(canary)) found.push(`${name}: ${canary}`);
      for (const code of codes) {
        if (new RegExp(`(?<![\\w.:-])${code}(?![\\w.:-])`).test(dump)) found.push(`${name}: code`);
      }
    }

    expect(tables.size).toBeGreaterThan(30);
    expect(tables.get('audit_events')).toContain('verification.answered');
    expect(tables.get('idempotency_keys')).not.toBe('[]');
    expect(tables.get('member_facts')).toContain(member.id);
    expect(found).toEqual([]);
  });

  test('nor any file; the code stands in its own message alone', async () => {
    const texts = filesUnder(server.directory).map((file) => [file, readFileSync(file, 'latin1')] as const);
    const withCanary = texts.filter(([, text]) => canaries.some((canary) => text.includes(canary)));
    const messages = (await server.house.mailbox?.list()) ?? [];

    expect(texts.length).toBeGreaterThan(5);
    expect(withCanary.map(([file]) => file)).toEqual([]);
    for (const code of codes) {
      const word = new RegExp(`\\b${code}\\b`);
      const carried = messages.filter(({ text }) => word.test(text));
      expect(carried.map(({ to }) => to)).toEqual([code === codes[0] ? member.mobile : member.email]);
    }
  });
});
