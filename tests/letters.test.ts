import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildLetters } from './support/build.ts';
import { printRoom } from './support/lots.ts';
import { databases, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('letters on %s', (engine) => {
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
  const list = async (query: string) =>
    (await (await room.api('print-operator')).get(`/api/letters?${query}`)).body as {
      id: string;
      state: string;
      sheet: number | null;
      problem: string | null;
    }[];

  test('to an address that became doubtful or an account that was closed meanwhile are not printed', async () => {
    const [doubtful, closed, fine] = await room.letters(3);
    const lot = await room.release(await room.make());
    const members = () => server.house.pool('members');
    await members().where({ id: doubtful?.memberId }).update({ address_doubtful_at: wednesday });
    await members().where({ id: closed?.memberId }).update({ contract_end_on: '2026-11-17' });

    const { pages } = await room.print(lot);

    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain(fine?.reference);
    const printed = await room.show(lot);
    expect(printed).toMatchObject({ state: 'printed', printed: 1, refused: 2 });
    expect(await room.credentialsOf(lot)).toHaveLength(1);
    const shown = new Map((await list(`filter={"lotId":"${lot.id}"}`)).map((letter) => [letter.id, letter]));
    expect(shown.get(doubtful?.id ?? '')).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('n’arrive plus à cette adresse'),
    });
    expect(shown.get(closed?.id ?? '')).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('compte a été fermé'),
    });
    expect((await room.eventsOf({ id: closed?.id ?? '' })).at(-1)).toMatchObject({
      type: 'letter.refused',
      data: { problem: 'account-closed' },
    });
    expect(await room.count(printed)).toMatchObject({ state: 'counted' });
  });

  test('none of a lot left to print is said so', async () => {
    const [letter] = await room.letters(1);
    const lot = await room.release(await room.make());
    await server.house.pool('members').where({ id: letter?.memberId }).update({ deceased_on: '2026-11-17' });

    const answer = await room.act('print-operator', lot, 'print', {});

    expect(answer).toMatchObject({ status: 422, body: { rule: 'lot.all-refused' } });
  });

  test('are listed by their sheets, and those not yet posted apart', async () => {
    const towns = ['35000', '01000', '75001', '13001'].map((postcode) => ({ row: { postcode } }));
    await buildLetters(server, towns);
    const lot = await room.release(await room.make());
    await room.print(lot);
    const inLot = `filter={"lotId":"${lot.id}"}`;

    const [up, down] = [
      await list(`${inLot}&sort=["sheet","ASC"]`),
      await list(`${inLot}&sort=["sheet","DESC"]`),
    ];
    const before = await list(`filter={"lotId":"${lot.id}","open":true}`);
    await room.deposit(await room.count(await room.show(lot), [2]));
    const after = await list(`filter={"lotId":"${lot.id}","open":true}`);
    const over = await list(`filter={"lotId":"${lot.id}","open":false}`);

    expect(up.map(({ sheet }) => sheet)).toEqual([1, 2, 3, 4]);
    expect(down.map(({ sheet }) => sheet)).toEqual([4, 3, 2, 1]);
    expect(before).toHaveLength(4);
    expect(after).toEqual([]);
    expect(over.map(({ state }) => state).sort()).toEqual(['deposited', 'deposited', 'deposited', 'spoiled']);
  });

  test('are called back in the call of whoever does it', async () => {
    const [letter] = await room.letters(1);
    await server.house.pool('letters').where({ id: letter?.id }).update({ call_id: 'the-call-of-the-asker' });
    const colleague = await room.api('colleague');

    const cancelled = await colleague.post(`/api/letters/${letter?.id}/cancel`, {
      reason: 'found-password',
      version: 1,
    });

    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    const { call } = (await colleague.get('/api/calls/current')).body;
    const [event] = await server.house
      .pool('audit_events')
      .where({ type: 'letter.cancelled', member_id: letter?.memberId });
    expect(call).toMatchObject({ memberId: letter?.memberId, channel: 'back-office' });
    expect(event.call_id).toBe(call.id);
  });
});
