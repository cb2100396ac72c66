import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { housekeep } from '../server/core/perform.ts';
import { runCallbacks } from '../server/letters/what-failed.service.ts';
import { sheetCode } from '../server/letters/sheet-code.ts';
import { saveMember, type PersonToSave } from '../server/members/saving.service.ts';
import { at, person } from './support/people.ts';
import { alertsAbout, leftOf, sheets, type Sheet } from './support/returns.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('around a letter that came back, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const reason = 'unclaimed';
  const post = async (path: string, body: object) => (await server.as('print-operator')).post(path, body);
  const returned = (body: object) => post('/api/returns', { reason, ...body });
  const one = async (more: Parameters<typeof sheets>[2] = {}, who: Partial<PersonToSave> = {}) => {
    const [sheet] = await sheets(server, [{ person: who }], more);
    if (!sheet) throw new Error('No letter.');
    return sheet;
  };
  const rowOf = ({ id }: { id: string }) => server.house.pool('letters').where({ id }).first();
  /** Another letter of the same member, as asked for and not yet released. */
  const another = async (sheet: Sheet, more: object): Promise<{ id: string }> => {
    const row = await rowOf(sheet);
    const id = server.house.random.id();
    const fresh = {
      state: 'requested',
      lot_id: null,
      sheet: null,
      printed_attempt: null,
      return_reason: null,
    };
    await server.house.pool('letters').insert({ ...row, id, reference: id.slice(-8), ...fresh, ...more });
    return { id };
  };
  /** What the management system says of them now. */
  const imported = (sheet: Sheet, address: PersonToSave['address']) =>
    housekeep(server.house, (db, now) =>
      saveMember(
        { db, now, newId: server.house.random.id, house: server.house },
        person({ memberNumber: sheet.identifier, address, lineDigest: server.house.random.id() }),
      ),
    );

  test('an address that changed since it was asked for is not doubted, and what goes there goes on', async () => {
    const sheet = await one();
    await imported(sheet, at('44000', 'Nantes').address);
    const lines = JSON.stringify(['MME JEANNE TILLEUL', '3 RUE DES TILLEULS', '44000 NANTES']);
    const next = await another(sheet, { address_lines: lines, postcode: '44000', town: 'Nantes' });

    expect((await returned({ code: sheet.code })).status).toBe(200);

    expect(await leftOf(server, sheet)).toMatchObject({ state: 'returned', isDoubtful: false, outgoing: [] });
    expect(await rowOf(next)).toMatchObject({ state: 'requested' });
  });

  test('an import that dates the same address back, or names the member otherwise, changes nothing of it', async () => {
    const sheet = await one();
    const { address } = at('35000', 'Rennes');
    await imported(sheet, address && { ...address, since: '2026-11-17' });
    await server.house.pool('members').where({ id: sheet.memberId }).update({ usual_name: 'Marronnier' });

    await returned({ code: sheet.code });

    expect(await leftOf(server, sheet)).toMatchObject({ isDoubtful: true, outgoing: ['address-doubtful'] });
  });

  test('letters of the member that are not released are called back, the others are not', async () => {
    const sheet = await one();
    const waiting = await another(sheet, {});
    const inLot = await another(sheet, { state: 'in-lot', lot_id: sheet.lotId });
    const printing = await another(sheet, { state: 'printing', lot_id: sheet.lotId });

    await returned({ code: sheet.code });

    expect([await rowOf(waiting), await rowOf(inLot), await rowOf(printing)]).toMatchObject([
      { state: 'cancelled' },
      { state: 'cancelled' },
      { state: 'printing' },
    ]);
    const events = await server.house.pool('audit_events').where({ member_id: sheet.memberId });
    const cancelled = events.filter(({ type }) => type === 'letter.cancelled');
    expect(cancelled.map(({ payload }) => JSON.parse(payload).data.reason)).toEqual([
      'address-doubtful',
      'address-doubtful',
    ]);
  });

  test('a second letter from the same address is taken, and the management system hears of it once', async () => {
    const sheet = await one();
    const [second] = await sheets(server, [{}]);
    const { member_id, account_id, address_lines } = await rowOf(sheet);
    const same = { member_id, account_id, address_lines };
    await server.house.pool('letters').where({ id: second?.id }).update(same);

    await returned({ code: sheet.code });
    await returned({ code: second?.code });

    expect(await rowOf(second as Sheet)).toMatchObject({ state: 'returned' });
    expect(await leftOf(server, sheet)).toMatchObject({ outgoing: ['address-doubtful'] });
  });

  test('the agent of the next call may send no letter until the address is corrected, and then may', async () => {
    const sheet = await one();
    const agent = await server.as('agent');
    const letter = async () => (await agent.get(`/api/members/${sheet.memberId}`)).body.can.letter;
    await returned({ code: sheet.code });

    const doubtful = await letter();
    await imported(sheet, at('44000', 'Nantes').address);
    await server.house.pool('members').where({ id: sheet.memberId }).update({ address_since: '2020-01-01' });

    expect(doubtful).toMatchObject({
      state: 'refused',
      rule: 'letter-address-doubtful',
      why: 'L’adresse est douteuse : un courrier en est revenu le mercredi 18 novembre (pli avisé et non réclamé).',
    });
    expect(await letter()).toMatchObject({ state: 'allowed' });
  });

  test('a call is owed to the member whom it did not reach', async () => {
    const sheet = await one();
    await returned({ code: sheet.code });

    await runCallbacks(server.house);

    const owed = await server.house.pool('callbacks').where({ member_id: sheet.memberId });
    expect(owed).toMatchObject([{ kind: 'undeliverable', subject: sheet.id }]);
  });

  test('a letter to ourselves, whose member stands outside, is taken without a file to doubt', async () => {
    const sheet = await one();
    await server.house.pool('members').where({ id: sheet.memberId }).update({ organisation_id: 'test:x' });

    expect((await returned({ code: sheet.code })).status).toBe(200);
    expect(await leftOf(server, sheet)).toMatchObject({ state: 'returned', isDoubtful: false, outgoing: [] });
  });

  describe('paper that should have been destroyed', () => {
    const sheetOf = (sheet: Sheet, attempt: number): string => {
      const lot = Number(sheet.code.slice(2, 11));
      return sheetCode({ lot, attempt, sheet: sheet.sheet });
    };

    test('of an attempt that was given up, is told to a supervisor and changes no letter', async () => {
      const sheet = await one();
      const waste = sheetOf(sheet, 1);

      const [first, second] = [await returned({ code: waste }), await returned({ code: waste })];

      expect(first).toMatchObject({
        status: 200,
        body: { id: sheet.id, state: 'deposited', warning: expect.stringContaining('dû être détruite') },
      });
      expect(second.status).toBe(409);
      expect(await leftOf(server, sheet)).toMatchObject({
        state: 'deposited',
        password: 'live',
        isDoubtful: true,
        destructions: 0,
      });
      const paper = { lot_id: sheet.lotId, attempt: 1, from_sheet: 1, to_sheet: 1, kind: 'returned' };
      expect(await server.house.pool('destructions').where(paper)).toHaveLength(1);
      expect(await alertsAbout(server, sheet)).toEqual(['waste-posted']);
      // The good sheet of the same letter may come back too.
      expect(await returned({ code: sheet.code })).toMatchObject({
        status: 200,
        body: { state: 'returned' },
      });
    });

    test('declared spoiled, is told too, by its code or its reference', async () => {
      const sheet = await one();
      await server.house.pool('letters').where({ id: sheet.id }).update({ state: 'spoiled' });

      const byReference = await returned({ reference: sheet.reference });
      const byCode = await returned({ code: sheet.code });

      expect(byReference).toMatchObject({
        status: 200,
        body: { state: 'spoiled', warning: expect.any(String) },
      });
      expect(byCode.status).toBe(409);
      expect(await alertsAbout(server, sheet)).toEqual(['waste-posted']);
    });

    test('of an attempt that never was, is nobody’s', async () => {
      const sheet = await one();

      expect((await returned({ code: sheetOf(sheet, 3) })).status).toBe(404);
      expect((await returned({ code: sheetOf(sheet, 0) })).status).toBe(404);
      expect(await alertsAbout(server, sheet)).toEqual([]);
    });
  });
});
