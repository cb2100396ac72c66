import { appendFileSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '../server/audit/audit.service.ts';
import { verifyChain } from '../server/audit/verification.service.ts';
import { headLine } from '../server/audit/heads-file.ts';
import { record } from '../server/audit/record.ts';
import type { Db } from '../server/core/ctx.ts';
import { hmacUnder } from '../server/core/hmac.ts';
import { look, perform, systemVisit } from '../server/core/perform.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const note = { type: 'agent.signed-out', data: {} } as const;

describe.each(databases)('the chain and the heads kept outside on %s', (engine) => {
  let server: TestServer;
  let events: { seq: number | string }[];
  let head: { seq: number | string; hash: string };
  let heads: string;
  let last: number;

  const pool = () => server.house.pool;
  /** One act of `rows` rows: one head. */
  const act = (rows = 1) =>
    perform(systemVisit(server.house, 'tests', []), async (ctx) => {
      for (let n = 0; n < rows; n += 1) record(ctx, note);
    });
  const cutAfter = async (seq: number) => {
    await pool()('audit_events').where('seq', '>', seq).delete();
    const { hash } = await pool()('audit_events').where({ seq }).first();
    await pool()('audit_head').update({ seq, hash });
  };
  const verify = () => verifyChain(server.house, pool());

  beforeAll(async () => {
    server = await startServer(engine);
    for (let n = 0; n < 5; n += 1) await act();
    events = await pool()('audit_events').orderBy('seq');
    head = await pool()('audit_head').first();
    heads = readFileSync(server.house.headsFile, 'utf8');
    last = Number(head.seq);
  });
  afterEach(async () => {
    await pool()('audit_events').delete();
    await pool()('audit_events').insert(events);
    await pool()('audit_head').update({ seq: head.seq, hash: head.hash });
    writeFileSync(server.house.headsFile, heads);
  });
  afterAll(() => server.stop());

  test('nothing wrong holds', async () => {
    const whole = { number: 1, fromRow: 1, toRow: last, rows: last, more: 0 };
    const well = { holds: true, brokenAt: null, why: null };

    expect(await verify()).toEqual({
      ...well,
      finished: true,
      rows: last,
      of: last,
      segments: [{ ...whole, ...well }],
    });
  });

  test('rows cut off are missed', async () => {
    await cutAfter(last - 2);

    expect(await verify()).toMatchObject({ holds: false, brokenAt: last - 1, why: 'cut-short' });
  });

  test.each([1, 2, 3])('rows cut off and %i written since are found where they forked', async (since) => {
    await cutAfter(last - 2);
    for (let n = 0; n < since; n += 1) await act();

    expect(await verify()).toMatchObject({ holds: false, brokenAt: last - 1, why: 'forked' });
  });

  test('a head that another process wrote late is no fault', async () => {
    const lines = heads.trimEnd().split('\n');
    writeFileSync(server.house.headsFile, `${[...lines.slice(1), lines[0]].join('\n')}\n`);

    expect(await verify()).toMatchObject({ holds: true });
  });

  test('what another server appended, and what was rolled back, leave no gap', async () => {
    const own = server.house.appendAudit;
    const rolledBack = async (...args: Parameters<typeof own>) => {
      await own(...args);
      throw new Error('not today');
    };
    const appendWith = async (append: typeof own) => {
      server.house.appendAudit = append;
      await act(2).finally(() => void (server.house.appendAudit = own));
    };

    await appendWith(own);
    await appendWith(appendAudit(server.house.keys));
    await appendWith(own);
    await expect(appendWith(rolledBack)).rejects.toThrow();
    await appendWith(own);
    await Promise.all([act(), act(), act()]);

    expect(await verify()).toMatchObject({ holds: true, rows: last + 11 });
  });

  test('a payload taken away is a fault, and so is a row forged without one', async () => {
    await pool()('audit_events').where({ seq: 3 }).update({ payload: null, type: 'agent.signed-in' });

    expect(await verify()).toMatchObject({ holds: false, rows: 2, brokenAt: 3, why: 'payload-removed' });
  });

  test('a head that is not its row’s is a fault', async () => {
    await pool()('audit_head').update({ hash: 'another' });
    expect(await verify()).toMatchObject({ holds: false, brokenAt: last, why: 'head-changed' });

    await pool()('audit_head').update({ seq: 2, hash: (events[1] as unknown as { hash: string }).hash });
    expect(await verify()).toMatchObject({ holds: false, brokenAt: 3, why: 'head-changed' });
  });

  test('rows appended while the rows are read are no fault', async () => {
    let acted = false;
    const db = whileReading(pool(), async () => {
      if (!acted) await act();
      acted = true;
    });

    expect(await verifyChain(server.house, db)).toMatchObject({ holds: true, brokenAt: null });
    expect(acted).toBe(true);
  });

  test('forty thousand heads are compared', async () => {
    const mac = hmacUnder(server.house.keys.derive('audit-sink'));
    const lines = Array.from({ length: 40_000 }, (_, n) => {
      return `${headLine(mac, { seq: last + 1 + n, hash: 'h', at: 'a' })}\n`;
    });
    appendFileSync(server.house.headsFile, lines.join(''));

    expect(await verify()).toMatchObject({ holds: false, brokenAt: last + 1, why: 'cut-short' });
  });

  test('a line torn at the end is passed over, and taken away by the next head', async () => {
    appendFileSync(server.house.headsFile, '{"seq":99,"ha');
    expect(await verify()).toMatchObject({ holds: true });

    failAndRecover(server);
    await act();
    expect(await verify()).toMatchObject({ holds: true, rows: last + 1 });
    expect(readFileSync(server.house.headsFile, 'utf8').trimEnd().split('\n').at(-1)).toMatch(/^\{.*\}$/);
  });

  test('a line torn in the middle is a fault after the last head before it', async () => {
    const lines = heads.split('\n');
    const { seq } = JSON.parse(lines[2] ?? '') as { seq: number };
    writeFileSync(
      server.house.headsFile,
      [...lines.slice(0, 3), '{"seq":4,"ha', ...lines.slice(4)].join('\n'),
    );

    expect(await verify()).toMatchObject({ holds: false, brokenAt: seq + 1, why: 'heads-damaged' });
  });
});

describe.each(databases)('a second sink that fails on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const openCall = async () =>
    (await server.as('agent')).post('/api/calls', { channel: 'telephone', caller: 'member' });
  const ready = () => server.anonymous().get('/readyz');

  test('the act it fails after is done; the next ones and looks are refused until it writes again', async () => {
    const { headsFile, pool } = server.house;
    await server.as('agent');
    const supervisor = await server.as('supervisor');
    const visit = systemVisit(server.house, 'tests', []);
    const rowsOf = async () => Number((await pool('audit_head').first()).seq);
    expect((await ready()).status).toBe(200);
    renameSync(headsFile, `${headsFile}.aside`);
    mkdirSync(headsFile);

    const first = await openCall();
    const committed = await rowsOf();

    expect(first.status).toBeLessThan(300);
    expect(server.logged.join('\n')).toContain('second sink');
    expect(await openCall()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect((await supervisor.get('/api/audit-events')).status).toBe(503);
    await expect(look(visit, async (ctx) => record(ctx, note))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await rowsOf()).toBe(committed);
    expect(await ready()).toMatchObject({ status: 503, body: { problem: expect.stringContaining('sink') } });

    rmdirSync(headsFile);
    renameSync(`${headsFile}.aside`, headsFile);
    expect((await openCall()).status).toBeLessThan(300);
    expect((await ready()).status).toBe(200);
    const kept = readFileSync(headsFile, 'utf8').trimEnd().split('\n');
    expect(kept.map((line) => (JSON.parse(line) as { seq: number }).seq)).toContain(committed);
    expect(await verifyChain(server.house, pool)).toMatchObject({ holds: true });
  });

  test('a look whose head cannot be written after its commit is answered', async () => {
    const { chainCommitted } = server.house;
    server.house.chainCommitted = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };

    const answer = await (await server.as('supervisor')).get('/api/audit-events');
    server.house.chainCommitted = chainCommitted;

    expect(answer.status).toBe(200);
    expect((await ready()).status).toBe(200);
  });
});

/** The database, where `meanwhile` happens after rows of the chain were read and before their reader gets them. */
const whileReading = (pool: Db, meanwhile: () => Promise<void>): Db =>
  new Proxy(pool, {
    apply: (target, self, args: [string]) => {
      const query = Reflect.apply(target, self, args) as unknown as Promise<unknown>;
      const then = query.then.bind(query) as (...given: unknown[]) => Promise<unknown>;
      const later = (rows: unknown) => meanwhile().then(() => rows);
      const isWalk = () => (query as unknown as { toString: () => string }).toString().includes('order by');
      return Object.assign(query, {
        then: (...given: [() => unknown, () => unknown]) =>
          args[0] === 'audit_events' && isWalk() ? then(later).then(...given) : then(...given),
      });
    },
  });

/** What a disk that was full for a moment leaves: a sink that must look at the end of its file again. */
const failAndRecover = ({ house: { headsFile, chainCommitted } }: TestServer): void => {
  renameSync(headsFile, `${headsFile}.aside`);
  mkdirSync(headsFile);
  expect(() => chainCommitted({ seq: 0, hash: '', at: '' })).toThrow();
  rmdirSync(headsFile);
  renameSync(`${headsFile}.aside`, headsFile);
};
