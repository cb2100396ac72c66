import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../server/core/errors.ts';
import { readTable } from '../../server/imports/reading.ts';

const truth = [
  ['N° adhérent', 'Nom', 'Prénom', 'Adresse 1', 'Note'],
  ['000123', 'LEFÈVRE', 'Zoé', '12 rue de l’Œuvre', 'une ligne\npuis "l’autre"'],
  ['000124', 'D’Aÿ-Çelik', 'Noël', '4;5,6 rue', ''],
  ['000125', 'Martin', 'Anaïs', '1\tquai', '€ 3'],
];

const quoted = (cell: string, delimiter: string) =>
  cell.includes('"') || cell.includes('\n') || cell.includes(delimiter)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;

const write = (rows: string[][], delimiter: string, lineEnd: string) =>
  rows
    .map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter) + '\n')
    .join('')
    .replaceAll('\n', lineEnd);

const inPieces = async function* (bytes: Uint8Array, size = bytes.length || 1) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

type Outcome = { rows: string[][]; lines: number[]; encoding: string } | { refused: string; line?: unknown };

const read = async (
  bytes: Uint8Array,
  options: { size?: number; expectedLines?: number } = {},
): Promise<Outcome> => {
  try {
    const table = await readTable(inPieces(bytes, options.size), options);
    const rows = [table.header];
    const lines: number[] = [];
    for await (const batch of table.batches) {
      for (const row of batch) {
        rows.push(row.cells);
        lines.push(row.line);
      }
    }
    return { rows, lines, encoding: table.encoding() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { refused: error.words.replace('imports.file.', ''), line: error.details.params?.line };
  }
};

const encodings = [
  'UTF-8',
  'UTF-8 with BOM',
  'Windows-1252',
  'UTF-16LE',
  'UTF-16BE',
  'UTF-16LE without BOM',
] as const;
const encode = (text: string, encoding: (typeof encodings)[number]): Buffer => {
  if (encoding === 'UTF-8') return Buffer.from(text);
  if (encoding === 'UTF-8 with BOM') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'Windows-1252') return iconv.encode(text, 'win1252');
  if (encoding === 'UTF-16LE without BOM') return iconv.encode(text, 'utf-16le', { addBOM: false });
  return iconv.encode(text, encoding, { addBOM: true });
};

const matrix = encodings.flatMap((encoding) =>
  [';', ',', '\t'].flatMap((delimiter) =>
    ['\n', '\r\n', '\r'].flatMap((lineEnd) =>
      [false, true].map((sep) => ({ encoding, delimiter, lineEnd, sep })),
    ),
  ),
);

describe('one table written in every way', () => {
  test.each(matrix)(
    '$encoding, $delimiter, $lineEnd, sep line $sep',
    async ({ encoding, delimiter, lineEnd, sep }) => {
      const text = (sep ? `sep=${delimiter}${lineEnd}` : '') + write(truth, delimiter, lineEnd);
      const bytes = encode(text, encoding);

      for (const size of [bytes.length, 7, 1]) {
        const outcome = await read(bytes, { size });

        if (encoding.startsWith('UTF-16')) {
          expect(outcome).toMatchObject({ refused: encoding.endsWith('BOM') ? 'nul-bytes' : 'utf-16' });
        } else {
          const first = sep ? 3 : 2;
          const name = encoding === 'Windows-1252' ? 'windows-1252' : 'utf-8';
          expect(outcome).toEqual({ rows: truth, lines: [first, first + 2, first + 3], encoding: name });
        }
      }
    },
  );
});

