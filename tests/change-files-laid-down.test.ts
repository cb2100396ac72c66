import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { writeChangeFiles } from '../server/members/change-files-worker.ts';
import { buildKnown, outgoingOf } from './support/corrections.ts';
import type { Built } from './support/holders.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';

describe.each(databases)('files of changes on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  beforeEach(async () => {
    server = await startServer(engine);
    member = await buildKnown(server, { memberNumber: 'A1' });
  });
  afterEach(() => server.stop());

  const change = (changedAt: string, kind = 'email') =>
    server.house.pool('outgoing_changes').insert({
      id: server.house.random.id(),
      organisation_id: organisation,
      member_id: member.id,
      kind,
      reason: 'new-email',
      call_id: null,
      changed_by: 'member',
      changed_at: changedAt,
      exported_on: null,
    });
  const directory = () => server.house.changeFiles.directory;
  const path = (day: string) => join(directory(), `${organisation}-${day}.csv`);
  const linesOf = (day: string): number => readFileSync(path(day), 'utf8').trimEnd().split('\r\n').length - 1;
  const marks = async () => (await outgoingOf(server, member)).map((row) => row.exported_on as string | null);

  test('are laid down once after midnight, for each organisation, for nobody else to read', async () => {
    await change('2026-11-17T10:00:00.000Z');
    server.clock.set('2026-11-17T23:04:00.000Z');
    const early = await writeChangeFiles(server.house);
    server.clock.set('2026-11-17T23:06:00.000Z');
    const organisations = everyOrganisation(server.house);

    const written = await writeChangeFiles(server.house);
    const names = readdirSync(directory()).sort();
    rmSync(path('2026-11-17'));
    const fetched = await writeChangeFiles(server.house);

    expect([early, written, fetched]).toEqual([0, organisations.length, 0]);
    expect(names).toEqual(organisations.map((id) => `${id}-2026-11-17.csv`).sort());
    expect(existsSync(path('2026-11-17'))).toBe(false);
    expect(await marks()).toEqual(['2026-11-17']);
    const mgen = join(directory(), 'mgen-2026-11-17.csv');
    expect(statSync(mgen).mode & 0o777).toBe(0o600);
    expect(readFileSync(mgen, 'utf8').trimEnd().split('\r\n')).toHaveLength(1);
  });

  test('that a stopped server missed are laid down day by day', async () => {
    await change('2026-11-14T10:00:00.000Z');
    await change('2026-11-14T11:00:00.000Z', 'mobile');
    await change('2026-11-16T10:00:00.000Z');
    await change('2026-11-18T07:00:00.000Z');

    await writeChangeFiles(server.house);

    expect(['2026-11-14', '2026-11-16', '2026-11-17'].map(linesOf)).toEqual([2, 1, 0]);
    expect(existsSync(path('2026-11-15'))).toBe(false);
    expect((await marks()).sort()).toEqual(['2026-11-14', '2026-11-14', '2026-11-16', null]);
  });

  test('are not marked while the disk takes nothing, and are laid down once it does', async () => {
    await change('2026-11-15T10:00:00.000Z');
    writeFileSync(directory(), 'not a directory');

    await expect(writeChangeFiles(server.house)).rejects.toThrow();
    const unmarked = await marks();
    rmSync(directory());
    await writeChangeFiles(server.house);

    expect(unmarked).toEqual([null]);
    expect(linesOf('2026-11-15')).toBe(1);
    expect(await marks()).toEqual(['2026-11-15']);
  });

  test('are made on the command line too, for any day that is over', async () => {
    await change('2024-05-14T10:00:00.000Z');
    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      ORGANISATIONS_DIR: join(server.directory, 'organisations'),
      TEMPLATES_DIR: join(server.directory, 'templates'),
      LOG_LEVEL: 'silent',
    });
    const run = async (...args: string[]) => {
      const said: string[] = [];
      const say = (line: string) => void said.push(line);
      const input = (async function* () {})();
      const code = await runCli(['changes', 'export', ...args], env, { out: say, err: say, input });
      return { code, said: said.join('\n') };
    };
    const out = join(server.directory, 'sortie.csv');

    const printed = await run(organisation, '--day', '2024-05-14');
    const written = await run(organisation, '--day', '2024-05-14', '--out', out);

    expect(printed.code).toBe(0);
    expect(`${printed.said}\n`).toBe(readFileSync(out, 'utf8'));
    expect(printed.said).toContain('A1;;e-mail;jeanne.tilleul.');
    expect(written).toEqual({
      code: 0,
      said: `1 ligne(s) de modifications du 14/05/2024 écrites dans ${out}.`,
    });
    expect(await marks()).toEqual(['2024-05-14']);
    expect((await run(organisation)).code).toBe(0);
    expect((await run(organisation, '--day', '2024-02-30')).code).toBe(2);
    expect((await run('nowhere')).code).toBe(2);
    expect((await run(organisation, '--day', '9999-01-01')).code).toBe(1);
  });
});
