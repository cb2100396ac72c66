import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import { emptyDatabase, type Engine, type TestDatabase } from './databases.ts';

const made = new Map<Engine, Promise<TestDatabase>>();

/**
 * A copy of what `prepare` wrote into an empty database and its directory, once for each engine and worker:
 * migrating and hashing the accounts' passwords costs more than most tests. Nobody may be connected afterwards.
 */
export const preparedDatabase = async (
  engine: Engine,
  prepare: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> => {
  const first = made.get(engine) ?? make(engine, prepare);
  made.set(engine, first);
  const original = await first;

  const copy = await emptyDatabase(engine, original.name);
  cpSync(original.directory, copy.directory, { recursive: true, filter: isData });
  return copy;
};

const make = async (
  engine: Engine,
  prepare: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> => {
  const database = await emptyDatabase(engine);
  await prepare(database);
  return database;
};

// What a test may choose for itself is laid down anew.
const isData = (path: string): boolean => !['organisations', 'templates'].includes(basename(path));
