import { afterEach, describe, expect, test } from 'vitest';
import { migrate, pendingMigrations, rollBackOne } from '../server/db/migrate.ts';
import { openPool } from '../server/db/pool.ts';
import { databases, emptyDatabase } from './support/databases.ts';

describe.each(databases)('migrations on %s', (engine) => {
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const open = async () => {
    const database = await emptyDatabase(engine);
    const pool = openPool(database.url);
    undo.push(database.drop, () => pool.destroy());
    return pool;
  };

  test('each goes up, down and up again, and the last state is the same', async () => {
    const pool = await open();
    await migrate(pool);
    const whole = await tablesOf(pool, engine);

    for (let left = whole.migrations; left > 0; left -= 1) await rollBackOne(pool);
    const empty = await tablesOf(pool, engine);
    await migrate(pool);

    expect(empty.tables).toEqual([]);
    expect(await tablesOf(pool, engine)).toEqual(whole);
    expect(await pendingMigrations(pool)).toEqual([]);
  });

  test('going down and up keeps the rows of the rooms below', async () => {
    const pool = await open();
    await migrate(pool);
    await pool('client_companies').insert({
      organisation_id: 'o',
      code: 'c',
      name: 'n',
      rights_end_on: null,
    });

    await rollBackOne(pool);
    await migrate(pool);

    expect(await pool('client_companies').select('code')).toEqual([{ code: 'c' }]);
  });
});

const tablesOf = async (pool: ReturnType<typeof openPool>, engine: string) => {
  const rows = (await (engine === 'sqlite'
    ? pool('sqlite_master').where({ type: 'table' }).select('name')
    : pool('pg_tables').where({ schemaname: 'public' }).select('tablename as name'))) as { name: string }[];
  const tables = rows.map(({ name }) => name).filter((name) => !/^(knex_|sqlite_)/.test(name));
  const done = await pool('knex_migrations').select('name');
  return { tables: tables.sort(), migrations: done.length };
};
