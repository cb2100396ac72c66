import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { buildLetters, type BuiltLetter } from './support/build.ts';
import { passwordOf, printRoom } from './support/lots.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

/** A week after the lot was to be posted. */
const weekLater = '2026-11-25T09:00:00.000Z';

describe.each(databases)('a lot that is too late on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
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

  const countedLot = async (letters: BuiltLetter[]) => {
    const released = await room.release(await room.make());
    const paper = await room.print(released);
    return { letters, paper, lot: await room.count(await room.show(released)) };
  };
  const post = async (
    account: 'print-operator' | 'supervisor',
    lot: Lot,
    act: 'deposit' | 'kill',
    more = {},
  ) => (await room.again(account)).post(`/api/lots/${lot.id}/${act}`, { version: lot.version, ...more });

  test('is deposited by a supervisor and not by the print room', async () => {
    const { lot, letters, paper } = await countedLot(await room.letters(1));
    server.clock.set(weekLater);

    const refused = await post('print-operator', lot, 'deposit');
    const shown = await (await room.again('print-operator')).get(`/api/lots/${lot.id}`);
    const deposited = await post('supervisor', lot, 'deposit');

    expect(refused).toMatchObject({ status: 422, body: { rule: 'lot.too-late' } });
    expect(refused.body.message).toContain('superviseur');
    expect(shown.body.can.deposit).toEqual({ allowed: false, why: refused.body.message });
    expect(deposited).toMatchObject({ status: 200, body: { state: 'deposited', depositedAt: weekLater } });
    const [letter] = letters;
    if (!letter) throw new Error('No letter.');
    expect((await room.knock(letter, passwordOf(letter, paper))).status).toBe(200);
  });

  test('counts as posted on the day that is declared, not on the day of the declaration', async () => {
    const { lot } = await countedLot(await room.letters(1));
    // Planned for the 18th: the 20th is in time, Monday the 23rd is not.
    server.clock.set('2026-11-23T09:00:00.000Z');

    const today = await post('print-operator', lot, 'deposit');
    const inTime = await post('supervisor', lot, 'deposit', { at: '2026-11-20T15:00:00.000Z' });
    const friday = await post('print-operator', lot, 'deposit', { at: '2026-11-20T15:00:00.000Z' });

    expect([today, inTime, friday].map(({ status, body }) => [status, body.rule])).toEqual([
      [422, 'lot.too-late'],
      [403, 'lot.role'],
      [200, undefined],
    ]);
  });

  test('brings no password to life whose limit has passed', async () => {
    const letters = await buildLetters(server, [{}, { row: { valid_until: '2026-11-24T22:59:59.999Z' } }]);
    const { lot, paper } = await countedLot(letters);
    const [alive, over] = letters;
    if (!alive || !over) throw new Error('No letters.');
    server.clock.set(weekLater);

    const deposited = await post('supervisor', lot, 'deposit');

    expect(deposited.status).toBe(200);
    expect((await room.eventsOf(lot)).at(-1)).toMatchObject({ type: 'lot.deposited', data: { letters: 1 } });
    const { pool } = server.house;
    expect(await pool('letters').where({ id: over.id }).first()).toMatchObject({ state: 'expired' });
    expect(await pool('credentials').where({ letter_id: over.id }).first()).toMatchObject({
      state: 'dead',
      ended_as: 'expired',
      activated_at: null,
    });
    expect((await room.knock(over, passwordOf(over, paper))).status).toBe(401);
    expect((await room.knock(alive, passwordOf(alive, paper))).status).toBe(200);
  });

  test('ends with its password, though the member types it before anything is swept', async () => {
    const [letter, ...more] = await room.letters(1);
    if (!letter) throw new Error('No letter.');
    const { lot, paper } = await countedLot([letter, ...more]);
    await post('print-operator', lot, 'deposit');
    server.clock.set('2027-01-04T09:00:00.000Z');

    const late = await room.knock(letter, passwordOf(letter, paper));

    expect(late.body.message).toContain('expiré');
    const row = await server.house.pool('letters').where({ id: letter.id }).first();
    expect(row.state).toBe('expired');
  });

  test('is given up by a supervisor: its passwords die and new letters take their place', async () => {
    const { lot, letters, paper } = await countedLot(await room.letters(2));
    const early = await post('supervisor', lot, 'kill');
    server.clock.set(weekLater);

    const notTheirs = await post('print-operator', lot, 'kill');
    const killed = await post('supervisor', lot, 'kill');
    const tooLate = await post('supervisor', killed.body as Lot, 'deposit');

    expect(early).toMatchObject({ status: 422, body: { rule: 'lot.in-time' } });
    expect(notTheirs.status).toBe(403);
    expect(killed).toMatchObject({ status: 200, body: { state: 'counted', printed: 2, spoiled: 2 } });
    expect(tooLate).toMatchObject({ status: 422, body: { rule: 'lot.nothing-good' } });
    const { pool } = server.house;
    for (const letter of letters) {
      expect(await pool('letters').where({ id: letter.id }).first()).toMatchObject({ state: 'spoiled' });
      expect(await pool('letters').where({ replaces_id: letter.id }).first()).toMatchObject({
        state: 'requested',
        planned_posting_on: '2026-11-25',
      });
      expect((await room.knock(letter, passwordOf(letter, paper))).status).toBe(401);
    }
    expect((await room.credentialsOf(lot)).map(({ ended_as }) => ended_as)).toEqual(['spoiled', 'spoiled']);
    const open = await (await room.again('print-operator')).get('/api/lots?filter={"open":true}');
    expect(open.body.map(({ id }: Lot) => id)).not.toContain(lot.id);
  });
});
