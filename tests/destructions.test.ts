import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Destruction } from '../server/letters/destructions.schema.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import { hire } from './support/agents.ts';
import type { Client } from './support/client.ts';
import { organisation, printRoom } from './support/lots.ts';
import { openPdf, textOfPages } from './support/paper.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('the destruction record on %s', (engine) => {
  let server: TestServer;
  let other: Client;
  let lot: Lot;
  let rows: Destruction[];
  beforeAll(async () => {
    server = await startServer(engine);
    other = await hire(server, 'other-operator', 'print-operator');
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  const list = async (filter: object, client?: Client): Promise<Destruction[]> => {
    const asked = `/api/destructions?filter=${encodeURIComponent(JSON.stringify(filter))}`;
    return (await (client ?? (await room.api('print-operator'))).get(asked)).body;
  };
  /** A counted lot of four sheets, of which 1, 2 and 4 are waste, declared by the print operator. */
  beforeEach(async () => {
    await moveTo(server, wednesday);
    await room.clear();
    await room.letters(4);
    const released = await room.release(await room.make());
    await room.print(released);
    lot = await room.count(await room.show(released), [4, 1, 2]);
    rows = await list({ lotId: lot.id });
  });
  const witness = (client: Client, row: Destruction | undefined, version = row?.version) =>
    client.post(`/api/destructions/${row?.id}/witness`, { version });

  test('lists each run of sheets with who declared it and until when it is to be seen destroyed', async () => {
    expect(rows).toMatchObject([
      { fromSheet: 1, toSheet: 2, sheets: 2 },
      { fromSheet: 4, toSheet: 4, sheets: 1 },
    ]);
    expect(rows[0]).toMatchObject({
      organisationId: organisation,
      kind: 'spoiled',
      kindInWords: 'Gâchée',
      lotId: lot.id,
      lotNumber: lot.number,
      attempt: 1,
      reference: null,
      declaredByName: 'print-operator de test',
      declaredAt: wednesday,
      dueOn: '2026-11-19',
      isOverdue: false,
      witnessedByName: null,
      witnessedAt: null,
      can: { witness: { allowed: false, why: expect.stringContaining('Une autre personne') } },
    });
    const [asOther] = await list({ lotId: lot.id }, other);
    expect(asOther?.can.witness).toEqual({ allowed: true, why: null });
  });

  test('is witnessed by a second person, and both names stand', async () => {
    await moveTo(server, '2026-11-19T08:00:00.000Z');

    const seen = await witness(other, rows[0]);

    expect(seen).toMatchObject({
      status: 200,
      body: {
        declaredByName: 'print-operator de test',
        witnessedByName: 'other-operator de test',
        witnessedAt: '2026-11-19T08:00:00.000Z',
        can: { witness: { allowed: false } },
        version: 2,
      },
    });
    expect(await list({ lotId: lot.id, open: true })).toMatchObject([{ id: rows[1]?.id }]);
    expect(await list({ lotId: lot.id, open: false })).toMatchObject([{ id: rows[0]?.id }]);
    expect(
      (await room.eventsOf({ id: rows[0]?.id ?? '' })).map(({ type, data }) => [type, data.sheets]),
    ).toEqual([
      ['destruction.declared', 2],
      ['destruction.witnessed', 2],
    ]);
  });

  test('is never witnessed by who declared it, twice, by other roles, from elsewhere or over another’s head', async () => {
    const operator = await room.api('print-operator');
    const supervisor = await room.api('supervisor');
    const [row, second] = rows;

    const own = await witness(operator, row);
    const role = await witness(await room.api('agent'), row);
    const elsewhere = await witness(await room.api('stranger'), row);
    const stale = await witness(supervisor, row, 7);
    const seen = await witness(supervisor, second);
    const again = await witness(other, second, 2);

    expect([own, role, elsewhere, stale, seen, again].map(({ status }) => status)).toEqual([
      ...[422, 403, 404],
      ...[409, 200, 409],
    ]);
    expect(own.body).toMatchObject({ rule: 'destruction.own' });
    expect(again.body).toMatchObject({ rule: 'destruction.witnessed' });
    const stored = await server.house.pool('destructions').where({ id: row?.id }).first();
    expect(stored).toMatchObject({ witnessed_by: null, version: 1 });
    expect(await list({ lotId: lot.id }, await room.api('stranger'))).toEqual([]);
  });

  test('of eight hands at once, one witnesses', async () => {
    const supervisor = await room.api('supervisor');
    const hands = [other, supervisor, other, supervisor, other, supervisor, other, supervisor];

    const answers = await Promise.all(hands.map((client) => witness(client, rows[0])));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    const events = await room.eventsOf({ id: rows[0]?.id ?? '' });
    expect(events.filter(({ type }) => type === 'destruction.witnessed')).toHaveLength(1);
  });

  test('is overdue once the next working day is over, in Paris', async () => {
    await moveTo(server, '2026-11-19T22:59:59.000Z');
    const inTime = await list({ lotId: lot.id });
    await moveTo(server, '2026-11-19T23:00:00.000Z');
    const late = await list({ lotId: lot.id });

    expect(inTime.map(({ isOverdue }) => isOverdue)).toEqual([false, false]);
    expect(late.map(({ isOverdue }) => isOverdue)).toEqual([true, true]);
  });

  describe('as a document', () => {
    const record = async (query: string, client?: Client) =>
      (client ?? (await room.api('print-operator'))).get(`/api/destructions/record?${query}`);

    test('of a lot says what was destroyed, why, who says so and who saw it', async () => {
      await witness(other, rows[0]);

      const answer = await record(`lotId=${lot.id}`);
      const [page = '', ...more] = await textOfPages(answer.bytes);

      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      expect(answer.headers.get('content-disposition')).toContain(`destruction-lot-${lot.number}.pdf`);
      expect(more).toEqual([]);
      for (const said of [
        'Procès-verbal de destruction',
        `Lot n° ${lot.number}`,
        '1–2',
        'Gâchée',
        'print-operator de test',
        'other-operator de test',
        '18/11/2026 10h00',
        'À faire avant le 19/11/2026',
        'DIN 66399',
        'Second témoin',
        'Signature',
        'Page 1 sur 1',
      ])
        expect(page).toContain(said);
      const { info } = await (await openPdf(answer.bytes)).getMetadata();
      expect(info).toMatchObject({ Title: 'Procès-verbal de destruction', Producer: 'Guichet' });
    });

    test('of some days holds what was declared in them, in either language, or nothing', async () => {
      const days = await record('from=2026-11-18&to=2026-11-18&language=en');
      const none = await record('from=2027-01-01&to=2027-01-31');

      const pages = (await textOfPages(days.bytes)).join(' ');
      expect(pages).toContain('Record of destruction');
      expect(pages).toContain('To be done by the evening of');
      expect((await textOfPages(none.bytes)).join(' ')).toContain('Néant');
    });

    test('says what to give, and gives nothing of others', async () => {
      const stranger = await room.api('stranger');

      const answers = [
        await record(''),
        await record('from=2026-11-18'),
        await record('from=2026-11-18&to=2026-11-17'),
        await record('from=2026-01-01&to=2027-01-02'),
        await record('from=demain&to=2026-11-17'),
      ];
      const refused = [
        await record(`lotId=${lot.id}`, stranger),
        await record(`from=2026-11-18&to=2026-11-18&organisationId=${organisation}`, stranger),
        await record(`lotId=${lot.id}`, await room.api('agent')),
      ];
      const theirs = await record('from=2026-11-18&to=2026-11-18', stranger);

      expect(answers.map(({ status, body }) => [status, Object.keys(body.errors)[0]])).toEqual([
        [400, 'from'],
        [400, 'to'],
        [400, 'to'],
        [400, 'to'],
        [400, 'from'],
      ]);
      expect(refused.map(({ status }) => status)).toEqual([404, 404, 403]);
      expect((await textOfPages(theirs.bytes)).join(' ')).toContain('Néant');
    });
  });
});
