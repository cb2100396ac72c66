import type { Knex } from 'knex';

/** Every difference between SQLite and PostgreSQL, and nothing else. */
export type Dialect = {
  engine: 'sqlite' | 'postgres';
  /** A text column compared byte by byte, so that prefix ranges use its index on both engines. */
  sortableText: string;
  isUniqueViolation: (error: unknown) => boolean;
  /** Deadlock, serialisation failure or busy file: everything was rolled back and may run again. */
  mayRetry: (error: unknown) => boolean;
  /** The database cannot be reached or written just now, or lost a table: 503, not a bug (YARDSTICK F27, F44). */
  isUnavailable: (error: unknown) => boolean;
  /** Bulk loading: index names of a table, so that an initial load can drop and rebuild them. */
  maximumParameters: number;
};

export const dialectOf = (knex: Knex): Dialect => (isSqlite(knex) ? sqlite : postgres);

export const isSqlite = (knex: Knex): boolean =>
  (knex.client as { config: { client: unknown } }).config.client !== 'pg';

/** Upper bound of the texts that begin with `prefix`, in byte order. */
export const afterPrefix = (prefix: string): string => `${prefix}\u{10FFFF}`;

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

const sqlite: Dialect = {
  engine: 'sqlite',
  sortableText: 'text',
  isUniqueViolation: (error) =>
    codeOf(error) === 'SQLITE_CONSTRAINT' && /UNIQUE|PRIMARY KEY/.test(messageOf(error)),
  mayRetry: (error) => codeOf(error) === 'SQLITE_BUSY',
  isUnavailable: (error) =>
    /^SQLITE_(BUSY|FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB)/.test(codeOf(error)) ||
    /Timeout acquiring a connection|SQLITE_ERROR: no such table/.test(messageOf(error)),
  maximumParameters: 32_766,
};

const postgres: Dialect = {
  engine: 'postgres',
  sortableText: 'text collate "C"',
  isUniqueViolation: (error) => codeOf(error) === '23505',
  mayRetry: (error) => ['40001', '40P01'].includes(codeOf(error)),
  isUnavailable: (error) =>
    /^(08|53|57P|42P01|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE)/.test(codeOf(error)) ||
    /Timeout acquiring a connection|Connection terminated/.test(messageOf(error)),
  maximumParameters: 65_535,
};
