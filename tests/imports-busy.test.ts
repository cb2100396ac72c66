import { setImmediate } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemVisit } from '../server/core/perform.ts';
import { runImports } from '../server/imports/imports-apply.service.ts';
import { takeFile } from '../server/imports/imports.service.ts';
import { insertImport } from '../server/imports/imports.store.ts';
import { bringIn, csv, follow, holder } from './support/member-files.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import type { Client } from './support/client.ts';

const organisation = 'mutuelle-agents-publics';
const companies = 'Code entreprise;Raison sociale;Fin des droits\nENT1;Les Tilleuls;\n';

describe.each(databases)('files of one organisation that arrive together on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
  });
  afterAll(() => server.stop());

  /** Reads a file without applying it: it stays at work. */
  const take = (text: string | AsyncIterable<Uint8Array>, content: 'members' | 'companies' = 'members') =>
    takeFile(systemVisit(server.house, 'tests', [organisation]), {
      organisationId: organisation,
      content,
      extent: 'movements',
      source: typeof text === 'string' ? Readable.from([Buffer.from(text)]) : text,
    });
  const statesOf = async (ids: string[]) => {
    const rows = await server.house.pool('imports').whereIn('id', ids);
    return ids.map((id) => rows.find((row) => row.id === id)?.state);
  };

  test('one is let in, the others are told to wait', async () => {
    const files = Array.from({ length: 6 }, (_, number) => csv([holder(number)]));

    // Connections that are open already: none begins later than the others.
    await Promise.all(files.map(() => server.house.pool.raw('select 1')));
    const answers = await Promise.allSettled(files.map((file) => take(file)));
    await runImports(server.house);

    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refused).toHaveLength(5);
    for (const error of refused) expect(error).toMatchObject({ code: 'conflict', words: 'imports.busy' });
    expect(await server.house.pool('imports').select('state')).toEqual([{ state: 'done' }]);
  });

  test('a second one at work is refused by the database itself, however it comes in', async () => {
    const row = (id: string, organisation_id: string) => ({
      id: `${id}-${engine}`,
      organisation_id,
      content: 'members' as const,
      extent: 'movements' as const,
      started_by: 'tests',
      started_at: server.clock.now().toISOString(),
      lease_until: server.clock.now().toISOString(),
    });
    const { pool } = server.house;
    await insertImport(pool, row('first', 'one'));
    await insertImport(pool, row('elsewhere', 'another'));

    await expect(insertImport(pool, row('second', 'one'))).rejects.toThrow(/unique/i);
    await pool('imports')
      .where({ id: row('first', 'one').id })
      .update({ state: 'applying' });
    await expect(insertImport(pool, row('second', 'one'))).rejects.toThrow(/unique/i);
    await pool('imports')
      .where({ started_by: 'tests' })
      .whereIn('organisation_id', ['one', 'another'])
      .delete();
    await insertImport(pool, row('second', 'one'));
    await pool('imports').where({ organisation_id: 'one' }).delete();
  });

  test('one whose reader has gone keeps nobody waiting', async () => {
    let isOver: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (isOver = resolve));
    const stalled = async function* () {
      yield Buffer.from(csv([holder(20)]).slice(0, 40));
      await over;
    };
    const first = take(stalled()).catch((error: unknown) => error);
    const reading = () => server.house.pool('imports').where({ state: 'reading' }).first();
    while ((await reading()) === undefined) await setImmediate();
    const { id } = await reading();
    server.clock.advance(1);

    const second = await take(csv([holder(21)]));

    expect(await statesOf([id, second.id])).toEqual(['refused', 'applying']);
    isOver();
    expect(await first).toMatchObject({ words: 'imports.file.cut-short' });
    await runImports(server.house);
  });

  test('one that waits for an administrator’s word goes on when no other is at work', async () => {
    const people = Array.from({ length: 30 }, (_, number) => holder(100 + number));
    await bringIn(admin, csv(people));
    const held = await bringIn(
      admin,
      csv(people.map((line, at) => ({ ...line, 'E-mail': `autre${at}@courriel.example` }))),
    );
    const other = await take(companies, 'companies');
    const approve = () => admin.post(`/api/imports/${held.id}/approve`, { version: held.version });

    const early = await approve();
    await runImports(server.house);
    const late = await approve();

    expect(held.state).toBe('held');
    expect(early).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('en cours de traitement') },
    });
    expect(late.status).toBe(200);
    expect(await follow(admin, held.id)).toMatchObject({ state: 'done', updated: 30 });
    expect(await statesOf([other.id])).toEqual(['done']);
  });
});
