import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Limits, type Period } from './limits.schema.ts';

/**
 * Reads the one limits file, once, at start.
 * @throws Error naming the file and every wrong key, one a line.
 */
export const loadLimits = (file: string): Limits => {
  const read = Limits.safeParse(parseYaml(file));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${file} ${path.join('.')}: ${message}`);
  throw new Error(`The limits file is wrong:\n${problems.join('\n')}`);
};

/** The limits as the table of the documentation (README, between `<!-- limits -->` and `<!-- /limits -->`). */
export const limitsAsMarkdown = ({ budgets }: Limits): string => {
  const rows = Object.entries(budgets).map(([name, { why, limits }]) => [
    `\`${name}\``,
    limits.map(({ most, per }) => `${most.toLocaleString('en-GB')} ${perInWords[per]}`).join(', '),
    why.en,
  ]);
  const table = [['Budget', 'At most', 'Why'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(table[0] ?? []), rule, ...rows.map(line)].join('\n');
};

const perInWords: Record<Period, string> = { hour: 'an hour', day: 'a day', '30-days': 'in 30 days' };

const parseYaml = (file: string): unknown => {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`LIMITS_FILE: ${file} cannot be read as YAML.`, { cause });
  }
};
