/** One measured pair. The ratio is ours divided by the other; `target` says what PERFORMANCE.md asks of it. */
export type Result = {
  what: string;
  ours: number;
  beside: number;
  unit: string;
  /** What stands beside ours, in a few words. */
  besideWhat: string;
  target?: { least: number } | { most: number };
};

const heads = ['what', 'ours', 'beside', 'ratio', 'target', 'beside is'];

/** The results as aligned columns: what · ours · beside · ratio · target. */
export const printTable = (results: readonly Result[]): void => {
  const rows = [heads, ...results.map(cells)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  console.log('');
  rows.forEach((row, index) => {
    console.log(
      row
        .map((cell, column) => aligned(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    );
    if (index === 0) console.log(rule);
  });
  console.log('\nRatios of one run on this machine; the figures beside them are no promise.');
};

const cells = (result: Result): string[] => {
  const { what, ours, beside, unit, besideWhat, target } = result;
  const ratio = ours / beside;
  return [what, shown(ours, unit), shown(beside, unit), `${shown(ratio)}×`, aim(ratio, target), besideWhat];
};

const aim = (ratio: number, target: Result['target']): string => {
  if (!target) return '';
  const isLeast = 'least' in target;
  const met = isLeast ? ratio >= target.least : ratio <= target.most;
  const bound = isLeast ? `≥ ${target.least}` : `≤ ${target.most}`;
  return `${bound} ${met ? 'met' : 'missed'}`;
};

const shown = (value: number, unit = ''): string => {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 3 : 4;
  return `${value.toLocaleString('en-GB', { maximumFractionDigits: digits })}${unit && ` ${unit}`}`;
};

const aligned = (cell: string, width: number, column: number): string => {
  const room = ' '.repeat(Math.max(0, width - [...cell].length));
  return column >= 1 && column <= 3 ? room + cell : cell + room;
};
