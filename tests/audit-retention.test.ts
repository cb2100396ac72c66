import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emptyColumns } from '../server/audit/chain.ts';
import { removeOldPayloads } from '../server/audit/retention.service.ts';
import { verifyChain } from '../server/audit/verification.service.ts';
import { watchAudit } from '../server/audit/watch.service.ts';
import { actIn, startAudited, type Audited, type AuditedRow } from './support/audited.ts';
import { databases, deskPassword, moveTo, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('the retention of the audit on %s', (engine) => {
  let audited: Audited;
  let server: TestServer;
  let events: AuditedRow[];
  let last: number;

  const table = () => server.house.pool('audit_events');
  const act = () => actIn(server);
  const verify = () => verifyChain(server.house, server.house.pool);

  beforeAll(async () => {
    audited = await startAudited(engine);
    ({ server, events, last } = audited);
  });
  afterEach(async () => {
    await moveTo(server, wednesday);
    await audited.restore();
  });
  afterAll(() => server.stop());

  test('what is older than its retention is taken away, and the chain still says who took it', async () => {
    await moveTo(server, '2027-11-20T09:00:00.000Z');
    await act();
    const emptied = await removeOldPayloads(server.house);
    const again = await removeOldPayloads(server.house);

    expect([emptied, again]).toEqual([last, 0]);
    expect(await verify()).toMatchObject({ holds: true, rows: last + 2 });
    const old = await table().where({ seq: 3 }).first();
    expect(old).toMatchObject({
      payload: null,
      at: '',
      type: 'audit.removed',
      actor_id: null,
      member_id: null,
    });
    expect(old.hash).toBe(events[2]?.hash);
    const { payload } = await table().where({ type: 'audit.payloads-removed' }).first();
    expect(JSON.parse(payload).data).toEqual({
      ranges: [{ from: 1, to: last }],
      rows: last,
      before: '2026-11-20T09:00:00.000Z',
    });

    const auditor = await server.anonymous().signIn('auditor', deskPassword);
    const listed = await auditor.get('/api/audit-events?range=[0,99]');
    expect(listed.body.map(({ type }: { type: string }) => type)).toContain('audit.payloads-removed');
    expect(listed.body.map(({ type }: { type: string }) => type)).not.toContain('audit.removed');

    await table().where({ seq: 3 }).update({ member_id: 'somebody' });
    expect(await verify()).toMatchObject({ brokenAt: 3, why: 'payload-removed' });
    await table().where({ seq: 3 }).update({ member_id: null });
    const seq = last + 1;
    await table()
      .where({ seq })
      .update({ payload: null, ...emptyRow(seq) });
    expect(await verify()).toMatchObject({ brokenAt: seq, why: 'payload-removed' });
  });

  test('what only a column calls old stays', async () => {
    await table().where('seq', '<=', 5).update({ at: '2020-01-01T00:00:00.000Z' });

    expect(await removeOldPayloads(server.house)).toBe(0);
    expect(await table().whereNull('payload')).toEqual([]);
  });

  test('a broken segment’s payloads are evidence, and stay for three years', async () => {
    await table().where({ seq: 5 }).update({ result: 'refused' });
    await watchAudit(server.house);

    await moveTo(server, '2027-12-20T09:00:00.000Z');
    await removeOldPayloads(server.house);
    const afterOne = await table().whereNull('payload').orderBy('seq');
    await moveTo(server, '2029-12-20T09:00:00.000Z');
    await removeOldPayloads(server.house);
    const afterThree = await table().whereNull('payload').orderBy('seq');

    expect(Number(afterOne[0]?.seq)).toBe(last + 1);
    expect(Number(afterThree[0]?.seq)).toBe(1);
    expect((await verify()).segments).toMatchObject([{ holds: false, brokenAt: 5 }, { holds: true }]);
  });
});

const emptyRow = (seq: number) => {
  const { organisationId, actorKind, actorId, memberId, callId, ...same } = emptyColumns(seq);
  const ids = { organisation_id: organisationId, member_id: memberId, call_id: callId };
  return { ...same, ...ids, actor_kind: actorKind, actor_id: actorId };
};
