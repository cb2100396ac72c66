// Builds server and console when the build is missing or older than what it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = 'dist/built';
const sources = ['server', 'client', 'package.json', 'package-lock.json', 'tsconfig.json'];

const newest = (path) => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isCurrent = existsSync(stamp) && sources.every((path) => newest(path) <= statSync(stamp).mtimeMs);
if (!isCurrent) {
  console.log('Building Guichet (about half a minute, only when something changed)…');
  const env = { ...process.env, NODE_ENV: 'production' };
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
  writeFileSync(stamp, '');
}
