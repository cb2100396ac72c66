import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CountToSend, Lot } from '../server/letters/lots.schema.ts';
import { sheetCode } from '../server/letters/sheet-code.ts';
import { hire } from './support/agents.ts';
import { printRoom } from './support/lots.ts';
import { databases, startServer, wednesday, type AccountName, type TestServer } from './support/server.ts';

describe.each(databases)('counting bundle by bundle on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { bundleSize: 3 });
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  beforeEach(async () => {
    server.clock.set(wednesday);
    await room.clear();
  });

  /** A printed lot of six sheets in two bundles. */
  const printedLot = async (): Promise<Lot> => {
    await room.letters(6);
    const released = await room.release(await room.make());
    await room.print(released);
    return room.show(released);
  };
  const count = (lot: Lot, more: Partial<CountToSend>, account: AccountName = 'print-operator') =>
    room.act(account, lot, 'count', {
      good: 3,
      spoiled: [],
      bundle: { attempt: 1, number: 1 },
      version: lot.version,
      ...more,
    });
  const second = { attempt: 1, number: 2 };
  const wasteOf = (lot: Lot) =>
    server.house.pool('destructions').where({ lot_id: lot.id }).orderBy(['kind', 'from_sheet']);

  test('one bundle after the other, and the last one makes the lot counted', async () => {
    const lot = await printedLot();

    const first = await count(lot, { good: 2, spoiled: [3] });
    const early = await room.act('print-operator', lot, 'deposit', { version: first.body.version });
    const last = await count(first.body, { good: 1, spoiled: [{ from: 4, to: 5 }], bundle: second });
    const deposited = await room.deposit(last.body);

    expect(first).toMatchObject({ status: 200, body: { state: 'printed', spoiled: 1, countedAt: null } });
    expect(first.body.bundles).toMatchObject([
      { number: 1, fromSheet: 1, toSheet: 3, good: 2, spoiled: 1, countedAt: wednesday },
      { number: 2, fromSheet: 4, toSheet: 6, good: null, spoiled: null, countedAt: null },
    ]);
    expect(early).toMatchObject({ status: 409, body: { rule: 'lot.not-counted' } });
    expect(last).toMatchObject({ status: 200, body: { state: 'counted', spoiled: 3, countedAt: wednesday } });
    expect(deposited.state).toBe('deposited');
    expect((await room.lettersOf(lot)).map(({ state }) => state)).toEqual([
      ...['deposited', 'deposited', 'spoiled'],
      ...['spoiled', 'spoiled', 'deposited'],
    ]);
    const counts = (await room.eventsOf(lot)).filter(({ type }) => /counted$/.test(type));
    expect(counts.map(({ type, data }) => [type, data.bundle, data.good, data.spoiled])).toEqual([
      ['lot.bundle-counted', 1, 2, 1],
      ['lot.bundle-counted', 2, 1, 2],
      ['lot.counted', undefined, 3, 3],
    ]);
  });

  test('a spoiled sheet is replaced at once, and its paper is declared under the counter’s name', async () => {
    const lot = await printedLot();

    const counted = await count(lot, { good: 1, spoiled: [1, 3] });

    const spoiled = (await room.lettersOf(lot)).filter(({ state }) => state === 'spoiled');
    const replacements = await server.house.pool('letters').whereIn(
      'replaces_id',
      spoiled.map(({ id }) => id),
    );
    expect(counted.status).toBe(200);
    expect(spoiled.map(({ sheet }) => sheet)).toEqual([1, 3]);
    expect(replacements.map(({ state, lot_id }) => [state, lot_id])).toEqual([
      ['requested', null],
      ['requested', null],
    ]);
    expect((await room.make()).letters).toBe(2);
    const { id: counter } = await server.house.pool('agents').where({ username: 'print-operator' }).first();
    expect(await wasteOf(lot)).toMatchObject(
      [1, 3].map((sheet) => ({
        kind: 'spoiled',
        attempt: 1,
        from_sheet: sheet,
        to_sheet: sheet,
        sheets: 1,
        declared_by: counter,
        declared_at: wednesday,
        due_on: '2026-11-19',
        witnessed_by: null,
      })),
    );
  });

  test('sheets are taken as they are scanned, whatever keyboard the scanner believes in', async () => {
    const lot = await printedLot();
    const code = (sheet: number) => sheetCode({ lot: lot.number, attempt: 1, sheet });
    const french = [...code(2)].map((digit) => 'à&é"\'(-è_ç'[Number(digit)]).join('');

    const counted = await count(lot, { good: 1, spoiled: [`${code(1)}\n`, french] });

    expect(counted).toMatchObject({ status: 200, body: { spoiled: 2 } });
    expect(await wasteOf(lot)).toMatchObject([{ from_sheet: 1, to_sheet: 2, sheets: 2 }]);
  });

  test('what does not come out, or is of another bundle, says so at its field and changes nothing', async () => {
    const lot = await printedLot();
    const other = sheetCode({ lot: lot.number + 1, attempt: 1, sheet: 1 });

    const answers = [
      await count(lot, { good: 3, spoiled: [1] }),
      await count(lot, { good: 1, spoiled: [1] }),
      await count(lot, { good: 2, spoiled: [4] }),
      await count(lot, { good: 2, spoiled: [{ from: 2, to: 1 }] }),
      await count(lot, { good: 2, spoiled: [other] }),
      await count(lot, { good: 2, spoiled: ['misread'] }),
      await count(lot, { bundle: { attempt: 2, number: 1 } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(400));
    expect(answers.map(({ body }) => Object.keys(body.errors)[0])).toEqual([
      'good',
      'good',
      'spoiled',
      'spoiled',
      'spoiled',
      'spoiled.0',
      'bundle',
    ]);
    expect(answers[0]?.body.errors.good).toContain('Il y en a 1 de trop');
    expect(answers[1]?.body.errors.good).toContain('Il en manque 1');
    expect(answers[2]?.body.errors.spoiled).toContain('feuilles 4 à 6');
    expect(answers[5]?.body.errors['spoiled.0']).toContain('scannez son code');
    expect(await room.show(lot)).toEqual(lot);
    expect(await wasteOf(lot)).toEqual([]);
  });

  test('all bundles that are left are counted at once, each with its own sum', async () => {
    const lot = await printedLot();
    const first = (await count(lot, {})).body;

    const again = await room.act('print-operator', lot, 'count', {
      good: 3,
      spoiled: [1],
      version: first.version,
    });
    const rest = await room.act('print-operator', lot, 'count', {
      good: 2,
      spoiled: [4],
      version: first.version,
    });

    expect(again).toMatchObject({ status: 400, body: { errors: { spoiled: expect.any(String) } } });
    expect(rest).toMatchObject({ status: 200, body: { state: 'counted', spoiled: 1 } });
    expect(rest.body.bundles).toMatchObject([
      { good: 3, spoiled: 0 },
      { good: 2, spoiled: 1 },
    ]);
  });

  test('a bundle is counted once, also by eight hands at once', async () => {
    const lot = await printedLot();

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => count(lot, { good: 2, spoiled: [1 + (at % 3)] })),
    );
    const now = await room.show(lot);
    const late = await count(now, {});

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(now).toMatchObject({ state: 'printed', spoiled: 1 });
    expect(await wasteOf(lot)).toHaveLength(1);
    expect(late).toMatchObject({ status: 409, body: { rule: 'lot.bundle-counted' } });
  });

  test('the first count says that the document arrived whole', async () => {
    const lot = await printedLot();
    expect(lot).toMatchObject({ target: 'browser', confirmedAt: null, can: { redo: { allowed: true } } });

    const counted = (await count(lot, {})).body;

    expect(counted).toMatchObject({ confirmedAt: wednesday, can: { redo: { allowed: false } } });
    expect(counted.bundles[1]).toMatchObject({ deliveredAt: wednesday });
    expect((await room.eventsOf(lot)).filter(({ type }) => type === 'lot.confirmed')).toHaveLength(1);
  });

  test('is the print room’s, of its organisations, and of the lot as it stands', async () => {
    const lot = await printedLot();

    const stranger = await hire(server, 'other-room', 'print-operator', ['mutuelle-imaginaire']);
    const body = { good: 6, spoiled: [], version: lot.version };

    const answers = [
      await count(lot, {}, 'supervisor'),
      await stranger.post(`/api/lots/${lot.id}/count`, body),
      await count({ ...lot, version: 99 }, {}),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 404, 409]);
    expect(await room.show(lot)).toEqual(lot);
  });

  test('a lot that is given up is destroyed but for what was spoiled before', async () => {
    const lot = await printedLot();
    const counted = await room.act('print-operator', lot, 'count', {
      good: 4,
      spoiled: [2, 3],
      version: lot.version,
    });
    server.clock.set('2026-11-25T09:00:00.000Z');

    const body = { version: counted.body.version };
    const killed = await (await room.again('supervisor')).post(`/api/lots/${lot.id}/kill`, body);

    expect(killed).toMatchObject({ status: 200, body: { state: 'counted', spoiled: 6 } });
    const waste = await wasteOf(lot);
    expect(waste.map((row) => [row.kind, row.from_sheet, row.to_sheet, row.due_on])).toEqual([
      ['killed', 1, 1, '2026-11-26'],
      ['killed', 4, 6, '2026-11-26'],
      ['spoiled', 2, 3, '2026-11-19'],
    ]);
    const replaced = await server.house.pool('letters').whereIn(
      'replaces_id',
      (await room.lettersOf(lot)).map(({ id }) => id),
    );
    expect(replaced).toHaveLength(6);
  });
});
