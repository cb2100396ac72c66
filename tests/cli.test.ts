import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv, type Env } from '../server/env.ts';
import { databases, emptyDatabase } from './support/databases.ts';
import { csv, holder } from './support/member-files.ts';

describe.each(databases)('the command line on %s', (engine) => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let variables: Record<string, string>;
  let env: Env;
  const file = (name: string, text: string): string => {
    const path = join(database.directory, name);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(async () => {
    database = await emptyDatabase(engine);
    variables = { DATABASE_URL: database.url, DATA_DIR: database.directory, LOG_LEVEL: 'silent' };
    env = readEnv(variables);
  });
  afterAll(() => database.drop());

  const run = async (args: string[], input = '', changed: Partial<Env> = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    const typed = (async function* () {
      yield Buffer.from(input);
    })();
    const terminal = {
      out: (line: string) => out.push(line),
      err: (line: string) => err.push(line),
      input: typed,
    };
    const code = await runCli(args, { ...env, ...changed }, terminal);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };

  test('imports a file and reports it', async () => {
    const path = file(
      'adherents.csv',
      csv([holder(1), holder(2, { 'Date de naissance': '31/02/1970' }), holder(3)]),
    );

    const { code, out } = await run(['import', 'safiag', path, '--complete', '--lines', '3']);

    expect(code).toBe(0);
    expect(out).toContain('Lignes lues : 3');
    expect(out).toContain('nouvelles : 2');
    expect(out).toContain('Ligne 3, colonne « Date de naissance » : Ce jour n’existe pas. Vérifiez la date.');
    expect(out).not.toContain('31/02');
  });

  test('reads other headers through a mapping file', async () => {
    const path = file(
      'autres.csv',
      csv([holder(11)])
        .replace('Prénom', 'First')
        .replace('Ville', 'City'),
    );
    const mapping = file('titres.yaml', 'firstName: First\nVille: City\n');

    const without = await run(['import', 'safiag', path]);
    const withIt = await run(['import', 'safiag', path, '--mapping', mapping]);

    expect([without.code, withIt.code]).toEqual([1, 0]);
    expect(without.err).toContain('La colonne « Prénom » manque.');
    expect(withIt.out).toContain('nouvelles : 1');
  });

  test('a refused file ends with code 1 and says what to do', async () => {
    const path = file('coupe.csv', csv([holder(21)]).slice(0, -30));

    const { code, err } = await run(['import', 'safiag', path]);

    expect([code, err]).toEqual([1, expect.stringContaining('renvoyez le fichier entier')]);
  });

  test('a file that would close many ends with code 1 and is not applied', async () => {
    const people = Array.from({ length: 60 }, (_, number) => holder(100 + number));
    const all = await run(['import', 'mgen', file('tous.csv', csv(people)), '--complete']);
    const held = await run(['import', 'mgen', file('moitie.csv', csv(people.slice(30))), '--complete']);

    expect([all.code, held.code]).toEqual([0, 1]);
    expect(held.out).toContain('avant l’accord d’un administrateur');
  });

  test('client companies are imported with --companies', async () => {
    const path = file(
      'entreprises.csv',
      'Code entreprise;Raison sociale;Fin des droits\nENT1;Les Tilleuls;31/12/2027\n',
    );

    const { code, out } = await run(['import', 'safiag', path, '--companies']);

    expect([code, out]).toEqual([0, expect.stringContaining('nouvelles : 1')]);
  });

  test.each([
    [['impotr'], /n’existe pas/],
    [['import', 'safiag'], /attend 2 mot/],
    [['import', 'safiag', 'nulle-part.csv'], /nulle-part\.csv n’existe pas/],
    [['import', 'nulle-mutuelle', 'package.json'], /Organismes connus : .*safiag/],
    [['import', 'safiag', 'package.json', '--complete', '--movements'], /pas les deux/],
    [['import', 'safiag', 'package.json', '--lines', 'trois'], /--lines attend un nombre entier/],
    [['import', 'safiag', 'package.json', '--completes'], /--completes n’existe pas/],
    [['demo'], /--members attend un nombre entier/],
    [['agent', 'create', 'x'], /2 à 50 caractères/],
    [['agent', 'create', 'camille', '--name', 'Camille', '--role', 'chef'], /role/],
  ])('%j is told how the command is used, with code 2', async (args, sentence) => {
    const { code, err } = await run(args);

    expect(err).toMatch(sentence);
    expect(code).toBe(2);
  });

  test('help lists every command; so does no command, with code 2', async () => {
    const help = await run(['help']);
    const nothing = await run([]);

    for (const command of ['import', 'agent create', 'demo', 'audit verify', 'doctor'])
      expect(help.out).toContain(command);
    expect([help.code, nothing.code, nothing.out]).toEqual([0, 2, help.out]);
  });

  test('makes the first agent, with a password read or made', async () => {
    const made = await run([
      'agent',
      'create',
      'camille',
      '--name',
      'Camille Essai',
      '--role',
      'administrator',
    ]);
    const given = await run(
      [
        'agent',
        'create',
        'noa',
        '--name',
        'Noa Essai',
        '--role',
        'agent',
        '--organisations',
        'safiag',
        '--password-stdin',
      ],
      'une-phrase-bien-longue\n',
    );
    const short = await run(
      ['agent', 'create', 'lou', '--name', 'Lou', '--role', 'agent', '--password-stdin'],
      'court\n',
    );
    const taken = await run(['agent', 'create', 'noa', '--name', 'Noa', '--role', 'agent']);

    expect(made.out).toMatch(/compte camille est créé[^]*une? seule fois|cette seule fois : \S{20}/);
    expect([given.code, given.out]).toEqual([0, 'Le compte noa est créé.']);
    expect([short.code, short.err]).toEqual([2, expect.stringContaining('12 caractères')]);
    expect([taken.code, taken.err]).toEqual([1, 'Cet identifiant est déjà pris. Choisissez-en un autre.']);
  });

  test('doctor finds everything in order, and what is not', async () => {
    const well = await run(['doctor']);
    const ill = await run(['doctor'], '', { keysFile: join(database.directory, 'none.json') });

    expect([well.code, well.out]).toEqual([0, expect.stringContaining('Tout est en ordre.')]);
    expect([ill.code, ill.out]).toEqual([1, expect.stringMatching(/!! {2}fichier des clés: .*Restore it/)]);
  });

  test('audit verify says whether the chain holds', async () => {
    const { code, out } = await run(['audit', 'verify']);

    expect([code, out]).toEqual([0, expect.stringMatching(/tient : \d+ lignes/)]);
  });

  test('the demo is refused in production', async () => {
    const { code, err } = await run(['demo', '--members', '10'], '', { production: true });

    expect([code, err]).toEqual([2, expect.stringContaining('production')]);
  });

  test('killed in the middle of an import, the next run finishes it', async () => {
    await run(['audit', 'verify']);
    const lines = Array.from({ length: 2_000 }, (_, at) => ({
      ...holder(at),
      'N° adhérent': `K${at}`,
      NIR: '',
    }));
    const path = file('long.csv', csv(lines));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'server/cli.ts', 'import', 'mutuelle-agents-publics', path],
      {
        env: { ...process.env, ...variables },
        stdio: 'ignore',
      },
    );
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await untilApplying(database.url);
    child.kill('SIGKILL');
    await gone;

    const small = file('petit.csv', csv([holder(1)]));
    const early = await countOf(database.url, 'K');
    await untilLeaseEnds(database.url);

    expect(await run(['import', 'safiag', small])).toMatchObject({ code: 0 });
    expect(early).toBeLessThan(2_000);
    expect(await countOf(database.url, 'K')).toBe(2_000);
  });
});

const withPool = async <T>(
  url: string,
  work: (pool: Awaited<ReturnType<typeof poolOf>>) => Promise<T>,
): Promise<T> => {
  const pool = await poolOf(url);
  return work(pool).finally(() => pool.destroy());
};

const poolOf = async (url: string) => (await import('../server/db/pool.ts')).openPool(url);

const countOf = (url: string, prefix: string): Promise<number> =>
  withPool(
    url,
    async (pool) => (await pool('members').where('member_number', 'like', `${prefix}%`).select('id')).length,
  );

const untilLeaseEnds = (url: string): Promise<void> =>
  withPool(url, async (pool) => {
    const now = () => new Date().toISOString();
    while (await pool('imports').where({ state: 'applying' }).where('lease_until', '>', now()).first('id'))
      await new Promise((resolve) => setTimeout(resolve, 50));
  });

const untilApplying = (url: string): Promise<void> =>
  withPool(url, async (pool) => {
    for (;;) {
      const row = await pool('imports')
        .where({ state: 'applying' })
        .where('applied_line', '>', 100)
        .first('id');
      if (row) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
