import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import knexFactory from 'knex';
import { inject } from 'vitest';

/** The same suite runs on both. */
export const databases = ['sqlite', 'postgres'] as const;
export type Engine = (typeof databases)[number];
export type TestDatabase = Awaited<ReturnType<typeof emptyDatabase>>;

/**
 * A database of this test's own, with a directory for files; `drop` removes both. Empty, or a copy of `template`:
 * the name of a PostgreSQL database that nobody is connected to.
 */
export const emptyDatabase = async (engine: Engine, template = 'template1') => {
  const { directory: run, prefix } = inject('scratch');
  const directory = mkdtempSync(join(run, 'test-'));
  const removeDirectory = () => rmSync(directory, { recursive: true, force: true });
  if (engine === 'sqlite') {
    return {
      name: sqliteFile,
      url: `sqlite:${join(directory, sqliteFile)}`,
      directory,
      drop: async () => removeDirectory(),
    };
  }

  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await asAdministrator('create database ?? template ??', [name, template]);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    directory,
    drop: async () => {
      await asAdministrator('drop database if exists ?? with (force)', [name]);
      removeDirectory();
    },
  };
};

const sqliteFile = 'guichet.sqlite';

const asAdministrator = async (statement: string, names: string[]): Promise<void> => {
  const admin = knexFactory({
    client: 'pg',
    connection: inject('postgresUrl'),
    pool: { min: 0, max: 1 },
  });
  await admin.raw(statement, names).finally(() => admin.destroy());
};
