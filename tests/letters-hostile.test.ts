import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../server/core/secret.ts';
import { hashTemporary } from '../server/credentials/credentials.service.ts';
import { readTemporaryPassword } from '../server/credentials/temporary-password.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import { readSheetCode } from '../server/letters/sheet-code.ts';
import { shownBy } from '../server/organisations/address-window.schema.ts';
import { hostileLines, type HostileLine } from './support/hostile-names.ts';
import { printRoom } from './support/lots.ts';
import { bringIn, nir } from './support/member-files.ts';
import { mmPerPoint } from './support/paper.ts';
import { readPages, type ReadPage } from './support/paper-reading.ts';
import { outcomes } from './support/recoveries.ts';
import { startServer, type TestServer } from './support/server.ts';

const organisation = 'safiag';
const lines = hostileLines(1_000);
const isPrinted = (line: HostileLine): line is Extract<HostileLine, { printed: string[] }> =>
  'printed' in line;
const refusedAt = (stage: string) =>
  lines.flatMap((line, at) => ('refused' in line && line.refused === stage ? [{ ...line, at }] : []));

const headers = ['N° adhérent', 'Rang', 'Qualité', 'NIR', 'Civilité', 'Nom de naissance', 'Prénom'];
const placeHeaders = ['Date de naissance', 'Adresse 1', 'Adresse 2', 'Adresse 3', 'Adresse 4', 'Code postal'];
const numberOf = (at: number) => String(20_000 + at);
const cellsOf = (line: HostileLine, at: number): string[] => {
  const street = line.lines ?? ['12, rue de l’Église'];
  return [
    ...[numberOf(at), '01', 'titulaire', nir(at), 'Mme', line.last, line.first, '15/03/1970'],
    ...[0, 1, 2, 3].map((row) => street[row] ?? ''),
    ...[line.postcode ?? '03999', line.town ?? 'Ville Inventée', line.country ?? ''],
  ];
};
const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
const file = [[...headers, ...placeHeaders, 'Ville', 'Pays'], ...lines.map(cellsOf)]
  .map((cells) => `${quoted(cells)}\r\n`)
  .join('');

/** From a member's file to the sheet of paper, as everybody's letter goes; read back as a person and a scanner do. */
describe('a thousand letters with hostile and ordinary names', () => {
  let server: TestServer;
  let imported: Record<string, number>;
  let sheets: Sheet[];
  const lots: PrintedLot[] = [];
  const room = printRoom(() => server);

  beforeAll(async () => {
    server = await startServer('sqlite');
    for (const budget of Object.values(server.house.limits.budgets)) {
      budget.limits = budget.limits.map((limit) => ({ ...limit, most: 100_000 }));
    }
    imported = await bringIn(await server.as('administrator'), file, { organisation });
    await askForLetters(server);
    // Letters abroad leave by a product of their own, in a lot of their own.
    for (const { product } of (await (await room.api('print-operator')).get('/api/waiting-letters')).body) {
      lots.push(await print(await room.release(await room.make({ organisation, product }))));
    }
    sheets = await sheetsOf(server, lots);
  }, 300_000);
  afterAll(() => server.stop());

  const print = async (released: Lot): Promise<PrintedLot> => {
    const { bytes: pdf } = await room.act('print-operator', released, 'print', {});
    const pages: ReadPage[] = [];
    for await (const page of readPages(pdf)) pages.push(page);
    return { lot: await room.show(released), pdf, pages };
  };

  test('each line ends where it must, with its reason, and the rest goes on', async () => {
    const report = await server.house.pool('import_rejections').select('line', 'problem').orderBy('line');
    const asked = await server.house.pool('letters').select('state', 'problem');
    const answers = await outcomes(server);
    const count = (outcome: string) => answers.filter((one) => one === outcome).length;

    expect(imported).toMatchObject({ linesRead: lines.length, rejected: refusedAt('import').length });
    expect(report.map(({ line, problem }) => [line - 2, problem])).toEqual(
      refusedAt('import').map(({ at, why }) => [at, why]),
    );
    expect(count('none:nobody')).toBe(refusedAt('import').length);
    expect(count('letter:letter-address')).toBe(refusedAt('request').length);
    expect(count('letter:sent')).toBe(asked.length);
    expect(asked.filter(({ state }) => state !== 'printed')).toEqual(
      refusedAt('print').map(({ why }) => ({ state: 'refused', problem: why })),
    );
    expect(sheets).toHaveLength(lines.filter(isPrinted).length);
    expect(sum(lots.map(({ lot }) => lot.printed))).toBe(sheets.length);
    expect(sum(lots.map(({ lot }) => lot.refused))).toBe(refusedAt('print').length);
  });

  test('whoever asks at the desk is told the line that cannot be printed, and why', async () => {
    const agent = await server.as('agent');
    const kinds = new Map(refusedAt('request').map((line) => [line.what, line]));

    for (const { at, why, what, lines: street } of kinds.values()) {
      const member = await server.house
        .pool('members')
        .where({ member_number: numberOf(at) })
        .first('id');
      const { body } = await agent.get(`/api/members/${member.id}`);
      const said = `(ligne ${street ? 2 : 1} de l’enveloppe : ${server.house.words.say('fr', `accounts.address.${why}`)})`;
      expect(JSON.stringify(body), what).toContain(said);
    }
  });

  test('each document is well-formed and does nothing by itself', () => {
    for (const { lot, pdf, pages } of lots) {
      const text = Buffer.from(pdf).toString('latin1');

      expect(pages).toHaveLength(lot.printed);
      expect(brokenOffsets(text)).toEqual([]);
      expect(text.replace(/stream\n[\s\S]*?\nendstream/g, '')).not.toMatch(
        /\/(?:JS|JavaScript|OpenAction|AA|EmbeddedFiles?|Launch|URI|AcroForm|Annots)\b/,
      );
    }
  });

  test('the address read is the one meant, in the window and nothing else there', () => {
    const { always } = shownBy({ envelope: 'DL', heightMm: 45 });

    for (const { line, texts, address_lines } of sheets) {
      const shown = texts.filter(({ right, baseline }) => right > 85 && baseline > 30 && baseline < 105);
      const block = shown.map(({ text }) => text);
      expect(block, line.what).toEqual(isPrinted(line) ? line.printed : []);
      expect(block).toEqual(JSON.parse(address_lines));
      for (const { left, right, baseline, size } of shown) {
        expect(left, line.what).toBeGreaterThan(always.left);
        expect(right, line.what).toBeLessThan(always.right);
        expect(baseline - size * mmPerPoint * 0.72, line.what).toBeGreaterThan(always.top);
        expect(baseline, line.what).toBeLessThan(always.bottom);
      }
    }
  });

  test('the password read is the one whose hash is kept, below 205 mm', () => {
    for (const { hash, temporary_salt, line, texts } of sheets) {
      const found = texts.filter(({ text }) => secret.test(text));
      expect(found, line.what).toHaveLength(1);
      const reading = readTemporaryPassword(found[0]?.text ?? '');
      expect(reading, line.what).toMatchObject({ shape: true, checkOk: true });
      const symbols = new Secret(reading.shape ? reading.symbols : '');
      expect(hashTemporary(server.house.keys, temporary_salt, symbols), line.what).toBe(hash);
      expect((found[0]?.baseline ?? 0) - (found[0]?.size ?? 0) * mmPerPoint).toBeGreaterThan(205);
    }
    expect(new Set(sheets.map(({ hash }) => hash)).size).toBe(sheets.length);
  });

  test('the DataMatrix of every page, rendered and scanned, tells its lot, attempt and sheet', () => {
    for (const { lot, code, sheet, reference, texts, line } of sheets) {
      expect(readSheetCode(code), line.what).toEqual({ lot: lot.number, attempt: lot.attempt, sheet });
      expect(texts.map(({ text }) => text)).toContain(`Réf. pli ${reference} / ${sheet}`);
    }
  });
});

