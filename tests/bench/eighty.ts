import { startChild } from './child.ts';
import { percentile, say } from './measure.ts';
import { loadedCopy, sizes } from './members.ts';
import type { BenchServer } from './server.child.ts';
import type { Result } from './table.ts';
import { must, visitor, type Visitor } from './visitor.ts';

const agents = 80;
const everyMs = 250;
const seconds = Number(process.env.BENCH_EIGHTY_SECONDS ?? 15);
const typed = ['martin jean', 'durand', 'marie bernard', 'petit', 'robert michel', 'moreau anne'];

/** Eighty agents who each search four times a second on SQLite, with the audit and with none. */
export const benchEighty = async (): Promise<Result[]> => {
  const audited = await measure(false);
  const bare = await measure(true);
  const besideWhat = 'the same without audit';
  return [
    { what: '80 agents at 4/s, p95', ours: audited.p95, beside: bare.p95, unit: 'ms', besideWhat },
    { what: '80 agents at 4/s, median', ours: audited.median, beside: bare.median, unit: 'ms', besideWhat },
    {
      what: '80 agents at 4/s, answered',
      ours: audited.perSecond,
      beside: bare.perSecond,
      unit: '/s',
      besideWhat,
    },
  ];
};

const measure = async (withoutAudit: boolean) => {
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
  say(
    `${agents} agents, ${1_000 / everyMs} searches a second each, ${seconds} s${withoutAudit ? ', no audit' : ''}`,
  );
  const began = performance.now();
  const times = (await Promise.all(desks.map((desk, at) => searching(desk, at, began)))).flat();
  const perSecond = (times.length * 1_000) / (performance.now() - began);
  await server.stop();
  return { p95: percentile(times, 0.95), median: percentile(times, 0.5), perSecond };
};

/**
 * A search each quarter of a second by the clock, one at a time on one line. Counted from when it was due, so that
 * whoever has to wait for their former answer is seen to wait.
 */
const searching = async (desk: Visitor, at: number, began: number): Promise<number[]> => {
  const first = began + (at * everyMs) / agents;
  const times: number[] = [];
  for (let turn = 0; turn < (seconds * 1_000) / everyMs; turn += 1) {
    const due = first + turn * everyMs;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await search(desk, at + turn);
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
