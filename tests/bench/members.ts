import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { say } from './measure.ts';
import { temporaryFolder } from './place.ts';

/** The numbers of members to measure at: BENCH_SIZES, comma-separated. */
export const sizes = (): number[] => {
  const asked = (process.env.BENCH_SIZES ?? '100000,1000000').split(',').map(Number);
  if (asked.every((size) => Number.isInteger(size) && size > 0)) return asked;
  throw new Error('BENCH_SIZES is wrong: expected numbers of members. Example: BENCH_SIZES=100000,1000000');
};

/** A folder of this run's own with `members` people in its database. */
export const loadedCopy = async (members: number): Promise<string> => {
  const cached = await loaded(members);
  const folder = temporaryFolder();
  // The run writes its own sign-ins and audit rows: what is kept stays as it was loaded.
  for (const file of readdirSync(cached)) {
    copyFileSync(join(cached, file), join(folder, file), constants.COPYFILE_FICLONE);
  }
  return folder;
};

const loaded = async (members: number): Promise<string> => {
  const cache = process.env.BENCH_CACHE ?? join(tmpdir(), 'guichet-bench');
  const folder = join(cache, `members-${members}-${madeBy()}`);
  if (existsSync(folder)) return folder;

  const partial = `${folder}.partial`;
  removeFormer(cache, members);
  mkdirSync(partial, { recursive: true });
  say(`loading ${members} members; kept in ${cache} for the next run`);
  const child = startChild('members');
  const began = performance.now();
  await child.ask('load', { folder: partial, members });
  const seconds = (performance.now() - began) / 1_000;
  const { cpuSeconds, peakMegabytes } = await child.usage();
  await child.stop();
  renameSync(partial, folder);
  const rate = Math.round(members / cpuSeconds);
  say(
    `loaded in ${Math.round(seconds)} s, ${rate} members a CPU-second, at most ${Math.round(peakMegabytes)} MB`,
  );
  return folder;
};

/** What an earlier state of the source loaded can serve nobody any more. */
const removeFormer = (cache: string, members: number): void => {
  const names = existsSync(cache) ? readdirSync(cache) : [];
  const former = names.filter((name) => name.startsWith(`members-${members}-`));
  for (const name of former) rmSync(join(cache, name), { recursive: true, force: true });
};

/** Changes with whatever shapes a loaded database, so that an old one is not taken for a new one. */
const madeBy = (): string => {
  const hash = createHash('sha256');
  const folders = [
    'server/db/migrations',
    'server/imports',
    'server/members',
    'seeds/demo',
    'seeds/organisations',
  ];
  const shapes = /migrations|demo|names\.ts|saving|intake|seeds/;
  for (const folder of folders) {
    const files = readdirSync(folder).map((file) => join(folder, file));
    for (const file of files.filter((path) => shapes.test(path)).sort()) hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 8);
};
