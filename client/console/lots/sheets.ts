export type SheetsReading = { ok: true; sheets: number[] } | { ok: false; part: string };

/** Reads sheet numbers and ranges as a person writes them: « 4, 7-9 » is 4, 7, 8 and 9, each once. */
export const readSheets = (typed: string, highest: number): SheetsReading => {
  const sheets = new Set<number>();
  const parts = typed
    .replace(/\s*[-–—]\s*/g, '-')
    .split(/[,;\s]+/)
    .filter(Boolean);
  for (const part of parts) {
    const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === '' || first < 1 || last < first || last > highest) return { ok: false, part };
    for (let sheet = first; sheet <= last; sheet += 1) sheets.add(sheet);
  }
  return { ok: true, sheets: [...sheets].sort((a, b) => a - b) };
};
