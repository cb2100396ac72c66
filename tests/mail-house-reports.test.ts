import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemVisit } from '../server/core/perform.ts';
import { takeReportFile } from '../server/imports/report-files.service.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import { makeKeyPair } from './support/pgp.ts';
import { startPrinting, tally } from './support/printing.ts';
import { databases, everyOrganisation, moveTo, wednesday, type TestServer } from './support/server.ts';

type Row = { reference?: string; lot?: number; sheet?: number; status?: string; at?: string };

describe.each(databases)('a mail house’s report on %s', (engine) => {
  const place = mkdtempSync(join(tmpdir(), 'guichet-report-'));
  let print: Awaited<ReturnType<typeof startPrinting>>;
  let server: TestServer;
  let room: typeof print.room;
  beforeAll(async () => {
    await makeKeyPair(join(place, 'routeur.asc'));
    const env = { MAIL_HOUSE_DIR: place, MAIL_HOUSE_KEY_FILE: join(place, 'routeur.asc') };
    print = await startPrinting(engine, { env });
    ({ server, room } = print);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(place, { recursive: true });
  });
  beforeEach(async () => {
    await moveTo(server, wednesday);
    await room.clear();
  });

  const handedOver = '18/11/2026 16:30';
  const atFive = '2026-11-18T16:00:00.000Z';
  /** A lot that the mail house has, and its report's lines, all good; the clock stands at 17:00 in Paris. */
  const produced = async (count: number): Promise<{ lot: Lot; rows: Row[] }> => {
    const lot = await room.send(await room.released(count), 'mail-house');
    const letters = await room.lettersOf(lot);
    await moveTo(server, atFive);
    return { lot, rows: letters.map(({ reference }) => ({ reference })) };
  };
  const file = (rows: Row[]): string =>
    ['Référence;Lot;Feuille;État;Déposé le']
      .concat(
        rows.map(({ reference = '', lot = '', sheet = '', status = 'produit', at = handedOver }) =>
          [reference, lot, sheet, status, status === 'produit' ? at : ''].join(';'),
        ),
      )
      .concat('')
      .join('\r\n');
  const upload = async (rows: Row[], account = 'print-operator') =>
    (await room.api(account)).send('POST', '/api/mail-house-reports', file(rows), {
      'content-type': 'text/csv',
    });

  test('counts the lot, replaces what was spoiled and deposits it when it really was', async () => {
    const { lot, rows } = await produced(4);
    const [, second] = rows;
    if (second) second.status = 'gâché';

    const answer = await upload(rows);
    const deposited = await room.show(lot);

    expect(answer).toMatchObject({
      status: 201,
      body: {
        kind: 'report',
        lines: 4,
        taken: 4,
        rejected: 0,
        problems: [],
        receivedByName: 'print-operator de test',
      },
    });
    expect(deposited).toMatchObject({
      state: 'deposited',
      printed: 4,
      spoiled: 1,
      countedAt: '2026-11-18T15:30:00.000Z',
      depositedAt: '2026-11-18T15:30:00.000Z',
      declaredAt: atFive,
      bundles: [
        { number: 1, good: 1, spoiled: 1 },
        { number: 2, good: 2, spoiled: 0 },
      ],
    });
    expect(tally(await room.statesOf(lot))).toEqual({ '1 live': 3, '1 dead spoiled': 1 });
    expect(await room.wasteOf(lot)).toMatchObject([{ kind: 'spoiled', from_sheet: 2, to_sheet: 2 }]);
    const [spoiled] = (await room.lettersOf(lot)).filter(({ state }) => state === 'spoiled');
    const waiting = server.house.pool('letters').where({ replaces_id: spoiled.id });
    expect(await waiting).toMatchObject([{ state: 'requested' }]);
  });

  test('sent again, it changes nothing', async () => {
    const { lot, rows } = await produced(2);
    const first = await upload(rows);
    const before = await room.show(lot);

    const again = await upload(rows);
    const inAnotherOrder = await upload(rows.toReversed());

    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(inAnotherOrder).toMatchObject({ status: 201, body: { taken: 2, rejected: 0 } });
    expect(await room.show(lot)).toEqual(before);
  });

  test('a command takes it under the system’s name', async () => {
    const { lot, rows } = await produced(2);
    const visit = systemVisit(server.house, 'cli', everyOrganisation(server.house));
    const source = (async function* () {
      yield Buffer.from(file(rows.map((_, at) => ({ lot: lot.number, sheet: at + 1 }))));
    })();

    const taken = await takeReportFile(visit, source);

    expect(taken).toMatchObject({ taken: 2, rejected: 0 });
    expect(await room.show(lot)).toMatchObject({ state: 'deposited' });
    expect((await room.eventsOf(lot)).at(-1)).toMatchObject({ type: 'lot.deposited', data: { letters: 2 } });
  });

  test('of two lots in one file, the wrong one stays as it is and the other is taken', async () => {
    const good = await produced(2);
    await moveTo(server, wednesday);
    const wrong = await produced(2);

    const { body } = await upload([...good.rows, ...wrong.rows.slice(1)]);

    expect(body).toMatchObject({ lines: 3, taken: 2, rejected: 1 });
    expect(body.problems).toEqual([
      { line: 4, column: '', message: expect.stringContaining('1 des 2 feuilles de ce lot manquent') },
    ]);
    expect(await room.show(good.lot)).toMatchObject({ state: 'deposited' });
    expect(await room.show(wrong.lot)).toMatchObject({ state: 'printed', countedAt: null });
  });

  test('with anything wrong takes nothing of the lot, and says where and never what', async () => {
    const { lot, rows } = await produced(2);
    const [first, second] = rows;

    const answers = [
      await upload([{ ...first, status: 'égaré' }, { ...second }]),
      await upload([{ ...first, lot: lot.number, sheet: 2 }, { ...second }]),
      await upload([{ ...first }, { ...second }, { ...second }]),
      await upload(rows.map((row) => ({ ...row, at: '18/11/2026 09:00' }))),
    ];

    expect(answers.map(({ body }) => [body.taken, body.problems[0].line, body.problems[0].column])).toEqual([
      [0, 2, 'État'],
      [0, 2, 'Référence'],
      [0, 4, 'Référence'],
      [0, 2, ''],
    ]);
    const words = answers.map(({ body }) => body.problems[0].message);
    expect(words[0]).toContain('produit ou gâché');
    expect(words[1]).toContain('Vérifiez les trois');
    expect(words[2]).toContain('deux fois');
    expect(words[3]).toContain('précède le compte');
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(/égaré|09:00/);
    expect(await room.show(lot)).toMatchObject({ state: 'printed', countedAt: null });
  });

  test('a line that names no sheet of ours holds up nobody', async () => {
    const { lot, rows } = await produced(1);

    const { body } = await upload([...rows, { reference: 'ZZZZZZZZ' }]);

    expect(body).toMatchObject({ taken: 1, rejected: 1, problems: [{ line: 3, column: 'Référence' }] });
    expect(JSON.stringify(body)).not.toContain('ZZZZZZZZ');
    expect(await room.show(lot)).toMatchObject({ state: 'deposited' });
  });

  test('about a lot that is not wholly there, that was counted, or that stayed here takes nothing', async () => {
    const { lot, rows } = await produced(2);
    await room.count(lot);
    const counted = await upload(rows);
    await moveTo(server, wednesday);
    const here = await room.released(1);
    await room.print(here);
    const [letter] = await room.lettersOf(here);
    await moveTo(server, atFive);
    const elsewhere = await upload([{ reference: letter.reference }]);

    expect(counted.body).toMatchObject({ taken: 0, rejected: 2 });
    expect(counted.body.problems[0].message).toContain('déjà compté à la main');
    expect(elsewhere.body.problems[0].message).toContain('n’a pas été confié à un routeur');
    expect(await room.show(here)).toMatchObject({ state: 'printed' });
  });

  test('about a lot that is too late is left to a supervisor', async () => {
    const { lot, rows } = await produced(1);
    await moveTo(server, '2026-11-30T08:00:00.000Z');

    const { body } = await upload(rows.map((row) => ({ ...row, at: '27/11/2026 10:00' })));

    expect(body).toMatchObject({ taken: 0, rejected: 1 });
    expect(body.problems[0].message).toContain('Demandez à un superviseur');
    const kept = await server.house.pool('lots').where({ id: lot.id }).first();
    expect(kept).toMatchObject({ state: 'printed', counted_at: null });
  });

  test('from whoever may not, of others, or not as a table is refused whole', async () => {
    const { lot, rows } = await produced(1);
    const operator = await room.api('print-operator');
    const csv = { 'content-type': 'text/csv' };
    const path = '/api/mail-house-reports';

    const forbidden = await upload(rows, 'supervisor');
    const untitled = await operator.send('POST', path, 'Feuille;État\r\n1;produit\r\n', csv);
    const visit = systemVisit(server.house, 'cli', ['mutuelle-imaginaire']);
    writeFileSync(join(place, 'report.csv'), file(rows));
    const others = await takeReportFile(
      visit,
      (async function* () {
        yield Buffer.from(file(rows));
      })(),
    );

    expect(forbidden.status).toBe(403);
    expect(untitled).toMatchObject({ status: 400 });
    expect(untitled.body.message).toContain('Déposé le');
    expect(others).toMatchObject({ taken: 0, rejected: 1 });
    expect(others.problems[0]?.message).toContain('Aucun pli');
    expect(await room.show(lot)).toMatchObject({ state: 'printed' });
  });
});
