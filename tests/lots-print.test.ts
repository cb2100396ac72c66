import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { buildLetters } from './support/build.ts';
import { printRoom } from './support/lots.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('printing a lot on %s', (engine) => {
  let server: TestServer;
  let append: TestServer['house']['appendAudit'];
  beforeAll(async () => {
    server = await startServer(engine);
    append = server.house.appendAudit;
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
  afterEach(() => {
    server.house.appendAudit = append;
  });

  const releasedLot = async (count: number): Promise<Lot> => {
    await room.letters(count);
    return room.release(await room.make());
  };
  const print = (lot: Lot) => room.act('print-operator', lot, 'print', {});

  test('a printed lot is never printed again', async () => {
    const lot = await releasedLot(2);
    await room.print(lot);

    const again = await print(lot);
    const printed = await room.show(lot);

    expect(again).toMatchObject({ status: 409, body: { rule: 'lot.printed' } });
    expect(printed).toMatchObject({
      state: 'printed',
      attempt: 1,
      can: { print: { allowed: false, why: again.body.message } },
    });
    expect(await room.credentialsOf(lot)).toHaveLength(2);
  });

  test('of two prints at once one prints and the other is told', async () => {
    const lot = await releasedLot(5);

    const answers = await Promise.all([print(lot), print(lot), print(lot)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await room.show(lot)).toMatchObject({ state: 'printed', attempt: 1, printed: 5 });
    expect(await room.credentialsOf(lot)).toHaveLength(5);
  });

  test('a glyph that the font lacks stops its letter and not the lot', async () => {
    const lines = JSON.stringify(['MME 李 TILLEUL', '3 RUE DES TILLEULS', '35000 RENNES']);
    await buildLetters(server, [{}, { row: { address_lines: lines } }, {}]);
    const lot = await room.release(await room.make());

    const { pages } = await room.print(lot);
    const printed = await room.show(lot);
    const refused = await server.house.pool('letters').where({ lot_id: lot.id, state: 'refused' });

    expect(pages).toHaveLength(2);
    expect(printed).toMatchObject({ state: 'printed', letters: 3, printed: 2, refused: 1 });
    expect(refused).toMatchObject([{ problem: 'missing-glyph' }]);
    expect(await room.credentialsOf(lot)).toHaveLength(2);
    expect((await room.eventsOf({ id: refused[0].id })).at(-1)).toMatchObject({
      type: 'letter.refused',
      result: 'failed',
    });
    expect(await room.count(printed)).toMatchObject({ state: 'counted' });
  });

  test('a lot of which nothing can be drawn says so instead of sending an empty file', async () => {
    await buildLetters(server, [{ row: { address_lines: JSON.stringify(['李', '35000 RENNES']) } }]);
    const lot = await room.release(await room.make());

    const answer = await print(lot);

    expect(answer).toMatchObject({ status: 422, body: { rule: 'lot.all-refused' } });
    expect(await room.show(lot)).toMatchObject({ state: 'printed', printed: 0, refused: 1 });
  });

  test('pages whose audit row cannot be written do not leave', async () => {
    const lot = await releasedLot(1);
    server.house.appendAudit = async (db, events) => {
      if (events.some(({ type }) => type === 'lot.bundle-printed')) throw new Error('No room for the audit.');
      return append(db, events);
    };

    const answer = await print(lot);

    expect(answer.status).toBe(503);
    expect(new TextDecoder().decode(answer.bytes)).not.toContain('%PDF');
    expect(await room.credentialsOf(lot)).toEqual([]);
    expect(await room.show(lot)).toMatchObject({ state: 'released', attempt: 1, printed: 0 });
  });

  test('no password stands in the audit, the logs or the database', async () => {
    const lot = await releasedLot(1);
    const { passwords } = await room.print(lot);
    const [password = ''] = passwords;

    const tables = ['audit_events', 'credentials', 'letters', 'lots'];
    const rows = await Promise.all(tables.map((table) => server.house.pool(table).select('*')));
    const everything = JSON.stringify(rows) + server.logged.join('\n');

    expect(password).toMatch(/^.{4}-.{4}-.{5}$/);
    expect(everything).not.toContain(password);
    expect(everything).not.toContain(password.replaceAll('-', ''));
  });
});
