import type { WordParams } from '../core/errors.ts';
import type { LotRow } from './lots.store.ts';

/** What a mail house says of one sheet: produced well or spoiled, and when it handed the sheet to the post. */
export type ReportedSheet = {
  line: number;
  letterId: string;
  isGood: boolean;
  /** ISO; null when the file does not say. */
  depositedAt: string | null;
};

export type ReportColumn = 'reference' | 'status' | 'depositedAt';
/** `problem`: a word under `postFiles.problems`, or a key of its own. */
export type ReportProblem = {
  line: number;
  column: ReportColumn | null;
  problem: string;
  params?: WordParams;
};

/**
 * What is wrong with a report about a lot, as a whole or sheet by sheet: every sheet that stands on paper must be in it
 * once, and the good ones with one moment of deposit that has passed.
 *
 * @param standing ids of the letters whose sheets stand.
 */
export const problemsOfReport = (
  lot: Pick<LotRow, 'state' | 'target'>,
  standing: ReadonlySet<string>,
  sheets: ReportedSheet[],
  now: Date,
): ReportProblem[] => {
  const first = sheets[0]?.line ?? 0;
  const whole = (problem: string, params?: WordParams): ReportProblem[] => [
    { line: first, column: null, problem, params },
  ];
  if (lot.state === 'deposited') return whole('report-deposited');
  if (lot.state === 'counted') return whole('report-counted');
  if (lot.state !== 'printed') return whole('report-not-sent');
  if (lot.target !== 'mail-house') return whole('report-elsewhere');

  const problems = [...wrongSheets(standing, sheets), ...wrongMoments(sheets, now)];
  if (problems.length > 0) return problems;
  const missing = standing.size - sheets.length;
  return missing > 0 ? whole('report-short', { missing, printed: standing.size }) : [];
};

const wrongSheets = (standing: ReadonlySet<string>, sheets: ReportedSheet[]): ReportProblem[] => {
  const seen = new Set<string>();
  return sheets.flatMap(({ line, letterId }): ReportProblem[] => {
    if (!standing.has(letterId)) return [{ line, column: 'reference', problem: 'report-no-sheet' }];
    if (seen.has(letterId)) return [{ line, column: 'reference', problem: 'report-twice' }];
    seen.add(letterId);
    return [];
  });
};

const wrongMoments = (sheets: ReportedSheet[], now: Date): ReportProblem[] => {
  const good = sheets.filter(({ isGood }) => isGood);
  const moment = good.find((sheet) => sheet.depositedAt !== null)?.depositedAt;
  return good.flatMap(({ line, depositedAt }): ReportProblem[] => {
    if (depositedAt === null) return [{ line, column: 'depositedAt', problem: 'report-no-moment' }];
    if (depositedAt > now.toISOString()) return [{ line, column: 'depositedAt', problem: 'report-ahead' }];
    return depositedAt === moment ? [] : [{ line, column: 'depositedAt', problem: 'report-moments' }];
  });
};