type PrintedLot = { lot: Lot; pdf: Uint8Array; pages: ReadPage[] };
type Row = {
  sheet: number;
  reference: string;
  address_lines: string;
  member_number: string;
  temporary_salt: string;
  hash: string;
};
/** A printed letter: what the database keeps of it, the line of the file, and the page of its lot. */
type Sheet = Row & ReadPage & { line: HostileLine; lot: Lot };

const sheetsOf = async ({ house }: TestServer, lots: PrintedLot[]): Promise<Sheet[]> => {
  const sheets = lots.map(async ({ lot, pages }) => {
    const rows: Row[] = await house
      .pool('letters as l')
      .join('members as m', 'm.id', 'l.member_id')
      .join('accounts as a', 'a.id', 'l.account_id')
      .join('credentials as c', 'c.letter_id', 'l.id')
      .where({ 'l.lot_id': lot.id, 'l.state': 'printed' })
      .select('l.sheet', 'l.reference', 'l.address_lines', 'm.member_number', 'a.temporary_salt', 'c.hash')
      .orderBy('l.sheet');
    return rows.map((row, at) => {
      const line = lines[Number(row.member_number) - 20_000] as HostileLine;
      return { ...row, ...(pages[at] ?? { texts: [], code: '' }), line, lot };
    });
  });
  return (await Promise.all(sheets)).flat();
};

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

const secret = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}$/;

/** Every member asks for a way back in, a few at a time, as they do on the portal; the workers answer. */
const askForLetters = async (server: TestServer): Promise<void> => {
  const waiting = lines.map((_, at) => at);
  const one = async (): Promise<void> => {
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const body = { path: 'forgotten', identifier: nir(at) };
      const { status } = await server.anonymous().post(`/portal/api/${organisation}/recoveries`, body);
      if (status !== 200) throw new Error(`Asking for a way back in answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  await server.work();
};

/** Objects that do not begin where the table of the document says. */
const brokenOffsets = (text: string): string[] => {
  const start = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1] ?? -1);
  const rows = text.slice(start).split('\n').slice(3);
  const offsets = rows.slice(0, rows.indexOf('trailer')).map((row) => Number(row.slice(0, 10)));
  if (!text.startsWith('xref', start) || offsets.length === 0) return ['xref'];
  return offsets.flatMap((offset, at) =>
    text.startsWith(`${at + 1} 0 obj`, offset) ? [] : [`${at + 1} 0 obj`],
  );
};
