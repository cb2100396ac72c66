import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { buildLetters } from './support/build.ts';
import { printRoom } from './support/lots.ts';
import { textOfPages } from './support/paper.ts';
import { at } from './support/people.ts';
import { databases, startServer, wednesday, type AccountName, type TestServer } from './support/server.ts';

describe.each(databases)('La Poste’s slip on %s', (engine) => {
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
  const slip = async (lot: Lot, account: AccountName = 'print-operator', query = '') =>
    (await room.api(account)).get(`/api/lots/${lot.id}/deposit-slip${query}`);
  const textOf = async (answer: { bytes: Uint8Array }) =>
    (await textOfPages(answer.bytes)).join(' ').replace(/\s+/g, ' ');
  const printed = async (): Promise<Lot> => {
    await buildLetters(server, [
      {},
      {},
      {},
      { person: at('97400', 'Saint-Denis') },
      { row: { zone: 'europe' } },
    ]);
    const released = await room.release(await room.make());
    await room.print(released);
    return room.show(released);
  };

  test('tells what is taken along: good letters by destination, product, weight and sender', async () => {
    const lot = await printed();
    const early = await slip(lot);
    const counted = await room.count(lot, [1]);

    const answer = await slip(counted);
    const text = await textOf(answer);

    expect(early).toMatchObject({ status: 409, body: { rule: 'lot.not-counted' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toContain(`bordereau-lot-${lot.number}.pdf`);
    for (const said of [
      'Bordereau de dépôt',
      `Lot n° ${lot.number}`,
      'MUTUELLE DES AGENTS PUBLICS',
      'Lettre verte',
      'Nombre de plis 4',
      '10 g environ, tranche de 0 à 20 g',
      'Préparé le 18 novembre 2026 à 10:00',
      'Préparé par print-operator de test',
      'France métropolitaine 2',
      'Outre-mer 1',
      'International 1',
      'Total 4',
      'Cachet, date et signature',
    ])
      expect(text).toContain(said);
  });

  test('tells after the deposit when it was and who declared it, in either language', async () => {
    const counted = await room.count(await printed());
    server.clock.advance(10);
    const body = { at: '2026-11-18T09:05:00.000Z', version: counted.version };
    const deposited = await room.act('print-operator', counted, 'deposit', body);

    const french = await textOf(await slip(deposited.body, 'supervisor'));
    const english = await textOf(await slip(deposited.body, 'supervisor', '?language=en'));

    expect(french).toContain('Déposé le 18 novembre 2026 à 10:05 Déclaré par print-operator de test');
    expect(english).toContain('Deposit slip');
    expect(english).toContain('Declared by print-operator de test');
  });

  test('is for the print room and supervisors of its organisations, and for lots with a good sheet', async () => {
    const lot = await printed();
    const counted = await room.count(lot, [1, 2, 3, 4, 5]);

    const answers = [
      await slip(counted),
      await slip(counted, 'agent'),
      await slip(counted, 'stranger'),
      await slip(counted, 'print-operator', '?language=de'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([422, 403, 404, 400]);
    expect(answers[0]?.body).toMatchObject({ rule: 'lot.nothing-good' });
  });
});
