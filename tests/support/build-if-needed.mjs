// Builds server, console and member's pages when the build is missing or older than what it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = 'dist/built';
const lock = 'dist/.building';
const sources = ['server', 'client', 'package.json', 'package-lock.json', 'tsconfig.json'];

const newest = (path) => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};
const isCurrent = () => existsSync(stamp) && sources.every((path) => newest(path) <= statSync(stamp).mtimeMs);

// Two test workers may ask at once: the second waits, lest it empties the folder that the first one serves from.
const waitForLock = () => {
  mkdirSync('dist', { recursive: true });
  for (;;) {
    try {
      return mkdirSync(lock);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > 300_000) rmSync(lock, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
};

const build = () => {
  // What changes while it is being built is newer than the build.
  const begun = new Date();
  console.log('Building Guichet (about half a minute, only when something changed)…');
  const env = { ...process.env, NODE_ENV: 'production' };
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (built.status === 0) {
    writeFileSync(stamp, '');
    utimesSync(stamp, begun, begun);
  }
  return built.status ?? 1;
};

if (!isCurrent()) {
  waitForLock();
  let status = 0;
  try {
    if (!isCurrent()) status = build();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  if (status !== 0) process.exit(status);
}
