import { startChild } from './child.ts';
import { emptySearch, signedIn } from './looks.ts';
import { percentile, say, timeEach, withProgress } from './measure.ts';
import { loadedCopy, sizes } from './members.ts';
import { kinds, type Kind } from './search-samples.ts';
import type { BenchServer } from './server.child.ts';
import type { Statements } from './statements.child.ts';
import type { Result } from './table.ts';
import { must } from './visitor.ts';

const count = 200;

type Measured = Statements & { size: number; empty: number[]; endpoint: Record<Kind, number[]> };

/** The search box, signed in and audited, against the statements under it. */
export const benchSearch = async (): Promise<Result[]> => {
  const measured: Measured[] = [];
  for (const size of sizes()) measured.push(await measureAt(size));
  return [...measured.flatMap(resultsAt), ...growth(measured)];
};

const measureAt = async (size: number): Promise<Measured> => {
  const folder = await loadedCopy(size);
  const child = startChild('statements');
  say(`statements at ${named(size)}`);
  const statements = await child.ask<Statements>('measure', { folder, count });
  await child.stop();
  for (const kind of kinds) explain(kind, statements);

  const server = startChild('server');
  const agent = await signedIn(await server.ask<BenchServer>('open', { folder }));
  const search = (typed: string) =>
    must(agent.post('/api/members/search', { filter: { q: typed }, range: [0, 24] }));
  say(`searches through HTTP at ${named(size)}`);
  const endpoint: Record<Kind, number[]> = { name: [], 'two words': [], NIR: [], 'one typo': [] };
  const empty: number[] = [];
  // In turns, so that whatever else the machine does falls on all of them alike.
  const round = async (at: number): Promise<void> => {
    empty.push(...(await timeEach([''], () => must(emptySearch(agent)))));
    for (const kind of kinds) {
      endpoint[kind].push(...(await timeEach([statements.samples[kind][at]?.typed ?? ''], search)));
    }
  };
  for (let at = 0; at < 20; at += 1) await round(at);
  for (const times of [empty, ...Object.values(endpoint)]) times.length = 0;
  await withProgress(
    () => `${empty.length} of ${count}`,
    async () => {
      for (let at = 0; at < count; at += 1) await round(at);
    },
  );
  await server.stop();
  return { ...statements, size, empty, endpoint };
};

const explain = (kind: Kind, { times }: Statements): void => {
  const { recall, scans, slowest } = times[kind];
  const read = scans.length > 0 ? `; reads whole: ${scans.join(', ')}` : '';
  say(`${kind}: found ${(recall * 100).toFixed(1)} %${read}; slowest ${slowest}`);
};

const resultsAt = (at: Measured): Result[] => {
  const { size, endpoint, times, empty } = at;
  const parts = [
    ['p50', 0.5],
    ['p95', 0.95],
  ] as const;
  const against = kinds.flatMap((kind) =>
    parts.map(([name, part]): Result => ({
      what: `search, ${kind}, ${named(size)}, ${name}`,
      unit: 'ms',
      ours: percentile(endpoint[kind], part),
      beside: percentile(times[kind].bare, part),
      besideWhat: kind === 'one typo' ? 'the bare query without the typo' : 'the bare prepared query',
    })),
  );
  const audited = kinds.map((kind): Result => ({
    what: `search, ${kind}, ${named(size)}, p95`,
    unit: 'ms',
    ours: percentile(endpoint[kind], 0.95),
    beside: percentile(empty, 0.95),
    besideWhat: 'a signed-in, audited answer with no search in it',
    target: { most: 2 },
  }));
  const statement = kinds.map((kind): Result => ({
    what: `statements, ${kind}, ${named(size)}, p95`,
    unit: 'ms',
    ours: percentile(times[kind].ours, 0.95),
    beside: percentile(times[kind].bare, 0.95),
    besideWhat: 'the bare prepared query',
  }));
  const prepared = kinds.map((kind): Result => ({
    what: `statements as sent, ${kind}, ${named(size)}, p50`,
    unit: 'ms',
    ours: percentile(times[kind].sent, 0.5),
    beside: percentile(times[kind].ours, 0.5),
    besideWhat: 'the same statements, prepared beforehand',
  }));
  const typo: Result = {
    what: `statements, one typo, ${named(size)}, p50`,
    unit: 'ms',
    ours: percentile(times['one typo'].ours, 0.5),
    beside: percentile(times['two words'].ours, 0.5),
    besideWhat: 'the same without the typo',
    target: { most: 2 },
  };
  const recall: Result = {
    what: `found in spite of a typo, ${named(size)}`,
    unit: '',
    ours: times['one typo'].recall,
    beside: 1,
    besideWhat: 'everyone looked for',
    target: { least: 0.99 },
  };
  return [...against, ...audited, ...statement, ...prepared, typo, recall];
};

/** What ten times as many members cost. */
const growth = (measured: Measured[]): Result[] => {
  const [small, large] = [measured[0], measured.at(-1)];
  if (!small || !large || small === large) return [];
  return kinds.map((kind): Result => ({
    what: `statements, ${kind}, ${named(large.size)}, p95`,
    unit: 'ms',
    ours: percentile(large.times[kind].ours, 0.95),
    beside: percentile(small.times[kind].ours, 0.95),
    besideWhat: `the same at ${named(small.size)}`,
    target: { most: 1.5 },
  }));
};

const named = (size: number): string =>
  size % 1_000_000 === 0 ? `${size / 1_000_000}M` : size % 1_000 === 0 ? `${size / 1_000}k` : String(size);
