import { createHash, createPublicKey, verify } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditRow } from '../server/audit/audit.schema.ts';
import { record } from '../server/audit/record.ts';
import { keysFrom } from '../server/core/crypto.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { checkExport, exportKeys } from '../server/supervision/signed-lines.ts';
import type { Answer, Client } from './support/client.ts';
import {
  databases,
  deskPassword,
  everyOrganisation,
  startServer,
  type TestServer,
} from './support/server.ts';

const theirs = 'mutuelle-imaginaire';
const many = 1_300;

describe.each(databases)('an export of the audit on %s', (engine) => {
  let server: TestServer;
  let auditor: Client;

  beforeAll(async () => {
    server = await startServer(engine);
    auditor = await server.as('auditor');
    const visit = systemVisit(server.house, 'tests', everyOrganisation(server.house));
    // All of one moment: only their places tell them apart. Every tenth is another organisation's.
    await perform(visit, async (ctx) => {
      for (let n = 0; n < many; n += 1)
        record(ctx, {
          type: 'lot.made',
          organisationId: n % 10 === 9 ? theirs : 'safiag',
          data: { lotId: `lot-${n}`, letters: n },
        });
    });
  });
  afterAll(() => server.stop());

  const ask = (client: Client, body: object, language = 'fr'): Promise<Answer> =>
    client.post('/api/audit-exports', { password: deskPassword, ...body }, { 'accept-language': language });
  const linesOf = ({ bytes }: Answer) =>
    new TextDecoder()
      .decode(bytes)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const exported = async () =>
    (await server.house.pool('audit_events').where({ type: 'audit.exported' }).orderBy('seq')).map(
      ({ payload }) => (JSON.parse(payload as string) as { data: object }).data,
    );
  const stream = async function* (bytes: Uint8Array, size = 700) {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  };

  test('of many rows holds each once, in order, and is recorded before it leaves', async () => {
    const before = (await exported()).length;

    const answer = await ask(auditor, { filter: { type: 'lot.made' }, format: 'json' });
    const [head, ...rows] = linesOf(answer).slice(0, -1);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/audit-2026-11-18-1000\.jsonl/);
    expect(head).toMatchObject({
      format: 'guichet-audit-export-1',
      rows: many,
      filter: { type: 'lot.made' },
    });
    expect(rows.map((row) => (row as AuditRow).data?.letters)).toEqual([...Array(many).keys()]);
    expect((await exported()).slice(before)).toMatchObject([
      { exportId: head?.exportId, format: 'json', filters: ['type'], rows: many },
    ]);
  });

  test('holds what its reader may see, and nothing recorded after it was asked for', async () => {
    const stranger = await server.as('stranger');

    const seen = linesOf(await ask(stranger, { filter: { type: 'lot.made' }, format: 'json' })).slice(1, -1);
    const own = linesOf(await ask(auditor, { filter: { type: 'audit.*' }, format: 'json' })).slice(1, -1);

    expect(seen).toHaveLength(many / 10);
    expect(new Set(seen.map((row) => row.organisationId))).toEqual(new Set([theirs]));
    expect(own.map((row) => row.type)).toEqual(Array(own.length).fill('audit.exported'));
    expect(own).toHaveLength((await exported()).length - 1);
  });

  test('is signed so that anybody with the key can check it', async () => {
    const { bytes } = await ask(auditor, {
      filter: { from: '2026-11-18', to: '2026-11-18' },
      format: 'json',
    });
    const { publicKey } = (await auditor.get('/api/audit-exports/key')).body as { publicKey: string };

    const text = Buffer.from(bytes);
    const cut = text.lastIndexOf('\n', text.length - 2) + 1;
    const end = JSON.parse(text.subarray(cut).toString()) as { sha256: string; signature: string };
    const sha256 = createHash('sha256').update(text.subarray(0, cut)).digest('hex');
    const signed = Buffer.from(`guichet-audit-export-1\n${sha256}`);
    const signature = Buffer.from(end.signature, 'base64url');

    expect(end.sha256).toBe(sha256);
    expect(verify(null, signed, createPublicKey(publicKey), signature)).toBe(true);
    expect(await checkExport([publicKey], stream(bytes))).toMatchObject({ as: 'signed' });
    expect(await checkExport([publicKey], stream(bytes, 1_000_000))).toMatchObject({ as: 'signed' });
  });

  test('is found out when a byte, a line or its end differs, or another house signed it', async () => {
    const filter = { type: 'agent.*' };
    const { bytes } = await ask(auditor, { filter, format: 'json' });
    const others = keysFrom({ current: 'k1', keys: { k1: Buffer.alloc(32, 7).toString('base64') } });
    const check = (changed: Uint8Array, keys = server.house.keys) =>
      checkExport(exportKeys(keys), stream(changed));

    const verdicts = new Set<string>();
    const end = bytes.lastIndexOf(10, -2);
    for (let at = 0; at < bytes.length; at += at < end ? 61 : 7) {
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      verdicts.add((await check(flipped)).as);
    }
    const lines = Buffer.from(bytes)
      .toString()
      .split(/(?<=\n)/);
    const without = Buffer.from([...lines.slice(0, 1), ...lines.slice(2)].join(''));
    const swapped = Buffer.from([lines[0], lines[2], lines[1], ...lines.slice(3)].join(''));

    expect(verdicts).not.toContain('signed');
    expect(await check(without)).toEqual({ as: 'changed' });
    expect(await check(swapped)).toEqual({ as: 'changed' });
    expect(await check(Buffer.from(lines.slice(0, -1).join('')))).toEqual({ as: 'cut-short' });
    expect(await check(bytes.subarray(0, -1))).toEqual({ as: 'cut-short' });
    expect(await check(new Uint8Array())).toEqual({ as: 'cut-short' });
    expect(await check(bytes, others)).toEqual({ as: 'not-ours' });
  });

  test('as CSV opens in a spreadsheet, in either language, and no cell is a formula', async () => {
    const hostile = '=HYPERLINK("http://evil.example";"x")';
    await server.house.pool('agents').where({ username: 'colleague' }).update({ name: hostile });
    const visit = systemVisit(server.house, 'tests', ['safiag']);
    const names = ['+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a;b"c\nd'];
    await perform(visit, async (ctx) => {
      for (const lotId of names)
        record(ctx, {
          type: 'lot.confirmed',
          organisationId: 'safiag',
          callId: lotId,
          data: { lotId, attempt: 1 },
        });
    });
    await (await server.as('colleague')).post('/api/calls', { channel: 'telephone', caller: 'member' });

    const answer = await ask(auditor, { filter: { type: ['lot.confirmed', 'call.opened'] }, format: 'csv' });
    const english = await ask(auditor, { filter: { type: 'call.opened' }, format: 'csv' }, 'en');
    const rows = parse(Buffer.from(answer.bytes), { bom: true, delimiter: ';', columns: true }) as Record<
      string,
      string
    >[];

    expect([...answer.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(rows.map((row) => row['Appel (identifiant interne)'])).toEqual(
      expect.arrayContaining(["'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", 'a;b"c\nd']),
    );
    expect(rows.find((row) => row['Événement (code)'] === 'call.opened')).toMatchObject({
      'Date et heure (Paris)': '18/11/2026 10:00:00',
      'Instant (UTC)': '2026-11-18T09:00:00.000Z',
      Événement: 'Appel ouvert',
      Résultat: 'fait',
      'Résultat (code)': 'done',
      'Sorte d’auteur': 'conseiller',
      Nom: `'${hostile}`,
      Rôle: 'conseiller',
      'Rôle (code)': 'agent',
    });
    expect(rows.find((row) => row['Événement (code)'] === 'lot.confirmed')).toMatchObject({
      Organisme: server.house.organisations.get('safiag')?.name,
      'Organisme (code)': 'safiag',
      'Sorte d’auteur (code)': 'system',
      Rôle: '',
    });
    const [inEnglish] = parse(Buffer.from(english.bytes), { bom: true, delimiter: ';', columns: true });
    expect(inEnglish).toMatchObject({
      Event: 'Call opened',
      'Event (code)': 'call.opened',
      'Date and time (Paris)': '18/11/2026, 10:00:00',
      Result: 'done',
    });
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(new TextDecoder().decode(english.bytes).split('\r\n')[0]).toContain('Date and time (Paris)');
  });

  test('of nothing is a file of titles, or a signed head', async () => {
    const filter = { memberId: 'nobody' };

    const csv = await ask(auditor, { filter, format: 'csv' });
    const json = await ask(auditor, { filter, format: 'json' });

    expect(new TextDecoder().decode(csv.bytes).trimEnd().split('\n')).toHaveLength(1);
    expect(await checkExport(exportKeys(server.house.keys), stream(json.bytes))).toMatchObject({
      as: 'signed',
      rows: 0,
    });
  });

  test('asks again who is there, may be had by few, and a wrong filter leaves nothing', async () => {
    const supervisor = await server.as('supervisor');
    const before = (await exported()).length;
    const body = { filter: {}, format: 'csv' };

    const without = await auditor.post('/api/audit-exports', body);
    const wrong = await ask(supervisor, { ...body, password: 'une-autre-phrase-bien-longue' });
    const bad = await ask(auditor, { filter: { type: 'nothing.known' }, format: 'csv' });
    const format = await ask(auditor, { filter: {}, format: 'xlsx' });
    const backwards = await ask(auditor, {
      ...body,
      filter: { from: '2026-11-18T10:00', to: '2026-11-18T09:00' },
    });
    const roles = await Promise.all(
      (['agent', 'print-operator', 'administrator'] as const).map(async (account) =>
        ask(await server.as(account), body),
      ),
    );

    expect([without, wrong, bad, format, backwards].map(({ status }) => status)).toEqual(Array(5).fill(400));
    expect(without.body).toMatchObject({ errors: { password: expect.any(String) } });
    expect(wrong.body).toMatchObject({ errors: { password: expect.any(String) } });
    expect(backwards.body).toMatchObject({ errors: { to: expect.any(String) } });
    expect(roles.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await exported()).toHaveLength(before);
  });

  test('that cannot be recorded does not begin', async () => {
    const { appendAudit } = server.house;
    const before = (await exported()).length;
    server.house.appendAudit = () => Promise.reject(new Error('no room left'));

    const answer = await ask(auditor, { filter: {}, format: 'csv' }).finally(
      () => void (server.house.appendAudit = appendAudit),
    );

    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await exported()).toHaveLength(before);
  });
});
