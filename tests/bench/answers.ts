import { startChild } from './child.ts';
import { median, percentile, say, seeded, withProgress } from './measure.ts';
import { temporaryFolder } from './place.ts';
import type { BenchMembers, BenchServer } from './server.child.ts';
import type { Result } from './table.ts';
import { must, visitor, type Visitor } from './visitor.ts';

const seed = 20_261_121;
const besideWhat = 'the same for an identifier that nobody has, interleaved in random order';

/**
 * Whether the public side's time tells a member from nobody (YARDSTICK A2): interleaved pairs, the sign test, and
 * a bootstrap of the median difference.
 */
export const benchAnswers = async (): Promise<Result[]> => {
  const server = startChild('server');
  const { url } = await server.ask<BenchServer>('open', { folder: temporaryFolder(), looseLimits: true });
  const { path, identifiers } = await server.ask<BenchMembers>('members', { count: 400 });
  const client = visitor(url);
  const recoveries = path.replace(/sign-in$/, 'recoveries');
  const recover = (identifier: string) => must(client.post(recoveries, { path: 'forgotten', identifier }));
  const knock = (identifier: string) =>
    must(client.post(path, { identifier, password: 'Pas-le-bon-1' }), 401);

  const results = [
    await pairs('a recovery asked for', 2_000, identifiers, recover, 1.05),
    await pairs('a wrong password', 400, identifiers, knock, 1.02),
  ];
  await server.stop();
  return results;
};

const pairs = async (
  what: string,
  count: number,
  identifiers: string[],
  ask: (identifier: string) => ReturnType<Visitor['post']>,
  most: number,
): Promise<Result> => {
  const random = seeded(seed);
  const known: number[] = [];
  const unknown: number[] = [];
  const time = async (into: number[], identifier: string): Promise<void> => {
    const began = performance.now();
    await ask(identifier);
    into.push(performance.now() - began);
  };
  say(`${what}, ${count} pairs, seed ${seed}`);
  await withProgress(
    () => `${known.length} pairs so far`,
    async () => {
      for (let n = 0; n < count; n += 1) {
        const somebody = () => time(known, identifiers[n % identifiers.length] ?? '');
        const nobody = () => time(unknown, `77${String(n % identifiers.length).padStart(6, '0')}`);
        for (const one of random() < 0.5 ? [somebody, nobody] : [nobody, somebody]) await one();
      }
    },
  );
  const differences = known.map((ms, n) => ms - (unknown[n] ?? 0));
  const slower = differences.filter((ms) => ms > 0).length;
  const [low, high] = interval(differences, random);
  say(`known slower in ${slower} of ${count} pairs (z = ${zOf(slower, count).toFixed(2)})`);
  say(`median difference, 95 %: ${low.toFixed(3)} to ${high.toFixed(3)} ms`);
  return {
    what: `${what}, known`,
    unit: 'ms',
    ours: median(known),
    beside: median(unknown),
    besideWhat,
    target: { most },
  };
};

/** How many standard deviations the sign test stands from one half. */
const zOf = (slower: number, count: number): number => (slower - count / 2) / Math.sqrt(count / 4);

const interval = (values: number[], random: () => number): [number, number] => {
  const draw = () => values[Math.floor(random() * values.length)] ?? 0;
  const medians = Array.from({ length: 500 }, () => median(values.map(draw)));
  return [percentile(medians, 0.025), percentile(medians, 0.975)];
};
