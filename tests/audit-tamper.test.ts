import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeVerificationDesk } from '../server/audit/verification-desk.ts';
import { verifyChain } from '../server/audit/verification.service.ts';
import { newWatch, watchAudit } from '../server/audit/watch.service.ts';
import { seeded } from './bench/measure.ts';
import { actIn, startAudited, type Audited, type AuditedRow } from './support/audited.ts';
import { databases, type TestServer } from './support/server.ts';
import { eachFlip } from './support/tampering.ts';

describe.each(databases)('an audit that somebody tampers with on %s', (engine) => {
  let audited: Audited;
  let server: TestServer;
  let events: AuditedRow[];
  let last: number;

  const pool = () => server.house.pool;
  const table = () => pool()('audit_events');
  const act = () => actIn(server);
  const verify = () => verifyChain(server.house, pool());
  const eventsOf = async (type: string) =>
    (await table().where({ type }).orderBy('seq')).map(({ payload }) => JSON.parse(payload).data);
  const alerts = async () => Number((await pool()('alerts').count({ n: '*' }).first())?.n);
  const cutAfter = async (seq: number) => {
    await table().where('seq', '>', seq).delete();
    const { hash } = await table().where({ seq }).first();
    await pool()('audit_head').update({ seq, hash });
  };

  beforeAll(async () => {
    audited = await startAudited(engine);
    ({ server, events, last } = audited);
  });
  afterEach(() => audited.restore());
  afterAll(() => server.stop());

  test('bits flipped in the database are told at their row or the next', async () => {
    const random = seeded(7);
    const names = ['payload', 'payload_digest', 'hash', 'id', 'at', 'type', 'actor_kind', 'result'] as const;
    for (let n = 0; n < 16; n += 1) {
      const row = events[Math.floor(random() * events.length)]!;
      const name = names[n % names.length]!;
      const texts: string[] = [];
      // What no database takes for a text is no way to tamper with it.
      eachFlip(String(row[name]), (text) => /^[\x01-\x7f]*$/.test(text) && texts.push(text));
      await table()
        .where({ seq: row.seq })
        .update({ [name]: texts[Math.floor(random() * texts.length)] });

      const { holds, brokenAt } = await verify();

      expect([holds, [row.seq, row.seq + 1].includes(brokenAt ?? 0)], `${name} of ${row.seq}`).toEqual([
        false,
        true,
      ]);
      await table()
        .where({ seq: row.seq })
        .update({ [name]: row[name] });
    }
    expect(await verify()).toMatchObject({ holds: true });
  });

  test('rows deleted, put in and swapped are told at their place', async () => {
    await table().where({ seq: 4 }).delete();
    expect(await verify()).toMatchObject({ brokenAt: 4, why: 'missing-row' });
    await table().insert({ ...events[4], seq: 4, id: 'another' });
    expect(await verify()).toMatchObject({ brokenAt: 4, why: 'column-changed' });
    await table().where({ seq: 4 }).delete();
    await table().insert(events[3] as object);

    await table().where({ seq: 5 }).update({ seq: 1_000 });
    await table().where({ seq: 6 }).update({ seq: 5 });
    await table().where({ seq: 1_000 }).update({ seq: 6 });
    expect(await verify()).toMatchObject({ brokenAt: 5, why: 'link-broken' });
  });

  test('a break is found by the next look at new rows, told to everybody, and the chain goes on in a new segment', async () => {
    await watchAudit(server.house);
    await act();
    await table()
      .where({ seq: last + 1 })
      .update({ result: 'refused' });

    await watchAudit(server.house);

    const told = { segment: 1, brokenAt: last + 1, why: 'column-changed', others: 0 };
    expect(await eventsOf('audit.segment-opened')).toEqual([{ ...told, opened: 2, fromRow: last + 2 }]);
    expect(
      await table()
        .where({ seq: last + 2 })
        .first(),
    ).toMatchObject({ type: 'audit.segment-opened' });
    const rows = await pool()('alerts').where({ kind: 'audit-broken' });
    expect(rows.map((row) => row.organisation_id).sort()).toEqual(server.house.everyOrganisation().sort());
    await act();
    expect(await verify()).toMatchObject({
      holds: false,
      brokenAt: last + 1,
      segments: [
        { number: 1, toRow: last + 1, holds: false, brokenAt: last + 1, why: 'column-changed', more: 0 },
        { number: 2, fromRow: last + 2, holds: true },
      ],
    });
    const raised = await alerts();
    await watchAudit(server.house);
    server.house.auditWatch = newWatch();
    await watchAudit(server.house);
    expect(await alerts()).toBe(raised);
    expect(await eventsOf('audit.segment-opened')).toHaveLength(1);
  });

  test('what is changed later in a segment that was left is told, without another one', async () => {
    await table().where({ seq: 5 }).update({ result: 'refused' });
    await watchAudit(server.house);
    await table().where({ seq: 3 }).delete();

    // Somebody who silences alerts beforehand would have to write them into the chain.
    server.house.auditWatch = newWatch();
    await watchAudit(server.house);
    server.house.auditWatch = newWatch();
    await watchAudit(server.house);

    expect(await eventsOf('audit.broken')).toEqual([
      { segment: 1, brokenAt: 3, why: 'missing-row', others: 1 },
    ]);
    expect(await eventsOf('audit.segment-opened')).toHaveLength(1);
    const verification = await verify();
    expect(verification.segments).toMatchObject([
      { brokenAt: 3, more: 1 },
      { number: 2, holds: true },
    ]);
  });

  test('an older copy is told although the trace outside was cut too, by who has seen more', async () => {
    await watchAudit(server.house);
    const lines = audited.heads.trimEnd().split('\n');
    const seqOf = (line: string) => (JSON.parse(line) as { seq: number }).seq;
    const cutBoth = async (seq: number) => {
      await cutAfter(seq);
      writeFileSync(server.house.headsFile, lines.filter((line) => seqOf(line) <= seq).join('\n') + '\n');
    };
    const begun = events.find(({ type }) => type === 'audit.heads-begun')?.seq ?? 0;
    await cutBoth(last - 2);
    const knowing = await verify();
    // What the database knows of the file went with it: the chain has said that there was one.
    await pool()('audit_heads_files').delete();
    const said = await verify();
    // Back to before that: nothing inside can tell any more, but whoever has seen more.
    await cutBoth(begun - 1);
    expect(await verify()).toMatchObject({ holds: true, rows: begun - 1 });

    await act();
    await watchAudit(server.house);

    for (const told of [knowing, said])
      expect(told).toMatchObject({ holds: false, brokenAt: last - 1, why: 'heads-missing' });
    expect((await eventsOf('audit.segment-opened'))[0]).toMatchObject({
      brokenAt: begun + 1,
      why: 'cut-short',
    });
  });

  test('an older copy gone on with is told, and rows get no place twice', async () => {
    await cutAfter(last - 3);
    await act();

    await watchAudit(server.house);

    expect(await eventsOf('audit.segment-opened')).toMatchObject([
      { brokenAt: last - 2, why: 'forked', fromRow: last + 1 },
    ]);
    expect((await verify()).segments).toMatchObject([
      { brokenAt: last - 2, why: 'forked' },
      { number: 2, fromRow: last + 1, holds: true },
    ]);
  });

  test('what holds is signed each time there is something new, and a forged signature is told', async () => {
    await watchAudit(server.house);
    await watchAudit(server.house);
    await act();
    await watchAudit(server.house);
    const lines = readFileSync(server.house.headsFile, 'utf8').trimEnd().split('\n');
    const checkpoints = lines.map((line) => JSON.parse(line)).filter(({ signature }) => signature);

    expect(checkpoints.filter(({ seq }) => seq >= last)).toMatchObject([
      { seq: last, hash: audited.head.hash, rows: last, segment: 1 },
      { seq: last + 1, rows: last + 1, segment: 1 },
    ]);
    const forged = lines.map((line) => line.replace(`"rows":${last},`, `"rows":${last - 1},`));
    writeFileSync(server.house.headsFile, `${forged.join('\n')}\n`);
    expect(await verify()).toMatchObject({ holds: false, why: 'heads-damaged' });
  });

  test('a row at a place that no chain gives is told, and so is a payload that is no text', async () => {
    await table().insert({ ...events[2], seq: -1, id: 'stray' });
    const stray = await verify();
    await table().where({ seq: -1 }).delete();
    if (engine === 'sqlite')
      await table()
        .where({ seq: 3 })
        .update({ payload: pool().raw('cast(payload as blob)') });
    else
      await table()
        .where({ seq: 3 })
        .update({ payload: ` ${String(events[2]?.payload)}` });
    await watchAudit(server.house);

    expect(stray).toMatchObject({ holds: false, brokenAt: 1, why: 'stray-row' });
    expect(await verify()).toMatchObject({ holds: false, brokenAt: 3, why: 'payload-changed' });
    expect(await alerts()).toBeGreaterThan(0);
  });

  test('who asks for the whole chain waits a little, then hears how far it is, and gets the answer later', async () => {
    const desk = makeVerificationDesk(() => server.house, 0);
    const answers = [await desk()];
    while (!answers.at(-1)?.finished) answers.push(await desk());

    expect(answers[0]).toMatchObject({ finished: false, segments: [] });
    expect(answers.at(-1)).toMatchObject({ finished: true, holds: true, rows: last });
  });

  test('the answer names each segment, and says it to who may ask', async () => {
    await table().where({ seq: 5 }).update({ result: 'refused' });

    const auditor = await server.as('auditor');
    const first = await auditor.get('/api/audit-events/verification');
    const second = await auditor.get('/api/audit-events/verification');

    const broken = { finished: true, holds: false, brokenAt: 5, why: 'column-changed' };
    expect(first).toMatchObject({ status: 200, body: { ...broken, segments: [{ number: 1 }] } });
    expect(second.body).toMatchObject({
      ...broken,
      segments: [{ holds: false }, { number: 2, holds: true }],
    });
    expect(await eventsOf('audit.verified')).toMatchObject([{ holds: false }, { holds: false }]);
    expect((await (await server.as('agent')).get('/api/audit-events/verification')).status).toBe(403);
  });
});
