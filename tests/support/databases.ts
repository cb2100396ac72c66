import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import knexFactory from 'knex';
import { inject } from 'vitest';

/** The same suite runs on both. */
export const databases = ['sqlite', 'postgres'] as const;
export type Engine = (typeof databases)[number];

/** An empty database of this test's own, with a directory for files; `drop` removes both. */
export const emptyDatabase = async (engine: Engine) => {
  const directory = mkdtempSync(join(tmpdir(), 'guichet-test-'));
  const removeDirectory = () => rmSync(directory, { recursive: true, force: true });
  if (engine === 'sqlite') {
    return {
      url: `sqlite:${join(directory, 'guichet.sqlite')}`,
      directory,
      drop: async () => removeDirectory(),
    };
  }

  const server = inject('postgresUrl');
  const name = `guichet_${randomBytes(6).toString('hex')}`;
  const admin = knexFactory({ client: 'pg', connection: server, pool: { min: 0, max: 1 } });
  await admin.raw('create database ??', [name]);
  await admin.destroy();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    directory,
    drop: async () => {
      const again = knexFactory({ client: 'pg', connection: server, pool: { min: 0, max: 1 } });
      await again.raw('drop database if exists ?? with (force)', [name]);
      await again.destroy();
      removeDirectory();
    },
  };
};
