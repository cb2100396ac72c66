export type Run = { from: number; to: number };

/** Numbers of sheets as runs, in order and each once. */
export const runsOf = (sheets: readonly number[]): Run[] => {
  const runs: Run[] = [];
  for (const sheet of [...new Set(sheets)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && sheet === last.to + 1) last.to = sheet;
    else runs.push({ from: sheet, to: sheet });
  }
  return runs;
};

/** Runs in order, those that touch made one. */
export const joined = (runs: Run[]): Run[] => {
  const all: Run[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (last && run.from === last.to + 1) last.to = run.to;
    else all.push({ ...run });
  }
  return all;
};

/** « 7, 251–500 »: the same in every language. */
export const writeRuns = (runs: Run[]): string =>
  runs.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
