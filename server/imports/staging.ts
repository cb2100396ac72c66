import { createHash } from 'node:crypto';
import type { House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { Mapping } from './columns.ts';
import { digestsOf, insertLines, insertRejections } from './import-lines.store.ts';
import type { Import } from './imports.schema.ts';
import { countRead, noteColumns, type Counts } from './imports.store.ts';
import { leaseFrom } from './lease.ts';
import { makeReader, type ReadLine } from './line-readers.ts';
import { readTable, type RawRow } from './reading.ts';

export type ToStage = {
  id: string;
  policy: Policy;
  content: Import['content'];
  extent: Import['extent'];
  expectedLines?: number;
  mapping?: Mapping;
  source: AsyncIterable<Uint8Array>;
  onProgress?: (lines: number) => void;
};

export type Staged = { fileDigest: string; lines: number; rejected: number };

/** Lines staged in one short transaction. */
const linesAtOnce = 100;
/** Beyond this many, a file's rejections are counted and no longer kept one by one. */
const rejectionsKept = 10_000;

/**
 * Reads a file to its end and stages its good lines, sealed; nothing of it is applied. Memory stays flat.
 *
 * @throws AppError `imports.file.*` when the file as a whole cannot be accepted.
 */
export const stageFile = async (house: House, file: ToStage): Promise<Staged> => {
  const hash = createHash('sha256');
  const { header, batches } = await readTable(hashed(file.source, hash), {
    expectedLines: file.expectedLines,
  });
  const reader = makeReader(house, file, header);
  await housekeep(house, (db) => noteColumns(db, file.id, JSON.stringify(reader.said)));

  const total = { lines: 0, rejected: 0 };
  for await (const rows of regroup(batches)) {
    const read = rows.map((row) => reader.read(row));
    const counts = await housekeep(house, (db, now) =>
      stageLines(db, file, read, total.rejected, leaseFrom(now)),
    );
    total.lines += rows.length;
    total.rejected += counts.rejected ?? 0;
    file.onProgress?.(total.lines);
  }
  return { fileDigest: hash.digest('base64url'), ...total };
};

/** Writes what was read; a later line about the same person stays out and is counted as a duplicate. */
const stageLines = async (
  db: House['pool'],
  { id, content }: ToStage,
  read: ReadLine[],
  rejectedBefore: number,
  leaseUntil: string,
): Promise<Counts> => {
  const rows = read.flatMap(({ staged, spokenOf }) => staged ?? spokenOf ?? []);
  const inserted = await insertLines(db, rows);
  const duplicates = read.filter(({ line, staged }) => staged && !inserted.has(line));
  const first = await digestsOf(
    db,
    id,
    duplicates.map(({ staged }) => staged?.identity ?? ''),
  );

  const rejections = read.flatMap((one) => one.rejections);
  for (const { line, staged } of duplicates) {
    const isSame = staged !== null && first.get(staged.identity) === staged.digest;
    const column = content === 'companies' ? 'code' : 'memberNumber';
    rejections.push({
      import_id: id,
      line,
      column,
      problem: isSame ? 'duplicate-same' : 'duplicate-different',
    });
  }
  if (rejectedBefore < rejectionsKept) await insertRejections(db, rejections);

  const counts: Counts = {
    lines_read: read.length,
    rejected: read.filter(({ staged }) => !staged).length,
    duplicate: duplicates.length,
    corrected: read.reduce((sum, { line, corrected }) => sum + (inserted.has(line) ? corrected : 0), 0),
  };
  await countRead(db, id, counts, leaseUntil);
  return counts;
};

const hashed = async function* (source: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
};

const regroup = async function* (batches: AsyncGenerator<RawRow[]>): AsyncGenerator<RawRow[]> {
  let held: RawRow[] = [];
  for await (const rows of batches) {
    held = held.length === 0 ? rows : held.concat(rows);
    while (held.length >= linesAtOnce) {
      yield held.slice(0, linesAtOnce);
      held = held.slice(linesAtOnce);
    }
  }
  if (held.length > 0) yield held;
};
