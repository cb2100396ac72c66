import { startChild } from './child.ts';
import { percentile, say } from './measure.ts';
import { loadedCopy, sizes } from './members.ts';
import type { BenchServer } from './server.child.ts';
import type { Result } from './table.ts';
import { must, visitor, type Visitor } from './visitor.ts';

const agents = 80;
const seconds = Number(process.env.BENCH_EIGHTY_SECONDS ?? 30);
const typed = ['martin jean', 'durand', 'marie bernard', 'petit', 'robert michel', 'moreau anne'];

/** Searches a second of all agents together: a desk in its busiest hour, and each agent as fast as a hand can ask. */
const loads = [
  { perSecond: 4, what: '80 agents, 4 searches/s' },
  { perSecond: 4 * agents, what: '80 agents, 4 searches/s each' },
];

type Load = (typeof loads)[number];

/** Eighty agents who search on SQLite, with the audit and with none. */
export const benchEighty = async (): Promise<Result[]> => {
  const results: Result[] = [];
  for (const load of loads) {
    const audited = await measure(load, false);
    const bare = await measure(load, true);
    for (const [name, unit] of figures)
      results.push({
        what: `${load.what}, ${name}`,
        ours: audited[name],
        beside: bare[name],
        unit,
        besideWhat: 'the same without audit',
      });
  }
  return results;
};

const figures = [
  ['p95', 'ms'],
  ['median', 'ms'],
  ['answered', '/s'],
] as const;

const measure = async ({ perSecond, what }: Load, withoutAudit: boolean) => {
  const folder = await loadedCopy(Math.min(...sizes()));
  const server = startChild('server');
  const opened = await server.ask<BenchServer>('open', { folder });
  const names = await server.ask<string[]>('agents', { count: agents });
  const desks: Visitor[] = [];
  // One after the other: each sign-in costs a hash.
  for (const username of names) desks.push(await signedIn({ ...opened, username }));
  // Each has their call open before anything is measured.
  for (const desk of desks) await search(desk, 0);
  if (withoutAudit) await server.ask('stopAudit');
  say(`${what}, ${seconds} s${withoutAudit ? ', no audit' : ''}`);
  const began = performance.now();
  const times = (
    await Promise.all(desks.map((desk, at) => searching(desk, { at, began, perSecond })))
  ).flat();
  const answered = (times.length * 1_000) / (performance.now() - began);
  await server.stop();
  return { p95: percentile(times, 0.95), median: percentile(times, 0.5), answered };
};

/**
 * Searches by the clock, the agents in turn, each one search at a time on one line. Counted from when it was due, so
 * that whoever has to wait for their former answer is seen to wait.
 */
const searching = async (
  desk: Visitor,
  { at, began, perSecond }: { at: number; began: number; perSecond: number },
): Promise<number[]> => {
  const times: number[] = [];
  for (let turn = at; turn < seconds * perSecond; turn += agents) {
    const due = began + (turn * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await search(desk, turn);
    times.push(performance.now() - due);
  }
  return times;
};

const search = (desk: Visitor, at: number) =>
  must(desk.post('/api/members/search', { filter: { q: typed[at % typed.length] }, range: [0, 24] }));

const signedIn = async ({ url, username, password }: BenchServer): Promise<Visitor> => {
  const desk = visitor(url);
  await must(desk.post('/api/session', { username, password }));
  return desk;
};
