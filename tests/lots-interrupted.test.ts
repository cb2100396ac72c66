import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashTemporary, recognise } from '../server/credentials/credentials.service.ts';
import { readTemporaryPassword } from '../server/credentials/temporary-password.ts';
import { Secret } from '../server/core/secret.ts';
import type { DrawingDesk } from '../server/letters/drawing-desk.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import type { BuiltLetter } from './support/build.ts';
import { printRoom } from './support/lots.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';
import { eventually } from './support/story.ts';

describe.each(databases)('a print that does not come to its end on %s', (engine) => {
  let server: TestServer;
  let desk: DrawingDesk;
  beforeAll(async () => {
    server = await startServer(engine);
    desk = server.house.drawing;
  });
  afterAll(async () => {
    await desk.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  beforeEach(async () => {
    server.clock.set(wednesday);
    await room.clear();
  });
  afterEach(() => {
    server.house.drawing = desk;
  });

  const releasedLot = async (count: number): Promise<{ lot: Lot; letters: BuiltLetter[] }> => {
    const letters = await room.letters(count);
    return { letters, lot: await room.release(await room.make()) };
  };
  const print = (lot: Lot) => room.act('print-operator', lot, 'print', {});
  /** Holds the nth drawing of the next document until it is let go. */
  const holdDrawing = (nth: number) => {
    let letGo = () => {};
    let arrive = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let asked = 0;
    server.house.drawing = {
      ...desk,
      open: async (lot) => {
        const drawing = await desk.open(lot);
        server.house.drawing = desk;
        const draw: typeof drawing.draw = async (sheets) => {
          asked += 1;
          if (asked === nth) {
            arrive();
            await gate;
          }
          return drawing.draw(sheets);
        };
        return { ...drawing, draw };
      },
    };
    return { arrived, letGo };
  };

  test('a broken download voids its sheets, and the next print brings other passwords', async () => {
    const { lot, letters } = await releasedLot(600);
    const half = await breakAfterFirstBytes(server, lot);
    expect(half.length).toBeGreaterThan(0);

    const released = await eventually(
      () => room.show(lot),
      ({ state }) => state !== 'printing',
    );
    const former = await room.credentialsOf(lot);
    const { passwords } = await room.print(released);
    const printed = await room.show(lot);

    expect(released).toMatchObject({ state: 'released', attempt: 1, printed: 0 });
    expect(former.length).toBeGreaterThanOrEqual(250);
    expect(new Set(former.map(({ state, ended_as }) => `${state} ${ended_as}`))).toEqual(
      new Set(['dead interrupted']),
    );
    expect(printed).toMatchObject({ state: 'printed', attempt: 2, printed: 600 });
    expect(new Set(passwords).size).toBe(600);
    const types = (await room.eventsOf(lot)).map(({ type }) => type);
    expect(types).toContain('lot.print-interrupted');

    await room.deposit(await room.count(printed));
    const now = await room.credentialsOf(lot);
    expect(new Set(now.filter(({ attempt }) => attempt === 1).map(({ state }) => state))).toEqual(
      new Set(['dead']),
    );
    expect(now.filter(({ state }) => state === 'live')).toHaveLength(600);
    expect(new Set(now.map(({ hash }) => hash)).size).toBe(now.length);
    const accountIds = letters.map(({ accountId }) => accountId);
    const salts = await server.house.accountSalts(server.house.pool, accountIds);
    const [first] = await room.lettersOf(lot);
    const reading = readTemporaryPassword(passwords[0] ?? '');
    const symbols = new Secret(reading.shape ? reading.symbols : '');
    const hash = hashTemporary(server.house.keys, salts.get(first.account_id) ?? '', symbols);
    const candidates = now.filter(({ account_id }) => account_id === first.account_id);
    expect(candidates.length).toBe(2);
    expect(recognise(hash, candidates, server.clock.now())).toMatchObject({
      as: 'live',
      credential: { attempt: 2 },
    });
    const [old] = candidates.filter(({ attempt }) => attempt === 1);
    expect(recognise(old.hash, candidates, server.clock.now()).as).toBe('replaced');
  }, 120_000);

  test('a print that stopped is taken over when its lease ends, and cannot write any more', async () => {
    const { lot } = await releasedLot(300);
    const held = holdDrawing(2);
    const stuck = print(lot).catch((error: unknown) => error);
    await held.arrived;

    const tooEarly = await print(lot);
    server.clock.advance(3);
    expect((await room.show(lot)).can.print).toEqual({ allowed: true, why: null });
    const { passwords } = await room.print(lot);
    held.letGo();
    const outcome = await stuck;

    expect(tooEarly).toMatchObject({ status: 409, body: { rule: 'lot.printing' } });
    expect(outcome).toBeInstanceOf(Error);
    expect(passwords).toHaveLength(300);
    expect(await room.show(lot)).toMatchObject({ state: 'printed', attempt: 2, printed: 300 });
    const credentials = await room.credentialsOf(lot);
    expect(credentials.filter(({ attempt, state }) => attempt === 1 && state !== 'dead')).toEqual([]);
    expect(credentials.filter(({ attempt, state }) => attempt === 2 && state === 'printed')).toHaveLength(
      300,
    );
    const interrupted = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.print-interrupted');
    expect(interrupted).toMatchObject([
      { result: 'done', data: { attempt: 1, voided: 250 } },
      { result: 'refused', data: { attempt: 1, voided: 0 } },
    ]);
  }, 120_000);

  test('a letter that ends while its page is drawn is printed dead', async () => {
    const { lot, letters } = await releasedLot(2);
    const held = holdDrawing(1);
    const printing = print(lot);
    await held.arrived;
    await server.house.pool('letters').where({ id: letters[0]?.id }).update({ state: 'superseded' });
    held.letGo();

    expect((await printing).status).toBe(200);
    const counted = await room.count(await room.show(lot));
    await room.deposit(counted);
    const credentials = await room.credentialsOf(lot);
    expect(counted).toMatchObject({ printed: 2 });
    expect(credentials.find(({ letter_id }) => letter_id === letters[0]?.id)).toMatchObject({
      ended_as: 'changed',
    });
    expect(credentials.find(({ letter_id }) => letter_id === letters[1]?.id)).toMatchObject({
      state: 'live',
    });
  });
});

/** Reads until the first bytes have come, then drops the connection. */
const breakAfterFirstBytes = async (server: TestServer, lot: Lot): Promise<Uint8Array> => {
  const { cookies } = await server.as('print-operator');
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, 'content-type': 'application/json', 'content-length': 2 };
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/api/lots/${lot.id}/print`, { method: 'POST', headers }, (answer) => {
      answer.on('error', () => undefined);
      answer.once('data', (bytes: Uint8Array) => {
        sent.destroy();
        resolve(bytes);
      });
    });
    sent.on('error', reject);
    sent.end('{}');
  });
};
