import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import iconv from 'iconv-lite';
import { runCli } from '../server/cli.ts';
import { systemVisit } from '../server/core/perform.ts';
import { readEnv } from '../server/env.ts';
import { takeReturnFile } from '../server/imports/return-files.service.ts';
import { times } from './support/build.ts';
import type { Answer } from './support/client.ts';
import { alertsAbout, leftOf, sheets, type Sheet } from './support/returns.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('La Poste’s file of returns on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  type Who = 'print-operator' | 'supervisor' | 'agent' | 'administrator' | 'stranger';
  const send = async (
    file: string | Uint8Array,
    who: Who = 'print-operator',
    type = 'text/csv',
  ): Promise<Answer> =>
    (await server.as(who)).send('POST', '/api/return-files', file, { 'content-type': type });
  const lines = (...rows: string[]): string => [...rows, ''].join('\r\n');
  const files = async (who: Who = 'print-operator') =>
    (await (await server.as(who)).get('/api/post-files?sort=["receivedAt","DESC"]')).body;
  const two = async (): Promise<[Sheet, Sheet]> => (await sheets(server, times(2))) as [Sheet, Sheet];
  const untouched = { state: 'deposited', password: 'live', isDoubtful: false, events: [] };

  test('takes its good lines as if each letter had been in one’s hand, but for the paper', async () => {
    const [first, second] = await two();
    const file = lines(
      'Réf. pli;Motif de non-distribution;Date de retour;Centre',
      `${first.reference};Destinataire inconnu à l’adresse;18/11/2026;RENNES`,
      `${second.reference} / 2;PLI AVISE ET NON RECLAME;;`,
    );

    const answer = await send(file);

    expect(answer).toMatchObject({
      status: 201,
      body: {
        kind: 'returns',
        lines: 2,
        taken: 2,
        rejected: 0,
        receivedAt: server.clock.now().toISOString(),
        receivedByName: 'print-operator de test',
        problems: [],
      },
    });
    const left = { state: 'returned', password: 'dead returned', isDoubtful: true, destructions: 0 };
    expect(await leftOf(server, first)).toMatchObject({ ...left, reason: 'unknown-addressee' });
    expect(await leftOf(server, second)).toMatchObject({ ...left, reason: 'unclaimed' });
    const events = await server.house
      .pool('audit_events')
      .whereIn('type', ['letter.returned', 'post-file.received']);
    const data = events.map(({ type, payload }) => [type, JSON.parse(payload).data]);
    expect(data).toEqual([
      ['letter.returned', { letterId: first.id, reason: 'unknown-addressee', by: 'file', was: 'deposited' }],
      ['letter.returned', { letterId: second.id, reason: 'unclaimed', by: 'file', was: 'deposited' }],
      [
        'post-file.received',
        { postFileId: answer.body.id, kind: 'returns', lines: 2, taken: 2, rejected: 0 },
      ],
    ]);
  });

  test('the paper of a letter that a file told of may come later, once', async () => {
    const [letter] = await two();
    await send(lines('Référence;Motif', `${letter.reference};NPAI`));
    const scan = async () =>
      (await server.as('print-operator')).post('/api/returns', {
        code: letter.code,
        reason: 'unknown-addressee',
      });

    const [first, second] = [await scan(), await scan()];

    expect([first.status, second.status]).toEqual([200, 409]);
    expect(await leftOf(server, letter)).toMatchObject({ state: 'returned', destructions: 1 });
  });

  test('is read by its sheet codes, with commas, in Windows-1252', async () => {
    const [letter] = await two();
    const file = lines('Code feuille,Motif', `${letter.code},"Pli refusé par le destinataire"`);

    const answer = await send(iconv.encode(file, 'win1252'));

    expect(answer).toMatchObject({ status: 201, body: { taken: 1, rejected: 0 } });
    expect(await leftOf(server, letter)).toMatchObject({ state: 'returned', reason: 'refused' });
  });

  test('lists what it does not take, with line and column and never a value', async () => {
    const [letter, other] = await two();
    const [counted] = await sheets(server, [{}], { state: 'counted' });
    await send(lines('Référence;Motif', `${other.reference};Refusé`));
    const rows: [row: string, column: string, said: string][] = [
      ['=CMD|calc!A0;Refusé;;', 'Référence', 'huit signes'],
      ['22222222;Refusé;;', 'Référence', 'Aucun pli de vos organismes'],
      [`${letter.reference};Déménagé;;`, 'Motif', 'l’un des quatre'],
      [`${letter.reference};PND;;`, 'Motif', 'l’un des quatre'],
      [`${letter.reference};;;`, 'Motif', 'manque'],
      [`${letter.reference};Refusé;31/11/2026;`, 'Date', ''],
      [`${letter.reference};Refusé;19/11/2026;`, 'Date', ''],
      [`${letter.reference};Refusé;17/11/2026;`, 'Date', 'précède le dépôt'],
      [`${letter.reference};Refusé`, '', 'cellules'],
      [';Refusé;;', '', 'Ni référence ni code'],
      [';Refusé;;1E+22', 'Code feuille', '24 chiffres'],
      [`${letter.reference}\u200b;Refusé;;`, 'Référence', 'invisible'],
      [`${other.reference};Refusé;;`, 'Référence', 'déjà enregistré'],
      [`${counted?.reference};Refusé;;`, 'Référence', 'dépôt'],
      [';;;', '', 'vide'],
    ];

    const answer = await send(lines('Référence;Motif;Date;Code feuille', ...rows.map(([row]) => row)));

    const { problems, ...counts } = answer.body;
    expect(counts).toMatchObject({ lines: rows.length, taken: 0, rejected: rows.length });
    expect(problems.map(({ line, column }: { line: number; column: string }) => [line, column])).toEqual(
      rows.map(([, column], at) => [at + 2, column]),
    );
    for (const [at, [, , said]] of rows.entries()) expect(problems[at].message).toContain(said);
    const told = JSON.stringify(answer.body) + JSON.stringify(await files());
    for (const value of ['CMD', 'Déménagé', letter.reference, other.reference])
      expect(told).not.toContain(value);
    expect(await leftOf(server, letter)).toMatchObject(untouched);
  });

  test.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'vide'],
    ['a workbook', Buffer.from('PK\u0003\u0004xxxx'), 'classeur'],
    ['cut short', 'Référence;Motif\r\nABCD2345;Ref', 'milieu de la ligne 2'],
    ['without a reason', 'Référence;Raison sociale\r\nABCD2345;x\r\n', '« Motif » manque'],
    ['without a letter', 'Motif;Date\r\nRefusé;18/11/2026\r\n', '« Référence » manque'],
    ['with a quotation mark that never closes', `Référence;Motif\r\n"${'x'.repeat(70_000)}`, 'guillemet'],
    ['far too long', `Référence;Motif\r\n${'22222222;NPAI\r\n'.repeat(20_001)}`, '20000 lignes'],
  ])('that is %s is refused whole, and nothing is kept of it', async (_what, file, said) => {
    const before = await server.house.pool('post_files').count({ n: '*' }).first();

    const answer = await send(file);

    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(said) } });
    expect(await server.house.pool('post_files').count({ n: '*' }).first()).toEqual(before);
  });

  test('the same file again changes nothing and answers the same; twice at once too', async () => {
    const [first, second] = await two();
    const file = lines('Référence;Motif', `${first.reference};NPAI`, '22222222;NPAI');
    const sent = await send(file);
    const left = await leftOf(server, first);

    const again = await send(file);
    const other = lines('Référence;Motif', `${second.reference};NPAI`);
    const atOnce = await Promise.all([send(other), send(other)]);

    expect(sent.body).toMatchObject({ lines: 2, taken: 1, rejected: 1 });
    expect(again).toMatchObject({ status: 201, body: sent.body });
    expect(await leftOf(server, first)).toEqual(left);
    expect(atOnce.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(atOnce.map(({ body }) => body.id)).size).toBe(1);
    expect((await leftOf(server, second)).events).toEqual(['letter.returned']);
  });

  test('is no affair of an agent or an administrator; another organisation’s letters are not there', async () => {
    const [letter] = await two();
    const file = lines('Référence;Motif', `${letter.reference};NPAI`);

    const forbidden = [await send(file, 'agent'), await send(file, 'administrator')];
    const stranger = await send(file, 'stranger');

    expect(forbidden.map(({ status }) => status)).toEqual([403, 403]);
    expect(stranger).toMatchObject({ status: 201, body: { taken: 0, rejected: 1 } });
    expect(stranger.body.problems[0].message).toContain('Aucun pli de vos organismes');
    expect(await leftOf(server, letter)).toMatchObject(untouched);
    // Read for other organisations, it is another file.
    expect((await send(file)).body).toMatchObject({ taken: 1 });
    expect((await files('stranger')).map(({ id }: { id: string }) => id)).toEqual([stranger.body.id]);
    expect((await send(file, 'print-operator', 'text/plain')).status).toBe(415);
  });

  test('a letter whose password was used alarms a supervisor as well', async () => {
    const [letter] = await two();
    await server.house.pool('letters').where({ id: letter.id }).update({ state: 'used' });

    expect((await send(lines('Référence;Motif', `${letter.reference};NPAI`))).body).toMatchObject({
      taken: 1,
    });

    expect(await alertsAbout(server, letter)).toEqual(['used-letter-returned']);
  });

  test('of many lines is taken in short transactions, and goes on where it was broken off', async () => {
    const many = await sheets(server, times(60));
    const rows = many.map(({ reference }) => `${reference};NPAI`);
    const broken = async function* () {
      yield Buffer.from(lines('Référence;Motif', ...rows));
    };
    const { house } = server;
    const visit = systemVisit(house, 'tests', everyOrganisation(house));
    const { appendAudit } = house;
    let groups = 0;
    house.appendAudit = (db, events) => {
      groups += 1;
      if (groups === 3) throw new Error('The machine goes down.');
      return appendAudit(db, events);
    };
    await expect(takeReturnFile(visit, broken())).rejects.toThrow();
    house.appendAudit = appendAudit;
    const half = await house.pool('letters').where({ lot_id: many[0]?.lotId, state: 'returned' });

    const file = await takeReturnFile(visit, broken());

    expect(half).toHaveLength(50);
    expect(file).toMatchObject({ lines: 60, taken: 10, rejected: 50 });
    expect(await house.pool('letters').where({ lot_id: many[0]?.lotId, state: 'returned' })).toHaveLength(60);
  });

  test('is taken by the command line too', async () => {
    const [letter] = await two();
    const path = join(server.directory, 'retours.csv');
    writeFileSync(path, lines('Référence;Motif', `${letter.reference};NPAI`, 'x;NPAI'));
    const told: string[] = [];
    const say = (line: string) => void told.push(line);
    const terminal = { out: say, err: say, input: (async function* () {})() };
    const { databaseUrl: DATABASE_URL, directory: DATA_DIR } = server;
    const env = readEnv({ DATABASE_URL, DATA_DIR, LOG_LEVEL: 'silent' });

    const code = await runCli(['returns', 'import', path], env, terminal);
    const nowhere = await runCli(['returns', 'import', `${path}x`], env, terminal);

    expect([code, nowhere]).toEqual([0, 2]);
    expect(told).toEqual([
      'Lignes lues : 2',
      'Retours enregistrés : 1',
      'rejetées : 1',
      expect.stringContaining('Ligne 3, colonne « Référence »'),
      expect.stringContaining('n’existe pas'),
    ]);
    expect(await leftOf(server, letter)).toMatchObject({ state: 'returned' });
  });
});
