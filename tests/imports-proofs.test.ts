import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { systemVisit, read } from '../server/core/perform.ts';
import { readEnv } from '../server/env.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { isFactRight } from '../server/verifications/facts.service.ts';
import { bringIn, csv, dump, holder, memberOf, upload, type Line } from './support/member-files.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import type { Client } from './support/client.ts';

const organisation = 'msa-sud-aquitaine';
const headers = ['N° adhérent', 'Rang', 'Preuve', 'Valeur', 'Date'];

describe.each(databases)('a file of proofs on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
    const people = Array.from({ length: 60 }, (_, number) => holder(number));
    await bringIn(admin, csv(people), { organisation });
  });
  beforeEach(() => server.clock.advance(1));
  afterAll(() => server.stop());

  const proof = (number: number, more: Line = {}): Line => ({
    'N° adhérent': String(10_000 + number),
    Rang: '01',
    Preuve: 'benefit-amount',
    Valeur: `${20 + number},40 €`,
    Date: '02/10/2026',
    ...more,
  });
  const send = (lines: Line[], more: object = {}) =>
    bringIn(admin, csv(lines, headers), { organisation, content: 'proofs', ...more });
  const isRight = async (number: number, fact: string, typed: string) => {
    const memberId = (await memberOf(server.house, number, organisation)).row.id as string;
    return read(systemVisit(server.house, 'tests', [organisation]), (ctx) =>
      isFactRight(ctx, policyOf(server.house, organisation), { memberId, fact, typed }),
    );
  };
  const facts = async () =>
    (await server.house.pool('member_facts').orderBy(['member_id', 'fact', 'digest'])).map(
      ({ import_id: _file, ...fact }) => fact as Record<string, string>,
    );

  test('brings in what members can prove, by the id of the fact or by its label', async () => {
    const card = { Preuve: 'N° de série de la carte Vitale', Valeur: '80 250 0001', Date: '' };

    const report = await send([proof(1), proof(1, card), proof(1, { Valeur: '99', Date: '03/10/2026' })]);

    expect(report).toMatchObject({ state: 'done', content: 'proofs', accepted: 3, touched: 0 });
    expect(await isRight(1, 'benefit-amount', '21,4')).toBe(true);
    expect(await isRight(1, 'benefit-amount', '99.00')).toBe(true);
    expect(await isRight(1, 'vitale-serial', '802500001')).toBe(true);
    expect(await isRight(2, 'benefit-amount', '21,40')).toBe(false);
  });

  test('sent a second time, changes nothing; neither does it touch members, accounts or contacts', async () => {
    const lines = [proof(11), proof(12), proof(12, { Date: '09/10/2026' }), proof(11)];
    const people = await dump(server.house);
    const first = await send(lines);
    const before = await facts();

    const again = await send(lines);

    expect(first).toMatchObject({ accepted: 2, updated: 1, duplicate: 1, rejections: [{ line: 5 }] });
    expect(again).toMatchObject({ accepted: 0, updated: 0, unchanged: 3, duplicate: 1 });
    expect(await facts()).toEqual(before);
    expect(await dump(server.house)).toEqual(people);
  });

  test('reports what is wrong by line and column, names the proofs allowed, never quotes a value', async () => {
    const lines = [
      proof(21, { Preuve: 'points-de-fidelite' }),
      proof(22, { Valeur: 'douze mille' }),
      proof(23, { Date: '2026-10-02' }),
      proof(24, { Date: '31/12/2026' }),
      proof(25, { Date: '' }),
      proof(26, { Valeur: '' }),
      proof(27, { Rang: '07' }),
      proof(987),
      proof(28),
    ];

    const report = await send(lines);

    expect(report).toMatchObject({ linesRead: 9, accepted: 1, rejected: 8 });
    const said = report.rejections as { line: number; column: string; message: string }[];
    expect(said.map(({ line, column }) => [line, column])).toEqual([
      [2, 'Preuve'],
      [3, 'Valeur'],
      [4, 'Date'],
      [5, 'Date'],
      [6, 'Date'],
      [7, 'Valeur'],
      [8, 'N° adhérent'],
      [9, 'N° adhérent'],
    ]);
    expect(said[0]?.message).toContain('N° de série de la carte Vitale, Montant d’une prestation perçue');
    expect(said[1]?.message).toContain('1234,56');
    expect(said[4]?.message).toContain('récente');
    expect(said[7]?.message).toContain('Aucun adhérent');
    for (const value of ['fidelite', 'douze mille', '41,40', '10987', '2026-10-02']) {
      expect(JSON.stringify(report)).not.toContain(value);
      expect(server.logged.join('')).not.toContain(value);
    }
  });

  test('in Windows-1252, under other titles and with commas, reads the same', async () => {
    const text =
      'Numéro adhérent,Rang,Type de preuve,Montant,Date de paiement\n10031,01,Montant d’une prestation perçue,12.5,01/10/2026\n';

    const file = Buffer.from(text.replace('’', "'"), 'latin1');

    expect(await bringIn(admin, file, { organisation, content: 'proofs' })).toMatchObject({ accepted: 1 });

    expect(await isRight(31, 'benefit-amount', '12,50')).toBe(true);
  });

  test('when complete, takes away what it does not name, but not of members whose line it spoilt', async () => {
    await send([proof(41), proof(42), proof(43), proof(44, { Valeur: '500' })]);
    const lines = [proof(41), proof(42, { Valeur: '77' }), proof(43, { Date: 'hier' })];

    const report = await send(lines, { extent: 'complete' });

    expect(report).toMatchObject({ state: 'done', accepted: 1, unchanged: 1, rejected: 1 });
    expect(report.closed).toBeGreaterThanOrEqual(2);
    expect(await isRight(41, 'benefit-amount', '61,40')).toBe(true);
    expect(await isRight(42, 'benefit-amount', '77')).toBe(true);
    expect(await isRight(42, 'benefit-amount', '62,40')).toBe(false);
    expect(await isRight(43, 'benefit-amount', '63,40')).toBe(true);
    expect(await isRight(44, 'benefit-amount', '500')).toBe(false);
    expect(await facts()).toHaveLength(3);
    expect(await send(lines, { extent: 'complete' })).toMatchObject({ unchanged: 2, closed: 0 });
  });

  test('of one organisation leaves the facts of another alone', async () => {
    const other = 'mutuelle-imaginaire';
    await bringIn(admin, csv([holder(51)]), { organisation: other });
    const line = proof(51, { Preuve: 'staff-count', Valeur: '12' });
    await send([line], { organisation: other });

    expect(await send([proof(52)], { extent: 'complete' })).toMatchObject({ accepted: 1 });

    const left = await server.house.pool('member_facts').where({ organisation_id: other });
    expect(left).toHaveLength(1);
    expect(await send([line], { organisation })).toMatchObject({ rejected: 1 });
  });

  test('without a column that matters is refused whole', async () => {
    const text = csv([proof(1)], headers).replace('Valeur', 'Autre');

    const answer = await upload(admin, text, { organisation, content: 'proofs' });

    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('« Valeur »') } });
  });

  test('is staged sealed, and only an administrator may send one', async () => {
    const file = csv([proof(55)], headers);
    for (const account of ['agent', 'supervisor', 'auditor', 'print-operator'] as const) {
      const refused = await upload(await server.as(account), file, { organisation, content: 'proofs' });
      expect(refused.status).toBe(403);
    }
    const seen: string[] = [];
    const note = (query: { bindings?: unknown[] }) => void seen.push(JSON.stringify(query.bindings));
    server.house.pool.on('query', note);
    await send([proof(55)]);
    server.house.pool.off('query', note);

    expect(seen.join(' ')).toContain('benefit-amount');
    expect(seen.join(' ')).not.toMatch(/75,40|7540/);
  });

  test('comes in at the terminal too', async () => {
    const path = join(server.directory, 'preuves.csv');
    writeFileSync(path, csv([proof(58), proof(59, { Preuve: 'inconnue' })], headers));
    const said: string[] = [];
    const terminal = {
      out: (line: string) => void said.push(line),
      err: (line: string) => void said.push(line),
      input: (async function* () {})(),
    };
    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      ORGANISATIONS_DIR: join(server.directory, 'organisations'),
      TEMPLATES_DIR: join(server.directory, 'templates'),
      LOG_LEVEL: 'silent',
    });

    expect(await runCli(['import', organisation, path, '--proofs'], env, terminal)).toBe(0);
    expect(said.join('\n')).toContain('nouvelles : 1');
    expect(said.join('\n')).toContain('Ligne 3, colonne « Preuve » : Preuve inconnue.');
    expect(await isRight(58, 'benefit-amount', '78,40')).toBe(true);
    expect(await runCli(['import', organisation, path, '--proofs', '--companies'], env, terminal)).toBe(2);
  });
});
