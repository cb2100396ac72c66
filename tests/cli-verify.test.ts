import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv, type Env } from '../server/env.ts';
import { databases, emptyDatabase, type TestDatabase } from './support/databases.ts';

describe.each(databases)('audit verify on %s', (engine) => {
  let database: TestDatabase;
  let env: Env;
  beforeEach(async () => {
    database = await emptyDatabase(engine);
    env = readEnv({ DATABASE_URL: database.url, DATA_DIR: database.directory, LOG_LEVEL: 'silent' });
  });
  afterEach(() => database.drop());

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

  test('says where to run it, and calls nothing a loss, where the heads of this database are not kept', async () => {
    await run(['audit', 'verify']);
    const [keys, here] = [join(database.directory, 'keys.json'), env];
    const elsewhere = { DATA_DIR: join(database.directory, 'elsewhere'), KEYS_FILE: keys };
    env = readEnv({ DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...elsewhere });

    const lost = await run(['audit', 'verify']);
    const given = await run(['audit', 'verify', '--heads', join(database.directory, 'audit-heads.jsonl')]);
    env = here;
    const kept = await run(['audit', 'verify']);

    expect([lost.code, lost.err]).toEqual([
      1,
      expect.stringMatching(/pas de fichier des têtes ici.*--heads/),
    ]);
    expect([given.code, kept.code]).toEqual([0, 0]);
  });

  test('holds after a new master key, and not under another first one', async () => {
    await run(['audit', 'verify']);
    const { keys } = JSON.parse(readFileSync(join(database.directory, 'keys.json'), 'utf8'));
    const another = { k2: Buffer.alloc(32, 9).toString('base64') };
    const under = async (name: string, content: object) => {
      const KEYS_FILE = file(name, JSON.stringify(content));
      env = readEnv({
        DATABASE_URL: database.url,
        DATA_DIR: database.directory,
        LOG_LEVEL: 'silent',
        KEYS_FILE,
      });
      return run(['audit', 'verify']);
    };

    const turned = await under('turned.json', { current: 'k2', keys: { ...keys, ...another } });
    const turnedAgain = await under('turned.json', { current: 'k2', keys: { ...keys, ...another } });
    const named = await under('named.json', { current: 'k2', audit: 'k1', keys: { ...another, ...keys } });
    const other = await under('other.json', { current: 'k2', keys: { ...another, ...keys } });

    expect([turned.code, turnedAgain.code, named.code, other.code]).toEqual([0, 0, 0, 1]);
    const year = { current: '2027', keys: { ...keys, 2027: another.k2 } };
    await expect(under('year.json', year)).rejects.toThrow('"audit"');
    expect((await under('named-year.json', { ...year, audit: 'k1' })).err).not.toContain('"audit"');
    await expect(under('none.json', { current: 'k1', audit: 'k3', keys })).rejects.toThrow('KEYS_FILE');
  });
});
