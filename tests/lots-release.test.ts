import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildLetters } from './support/build.ts';
import { organisation, printRoom, product } from './support/lots.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('releasing a lot on %s', (engine) => {
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

  test('the maker may release few letters a day alone, and that is recorded', async () => {
    await room.letters(50);
    const [first, second] = [await room.make({ most: 30 }), await room.make()];
    await room.letters(1);
    const third = await room.make();

    const answers = await Promise.all(
      [first, second].map((lot) => room.act('print-operator', lot, 'release', { version: lot.version })),
    );
    const oneMore = await room.act('print-operator', third, 'release', { version: third.version });

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(oneMore).toMatchObject({ status: 422, body: { rule: 'lot.release-made' } });
    expect(oneMore.body.message).toContain('50');
    expect((await room.show(third)).can.release).toEqual({ allowed: false, why: oneMore.body.message });
    expect((await room.eventsOf(first)).at(-1)).toMatchObject({
      type: 'lot.released',
      data: { byMaker: true },
    });
    expect(await room.release(third)).toMatchObject({
      state: 'released',
      releasedByName: 'supervisor de test',
    });
    expect((await room.eventsOf(third)).at(-1)).toMatchObject({ data: { byMaker: false } });
  });

  test('two releases of a maker at once cannot exceed the day together', async () => {
    server.clock.set('2026-11-19T09:00:00.000Z');
    const operator = await room.again('print-operator');
    await room.letters(60);
    const make = async () => (await operator.post('/api/lots', { organisation, product, most: 30 })).body;
    const lots = [await make(), await make()];

    const answers = await Promise.all(
      lots.map((lot) => operator.post(`/api/lots/${lot.id}/release`, { version: lot.version })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('whoever asked for one of its letters does not release a lot', async () => {
    await buildLetters(server, [{}, { askedBy: 'supervisor' }]);
    const lot = await room.make();

    const answer = await room.act('supervisor', lot, 'release', { version: lot.version });

    expect(answer).toMatchObject({ status: 422, body: { rule: 'lot.release-asked' } });
    expect(await room.show(lot)).toMatchObject({ state: 'made', version: lot.version });
    expect((await room.eventsOf(lot)).map(({ type }) => type)).toEqual(['lot.made']);
  });

  test('a letter is called back until its lot is released', async () => {
    const letters = await room.letters(2);
    const [first, second] = letters.map(({ id }) => `/api/letters/${id}/cancel`);
    const lot = await room.make();
    const agent = await room.api('agent');

    const before = await agent.post(first ?? '', { reason: 'found-password', version: 2 });
    const released = await room.release(lot);
    const after = await agent.post(second ?? '', { reason: 'found-password', version: 3 });

    expect(before).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(released).toMatchObject({ letters: 1 });
    expect(after).toMatchObject({ status: 422, body: { rule: 'letter.released' } });
    expect((await room.print(released)).pages).toHaveLength(1);
  });
});
