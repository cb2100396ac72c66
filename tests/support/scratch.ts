import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const room = 2 * 1024 ** 3;

/**
 * A directory for everything one run of the tests writes. It lies in memory where that has room: the databases
 * are as durable as in production (the server refuses them otherwise), and what a killed process wrote is still
 * there, but no test waits for a disk.
 */
export const makeScratch = (): { directory: string; remove: () => void } => {
  const directory = mkdtempSync(join(hasRoom(memory) ? memory : tmpdir(), 'guichet-tests-'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
};

const hasRoom = (directory: string): boolean => {
  if (!existsSync(directory)) return false;
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize >= room;
};
