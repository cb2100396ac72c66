import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { migrate } from '../server/db/migrate.ts';
import { openPool } from '../server/db/pool.ts';
import { openSealer } from '../server/letters/printers/public-keys.ts';
import { emptyDatabase } from './support/databases.ts';
import { startIppServer } from './support/ipp-server.ts';
import { C } from './support/ipp-wire.ts';
import { makeKeyPair } from './support/pgp.ts';
import { wednesday } from './support/server.ts';

const place = mkdtempSync(join(tmpdir(), 'guichet-printers-'));
const at = (name: string) => join(place, name);
afterAll(() => rmSync(place, { recursive: true }));

describe('the settings of printers', () => {
  test.each([
    [{ PRINTER_URL: 'lpr://printer' }, 'PRINTER_URL is wrong'],
    [{ PRINTER_URL: 'http://printer:631/' }, 'PRINTER_URL is wrong'],
    [{ PRINTER_URL: 'ipp://printer/', PRINTER_KEY_FILE: 'k.asc' }, 'set PRINTER_URL to a directory'],
    [{ PRINTER_KEY_FILE: 'k.asc' }, 'set PRINTER_URL to a directory'],
    [{ MAIL_HOUSE_DIR: '/srv/routeur' }, 'set both or none'],
    [{ MAIL_HOUSE_KEY_FILE: 'k.asc' }, 'set both or none'],
    [
      { NODE_ENV: 'production', PRINTER_URL: '/srv/print' },
      'PRINTER_KEY_FILE is missing: in production a directory receives OpenPGP only',
    ],
  ])('%o stops the server with what to do', (source, words) => {
    expect(() => readEnv(source)).toThrow(words);
  });

  test('a printer on the network needs no key, and outside production a directory none', () => {
    expect(readEnv({ PRINTER_URL: 'ipps://user:word@printer/q' })).toMatchObject({
      printerUrl: 'ipps://user:word@printer/q',
      printerKeyFile: null,
    });
    expect(readEnv({ PRINTER_URL: './print' })).toMatchObject({ printerUrl: join(process.cwd(), 'print') });
  });
});

describe('the key that encrypts what a directory receives', () => {
  const clock = () => new Date(wednesday);
  const open = (name: string) => openSealer('PRINTER_KEY_FILE', at(name), clock);

  test('encrypts for whoever holds its other half', async () => {
    const pair = await makeKeyPair(at('good.asc'));
    const seal = await open('good.asc');

    writeFileSync(at('sealed.pgp'), await seal(Buffer.from('what only the mail house reads')));

    expect(readFileSync(at('sealed.pgp'), 'latin1')).not.toContain('mail house');
    expect(Buffer.from(await pair.open(at('sealed.pgp'))).toString()).toBe('what only the mail house reads');
  });

  test('a file that could not protect anything is refused with what to do', async () => {
    const { privateKey } = await makeKeyPair(at('pair.asc'));
    writeFileSync(at('private.asc'), privateKey);
    writeFileSync(at('noise.asc'), 'not a key');
    await makeKeyPair(at('expired.asc'), { date: new Date('2025-01-01'), keyExpirationTime: 86_400 });
    const signing = await generateKey({
      userIDs: [{ name: 'Signe seulement' }],
      subkeys: [{ sign: true }],
      date: new Date('2026-01-05'),
    });
    writeFileSync(at('signing.asc'), signing.publicKey);

    await expect(open('private.asc')).rejects.toThrow(/private key.*gpg --armor --export/);
    await expect(open('noise.asc')).rejects.toThrow(/no OpenPGP key.*gpg --armor --export/);
    await expect(open('expired.asc')).rejects.toThrow(/has expired/);
    await expect(open('signing.asc')).rejects.toThrow(/no part that encrypts/);
    await expect(open('absent.asc')).rejects.toThrow(/cannot be read/);
  });
});

