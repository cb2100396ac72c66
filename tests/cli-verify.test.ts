import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv, type Env } from '../server/env.ts';
import { databases, emptyDatabase, type TestDatabase } from './support/databases.ts';

describe.each(databases)('audit verify on %s', (engine) => {
  let database: TestDatabase;
  let env: Env;
  beforeAll(async () => {
    database = await emptyDatabase(engine);
    env = readEnv({ DATABASE_URL: database.url, DATA_DIR: database.directory, LOG_LEVEL: 'silent' });
  });
  afterAll(() => database.drop());

  const file = (name: string, text: string): string => {
    const path = join(database.directory, name);
    writeFileSync(path, text);
    return path;
  };
  const run = async (args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const input = (async function* () {})();
    const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), input };
    const code = await runCli(args, env, terminal);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };

  test('compares with heads that came back from elsewhere', async () => {
    await run(['audit', 'verify']);
    await run(['audit', 'verify']);
    const lines = readFileSync(join(database.directory, 'audit-heads.jsonl'), 'utf8').trimEnd().split('\n');
    const returned = file(
      'journal',
      lines.map((line) => `<109>1 - host guichet 1 head - ${line}\n`).join(''),
    );
    const damaged = file('autre', `${lines[0]}\n{"seq":\n${lines[1]}\n`);

    const [well, ill, none] = [
      await run(['audit', 'verify', '--heads', returned]),
      await run(['audit', 'verify', '--heads', damaged]),
      await run(['audit', 'verify', '--heads', 'nulle-part']),
    ];

    expect([well.code, well.out]).toEqual([0, expect.stringMatching(/tient : \d+ lignes/)]);
    expect([ill.code, ill.out]).toEqual([
      1,
      expect.stringContaining('la trace gardée hors de la base est abîmée'),
    ]);
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('n’existe pas')]);
  });
});
