import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import type { ReportedSheet, ReportProblem } from '../letters/lot-report.ts';
import { findReported, takeLotReport } from '../letters/mail-house-report.service.ts';
import { answerSame, keepPostFile, readPostFile, type LineProblem } from './post-files.service.ts';
import type { PostFile } from './post-files.schema.ts';
import { reportColumns, reportReader, type ReportLine } from './report-lines.ts';

/** Sheets looked up at once. */
const linesAtOnce = 200;

/**
 * Takes a mail house's production and deposit report: each lot of which every sheet is reported is counted, its
 * spoiled sheets replaced, and deposited at the moment that the report gives; of a lot with anything wrong nothing is
 * taken. The same file again changes nothing.
 *
 * @throws AppError `imports.file.*` when the file as a whole cannot be accepted: then nothing of it was taken.
 */
export const takeReportFile = async (visit: Visit, source: AsyncIterable<Uint8Array>): Promise<PostFile> => {
  const file = await readPostFile(visit, 'report', source, reportReader);
  const same = await answerSame(visit, file.digest);
  if (same) return same;

  const { lots, problems } = await byLot(visit, file.good);
  problems.push(...file.problems);
  let taken = 0;
  for (const [lotId, sheets] of lots) {
    const found = await takeLot(visit, lotId, sheets);
    if (found.length === 0) taken += sheets.length;
    problems.push(...found);
  }
  const { digest, lines } = file;
  return keepPostFile(visit, { kind: 'report', digest, lines, problems, rejected: lines - taken });
};

const byLot = async (visit: Visit, lines: ReportLine[]) => {
  const lots = new Map<string, ReportedSheet[]>();
  const problems: LineProblem[] = [];
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const some = lines.slice(from, from + linesAtOnce);
    const found = await read(visit, (ctx) => findReported(ctx, some));
    for (const [at, { line, isGood, depositedAt }] of some.entries()) {
      const sheet = found[at] ?? 'unknown';
      if (typeof sheet === 'string') {
        const problem = sheet === 'unknown' ? 'unknown' : 'report-disagrees';
        problems.push({ line, column: reportColumns.reference[0], problem });
        continue;
      }
      const { letterId, lotId } = sheet;
      const sheets = lots.get(lotId) ?? [];
      sheets.push({ line, letterId, isGood, depositedAt });
      lots.set(lotId, sheets);
    }
  }
  return { lots, problems };
};

/** Thrown to end a transaction that changed nothing and so has nothing to record. */
class NothingTaken extends Error {
  readonly problems: ReportProblem[];

  constructor(problems: ReportProblem[]) {
    super('Nothing was taken.');
    this.problems = problems;
  }
}

const takeLot = async (visit: Visit, lotId: string, sheets: ReportedSheet[]): Promise<LineProblem[]> => {
  try {
    await perform(visit, async (ctx) => {
      const problems = await takeLotReport(ctx, lotId, sheets);
      if (ctx.events.length === 0) throw new NothingTaken(problems);
    });
    return [];
  } catch (error) {
    if (error instanceof NothingTaken) return error.problems.map(withTitle);
    // The lot's own rules refuse it, in the words of whoever does it by hand.
    if (!(error instanceof AppError)) throw error;
    const { words, details } = error;
    return [{ line: sheets[0]?.line ?? 0, column: '', problem: words, params: details.params }];
  }
};

const withTitle = ({ column, ...problem }: ReportProblem): LineProblem => ({
  ...problem,
  column: column === null ? '' : reportColumns[column][0],
});