describe('text in the wrong encoding is refused with the line', () => {
  const head = 'Nom;Ville\n';
  test.each([
    [
      'a Windows-1252 byte in UTF-8',
      Buffer.concat([Buffer.from(`${head}é;x\n`), Buffer.from([0xe9, 0x3b, 0x0a])]),
      'invalid-utf-8',
      3,
    ],
    [
      'UTF-8 in Windows-1252',
      Buffer.concat([iconv.encode(`${head}é;x\n`, 'win1252'), Buffer.from('è;y\n')]),
      'damaged-text',
      3,
    ],
    [
      'UTF-8 read as Windows-1252 and saved as UTF-8',
      Buffer.from(`${head}a;b\nLefÃ¨vre;x\n`),
      'damaged-text',
      3,
    ],
    ['a typographic apostrophe damaged the same way', Buffer.from(`${head}dâ€™Ay;x\n`), 'damaged-text', 2],
    ['a replacement character', Buffer.from(`${head}Lef\ufffdvre;x\n`), 'damaged-text', 2],
    [
      'CP850',
      Buffer.concat([Buffer.from(head), iconv.encode('Hélène;Orléans\n', 'cp850')]),
      'damaged-text',
      2,
    ],
    [
      'Mac Roman',
      Buffer.concat([Buffer.from(head), iconv.encode('Hélène;Nîmes\n', 'macroman')]),
      'damaged-text',
      2,
    ],
    ['a NUL byte', Buffer.from(`${head}a;b\nc\0;d\n`), 'nul-bytes', 3],
  ])('%s', async (_name, bytes, refused, line) => {
    for (const size of [bytes.length, 3]) expect(await read(bytes, { size })).toEqual({ refused, line });
  });

  test.each([
    ['JOÃO', 'São Tomé'],
    ['Â', 'Âge'],
    ['Dražen', 'Škoda'],
  ])('%s is a name and passes', async (...names) => {
    const outcome = await read(Buffer.from(`a;b\n${names.join(';')}\n`));

    expect(outcome).toMatchObject({ rows: [['a', 'b'], names] });
  });
});

describe('what is no table is refused with what to do', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['one blank line', '\n', 'no-header'],
    ['a workbook', 'PK\x03\x04etc\n', 'not-text'],
    ['a header without separator', 'Nom\nMartin\n', 'no-delimiter'],
    ['a header alone', 'a;b\n', 'no-rows'],
    ['a header cut short', 'a;b', 'cut-short'],
    ['a missing last line end', 'a;b\n1;2', 'cut-short'],
    ['a quotation mark never closed', 'a;b\n"1;2\n', 'cut-short'],
    ['text after a closing quotation mark', 'a;b\n"1"x;2\n', 'quotes'],
    ['a row without end', `a;b\n"${'x'.repeat(70_000)}\n1;2\n`, 'row-too-long'],
    ['a line without end', `a;b\n${'x'.repeat(70_000)}\n`, 'row-too-long'],
  ])('%s', async (_name, text, refused) => {
    for (const size of [undefined, 11])
      expect(await read(Buffer.from(text, 'latin1'), { size })).toMatchObject({ refused });
  });

  test('a count that differs from the one announced', async () => {
    const file = Buffer.from('a;b\n1;2\n3;4\n');

    expect(await read(file, { expectedLines: 3 })).toMatchObject({ refused: 'line-count' });
    expect(await read(file, { expectedLines: 2 })).toMatchObject({ lines: [2, 3] });
  });
});

test('a quotation mark in the middle of a cell is a character like another', async () => {
  expect(await read(Buffer.from('a;b\nRESIDENCE "LES LILAS";x\n'))).toMatchObject({
    rows: [
      ['a', 'b'],
      ['RESIDENCE "LES LILAS"', 'x'],
    ],
  });
});

test('truncated at every byte, a file is refused, or read whole lines of it that an announced count then refuses', async () => {
  for (const lineEnd of ['\n', '\r\n']) {
    const bytes = Buffer.from(write(truth, ';', lineEnd));
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length);

      const outcome = await read(cut, { size: 16 });

      const isWholeLines = 'rows' in outcome;
      if (isWholeLines) expect(outcome.rows).toEqual(truth.slice(0, outcome.rows.length));
      if (isWholeLines && outcome.rows.length < truth.length) {
        expect(await read(cut, { expectedLines: truth.length - 1 })).toMatchObject({ refused: 'line-count' });
      }
    }
  }
});

test('any table reads back as written, as csv-parse reads it, whatever the pieces', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '"', ';', ',', '\t', '\n', ' ', '0'),
    maxLength: 6,
  });
  const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
  const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};

  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(';', ',', '\t'),
      fc.integer({ min: 1, max: 40 }),
      async (rows, delimiter, size) => {
        const all = [['x', 'é', 'z'], ...rows];
        const bytes = Buffer.from(write(all, delimiter, '\n'));

        const outcome = await read(bytes, { size });

        expect(outcome).toMatchObject({ rows: all });
        expect(parse(bytes, { delimiter, relax_quotes: true, record_delimiter: '\n' })).toEqual(all);
      },
    ),
    { numRuns: 400, ...seed },
  );
});
