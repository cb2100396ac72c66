import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { beginHeads, beginHeadsHere } from '../server/audit/heads-kept.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { verifyChain } from '../server/audit/verification.service.ts';
import { newWatch, runAuditWatch, watchAudit } from '../server/audit/watch.service.ts';
import { actIn, startAudited, type Audited } from './support/audited.ts';
import { databases, type TestServer } from './support/server.ts';

describe.each(databases)('the trace kept outside the database, missed when it goes, on %s', (engine) => {
  let audited: Audited;
  let server: TestServer;
  let last: number;

  const pool = () => server.house.pool;
  const table = () => pool()('audit_events');
  const act = () => actIn(server);
  const begun = () => audited.events.find(({ type }) => type === 'audit.heads-begun')?.seq ?? 0;
  const verify = () => verifyChain(server.house, pool());
  const eventsOf = async (type: string) =>
    (await table().where({ type }).orderBy('seq')).map(({ payload }) => JSON.parse(payload).data);
  const alerts = async () => Number((await pool()('alerts').count({ n: '*' }).first())?.n);
  /** The line with which the file began to be kept. */
  const beginning = () =>
    readFileSync(server.house.headsFile, 'utf8')
      .split('\n')
      .find((line) => line.includes('begun'));
  const cutAfter = async (seq: number) => {
    await table().where('seq', '>', seq).delete();
    const { hash } = await table().where({ seq }).first();
    await pool()('audit_head').update({ seq, hash });
  };

  beforeAll(async () => {
    audited = await startAudited(engine);
    ({ server, last } = audited);
  });
  afterEach(() => audited.restore());
  afterAll(() => server.stop());

  test.each([
    ['emptied', () => writeFileSync(server.house.headsFile, '')],
    ['removed', () => rmSync(server.house.headsFile)],
    ['put back as it began', () => writeFileSync(server.house.headsFile, `${beginning()}\n`)],
  ])('an older copy whose trace outside was %s is told by a machine that restarts', async (_how, harm) => {
    await watchAudit(server.house);
    await act();
    await watchAudit(server.house);
    await cutAfter(last - 2);
    harm();

    server.house.auditWatch = newWatch();
    await watchAudit(server.house);

    const fault = { segment: 1, brokenAt: last - 1, why: 'heads-missing', others: 0 };
    expect(await eventsOf('audit.segment-opened')).toEqual([{ ...fault, opened: 2, fromRow: last - 1 }]);
    expect(await alerts()).toBe(server.house.everyOrganisation().length);
    await act();
    server.house.auditWatch = newWatch();
    await watchAudit(server.house);
    expect(await eventsOf('audit.segment-opened')).toHaveLength(1);
    expect((await verify()).segments).toMatchObject([
      { brokenAt: last - 1, why: 'heads-missing' },
      { number: 2, fromRow: last - 1, holds: true },
    ]);
  });

  test.each(['without', 'with'] as const)(
    'an emptied trace is told %s what the database knew of it',
    async (known) => {
      if (known === 'with') await watchAudit(server.house);
      writeFileSync(server.house.headsFile, '');

      expect(await verify()).toMatchObject({ holds: false, brokenAt: last + 1, why: 'heads-missing' });
    },
  );

  test('what the database knows of the trace cannot be lowered or taken away', async () => {
    await watchAudit(server.house);
    await act();
    await watchAudit(server.house);
    const kept = await pool()('audit_heads_files').first();
    const heads = readFileSync(server.house.headsFile, 'utf8');
    writeFileSync(server.house.headsFile, `${beginning()}\n${audited.heads}`);
    const cut = await verify();
    await pool()('audit_heads_files').update({ kept_seq: 1 });
    const lowered = await verify();
    await pool()('audit_heads_files').delete();
    const forgotten = await verify();
    await pool()('audit_heads_files').insert(kept);
    writeFileSync(server.house.headsFile, heads);

    for (const one of [cut, lowered, forgotten])
      expect(one).toMatchObject({ holds: false, brokenAt: last + 2, why: 'heads-missing' });
    expect(await verify()).toMatchObject({ holds: true });
  });

  test('a beginning that was cut off before its commit is begun again, and no loss', async () => {
    await pool()('audit_heads_files').delete();
    await cutAfter(begun() - 1);
    const lines = audited.heads.trimEnd().split('\n');
    const before = lines.filter((line) => JSON.parse(line).seq < begun());
    writeFileSync(server.house.headsFile, `${[...before, beginning()].join('\n')}\n`);

    await watchAudit(server.house);
    await watchAudit(server.house);

    expect(await verify()).toMatchObject({ holds: true, rows: begun() });
    expect(await alerts()).toBe(0);
  });

  test('what the chain said of its file is said again when its age has taken it away', async () => {
    const now = server.clock.now().toISOString();
    await watchAudit(server.house);
    server.clock.advance(14 * 30 * 24 * 60);
    await act();
    await watchAudit(server.house);
    const left = await eventsOf('audit.heads-begun');
    await act();
    await watchAudit(server.house);
    await act();
    await watchAudit(server.house);

    expect(left).toHaveLength(0);
    expect(await eventsOf('audit.heads-begun')).toHaveLength(1);
    await pool()('audit_heads_files').delete();
    expect(await verify()).toMatchObject({ holds: false, why: 'heads-missing' });
    server.clock.set(now);
  });

  test('a trace that another process begins meanwhile is not taken for another one', async () => {
    await watchAudit(server.house);
    let hasBegun = false;
    const db = new Proxy(pool(), {
      apply: (target, _self, [name]: [string]) => {
        const query = target(name);
        if (name !== 'audit_heads_files' || hasBegun) return query;
        hasBegun = true;
        const select = async (...columns: string[]) => {
          const rows = await query.select(...columns);
          await perform(systemVisit(server.house, 'audit', []), beginHeads);
          return rows;
        };
        return { select };
      },
    });

    expect(await verifyChain(server.house, db)).toMatchObject({ holds: true });
    expect(hasBegun).toBe(true);
  });

  test('a new machine, or a directory that moved, says so beforehand, and is then not taken for a loss', async () => {
    await watchAudit(server.house);
    rmSync(server.house.headsFile);

    await beginHeadsHere(server.house);
    server.house.auditWatch = newWatch();
    await watchAudit(server.house);

    expect(await verify()).toMatchObject({ holds: true, rows: last + 1 });
    expect(await eventsOf('audit.heads-begun')).toHaveLength(2);
    await expect(beginHeadsHere(server.house)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a watch that throws is told to everybody, once until it works again', async () => {
    const told = () =>
      pool()('alerts').where({ kind: 'audit-unwatched' }).select('organisation_id', 'times', 'seen_at');
    const fail = async () => {
      await pool().schema.renameTable('audit_segments', 'aside');
      await expect(runAuditWatch(server.house)).rejects.toThrow();
      await expect(runAuditWatch(server.house)).rejects.toThrow();
      await pool().schema.renameTable('aside', 'audit_segments');
    };
    await fail();
    const first = await told();
    await runAuditWatch(server.house);
    await fail();

    expect(first.map((row) => row.organisation_id).sort()).toEqual(server.house.everyOrganisation().sort());
    expect(first.every(({ times }) => Number(times) === 1)).toBe(true);
    expect((await told()).every(({ times }) => Number(times) === 2)).toBe(true);
    expect(await eventsOf('audit.watch-failed')).toHaveLength(2);
  });

  test('a watch whose failure cannot be told says both, its own first, and tells it at the next pass', async () => {
    await runAuditWatch(server.house);
    const { appendAudit } = server.house;
    server.house.appendAudit = () => Promise.reject(new Error('no room left'));
    await pool().schema.renameTable('audit_segments', 'aside');

    const thrown: unknown = await runAuditWatch(server.house).catch((error: unknown) => error);
    server.house.appendAudit = appendAudit;
    await expect(runAuditWatch(server.house)).rejects.not.toBeInstanceOf(AggregateError);
    await pool().schema.renameTable('aside', 'audit_segments');

    const { errors, cause } = thrown as AggregateError & { errors: Error[] };
    expect(thrown).toBeInstanceOf(AggregateError);
    expect(errors).toEqual([cause, expect.objectContaining({ code: 'unavailable' })]);
    expect(String(cause)).toContain('audit_segments');
    expect(await eventsOf('audit.watch-failed')).toHaveLength(1);
  });
});
