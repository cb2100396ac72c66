import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { AppError } from '../core/errors.ts';
import { fold } from '../core/text.ts';

/** The columns of a file of accounts, in English or French; only the first is needed in every file. */
const named = {
  username: ['username', 'identifiant'],
  name: ['name', 'nom'],
  role: ['role'],
  organisations: ['organisations', 'organismes'],
  site: ['site'],
  team: ['team', 'equipe'],
  email: ['email', 'e mail', 'courriel'],
  experience: ['experience'],
  own: ['own', 'foyer'],
  relatives: ['relatives', 'proches'],
} as const;
export type AgentColumn = keyof typeof named;
export const agentColumns = Object.keys(named) as AgentColumn[];

export type AgentRow = { line: number; cells: Partial<Record<AgentColumn, string>> };

const mostBytes = 512 * 1024;
const mostLines = 500;

/**
 * The rows of a file of accounts: UTF-8 or Windows-1252, `;`, `,` or tab, a header whose columns may stand in any order.
 *
 * @throws AppError `invalid-input` under `agentFiles.file.*` with `params.line`: then nothing of it is read.
 */
export const readAgentFile = async (source: AsyncIterable<Uint8Array>): Promise<AgentRow[]> => {
  const text = textOf(await bytesOf(source));
  const records = recordsOf(text);
  const [header, ...rows] = records;
  if (!header || rows.length === 0) throw refused('empty');
  if (rows.length > mostLines) throw refused('too-many-lines', { most: mostLines });
  const columns = header.record.map((title) => columnOf(title));
  const strange = columns.findIndex((column) => column === undefined);
  if (strange >= 0) throw refused('unknown-column', { column: strange + 1, known: agentColumns.join(', ') });
  if (!columns.includes('username')) throw refused('no-username');
  if (new Set(columns).size < columns.length) throw refused('column-twice');
  return rows.map(({ record, line }) => {
    if (record.length !== columns.length)
      throw refused('cells', { line, cells: record.length, columns: columns.length });
    const cells = Object.fromEntries(columns.map((column, index) => [column, record[index]?.trim() ?? '']));
    return { line, cells };
  });
};

/** A cell of several: `one | another`. */
export const partsOf = (cell: string): string[] =>
  cell
    .split('|')
    .map((part) => part.trim())
    .filter(Boolean);

const bytesOf = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    // Read to its end all the same: a browser that is cut off while it sends never sees why.
    if (size <= mostBytes) pieces.push(piece);
  }
  if (size > mostBytes) throw refused('too-large', { most: mostBytes / 1024 });
  return Buffer.concat(pieces);
};

/** UTF-8, or what a French spreadsheet writes as plain CSV (Windows-1252); a workbook is neither. */
const textOf = (bytes: Buffer): string => {
  const text = isUtf8(bytes) ? new TextDecoder().decode(bytes) : iconv.decode(bytes, 'win1252');
  if (/[\u0000-\u0008\u0080-\u009f]|Ã[\u00a0-\u00bf]/.test(text)) throw refused('not-text');
  return text;
};

type Parsed = { record: string[]; line: number };

const recordsOf = (text: string): Parsed[] => {
  const delimiter = [';', ',', '\t'].find((sign) => text.split(/\r?\n/)[0]?.includes(sign)) ?? ';';
  try {
    const parsed = parse(text, { delimiter, skip_empty_lines: true, relax_column_count: true, info: true });
    const found = parsed as unknown as { record: string[]; info: { lines: number } }[];
    return found.map(({ record, info }) => ({
      record,
      // The parser says where a record ends.
      line: info.lines - record.join('').split('\n').length + 1,
    }));
  } catch {
    throw refused('quotes');
  }
};

const columnOf = (title: string): AgentColumn | undefined =>
  agentColumns.find((column) => (named[column] as readonly string[]).includes(fold(title)));

const refused = (problem: string, params: Record<string, string | number> = {}): AppError =>
  new AppError('invalid-input', `agentFiles.file.${problem}`, { params });
