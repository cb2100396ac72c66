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

  test('lots that were printed before bundles were known become one bundle each', async () => {
    const pool = await open();
    await migrate(pool);
    while ((await pool('knex_migrations').max({ last: 'name' }).first())?.last >= '008')
      await rollBackOne(pool);
    const counted = { counted_by: 'someone', counted_at: '2026-11-18T11:00:00.000Z' };
    const at = '2026-11-18T10:00:00.000Z';
    await pool('lots').insert([
      lotOf('released', { id: 'waits', number: 1 }),
      lotOf('printing', { id: 'broke-off', number: 4, printed: 2 }),
      lotOf('printed', { id: 'to-count', number: 2, printed: 3, printed_at: at }),
      lotOf('counted', { id: 'done', number: 3, printed: 3, spoiled: 1, printed_at: at, ...counted }),
    ]);

    await migrate(pool);

    const bundles = await pool('lot_bundles').orderBy('lot_id');
    expect(bundles).toMatchObject([
      { lot_id: 'broke-off', attempt: 2, sheets: 2, delivered_at: null, voided_at: null, counted_at: null },
      { lot_id: 'done', attempt: 2, from_sheet: 1, to_sheet: 3, sheets: 3, good: 2, spoiled: 1, ...counted },
      { lot_id: 'to-count', attempt: 2, sheets: 3, delivered_at: at, good: null, counted_at: null },
    ]);
    expect(await pool('lots').where({ id: 'to-count' }).first('target', 'confirmed_at')).toEqual({
      target: 'browser',
      confirmed_at: at,
    });
  });
});

const lotOf = (state: string, more: object) => ({
  organisation_id: 'o',
  product: 'p',
  state,
  letters: 3,
  latest_posting_at: '2026-11-18T14:00:00.000Z',
  planned_posting_on: '2026-11-18',
  made_by: 'maker',
  made_at: '2026-11-18T09:00:00.000Z',
  attempt: 2,
  printed: 0,
  refused: 0,
  spoiled: 0,
  version: 5,
  ...more,
});

const tablesOf = async (pool: ReturnType<typeof openPool>, engine: string) => {
  const rows = (await (engine === 'sqlite'
    ? pool('sqlite_master').where({ type: 'table' }).select('name')
    : pool('pg_tables').where({ schemaname: 'public' }).select('tablename as name'))) as { name: string }[];
  const tables = rows.map(({ name }) => name).filter((name) => !/^(knex_|sqlite_)/.test(name));
  const done = await pool('knex_migrations').select('name');
  return { tables: tables.sort(), migrations: done.length };
};
