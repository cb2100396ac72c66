import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knexFactory, { type Knex } from 'knex';
// @ts-expect-error knex publishes no types for its dialects.
import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import type { Database } from 'sqlite3';
import { keepPrepared } from './prepared.ts';

/**
 * Opens the database named by `DATABASE_URL`: `sqlite:<file>` or `postgres://…`.
 * SQLite has one connection in a process: knex serves one act after the other, so no query may be slow.
 */
export const openPool = (url: string): Knex =>
  url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url);

/** @throws Error when the database would acknowledge what it has not kept (YARDSTICK F5). */
export const assertDurable = async (pool: Knex): Promise<void> => {
  const wrong = pool.client.config.client === 'pg' ? await looseOnPostgres(pool) : await looseOnSqlite(pool);
  if (wrong.length > 0)
    throw new Error(`DATABASE_URL: this database does not keep its word: ${wrong.join(', ')}.`);
};

const openSqlite = (filename: string): Knex => {
  mkdirSync(dirname(filename), { recursive: true });
  return knexFactory({
    client: ImmediateSqlite as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate: prepareSqlite },
  });
};

const openPostgres = (connectionString: string): Knex =>
  knexFactory({
    client: 'pg',
    connection: { connectionString, statement_timeout: 30_000, connectionTimeoutMillis: 5_000 },
    pool: { min: 0, max: 10 },
    acquireConnectionTimeout: 5_000,
  });

const prepareSqlite = (connection: Database, done: (error: Error | null, c: Database) => void): void => {
  keepPrepared(connection);
  connection.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;`,
    (error) => done(error, connection),
  );
};

type Transaction = { begin: (connection: unknown) => unknown; query: (c: unknown, sql: string) => unknown };

// A deferred BEGIN that later writes fails at once with SQLITE_BUSY, whatever the busy timeout says (YARDSTICK D6).
class ImmediateSqlite extends (SqliteClient as { new (config: unknown): Record<string, unknown> }) {
  transaction(...args: unknown[]): unknown {
    const begin = Object.getPrototypeOf(ImmediateSqlite.prototype) as {
      transaction: (...a: unknown[]) => Transaction;
    };
    const transaction = begin.transaction.apply(this, args);
    transaction.begin = (connection) => transaction.query(connection, 'BEGIN IMMEDIATE;');
    return transaction;
  }
}

const looseOnSqlite = async (pool: Knex): Promise<string[]> => {
  const pragma = async (name: string) => {
    const [row] = (await pool.raw('PRAGMA ??', [name])) as Record<string, unknown>[];
    return Object.values(row ?? {})[0];
  };
  const wrong: string[] = [];
  if ((await pragma('journal_mode')) !== 'wal') wrong.push('journal_mode is not WAL');
  if (Number(await pragma('synchronous')) < 2) wrong.push('synchronous is below FULL');
  if (Number(await pragma('foreign_keys')) !== 1) wrong.push('foreign_keys is off');
  if (Number(await pragma('secure_delete')) !== 1) wrong.push('secure_delete is off');
  return wrong;
};

const looseOnPostgres = async (pool: Knex): Promise<string[]> => {
  const setting = async (name: string) => {
    const answer = (await pool.raw('SHOW ??', [name])) as { rows: Record<string, string>[] };
    return Object.values(answer.rows[0] ?? {})[0];
  };
  const wrong: string[] = [];
  if ((await setting('synchronous_commit')) === 'off') wrong.push('synchronous_commit is off');
  if ((await setting('fsync')) === 'off') wrong.push('fsync is off');
  return wrong;
};
