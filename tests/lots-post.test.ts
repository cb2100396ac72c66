import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { passwordOf, printRoom } from './support/lots.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('counting and posting on %s', (engine) => {
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

  const printedLot = async (count: number) => {
    const letters = await room.letters(count);
    const released = await room.release(await room.make());
    const paper = await room.print(released);
    return { letters, paper, lot: await room.show(released) };
  };
  const count = (lot: Lot, good: number, spoiled: number[]) =>
    room.act('print-operator', lot, 'count', { good, spoiled, version: lot.version });

  test('a count whose sum does not come out says what to do and changes nothing', async () => {
    const { lot } = await printedLot(3);

    const answers = [
      await count(lot, 3, [2]),
      await count(lot, 1, [2]),
      await count(lot, 2, [9]),
      await count(lot, 1, [2, 2]),
      await count(lot, -1, [0]),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(answers[1]?.body.errors.good).toContain('3 feuilles imprimées, mais 1 bonnes et 1 gâchées');
    expect(answers[2]?.body.errors.spoiled).toContain('feuille 9');
    expect(answers[3]?.body.errors.spoiled).toContain('deux fois');
    expect(await room.show(lot)).toMatchObject({ state: 'printed', version: lot.version });
  });

  test('a spoiled sheet dies and a new letter takes its place', async () => {
    const { letters, paper, lot } = await printedLot(3);
    server.clock.set('2026-11-18T16:00:00.000Z');
    const operator = await room.again('print-operator');
    const body = { good: 2, spoiled: [2], version: lot.version };
    const counted = (await operator.post(`/api/lots/${lot.id}/count`, body)).body;
    const deposited = await operator.post(`/api/lots/${lot.id}/deposit`, { version: counted.version });

    const [, spoiled] = await room.lettersOf(lot);
    const replacement = await server.house.pool('letters').where({ replaces_id: spoiled.id }).first();
    const letter = letters.find(({ id }) => id === spoiled.id);
    expect(counted).toMatchObject({ state: 'counted', spoiled: 1 });
    expect(deposited.body).toMatchObject({ state: 'deposited' });
    expect(spoiled.state).toBe('spoiled');
    expect(replacement).toMatchObject({
      state: 'requested',
      member_id: spoiled.member_id,
      asked_by: spoiled.asked_by,
      reason: spoiled.reason,
      asked_at: spoiled.asked_at,
      promised_on: spoiled.promised_on,
      address_lines: spoiled.address_lines,
      lot_id: null,
      sheet: null,
      // Asked after the collection of the day: everything moves to the next.
      planned_posting_on: '2026-11-19',
    });
    expect(replacement.reference).not.toBe(spoiled.reference);
    const credentials = await room.credentialsOf(lot);
    expect(credentials.map(({ state }) => state).sort()).toEqual(['dead', 'live', 'live']);
    expect(credentials.find(({ letter_id }) => letter_id === spoiled.id)).toMatchObject({
      ended_as: 'spoiled',
    });
    if (!letter) throw new Error('No letter.');
    expect((await room.knock(letter, passwordOf(letter, paper))).status).toBe(401);
    expect(await room.eventsOf({ id: spoiled.id })).toMatchObject([
      { type: 'letter.requested' },
      { type: 'letter.spoiled', data: { replacedBy: replacement.id, lotId: lot.id } },
    ]);
  });

  test('a lot is counted once', async () => {
    const { lot } = await printedLot(1);
    const counted = await room.count(lot);

    const again = await count(counted, 1, []);

    expect(again).toMatchObject({ status: 409, body: { rule: 'lot.counted' } });
    expect(counted.can.count).toEqual({ allowed: false, why: again.body.message });
  });

  test('a deposit waits for the count, and said twice it changes nothing', async () => {
    const { lot, letters, paper } = await printedLot(2);
    const early = await room.act('print-operator', lot, 'deposit', { version: lot.version });
    const counted = await room.count(lot);

    const deposit = () => room.act('print-operator', lot, 'deposit', { version: counted.version });
    const answers = await Promise.all([deposit(), deposit()]);
    const again = await deposit();

    expect(early).toMatchObject({ status: 409, body: { rule: 'lot.not-counted' } });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(again).toMatchObject({ status: 200, body: { state: 'deposited', depositedAt: wednesday } });
    const done = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.deposited');
    expect(done.filter(({ data }) => data.letters === 2)).toHaveLength(1);
    for (const letter of letters)
      expect((await room.knock(letter, passwordOf(letter, paper))).status).toBe(200);
  });

  test('a deposit is declared for when it really was: after the count, not ahead, two working days back', async () => {
    const { lot } = await printedLot(1);
    const counted = await room.count(lot);
    server.clock.set('2026-11-23T09:00:00.000Z');
    const operator = await room.again('print-operator');
    const deposit = (moment: string) =>
      operator.post(`/api/lots/${lot.id}/deposit`, { at: moment, version: counted.version });

    const answers = [
      await deposit('2026-11-23T09:00:01.000Z'),
      await deposit('2026-11-18T08:59:59.000Z'),
      await deposit('2026-11-18T16:00:00.000Z'),
      await deposit('yesterday'),
    ];
    const thursday = await deposit('2026-11-19T16:30:00+01:00');

    expect(answers.map(({ status, body }) => [status, Object.keys(body.errors)])).toEqual([
      [400, ['at']],
      [400, ['at']],
      [400, ['at']],
      [400, ['at']],
    ]);
    expect(thursday).toMatchObject({
      status: 200,
      body: { depositedAt: '2026-11-19T15:30:00.000Z', declaredAt: '2026-11-23T09:00:00.000Z' },
    });
  });

  test('a letter whose account got in meanwhile stays dead', async () => {
    const { lot, letters, paper } = await printedLot(2);
    const [changed, other] = letters;
    if (!changed || !other) throw new Error('No letters.');
    const { pool } = server.house;
    // As a change of password on another server leaves it: the letter has ended, its hash came after the sweep.
    await pool('letters').where({ id: changed.id }).update({ state: 'superseded' });

    const deposited = await room.deposit(await room.count(lot));

    expect(deposited.state).toBe('deposited');
    expect((await room.eventsOf(lot)).at(-1)).toMatchObject({ type: 'lot.deposited', data: { letters: 1 } });
    expect((await room.knock(changed, passwordOf(changed, paper))).status).toBe(401);
    expect((await room.knock(other, passwordOf(other, paper))).status).toBe(200);
    expect(await pool('letters').where({ id: changed.id }).first()).toMatchObject({ state: 'superseded' });
    expect(await pool('credentials').where({ letter_id: changed.id }).first()).toMatchObject({
      state: 'dead',
    });
  });

  test('a deposit ends the live password that came before and its letter', async () => {
    const first = await printedLot(1);
    await room.deposit(await room.count(first.lot));
    const [letter] = first.letters;
    if (!letter) throw new Error('No letter.');
    const { pool } = server.house;
    const row = await pool('letters').where({ id: letter.id }).first();
    const later = {
      ...row,
      id: `later-${engine}`,
      reference: 'LATERREF',
      lot_id: null,
      sheet: null,
      state: 'requested',
    };
    await pool('letters').insert(later);

    const released = await room.release(await room.make());
    const paper = await room.print(released);
    await room.deposit(await room.count(await room.show(released)));

    const live = await pool('credentials').where({ account_id: letter.accountId, state: 'live' });
    expect(live).toMatchObject([{ letter_id: later.id }]);
    expect((await pool('letters').where({ id: letter.id }).first()).state).toBe('superseded');
    expect((await room.knock(letter, passwordOf(letter, first.paper))).body.message).toContain('remplacé');
    expect((await room.knock(letter, paper.passwords[0] ?? '')).status).toBe(200);
  });
});
