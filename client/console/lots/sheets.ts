export type SheetsReading = { ok: true; sheets: number[] } | { ok: false; part: string };

export type Run = { from: number; to: number };

/** Reads sheet numbers and ranges as a person writes them: « 4, 7-9 » is 4, 7, 8 and 9, each once. */
export const readSheets = (typed: string, highest: number, lowest = 1): SheetsReading => {
  const sheets = new Set<number>();
  const parts = typed
    .replace(/\s*[-–—]\s*/g, '-')
    .split(/[,;\s]+/)
    .filter(Boolean);
  for (const part of parts) {
    const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === '' || first < lowest || last < first || last > highest) return { ok: false, part };
    for (let sheet = first; sheet <= last; sheet += 1) sheets.add(sheet);
  }
  return { ok: true, sheets: [...sheets].sort((a, b) => a - b) };
};

/** Neighbours together, in order. */
export const runsOf = (sheets: number[]): Run[] => {
  const runs: Run[] = [];
  for (const sheet of [...new Set(sheets)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && sheet === last.to + 1) last.to = sheet;
    else runs.push({ from: sheet, to: sheet });
  }
  return runs;
};

/** As `readSheets` reads them: « 4, 7-9 ». */
export const writeSheets = (sheets: number[]): string =>
  runsOf(sheets)
    .map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
    .join(', ');
