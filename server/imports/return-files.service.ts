import { parisDay } from '../core/calendar.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { perform } from '../core/perform.ts';
import { findCame, takeReturn, type Came } from '../letters/returns.service.ts';
import { answerSame, keepPostFile, readPostFile, type LineProblem } from './post-files.service.ts';
import type { PostFile } from './post-files.schema.ts';
import { returnColumns, returnReader, type ReturnLine } from './return-lines.ts';

/** Lines taken in one short transaction: between two of them whoever waits gets in. */
const linesAtOnce = 25;

/**
 * Takes La Poste's file of returns: every line is checked, the good ones are taken as if each letter had been in
 * one's hand, the others are listed. The paper is not here, so that nothing is entered for destruction: whoever gets
 * it scans it. The same file again changes nothing; one that was broken off may be sent again.
 *
 * @throws AppError `imports.file.*` when the file as a whole cannot be accepted: then nothing of it was taken.
 */
export const takeReturnFile = async (visit: Visit, source: AsyncIterable<Uint8Array>): Promise<PostFile> => {
  const today = parisDay(visit.house.clock());
  const file = await readPostFile(visit, 'returns', source, (header) => returnReader(header, today));
  const same = await answerSame(visit, file.digest);
  if (same) return same;

  const problems = [...file.problems];
  for (let from = 0; from < file.good.length; from += linesAtOnce) {
    problems.push(...(await takeLines(visit, file.good.slice(from, from + linesAtOnce))));
  }
  return keepPostFile(visit, { kind: 'returns', digest: file.digest, lines: file.lines, problems });
};

/** Thrown to end a transaction that changed nothing and so has nothing to record. */
class NothingTaken extends Error {
  readonly problems: LineProblem[];

  constructor(problems: LineProblem[]) {
    super('Nothing was taken.');
    this.problems = problems;
  }
}

const takeLines = async (visit: Visit, lines: ReturnLine[]): Promise<LineProblem[]> => {
  try {
    return await perform(visit, async (ctx) => {
      const came = await findCame(ctx, lines);
      const problems: LineProblem[] = [];
      for (const [at, line] of lines.entries()) problems.push(...(await takeLine(ctx, line, came[at])));
      if (ctx.events.length === 0) throw new NothingTaken(problems);
      return problems;
    });
  } catch (error) {
    if (error instanceof NothingTaken) return error.problems;
    throw error;
  }
};

const takeLine = async (ctx: Ctx, line: ReturnLine, came: Came | undefined): Promise<LineProblem[]> => {
  const { reference, reason, date } = line;
  const column = returnColumns[reference === null ? 'code' : 'reference'][0];
  const refused = (problem: string, where: string = column) => [{ line: line.line, column: where, problem }];
  if (!came) return refused('unknown');

  const { deposited_at: depositedAt } = came.letter;
  const isBefore = date !== null && depositedAt !== null && date < parisDay(new Date(depositedAt));
  if (isBefore) return refused('returned-before-deposit', returnColumns.date[0]);
  const taking = await takeReturn(ctx, came, { reason, by: 'file' });
  return taking.as === 'refused' ? refused(taking.problem) : [];
};
