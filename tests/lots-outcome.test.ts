import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startPrinting, tally } from './support/printing.ts';
import { databases, wednesday, type TestServer } from './support/server.ts';
import { eventually } from './support/story.ts';

describe.each(databases)('what becomes of a document printed in the browser on %s', (engine) => {
  let print: Awaited<ReturnType<typeof startPrinting>>;
  let server: TestServer;
  let room: typeof print.room;
  beforeAll(async () => {
    print = await startPrinting(engine);
    ({ server, room } = print);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    print.forget();
    await room.clear();
  });
  const act = (lot: { id: string; version: number }, name: string) =>
    room.act('print-operator', lot, name, { version: lot.version });
  const printed = async (count: number) => {
    const lot = await room.released(count);
    const paper = await room.print(lot);
    return { lot: await room.show(lot), ...paper };
  };

  test('it is one delivery of several bundles, whole once its operator says so', async () => {
    const { lot } = await printed(3);

    const { status, body } = await act(lot, 'confirm');
    const [again, redo] = [await act(body, 'confirm'), await act(body, 'redo')];

    expect(lot).toMatchObject({
      target: 'browser',
      confirmedAt: null,
      bundles: [
        { attempt: 1, number: 1, fromSheet: 1, toSheet: 2, deliveredAt: null },
        { attempt: 1, number: 2, fromSheet: 3, toSheet: 3, deliveredAt: null },
      ],
      can: { confirm: { allowed: true }, redo: { allowed: true }, count: { allowed: true } },
    });
    expect([status, body]).toMatchObject([200, { state: 'printed', confirmedAt: wednesday }]);
    expect(body.bundles.map(({ deliveredAt }: { deliveredAt: string }) => deliveredAt)).toEqual([
      wednesday,
      wednesday,
    ]);
    expect([again, redo]).toMatchObject([
      { status: 409, body: { rule: 'lot.confirmed' } },
      { status: 409, body: { rule: 'lot.confirmed', message: body.can.redo.why } },
    ]);
    expect((await room.eventsOf(lot)).at(-1)).toMatchObject({ type: 'lot.confirmed', data: { attempt: 1 } });
  });

  test('it did not arrive whole: every sheet dies, is to be destroyed, and is printed anew', async () => {
    const { lot, passwords } = await printed(3);

    const { body: redone } = await act(lot, 'redo');
    const again = await room.print(redone);
    const now = await room.show(lot);

    expect(redone).toMatchObject({ state: 'released', printed: 0, attempt: 1, bundles: [], printedAt: null });
    expect(redone.problem).toMatch(/pas arrivé entier.*À détruire.* 1–3 /);
    expect(await room.wasteOf(lot)).toMatchObject([
      { kind: 'interrupted', attempt: 1, from_sheet: 1, to_sheet: 3, sheets: 3 },
    ]);
    expect(now).toMatchObject({ state: 'printed', attempt: 2, printed: 3, problem: null });
    expect(again.passwords.filter((password) => passwords.includes(password))).toEqual([]);
    await room.deposit(await room.count(now));
    expect(tally(await room.statesOf(lot))).toEqual({ '1 dead interrupted': 3, '2 live': 3 });
  });

  test('counting says that it is whole: it is never redone after that', async () => {
    const { lot } = await printed(2);

    const counted = await room.count(lot, [2]);
    const redo = await act(counted, 'redo');

    expect(counted).toMatchObject({ state: 'counted', confirmedAt: wednesday });
    expect(redo).toMatchObject({ status: 409, body: { rule: 'lot.not-printed' } });
  });

  test.each(['confirm', 'redo'])('%s: forbidden, of others, stale or too early is refused', async (name) => {
    const released = await room.released(1);
    const early = await act(released, name);
    await room.print(released);
    const lot = await room.show(released);
    const body = { version: lot.version };

    const answers = [
      await room.act('supervisor', lot, name, body),
      await room.act('stranger', lot, name, body),
      await room.act('print-operator', { id: 'nobody' }, name, body),
      await act({ ...lot, version: lot.version - 1 }, name),
      await room.act('print-operator', lot, name, {}),
    ];

    expect(early).toMatchObject({ status: 409, body: { rule: 'lot.not-printed' } });
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 404, 409, 400]);
    expect(await room.show(lot)).toEqual(lot);
  });

  test('a stop ends the stream before its next bundle, and every sheet of it is waste', async () => {
    const lot = await room.released(5);
    const held = print.hold('k4', 1);
    const streaming = room.act('print-operator', lot, 'print', {}).catch((error: unknown) => error);
    await held.arrived;

    const stop = await room.act('print-operator', lot, 'stop', {});
    const twice = await room.act('print-operator', lot, 'stop', {});
    held.letGo();
    const outcome = await streaming;
    const stopped = await eventually(
      () => room.show(lot),
      ({ state }) => state !== 'printing',
    );

    expect(stop).toMatchObject({ status: 200, body: { isStopping: true } });
    expect(twice).toMatchObject({ status: 409, body: { rule: 'lot.stopping' } });
    expect(outcome).toBeInstanceOf(Error);
    expect(stopped).toMatchObject({ state: 'released', printed: 0, bundles: [] });
    expect(stopped.problem).toMatch(/arrêtée sur demande.* 1–2 /);
    expect(await room.wasteOf(lot)).toMatchObject([{ kind: 'interrupted', from_sheet: 1, to_sheet: 2 }]);
    expect(tally(await room.statesOf(lot))).toEqual({ '1 dead interrupted': 2 });
    expect((await room.eventsOf(lot)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['lot.stop-asked', 'lot.print-interrupted']),
    );
  });

  test('bytes that never left make no waste: only what may be on paper is to be destroyed', async () => {
    const lot = await room.released(3);
    print.at('k3', 2, () => {
      throw new Error('The machine fails before the second bundle leaves.');
    });

    await room.act('print-operator', lot, 'print', {}).catch(() => undefined);
    const ended = await eventually(
      () => room.show(lot),
      ({ state }) => state !== 'printing',
    );

    expect(ended.problem).toMatch(/ 1–2 /);
    expect(await room.wasteOf(lot)).toMatchObject([{ from_sheet: 1, to_sheet: 2 }]);
    expect(tally(await room.statesOf(lot))).toEqual({ '1 dead interrupted': 3 });
  });

  test('a deposit wakes no sheet of a bundle that was given up, whatever its password says', async () => {
    const { lot } = await printed(2);
    await act(lot, 'redo');
    await room.print(await room.show(lot));
    const counted = await room.count(await room.show(lot));
    // As if a fault had left the voided passwords as they were printed.
    const voided = server.house.pool('credentials').where({ lot_id: lot.id, attempt: 1 });
    await voided.clone().update({ state: 'printed', ended_as: null, ended_at: null });

    await room.deposit(counted);

    expect(tally(await room.statesOf(lot))).toEqual({ '1 printed': 2, '2 live': 2 });
  });
});
