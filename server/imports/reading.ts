import { countLineEnds, decodeText, fileRefused, type FileEncoding } from './encoding.ts';

export type Delimiter = ';' | ',' | '\t';

/** One record: its cells as they stand in the file, and the physical line where it begins (from 1). */
export type RawRow = { line: number; cells: string[] };

export type Table = {
  header: string[];
  delimiter: Delimiter;
  encoding: () => FileEncoding;
  /** Records in order, as many at a time as a piece of the file holds. The last step checks the file's end. */
  batches: AsyncGenerator<RawRow[]>;
};

/** A row longer than this is a quotation mark that was never closed. */
const longestRow = 65_536;

/**
 * Reads a delimited file from a stream, in constant memory: RFC 4180 with `;`, `,` or tab, `sep=` lines of
 * spreadsheets, quoted line breaks. Nothing of it may be applied before `batches` has ended.
 *
 * @param options.expectedLines the number of records announced, header not counted
 * @throws AppError `imports.file.*` with `params.line`, at once or while `batches` is read.
 */
export const readTable = async (
  source: AsyncIterable<Uint8Array>,
  options: { expectedLines?: number } = {},
): Promise<Table> => {
  const { texts, encoding } = decodeText(source);
  let text = '';
  let line = 1;
  let end = -1;
  do {
    const next = await texts.next();
    if (next.done) throw fileRefused(text.trim() === '' ? 'empty' : 'cut-short', { line });
    text += next.value;
    const declared = /^sep=[;,\t]\n/i.exec(text);
    if (declared) {
      text = text.slice(declared[0].length);
      line += 1;
    }
    end = recordEnd(text);
    if (end < 0 && text.length > longestRow) throw fileRefused('row-too-long', { line });
  } while (end < 0);

  const delimiter = detectDelimiter(text.slice(0, end));
  const first = takeRow(text, 0, delimiter, line);
  if (!first) throw fileRefused('quotes', { line });
  const rest = { text: text.slice(first.next), line: line + first.lines };
  return {
    header: first.cells,
    delimiter,
    encoding,
    batches: readBatches(texts, rest, delimiter, options.expectedLines),
  };
};

const readBatches = async function* (
  texts: AsyncGenerator<string>,
  rest: { text: string; line: number },
  delimiter: Delimiter,
  expectedLines: number | undefined,
): AsyncGenerator<RawRow[]> {
  let count = 0;
  try {
    for (let isOver = false; !isOver;) {
      const rows = takeRows(rest, delimiter);
      count += rows.length;
      if (rows.length > 0) yield rows;
      const next = await texts.next();
      if (next.done) isOver = true;
      else rest.text += next.value;
    }
  } finally {
    // Whoever stops early must not leave the file open.
    await texts.return(undefined);
  }
  if (rest.text !== '') throw fileRefused('cut-short', { line: rest.line });
  if (count === 0) throw fileRefused('no-rows');
  if (expectedLines !== undefined && count !== expectedLines) {
    throw fileRefused('line-count', { expected: expectedLines, read: count });
  }
};

/** Takes every whole record off the front of `rest`. */
const takeRows = (rest: { text: string; line: number }, delimiter: Delimiter): RawRow[] => {
  const { text } = rest;
  const rows: RawRow[] = [];
  let start = 0;
  let quote = text.indexOf('"');
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    if (quote >= 0 && quote < start) quote = text.indexOf('"', start);
    if (quote < 0 || quote > end) {
      if (end - start > longestRow) throw fileRefused('row-too-long', { line: rest.line });
      rows.push({ line: rest.line, cells: text.slice(start, end).split(delimiter) });
      start = end + 1;
      rest.line += 1;
      continue;
    }
    const row = takeRow(text, start, delimiter, rest.line);
    if (!row) break;
    rows.push({ line: rest.line, cells: row.cells });
    start = row.next;
    rest.line += row.lines;
  }
  rest.text = text.slice(start);
  if (rest.text.length > longestRow) throw fileRefused('row-too-long', { line: rest.line });
  return rows;
};

type TakenRow = { cells: string[]; next: number; lines: number };

/** The record that begins at `start`, or null when the text stops before its end. */
const takeRow = (text: string, start: number, delimiter: Delimiter, line: number): TakenRow | null => {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? takeQuoted(text, at) : takeBare(text, at, delimiter);
    if (!cell) return null;
    cells.push(cell.value);
    const after = text[cell.end];
    if (after === undefined) return null;
    if (after !== delimiter && after !== '\n') throw fileRefused('quotes', { line });
    at = cell.end + 1;
    if (at - start > longestRow) throw fileRefused('row-too-long', { line });
    if (after === '\n') return { cells, next: at, lines: countLineEnds(text.slice(start, at)) };
  }
};

const takeQuoted = (text: string, start: number): { value: string; end: number } | null => {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    if (text[quote + 1] !== '"') return { value: value + text.slice(from, quote), end: quote + 1 };
    value += text.slice(from, quote + 1);
    from = quote + 2;
  }
};

const takeBare = (text: string, start: number, delimiter: Delimiter) => {
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd < 0) return null;
  const next = text.indexOf(delimiter, start);
  const end = next >= 0 && next < lineEnd ? next : lineEnd;
  return { value: text.slice(start, end), end };
};

/** Where the first record's line end stands, or -1. */
const recordEnd = (text: string): number => {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === '\n' && !isQuoted) return at;
  }
  return -1;
};

const detectDelimiter = (header: string): Delimiter => {
  const bare = header.replace(/"[^"]*"/g, '');
  if (header.trim() === '') throw fileRefused('no-header', { line: 1 });
  const counted = ([';', ',', '\t'] as const).map((sign) => ({ sign, count: bare.split(sign).length - 1 }));
  const best = counted.sort((a, b) => b.count - a.count)[0];
  if (!best || best.count === 0) throw fileRefused('no-delimiter', { line: 1 });
  return best.sign;
};
