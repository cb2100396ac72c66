import { createHash } from 'node:crypto';
import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError, type WordParams } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform } from '../core/perform.ts';
import { dialectOf } from '../db/dialect.ts';
import type { PostFile, PostFileKind } from './post-files.schema.ts';
import * as store from './post-files.store.ts';
import type { PostFileField, PostFileFilterValues, PostFileRow } from './post-files.store.ts';
import { readTable, type RawRow } from './reading.ts';

/** Why a line was not taken: `column` is the title as the documentation writes it, '' for the whole line. */
export type LineProblem = { line: number; column: string; problem: string; params?: WordParams };

/** La Poste and mail houses report by the day: a longer file is something else. */
const mostLines = 20_000;
/** The others are counted. */
const problemsKept = 100;

/** What a file says, read to its end, before anything of it is applied. */
export type FileRead<Line> = { digest: string; lines: number; good: Line[]; problems: LineProblem[] };

/**
 * Reads a file whole: nothing of one that is cut short or unreadable is ever applied. Memory holds its good lines,
 * which are short. The digest is of its bytes and of the organisations that it is read for.
 *
 * @throws AppError `imports.file.*`, or `postFiles.tooManyLines`.
 */
export const readPostFile = async <Line>(
  { scope }: Pick<Visit, 'scope'>,
  kind: PostFileKind,
  source: AsyncIterable<Uint8Array>,
  readerOf: (header: string[]) => (row: RawRow) => Line | LineProblem[],
): Promise<FileRead<Line>> => {
  const hash = createHash('sha256').update(JSON.stringify([kind, [...scope.organisationIds].sort()]));
  const { header, batches } = await readTable(hashed(source, hash));
  const read = readerOf(header);
  const found: Omit<FileRead<Line>, 'digest'> = { lines: 0, good: [], problems: [] };
  for await (const rows of batches) {
    found.lines += rows.length;
    if (found.lines > mostLines)
      throw new AppError('invalid-input', 'postFiles.tooManyLines', { params: { most: mostLines } });
    for (const row of rows) {
      const line = read(row);
      if (Array.isArray(line)) found.problems.push(...line);
      else found.good.push(line);
    }
  }
  return { digest: hash.digest('base64url'), ...found };
};

/** What became of the same file, if it was applied before; recorded, because every act is. */
export const answerSame = async (visit: Visit, digest: string): Promise<PostFile | undefined> => {
  const row = await store.findByDigest(visit.house.pool, digest);
  return row && recordAgain(visit, row);
};

/**
 * Keeps what became of a file, once all of it was applied: one that was broken off may be sent again. Of the same
 * file sent twice at once, both answer what the first one did.
 */
export const keepPostFile = async (
  visit: Visit,
  file: { kind: PostFileKind; digest: string; lines: number; problems: LineProblem[]; rejected?: number },
): Promise<PostFile> => {
  try {
    return await perform(visit, async (ctx) => {
      const row = rowOf(ctx, file);
      await store.insertPostFile(ctx.db, ctx.scope, row);
      const { id: postFileId, kind, lines, taken, rejected } = row;
      record(ctx, { type: 'post-file.received', data: { postFileId, kind, lines, taken, rejected } });
      return toPostFile(ctx, row);
    });
  } catch (error) {
    const isSame = dialectOf(visit.house.pool).isUniqueViolation(error);
    const same = isSame ? await answerSame(visit, file.digest) : undefined;
    if (!same) throw error;
    return same;
  }
};

export const listPostFiles = async (
  ctx: Ctx,
  query: ListQuery<PostFileFilterValues, PostFileField>,
): Promise<Page<PostFile>> => {
  const { rows, total } = await store.listPostFiles(ctx.db, ctx.scope, query);
  return { rows: await Promise.all(rows.map((row) => toPostFile(ctx, row))), total };
};

const rowOf = (ctx: Ctx, file: Parameters<typeof keepPostFile>[1]): PostFileRow => {
  // One wrong line may keep others out.
  const rejected = file.rejected ?? new Set(file.problems.map(({ line }) => line)).size;
  const problems = file.problems.toSorted((a, b) => a.line - b.line).slice(0, problemsKept);
  return {
    id: ctx.newId(),
    kind: file.kind,
    digest: file.digest,
    received_by: ctx.actor.kind === 'agent' ? ctx.actor.id : 'system',
    received_at: ctx.now.toISOString(),
    lines: file.lines,
    taken: file.lines - rejected,
    rejected,
    problems: JSON.stringify(problems),
  };
};

const recordAgain = (visit: Visit, row: PostFileRow): Promise<PostFile> =>
  perform(visit, async (ctx) => {
    const data = { postFileId: row.id, kind: row.kind, lines: Number(row.lines), taken: 0, rejected: 0 };
    record(ctx, { type: 'post-file.received', data });
    return toPostFile(ctx, row);
  });

const toPostFile = async (ctx: Ctx, row: PostFileRow): Promise<PostFile> => {
  const { words } = ctx.house;
  const names = await ctx.house.namesOfAgents(ctx.db, [row.received_by]);
  const problems = JSON.parse(row.problems) as LineProblem[];
  const keyOf = (problem: string) => {
    if (words.has(problem)) return problem;
    const own = `postFiles.problems.${problem}`;
    return words.has(own) ? own : `imports.problems.${problem}`;
  };
  return {
    id: row.id,
    kind: row.kind,
    lines: Number(row.lines),
    taken: Number(row.taken),
    rejected: Number(row.rejected),
    receivedAt: row.received_at,
    receivedByName: names.get(row.received_by) ?? null,
    problems: problems.map(({ line, column, problem, params }) => ({
      line,
      column,
      message: words.say(ctx.language, keyOf(problem), params),
    })),
  };
};

const hashed = async function* (source: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
};
