import type { BenchLot } from './bench-lot.ts';
import { startChild } from './child.ts';
import { signedIn } from './looks.ts';
import { percentile, say, withProgress } from './measure.ts';
import { loadedCopy, sizes } from './members.ts';
import type { BenchServer } from './server.child.ts';
import type { Result } from './table.ts';
import { must, type Visitor } from './visitor.ts';

const letters = 10_000;
const searchLoops = 2;
const typed = ['martin jean', 'durand', 'marie bernard', 'petit', 'robert michel', 'moreau anne'];

/** Whether agents can still search while a big lot is printed: drawing has a thread of its own. */
export const benchPrinting = async (): Promise<Result[]> => {
  const size = Math.min(...sizes());
  const server = startChild('server');
  const opened = await server.ask<BenchServer>('open', { folder: await loadedCopy(size) });
  say(`asking for ${letters} letters`);
  const lot = await server.ask<BenchLot>('letters', { count: letters });
  const agent = await signedIn(opened);
  await searchesDuring(agent, pause(1_000));

  say(`searches alone, ${searchLoops} at once`);
  const alone = await searchesDuring(agent, pause(8_000));
  const print = await releasedLot(opened, lot);
  const before = await server.usage();
  const began = performance.now();
  const beside = await searchesDuring(agent, print());
  const seconds = (performance.now() - began) / 1_000;
  const { peakMegabytes } = await server.usage();
  await server.stop();
  say(`printed in ${Math.round(seconds)} s, ${beside.length} searches meanwhile`);

  return [
    {
      what: `searches while ${letters.toLocaleString('en-GB')} letters print, p95`,
      unit: 'ms',
      ours: percentile(beside, 0.95),
      beside: percentile(alone, 0.95),
      besideWhat: 'the same searches alone',
      target: { most: 2 },
    },
    {
      what: `the server’s memory, ${letters.toLocaleString('en-GB')} letters printed`,
      unit: 'MB',
      ours: peakMegabytes,
      beside: before.peakMegabytes,
      besideWhat: 'its peak before it printed',
    },
  ];
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Milliseconds of each search that began before `ends`. */
const searchesDuring = async (agent: Visitor, ends: Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  let isOver = false;
  const loop = async (): Promise<void> => {
    while (!isOver) {
      const began = performance.now();
      await must(agent.post('/api/members/search', { filter: { q: typed[times.length % typed.length] } }));
      times.push(performance.now() - began);
    }
  };
  const loops = Array.from({ length: searchLoops }, loop);
  await withProgress(
    () => `${times.length} searches`,
    () => ends.finally(() => (isOver = true)),
  );
  await Promise.all(loops);
  return times;
};

const releasedLot = async (
  { url }: BenchServer,
  { organisation, product, operator, supervisor, password }: BenchLot,
): Promise<() => Promise<unknown>> => {
  const hands = await signedIn({ url, username: operator, password });
  const eyes = await signedIn({ url, username: supervisor, password });
  const made = JSON.parse((await must(hands.post('/api/lots', { organisation, product }), 201)).body);
  const released = await must(eyes.post(`/api/lots/${made.id}/release`, { version: made.version, password }));
  const { version } = JSON.parse(released.body);
  return () => must(hands.post(`/api/lots/${made.id}/print`, { version }));
};
