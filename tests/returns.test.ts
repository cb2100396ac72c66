import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sheetCode } from '../server/letters/sheet-code.ts';
import type { Answer } from './support/client.ts';
import { alertsAbout, leftOf, sheets, signInWith, choosePassword, type Sheet } from './support/returns.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('mail that the post brings back, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const one = async (more: Parameters<typeof sheets>[2] = {}): Promise<Sheet> => {
    const [sheet] = await sheets(server, [{}], more);
    if (!sheet) throw new Error('No letter.');
    return sheet;
  };
  const returned = async (body: object, who: 'print-operator' | 'stranger' | 'agent' = 'print-operator') =>
    (await server.as(who)).post('/api/returns', body);
  const byId = async ({ id }: Sheet, body: object, who: 'print-operator' | 'stranger' | 'agent') =>
    (await server.as(who)).post(`/api/letters/${id}/return`, body);
  const untouched = { state: 'deposited', reason: null, password: 'live', isDoubtful: false, events: [] };
  const reason = 'unknown-addressee';

  test('ends the letter, its password and its address, and is to be destroyed, in one act', async () => {
    const sheet = await one();

    const answer = await byId(sheet, { reason }, 'print-operator');

    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: sheet.id,
        state: 'returned',
        returnReason: 'destinataire inconnu à l’adresse',
        warning: null,
      },
    });
    expect(await leftOf(server, sheet)).toEqual({
      state: 'returned',
      reason,
      password: 'dead returned',
      isDoubtful: true,
      outgoing: ['address-doubtful'],
      destructions: 1,
      events: ['letter.returned'],
    });
    const { answer: typed } = await signInWith(server, sheet);
    expect(typed).toMatchObject({ status: 401 });
  });

  test.each(['access-or-address', 'refused', 'unclaimed'])('for the reason « %s » too', async (why) => {
    const sheet = await one();

    expect((await returned({ reference: sheet.reference, reason: why })).status).toBe(200);
    expect(await leftOf(server, sheet)).toMatchObject({ reason: why, isDoubtful: true, destructions: 1 });
  });

  test.each<[string, (sheet: Sheet) => object]>([
    ['its DataMatrix', ({ code }) => ({ code })],
    ['its DataMatrix on a French keyboard', ({ code }) => ({ code: `${french(code)}\r` })],
    ['its reference', ({ reference }) => ({ reference })],
    ['its reference as it is printed', ({ reference, sheet }) => ({ reference: `${reference} / ${sheet}` })],
    [
      'its reference typed in small letters',
      ({ reference }) => ({ reference: ` réf. pli ${spaced(reference)} ` }),
    ],
  ])('is known by %s', async (_by, how) => {
    const sheet = await one();

    const answer = await returned({ ...how(sheet), reason });

    expect(answer).toMatchObject({ status: 200, body: { id: sheet.id, state: 'returned' } });
  });

  test('is no affair of an agent, nor of another organisation, for whom it is not there', async () => {
    const sheet = await one();
    const asked = [{ code: sheet.code }, { reference: sheet.reference }];

    const agents = [await byId(sheet, { reason }, 'agent'), await returned({ ...asked[0], reason }, 'agent')];
    const strangers = [
      await byId(sheet, { reason }, 'stranger'),
      ...(await Promise.all(asked.map((how) => returned({ ...how, reason }, 'stranger')))),
    ];
    const nobody = [
      await (await server.as('print-operator')).post('/api/letters/nobody/return', { reason }),
      await returned({ code: sheetCode({ lot: 1, attempt: 1, sheet: 1 }), reason }),
      await returned({ reference: '22222222', reason }),
    ];

    expect(agents.map(({ status }) => status)).toEqual([403, 403]);
    expect(strangers.map(told)).toEqual(nobody.map(told));
    expect(strangers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await leftOf(server, sheet)).toMatchObject(untouched);
  });

  test('twice is known, however it is named the second time', async () => {
    const sheet = await one();
    await returned({ code: sheet.code, reason });
    const first = await leftOf(server, sheet);

    const again = [
      await returned({ code: sheet.code, reason: 'refused' }),
      await returned({ reference: sheet.reference, reason }),
      await byId(sheet, { reason }, 'print-operator'),
    ];

    expect(again.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(again[0]?.body).toMatchObject({ message: expect.stringContaining('déjà enregistré') });
    expect(await leftOf(server, sheet)).toEqual(first);
  });

  test('with a wrong word, is told which, and nothing changes', async () => {
    const sheet = await one();

    const wrong = [
      await returned({ code: sheet.code, reason: 'moved' }),
      await returned({ code: `${sheet.code.slice(0, -1)}x`, reason }),
      await returned({ code: sheet.code, reference: sheet.reference, reason }),
      await returned({ reason }),
      await returned({ reference: `${sheet.reference}9999 9999`, reason }),
      await byId(sheet, { reason: null }, 'print-operator'),
      await byId(sheet, { reason, by: 'me' }, 'print-operator'),
    ];

    expect(wrong.map(({ status, body }) => [status, Object.keys(body.errors ?? {})])).toEqual([
      [400, ['reason']],
      [400, ['code']],
      [400, ['reference']],
      [400, ['reference']],
      [400, ['reference']],
      [400, ['reason']],
      [400, ['by']],
    ]);
    expect(await leftOf(server, sheet)).toMatchObject(untouched);
  });

  test('before it was posted cannot be', async () => {
    const counted = await one({ state: 'counted' });
    const [asked] = await sheets(server, [{}]);
    const never = { state: 'requested', lot_id: null, sheet: null, printed_attempt: null };
    await server.house.pool('letters').where({ id: asked?.id }).update(never);

    const refused = [
      await returned({ code: counted.code, reason }),
      await returned({ reference: asked?.reference, reason }),
    ];

    expect(refused).toMatchObject([
      { status: 422, body: { rule: 'letter.not-posted', message: expect.stringContaining('dépôt') } },
      {
        status: 422,
        body: { rule: 'letter.not-posted', message: expect.stringContaining('jamais été imprimé') },
      },
    ]);
    expect(await leftOf(server, counted)).toMatchObject({
      ...untouched,
      state: 'printed',
      password: 'printed',
    });
  });

  test.each(['expired', 'superseded'])('after it was %s is taken as any other', async (state) => {
    const sheet = await one();
    await server.house.pool('letters').where({ id: sheet.id }).update({ state });
    await server.house
      .pool('credentials')
      .where({ letter_id: sheet.id })
      .update({ state: 'dead', ended_as: state });

    expect(await returned({ code: sheet.code, reason })).toMatchObject({
      status: 200,
      body: { warning: null },
    });
    expect(await leftOf(server, sheet)).toMatchObject({
      state: 'returned',
      password: `dead ${state}`,
      isDoubtful: true,
      destructions: 1,
    });
    expect(await alertsAbout(server, sheet)).toEqual([]);
  });

  test('after its password was used is taken, and a supervisor is told', async () => {
    const sheet = await one();
    const { client } = await signInWith(server, sheet);
    expect((await choosePassword(client, sheet)).status).toBe(200);

    const answer = await returned({ code: sheet.code, reason });

    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'returned', warning: expect.stringContaining('avait servi') },
    });
    expect(await leftOf(server, sheet)).toMatchObject({
      state: 'returned',
      password: 'dead used',
      destructions: 1,
    });
    expect(await alertsAbout(server, sheet)).toEqual(['used-letter-returned']);
  });

  test('shows in the lists of what came back and of what ran out unused', async () => {
    const [came, out] = [await one(), await one()];
    await returned({ code: came.code, reason });
    await server.house.pool('letters').where({ id: out.id }).update({ state: 'expired' });
    const list = async (filter: object): Promise<string[]> => {
      const query = `filter=${JSON.stringify(filter)}&range=[0,99]`;
      const { body } = await (await server.as('print-operator')).get(`/api/letters?${query}`);
      return body.map(({ id }: { id: string }) => id).filter((id: string) => [came.id, out.id].includes(id));
    };

    expect(await list({ returned: true })).toEqual([came.id]);
    expect(await list({ unused: true })).toEqual([out.id]);
    expect(await list({ returned: false, unused: false })).toEqual([]);
  });
});

/** What the keys of the digits type on a French keyboard, unshifted. */
const french = (digits: string): string => [...digits].map((digit) => 'à&é"\'(-è_ç'[Number(digit)]).join('');
const spaced = (reference: string): string => `${reference.slice(0, 4)} ${reference.slice(4)}`.toLowerCase();
const told = ({ status, body }: Answer) => ({ status, code: body.code });
