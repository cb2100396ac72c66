import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Day } from '../core/calendar.ts';
import { Costs, type CostsFrom } from './costs.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** What things cost, oldest prices first. */
    costs: Costs;
  }
}

/**
 * Reads the file of unit costs, once, at start.
 * @throws Error naming the file and every wrong key, one a line.
 */
export const loadCosts = (file: string): Costs => {
  const read = Costs.safeParse(parseYaml(file));
  if (read.success) return read.data.sort((a, b) => (a.from < b.from ? -1 : 1));
  const problems = read.error.issues.map(({ path, message }) => `${file} ${path.join('.')}: ${message}`);
  throw new Error(`The file of costs is wrong:\n${problems.join('\n')}`);
};

/** The prices of a day; of a day before them all, the oldest. */
export const costsOn = (costs: Costs, day: Day): CostsFrom =>
  costs.findLast(({ from }) => from <= day) ?? (costs[0] as CostsFrom);

const parseYaml = (file: string): unknown => {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`COSTS_FILE: ${file} cannot be read as YAML.`, { cause });
  }
};
