import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { alarmsOf, type Standing } from './support/alarms.ts';
import { organisation, printRoom } from './support/lots.ts';
import { databases, startServer, type TestServer, wednesday } from './support/server.ts';
import { acknowledge, testSheetOf } from './support/test-letters.ts';

describe.each(databases)('what stands late on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { testLetters: true });
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  const alarms = alarmsOf(() => server);
  beforeEach(() => alarms.clear());

  const only = (wanted: string, rows: Standing[]) => rows.filter(([kind]) => kind === wanted);
  const printed = async (count = 2): Promise<{ lot: Lot; password: string }> => {
    await room.letters(count);
    const released = await room.release(await room.make());
    const paper = await room.print(released);
    const { password } = await testSheetOf(server, released, paper);
    return { lot: await room.show(released), password };
  };

  test('letters past their latest moment: one alarm for their day, counted, and over when they have left', async () => {
    const letters = await room.letters(3);
    const [row] = await server.house.pool('letters').where({ id: letters[0]?.id });
    const latest = Date.parse(row.latest_posting_at);
    const before = await alarms.passAt(new Date(latest).toISOString());
    const after = await alarms.passAt(new Date(latest + 60_000).toISOString());
    const raised = await alarms.list();
    await server.house.pool('letters').where({ id: letters[1]?.id }).update({ state: 'cancelled' });
    const fewer = await alarms.passAt(new Date(latest + 120_000).toISOString());
    await server.house.pool('letters').update({ state: 'deposited' });
    const over = await alarms.passAt(new Date(latest + 180_000).toISOString());

    expect(before).toEqual([]);
    expect(after).toEqual([['letters-late', '2026-11-18', 3]]);
    expect(raised).toMatchObject([{ organisationId: organisation, lotId: null, clearedAt: null }]);
    expect(raised[0]?.message).toContain('3 courrier(s) à poster au plus tard pour le mercredi 18 novembre');
    expect(fewer).toEqual([['letters-late', '2026-11-18', 2]]);
    expect(over).toEqual([]);
    expect(await alarms.list({ open: false })).toMatchObject([{ kind: 'letters-late', count: 2 }]);
    const id = raised[0]?.id;
    expect(await alarms.lastEvent('alarm.raised')).toEqual({ alarmId: id, kind: 'letters-late', count: 3 });
    expect(await alarms.lastEvent('alarm.cleared')).toEqual({ alarmId: id, kind: 'letters-late' });
  });

  test('a released lot that nobody prints, two hours later; not while it is being printed', async () => {
    await room.letters(1);
    const lot = await room.release(await room.make());
    const soon = await alarms.passAt('2026-11-18T10:59:00.000Z');
    const due = await alarms.passAt('2026-11-18T11:00:00.000Z');
    const [alarm] = await alarms.list({ open: true });
    const lease = { state: 'printing', lease_until: '2026-11-18T11:03:00.000Z' };
    await server.house.pool('lots').where({ id: lot.id }).update(lease);
    const printing = await alarms.passAt('2026-11-18T11:01:00.000Z');
    const stopped = await alarms.passAt('2026-11-18T11:04:00.000Z');

    expect(soon).toEqual([]);
    expect(due).toEqual([['lot-not-printed', lot.id, 2]]);
    expect(alarm).toMatchObject({ lotId: lot.id, message: expect.stringContaining(`lot ${lot.number}`) });
    expect(printing).toEqual([]);
    // It begins anew: another alarm, told again.
    expect(stopped).toEqual([['lot-not-printed', lot.id, 2]]);
    expect(await alarms.list()).toHaveLength(2);
  });

  test('a lot whose deposit was forgotten, the same evening, its letters once it could have been said; over with it', async () => {
    const { lot } = await printed();
    const counted = await room.count(lot);
    const [letter] = await room.lettersOf(lot);
    const latest = Date.parse(letter.latest_posting_at);
    const carried = await alarms.passAt(new Date(latest + 179 * 60_000).toISOString());
    const unsaid = await alarms.passAt(new Date(latest + 181 * 60_000).toISOString());
    const before = new Map((await alarms.passAt('2026-11-18T17:59:00.000Z')).map(([kind, of]) => [kind, of]));
    const evening = await alarms.passAt('2026-11-18T18:00:00.000Z');
    await room.deposit(counted);
    const deposited = await alarms.passAt('2026-11-18T18:01:00.000Z');

    const late = ['letters-late', '2026-11-18', 3];
    expect(only('letters-late', carried)).toEqual([]);
    expect(only('letters-late', unsaid)).toEqual([late]);
    expect(before.get('lot-not-deposited')).toBeUndefined();
    expect(only('lot-not-deposited', evening)).toEqual([['lot-not-deposited', lot.id, 3]]);
    expect(deposited).toEqual([]);
  });

  test('a date that was said and is missed: not left by its morning, or left too late for it', async () => {
    await room.letters(1);
    const lot = await room.make();
    const waiting = await alarms.passAt('2026-11-20T22:59:00.000Z');
    const morning = await alarms.passAt('2026-11-20T23:00:00.000Z');
    const late = { state: 'deposited', deposited_at: '2026-11-20T10:00:00.000Z' };
    await server.house.pool('lots').where({ id: lot.id }).update(late);
    await server.house.pool('letters').where({ lot_id: lot.id }).update({ state: 'deposited' });
    const left = await alarms.passAt('2026-11-21T09:00:00.000Z');
    await server.house.pool('letters').where({ lot_id: lot.id }).update({ state: 'used' });
    const came = await alarms.passAt('2026-11-21T09:01:00.000Z');

    expect(only('date-missed', waiting)).toEqual([]);
    // The test letter was announced to nobody.
    expect(only('date-missed', morning)).toEqual([['date-missed', '2026-11-21', 1]]);
    expect(only('date-missed', left)).toEqual([['date-missed', '2026-11-21', 1]]);
    expect(only('date-missed', came)).toEqual([]);
  });

  test('a test letter that nobody acknowledges; over when it comes after all', async () => {
    const { lot, password } = await printed();
    await room.deposit(await room.count(lot));
    // Expected on Saturday the 21st, two working days to open it.
    const inTime = await alarms.passAt('2026-11-24T22:59:00.000Z');
    const late = await alarms.passAt('2026-11-24T23:00:00.000Z');
    await acknowledge(server, organisation, password);
    const came = await alarms.passAt('2026-11-24T23:01:00.000Z');

    expect(inTime).toEqual([]);
    expect(late).toEqual([['test-letter-missing', '2026-W47', 1]]);
    expect((await alarms.list())[0]?.message).toContain('semaine 47');
    expect(came).toEqual([]);
  });

  test('paper that nobody has seen destroyed by its day', async () => {
    const { lot } = await printed();
    await room.deposit(await room.count(lot, [1]));
    const [waste] = await server.house.pool('destructions').where({ lot_id: lot.id });
    const sameDay = await alarms.passAt('2026-11-19T22:59:00.000Z');
    const nextDay = await alarms.passAt('2026-11-19T23:00:00.000Z');
    await server.house.pool('destructions').where({ id: waste.id }).update({ witnessed_at: wednesday });
    const seen = await alarms.passAt('2026-11-19T23:01:00.000Z');

    expect(only('destruction-overdue', sameDay)).toEqual([]);
    expect(only('destruction-overdue', nextDay)).toEqual([['destruction-overdue', '2026-11-19', 1]]);
    expect(only('destruction-overdue', seen)).toEqual([]);
  });
});
