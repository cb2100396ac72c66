import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bringIn, csv, dump, holder, memberOf, nir, upload } from './support/member-files.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import type { Client } from './support/client.ts';

describe.each(databases)('a file of members on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
  });
  beforeEach(() => server.clock.advance(1));
  afterAll(() => server.stop());

  test('brings people in: their contacts count as old, and holders have an account', async () => {
    const child = { ...holder(2), 'N° adhérent': '10001', Rang: '02', Qualité: 'ayant droit', NIR: nir(1) };
    const since = holder(3, { 'E-mail depuis le': '02/11/2026' });

    const report = await bringIn(admin, csv([holder(1), child, since]), { lines: 3 });

    expect(report).toMatchObject({
      state: 'done',
      linesRead: 3,
      accepted: 3,
      startedByName: 'administrator de test',
    });
    const { row, contacts } = await memberOf(server.house, 1);
    expect(row).toMatchObject({ kind: 'holder', household: '10001', town: 'VILLE INVENTEE', language: 'fr' });
    expect(row.nir_sealed).not.toContain(nir(1).slice(0, 13));
    expect(contacts.get('email')).toMatchObject({ value: 'adherent1@courriel.example', since: '' });
    expect((await memberOf(server.house, 3)).contacts.get('email')?.since).toBe('2026-11-02');
    expect(await server.house.pool('account_holders').select('member_id')).toHaveLength(2);
  });

  test('sent a second time, changes nothing', async () => {
    const file = csv([holder(11), holder(12)]);
    await bringIn(admin, file);
    const before = await dump(server.house);

    const again = await bringIn(admin, file);

    expect(again).toMatchObject({ state: 'done', accepted: 0, updated: 0, unchanged: 2 });
    expect(await dump(server.house)).toEqual(before);
    const [first, second] = await server.house
      .pool('imports')
      .orderBy('started_at')
      .select('file_digest')
      .limit(2)
      .offset(1);
    expect(first.file_digest).toBe(second.file_digest);
  });

  test('reports each rejection with line, column and what to do, never the value', async () => {
    const lines = [
      holder(21, { NIR: `${nir(21).slice(0, 13)}00` }),
      holder(22, { NIR: '1,85E+14' }),
      holder(23, { 'Date de naissance': '31/02/1970' }),
      holder(24, { Mobile: '0123' }),
      holder(25),
      holder(25),
      holder(25, { Prénom: 'Odile' }),
    ];

    const report = await bringIn(admin, csv(lines));

    expect(report).toMatchObject({ linesRead: 7, accepted: 1, rejected: 4, duplicate: 2, updated: 0 });
    expect(
      report.rejections.map(({ line, column }: { line: number; column: string }) => [line, column]),
    ).toEqual([
      [2, 'NIR'],
      [3, 'NIR'],
      [4, 'Date de naissance'],
      [5, 'Mobile'],
      [7, 'N° adhérent'],
      [8, 'N° adhérent'],
    ]);
    const said = JSON.stringify(report.rejections);
    for (const value of [nir(21).slice(0, 13), '31/02', '0123', 'Odile', '10025'])
      expect(said).not.toContain(value);
    expect((await memberOf(server.house, 25)).row.first_name).toBe('Élodie');
  });

  test('in Windows-1252, with commas and other line ends, reads the same', async () => {
    const text = csv([holder(31)])
      .replaceAll(';', ',')
      .replaceAll('\r\n', '\n');

    const report = await bringIn(admin, Buffer.from(text, 'latin1'));

    expect(report).toMatchObject({ accepted: 1 });
    expect((await memberOf(server.house, 31)).row.first_name).toBe('Élodie');
  });

  test('of movements changes a contact: it counts as new from today, and what is not said stays', async () => {
    await bringIn(admin, csv([holder(41), holder(42)]));
    const headers = ['N° adhérent', 'Rang', 'Prénom', 'Date de naissance', 'Nom de naissance', 'E-mail'];
    const moved = holder(41, { 'E-mail': 'nouvelle@courriel.example' });

    const report = await bringIn(admin, csv([moved, holder(42)], headers));

    expect(report).toMatchObject({ updated: 1, unchanged: 1 });
    const { row, contacts } = await memberOf(server.house, 41);
    expect(contacts.get('email')).toMatchObject({ value: 'nouvelle@courriel.example', since: '2026-11-18' });
    expect(contacts.get('mobile')).toMatchObject({ value: '+33639980041', since: '' });
    expect(row).toMatchObject({ town: 'VILLE INVENTEE', kind: 'holder' });
    expect(row.nir_sealed).not.toBeNull();
  });

  test('an overseas number stored as metropolitan is put right and counted', async () => {
    const report = await bringIn(admin, csv([holder(51, { Mobile: '+33690001234' })]));

    expect(report).toMatchObject({ accepted: 1, corrected: 1 });
    const { contacts } = await memberOf(server.house, 51);
    expect(contacts.get('mobile')).toMatchObject({ value: '+590690001234', corrected: 1 });
  });

  test('two holders with one NIR: born the same day one account, another day refused', async () => {
    const shared = { NIR: nir(61) };
    const stranger = { ...shared, 'Date de naissance': '16/03/1970' };

    const report = await bringIn(admin, csv([holder(61), holder(62, shared), holder(63, stranger)]));
    const later = await bringIn(admin, csv([holder(64, shared), holder(65, stranger)]));

    expect([report, later]).toMatchObject([
      { accepted: 2, rejected: 1, rejections: [{ line: 4, column: 'NIR' }] },
      { accepted: 1, rejected: 1, rejections: [{ line: 3, column: 'NIR' }] },
    ]);
    const ids = await Promise.all(
      [61, 62, 64].map(async (number) => (await memberOf(server.house, number)).row.id),
    );
    const holders = await server.house.pool('account_holders').whereIn('member_id', ids);
    expect(new Set(holders.map(({ account_id }) => account_id)).size).toBe(1);
    const identifiers = await server.house
      .pool('account_identifiers')
      .where({ account_id: holders[0].account_id });
    expect(identifiers).toHaveLength(3);
  });

  test('a holder whose sign-in identifier is somebody else’s is refused', async () => {
    const other = { ...holder(72), 'N° adhérent': '10071', Rang: '02' };

    const report = await bringIn(admin, csv([holder(71), other]));

    expect(report).toMatchObject({
      accepted: 1,
      rejected: 1,
      rejections: [{ line: 3, column: 'N° adhérent' }],
    });
  });

  test('client companies come in a file of their own', async () => {
    const companies = (rows: string) => `Code entreprise;Raison sociale;Fin des droits\n${rows}`;
    const choice = { content: 'companies' };
    await bringIn(admin, companies('ENT1;Les Tilleuls;\nENT2;Les Ormes;31/12/2027\n'), choice);

    const report = await bringIn(
      admin,
      companies('ENT1;Les Tilleuls;31/10/2026\nENT2;Les Ormes;31/12/2027\n'),
      choice,
    );

    expect(report).toMatchObject({ content: 'companies', updated: 1, unchanged: 1 });
    expect(await server.house.pool('client_companies').where({ code: 'ENT1' }).first()).toMatchObject({
      rights_end_on: '2026-10-31',
    });
  });

  test.each([
    ['cut short', (file: string) => file.slice(0, -40), {}, /s’arrête au milieu/],
    ['without its last line end', (file: string) => file.slice(0, -2), {}, /dernière fin de ligne/],
    [
      'with fewer lines than announced',
      (file: string) => file,
      { lines: 4 },
      /3 lignes et 4 étaient annoncées/,
    ],
    ['in a wrong encoding', (file: string) => file.replace('Élodie', 'Ã‰lodie'), {}, /abîmées/],
    ['without a needed column', (file: string) => file.replace('Prénom', 'Autre'), {}, /« Prénom » manque/],
    ['that is empty', () => '', {}, /est vide/],
  ])('%s is refused and changes nothing', async (_name, spoil, choice, sentence) => {
    const before = await dump(server.house);
    const file = csv([holder(81), holder(82), holder(83)]);

    const answer = await upload(admin, spoil(file), choice);

    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', message: expect.stringMatching(sentence) },
    });
    expect(await dump(server.house)).toEqual(before);
    expect(await server.house.pool('import_lines').select('line')).toEqual([]);
    const list = await admin.get('/api/imports?filter={"state":"refused"}&sort=["startedAt","DESC"]');
    expect(list.body[0]).toMatchObject({
      state: 'refused',
      problem: expect.stringMatching(sentence),
      accepted: 0,
    });
  });

  test('is refused for other roles, and unknown for other organisations', async () => {
    const file = csv([holder(91)]);
    const { id } = await bringIn(admin, file);
    const before = await dump(server.house);

    for (const account of ['agent', 'supervisor', 'print-operator', 'auditor'] as const) {
      const client = await server.as(account);
      expect((await upload(client, file)).status).toBe(403);
      expect((await client.get('/api/imports')).status).toBe(403);
      expect((await client.post(`/api/imports/${id}/approve`, { version: 1 })).status).toBe(403);
    }
    const nowhere = await upload(admin, file, { organisation: 'mutuelle-inconnue' });
    await server.house.pool('agent_organisations').where({ organisation_id: 'safiag' }).delete();
    const foreign = await upload(admin, file, { organisation: 'safiag' });
    await server.house.pool('imports').where({ id }).update({ organisation_id: 'safiag' });
    const foreignOne = await admin.get(`/api/imports/${id}`);
    const foreignWord = await admin.post(`/api/imports/${id}/approve`, { version: 3 });

    expect([nowhere, foreign, foreignOne, foreignWord].map(({ status }) => status)).toEqual([
      404, 404, 404, 404,
    ]);
    expect(nowhere.body).toEqual(foreign.body);
    expect(await dump(server.house)).toEqual(before);
    expect(await bringIn(admin, file)).toMatchObject({ unchanged: 1 });
  });

  test('its events say how it went and name nobody', async () => {
    const types = (await server.house
      .pool('audit_events')
      .where('type', 'like', 'import.%')
      .distinct('type')) as { type: string }[];
    expect(types.map(({ type }) => type).sort()).toEqual([
      'import.applied',
      'import.refused',
      'import.staged',
      'import.step-applied',
    ]);
    const payloads = await server.house
      .pool('audit_events')
      .where('type', 'like', 'import.%')
      .select('payload');
    expect(JSON.stringify(payloads)).not.toMatch(/tilleul|courriel\.example|\+33/i);
    expect(server.logged.join('')).not.toMatch(/tilleul|courriel\.example|\+33/i);
  });
});
