import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { buildLetters } from './support/build.ts';
import { organisation, printRoom, product } from './support/lots.ts';
import {
  databases,
  deskPassword,
  startServer,
  wednesday,
  type AccountName,
  type TestServer,
} from './support/server.ts';

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

  const release = (account: AccountName, lot: Lot) =>
    room.act(account, lot, 'release', { version: lot.version, password: deskPassword });

  test('the maker may release few letters a day alone, and that is recorded', async () => {
    await room.letters(50);
    const [first, second] = [await room.make({ most: 30 }), await room.make()];
    await room.letters(1);
    const third = await room.make();

    const answers = await Promise.all([first, second].map((lot) => release('print-operator', lot)));
    const oneMore = await release('print-operator', third);

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
      lots.map((lot) =>
        operator.post(`/api/lots/${lot.id}/release`, { version: lot.version, password: deskPassword }),
      ),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('whoever asked for one of its letters does not release a lot', async () => {
    await buildLetters(server, [{}, { askedBy: 'supervisor' }]);
    const lot = await room.make();

    const answer = await release('supervisor', lot);

    expect(answer).toMatchObject({ status: 422, body: { rule: 'lot.release-asked' } });
    expect(await room.show(lot)).toMatchObject({ state: 'made', version: lot.version });
    expect((await room.eventsOf(lot)).map(({ type }) => type)).toEqual(['lot.made']);
  });

  test('the maker releases no letter of a flagged account alone', async () => {
    await server.house.pool('maker_releases').delete();
    const [letter] = await room.letters(2);
    const lot = await room.make();
    const account = () => server.house.pool('accounts').where({ id: letter?.accountId });
    const flags = [
      { suspected_at: wednesday, suspected_until: '2026-11-19T09:00:00.000Z' },
      { suspected_at: null, suspected_until: null, frozen_at: wednesday },
    ];
    const refused = [];
    for (const flag of flags) {
      await account().update(flag);
      refused.push(await release('print-operator', lot));
    }
    const shown = await room.show(lot);
    await account().update({ frozen_at: null, suspected_until: '2026-11-18T08:59:59.000Z' });
    const overNow = await room.show(lot);
    await account().update({ suspected_until: '2026-11-19T09:00:00.000Z' });

    expect(refused.map(({ status, body }) => [status, body.rule])).toEqual([
      [422, 'lot.release-flagged'],
      [422, 'lot.release-flagged'],
    ]);
    expect(shown.can.release).toEqual({ allowed: false, why: refused[0]?.body.message });
    expect(overNow.can.release.allowed).toBe(true);
    expect(await room.release(lot)).toMatchObject({ state: 'released' });
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

  test('the print room calls a letter back too, with a reason of the list and without a call', async () => {
    const [letter] = await room.letters(2);
    const lot = await room.make();
    const calls = async () => (await server.house.pool('calls')).length;
    const before = await calls();
    const cancel = (body: object) =>
      room
        .api('print-operator')
        .then((operator) => operator.post(`/api/letters/${letter?.id}/cancel`, { version: 2, ...body }));

    const unknown = await cancel({ reason: 'because' });
    const stale = await cancel({ reason: 'wrong-address', version: 1 });
    const cancelled = await cancel({ reason: 'wrong-address' });

    expect(unknown).toMatchObject({ status: 400, body: { errors: { reason: expect.any(String) } } });
    expect(stale.status).toBe(409);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    const event = await server.house
      .pool('audit_events')
      .where({ type: 'letter.cancelled', member_id: letter?.memberId })
      .first();
    expect(event).toMatchObject({ call_id: null });
    expect(JSON.parse(event.payload).data).toMatchObject({ reason: 'wrong-address' });
    expect(await calls()).toBe(before);
    expect((await room.show(lot)).letters).toBe(1);
    const others = ['auditor', 'administrator', 'stranger'].map(async (account) =>
      (await room.api(account)).post(`/api/letters/${letter?.id}/cancel`, { reason: 'x', version: 3 }),
    );
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([403, 403, 404]);
  });
});
