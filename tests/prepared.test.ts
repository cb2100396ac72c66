import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from '../server/db/pool.ts';
import { emptyDatabase, type TestDatabase } from './support/databases.ts';

describe('a text that SQLite has prepared', () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof openPool>;

  beforeAll(async () => {
    database = await emptyDatabase('sqlite');
    pool = openPool(database.url);
  });
  beforeEach(async () => {
    await pool.schema.dropTableIfExists('things');
    await pool.schema.createTable('things', (table) => {
      table.text('id').primary();
    });
    await pool('things').insert([{ id: 'a' }, { id: 'b' }]);
  });
  afterAll(async () => {
    await pool.destroy();
    await database.drop();
  });

  const all = () => pool('things').orderBy('id');

  test('reads what the table has become', async () => {
    const before = await all();
    await pool.schema.alterTable('things', (table) => {
      table.text('name');
    });
    await pool('things').where({ id: 'b' }).update({ name: 'two' });

    const after = await all();

    expect({ before, after }).toEqual({
      before: [{ id: 'a' }, { id: 'b' }],
      after: [
        { id: 'a', name: null },
        { id: 'b', name: 'two' },
      ],
    });
  });

  test('answers for the values given this time', async () => {
    const found = [];
    for (const id of ['a', 'none', 'b']) found.push(await pool('things').where({ id }));

    expect(found).toEqual([[{ id: 'a' }], [], [{ id: 'b' }]]);
  });

  test('may run beside itself in one transaction', async () => {
    const found = await pool.transaction((db) =>
      Promise.all(['a', 'b', 'none'].map((id) => db('things').where({ id }).pluck('id'))),
    );

    expect(found).toEqual([['a'], ['b'], []]);
  });

  test('that failed stands in no transaction’s way, and fails anew', async () => {
    const again = () => pool.transaction((db) => db('things').insert({ id: 'a' }));
    await expect(again()).rejects.toThrow('UNIQUE');

    await pool.transaction((db) => db('things').insert({ id: 'c' }));

    await expect(again()).rejects.toThrow('UNIQUE');
    await expect(pool('nothing').where({ id: 'a' })).rejects.toThrow('no such table');
    expect(await all().pluck('id')).toEqual(['a', 'b', 'c']);
  });

  test('that found the file busy runs once it is free', async () => {
    const second = openPool(database.url);
    await second.raw('pragma busy_timeout = 1');
    const add = (id: string) => second.transaction((db) => db('things').insert({ id }));
    await add('c');

    const refused = await pool.transaction(async (db) => {
      await db('things').insert({ id: 'd' });
      return add('e').catch((error: { code?: unknown }) => error.code);
    });
    await add('f');
    await second.destroy();

    expect(refused).toBe('SQLITE_BUSY');
    expect(await all().pluck('id')).toEqual(['a', 'b', 'c', 'd', 'f']);
  });

  test('is forgotten once three hundred others were used since', async () => {
    const texts = Array.from({ length: 700 }, (_, at) => `select id, ${at} as n from things where id = ?`);
    const ask = async (sql: string) => ((await pool.raw(sql, ['a'])) as { n: number }[])[0]?.n;

    const told: (number | undefined)[] = [];
    for (const sql of [...texts, ...texts.slice(0, 3)]) told.push(await ask(sql));

    expect(told).toEqual([...texts.keys(), 0, 1, 2]);
  });

  test('that explains another holds no view of the file', async () => {
    const second = openPool(database.url);
    await pool.raw('explain query plan select id from things');

    await second('things').insert({ id: 'c' });
    await second.destroy();

    expect(await all().pluck('id')).toEqual(['a', 'b', 'c']);
  });

  test('keeps no pool from closing', async () => {
    const second = openPool(database.url);
    await second('things').select('id');

    await second.destroy();

    expect(await all().pluck('id')).toEqual(['a', 'b']);
  });
});