describe('doctor and the printer', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let printer: Awaited<ReturnType<typeof startIppServer>>;
  beforeAll(async () => {
    database = await emptyDatabase('sqlite');
    printer = await startIppServer();
    const pool = openPool(database.url);
    await migrate(pool);
    await pool.destroy();
  });
  afterAll(async () => {
    await printer.close();
    await database.drop();
  });

  const run = async (args: string[], variables: Record<string, string>) => {
    const out: string[] = [];
    const env = readEnv({
      DATABASE_URL: database.url,
      DATA_DIR: database.directory,
      LOG_LEVEL: 'silent',
      ...variables,
    });
    const line = (text: string) => void out.push(text);
    const code = await runCli(args, env, { out: line, err: line, input: (async function* () {})() });
    return { code, out: out.join('\n') };
  };
  const aboutPrinter = async (variables: Record<string, string>) =>
    (await run(['doctor'], variables)).out.split('\n').find((line) => line.includes('imprimante')) ?? '';

  test('a printer that keeps nothing is well', async () => {
    expect(await aboutPrinter({ PRINTER_URL: printer.url })).toMatch(/^ok/);
  });

  test.each<[string, Record<string, string | boolean>, RegExp]>([
    ['accepts nothing', { 'printer-is-accepting-jobs': false }, /n’accepte pas de travaux/],
    ['takes no PDF', { 'document-format-supported': 'image/urf' }, /ne prend pas de PDF/],
    ['keeps jobs and cannot do without', { 'job-retain-until-supported': 'indefinite' }, /garde une copie/],
    ['is CUPS and retries', { 'cups-version': '2.4.2', 'printer-error-policy': 'retry-job' }, /abort-job/],
    ['is CUPS and has printed nothing yet', { 'cups-version': '2.4.2' }, /printer test/],
  ])('one that %s is not', async (_, attributes, words) => {
    const before = printer.printer;
    printer.printer = { ...before, ...attributes };

    const line = await aboutPrinter({ PRINTER_URL: printer.url });
    printer.printer = before;

    expect(line).toMatch(/^!!/);
    expect(line).toMatch(words);
  });

  test('CUPS is judged by what it kept of the jobs that it has printed', async () => {
    const before = printer.printer;
    printer.printer = { ...before, 'cups-version': '2.4.2', 'printer-error-policy': 'abort-job' };
    const answers: string[] = [];
    for (const kept of [true, false]) {
      printer.completed = [
        { 'job-id': 2, 'job-state': C.JOB_COMPLETED ?? 9, 'job-preserved': false },
        { 'job-id': 1, 'job-state': C.JOB_COMPLETED ?? 9, 'job-preserved': kept },
      ];
      answers.push(await aboutPrinter({ PRINTER_URL: printer.url }));
    }
    printer.printer = before;

    expect(answers[0]).toMatch(/^!!.*PreserveJobFiles No/);
    expect(answers[1]).toMatch(/^ok/);
  });

  test('one that is not there is told', async () => {
    expect(await aboutPrinter({ PRINTER_URL: 'ipp://127.0.0.1:1/' })).toMatch(/^!!.*ne répond pas/);
  });

  test('a directory must be there, closed to others, and its key able to encrypt', async () => {
    mkdirSync(at('open'));
    mkdirSync(at('shut'));
    chmodSync(at('open'), 0o755);
    chmodSync(at('shut'), 0o750);
    const { privateKey } = await makeKeyPair(at('doctor.asc'));
    writeFileSync(at('doctor-private.asc'), privateKey);
    const withKey = (name: string, key: string) => ({ PRINTER_URL: at(name), PRINTER_KEY_FILE: at(key) });

    expect(await aboutPrinter(withKey('shut', 'doctor.asc'))).toMatch(/^ok/);
    expect(await aboutPrinter(withKey('open', 'doctor.asc'))).toMatch(/^!!.*chmod o-rwx/);
    expect(await aboutPrinter(withKey('absent', 'doctor.asc'))).toMatch(/^!!.*n’existe pas/);
    expect(await aboutPrinter(withKey('shut', 'doctor-private.asc'))).toMatch(/^!!.*private key/);
  });

  test('a mail house’s report that names nothing of ours is told line by line', async () => {
    writeFileSync(at('rapport.csv'), 'Référence;État;Déposé le\nZZZZZZZZ;produit;18/11/2026 16:30\n');

    const { code, out } = await run(['mail-house', 'import', at('rapport.csv')], {});

    expect(code).toBe(1);
    expect(out).toContain('Feuilles comptées et déposées : 0');
    expect(out).toMatch(/Ligne 2, colonne « Référence » : Aucun pli/);
    expect(out).not.toContain('ZZZZZZZZ');
  });

  test('a test prints the calibration sheet, to a printer or into a directory', async () => {
    const ipp = await run(['printer', 'test', 'safiag'], { PRINTER_URL: printer.url });
    const directory = await run(['printer', 'test', 'safiag'], { PRINTER_URL: at('shut') });
    const nobody = await run(['printer', 'test', 'personne'], { PRINTER_URL: printer.url });
    const without = await run(['printer', 'test', 'safiag'], {});

    expect([ipp.code, directory.code, nobody.code, without.code]).toEqual([0, 0, 1, 1]);
    expect(printer.jobs.at(-1)?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(printer.jobs.at(-1)?.asked['job-name']).toEqual(['calage-safiag']);
    expect(readdirSync(at('shut'))).toEqual(['calage-safiag.pdf']);
    expect(without.out).toContain('PRINTER_URL');
  });
});
