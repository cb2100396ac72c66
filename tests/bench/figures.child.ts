import type { House } from '../../server/core/ctx.ts';
import { housekeep, read, systemVisit } from '../../server/core/perform.ts';
import { runFigures } from '../../server/supervision/figures-follow.service.ts';
import { FiguresQuery } from '../../server/supervision/figures.schema.ts';
import { readFigures } from '../../server/supervision/figures.service.ts';
import { fillChain } from './bench-chain.ts';
import { everyOrganisation, openBenchHouse } from './bench-house.ts';
import { answerJobs } from './child.ts';
import { median, percentile, timeEach } from './measure.ts';

export type FiguresBench = {
  followedPerSecond: number;
  /** Reading the audit's rows one after the other, payloads included, and nothing else. */
  readPerSecond: number;
  /** Milliseconds of a page's answer, on the house's own clock: middle and slowest twentieth. */
  month: { p50: number; p95: number };
  year: { p50: number; p95: number };
  /** The same question asked of the audit's rows themselves. */
  counted: number;
};

let house: House;

const open = async ({ folder, rows }: { folder: string; rows: number }): Promise<void> => {
  house = await openBenchHouse(folder);
  await housekeep(house, placeAgents);
  await fillChain(house, rows);
};

// Eighty agents of four sites and eight teams, so that a day's tallies have as many lines as a real desk's.
const placeAgents = async (db: House['pool']): Promise<void> => {
  for (let agent = 0; agent < 80; agent += 1) {
    const place = { site_id: `site-${agent % 4}`, team: `team-${agent % 8}` };
    await db('figure_places').insert({ agent_id: `bench-agent-${agent}`, seq: 0, ...place });
  }
};

const measure = async ({ rows, asks }: { rows: number; asks: number }): Promise<FiguresBench> => {
  const followed = await timed(async () => {
    while ((await runFigures(house)) > 0);
  });
  const whole = await timed(readWhole);
  const visit = systemVisit(house, 'bench', everyOrganisation(house));
  const ask = (query: object) => () => read(visit, (ctx) => readFigures(ctx, FiguresQuery.parse(query)));
  const from = new Date(house.clock().getTime() - 364 * 86_400_000).toISOString().slice(0, 10);
  const month = await timeEach(Array.from({ length: asks }), ask({}));
  const year = await timeEach(Array.from({ length: Math.ceil(asks / 5) }), ask({ from, by: 'month' }));
  const counted = await timed(async () => {
    await house.pool('audit_events').groupBy('type').select('type').count({ n: '*' });
  });
  return {
    followedPerSecond: rows / followed,
    readPerSecond: rows / whole,
    month: { p50: median(month), p95: percentile(month, 0.95) },
    year: { p50: median(year), p95: percentile(year, 0.95) },
    counted: counted * 1_000,
  };
};

const readWhole = async (): Promise<void> => {
  let last = 0;
  for (;;) {
    const rows = await house.pool('audit_events').where('seq', '>', last).orderBy('seq').limit(1_000);
    if (rows.length === 0) return;
    last = Number(rows.at(-1)?.seq);
  }
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
};

answerJobs({ open, measure });
