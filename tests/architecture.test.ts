import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';

/** Left to right: a room imports itself and what stands to its left (ARCHITECTURE, "Who may import whom"). */
const rooms = [
  'db',
  'core',
  'http',
  'audit',
  'organisations',
  'agents',
  'calls',
  'members',
  'credentials',
  'messages',
  'letters',
  'approvals',
  'verifications',
  'accounts',
  'imports',
  'desk',
  'supervision',
  'portal',
];

const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => ending.test(file))
    .sort();
const source = (file: string) => readFileSync(file, 'utf8');
const roomOf = (file: string) => /^server\/([^/]+)\//.exec(file)?.[1] ?? 'app';
const place = (room: string) => (room === 'app' ? rooms.length : rooms.indexOf(room));

type Import = { from: string; to: string; typeOnly: boolean };
const importsOf = (file: string): Import[] =>
  [...source(file).matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'(\.[^']+)'/gms)].map((found) => ({
    from: file,
    to: relative('.', join(dirname(file), found[2] ?? '')),
    typeOnly: found[1] !== undefined,
  }));
const packagesOf = (file: string): string[] =>
  [...source(file).matchAll(/from\s+'([^.'][^']*)'/g)].map((found) => found[1] ?? '');

const serverFiles = files('server', /\.ts$/);
const clientFiles = files('client', /\.tsx?$/);

describe('the house', () => {
  test('every room has its place', () => {
    const unknown = serverFiles.map(roomOf).filter((room) => room !== 'app' && !rooms.includes(room));

    expect(unknown).toEqual([]);
  });

  test('a room imports itself and what stands to its left', () => {
    const wrong = serverFiles
      .flatMap(importsOf)
      .filter(({ from, to }) => to.startsWith('server/') && place(roomOf(to)) > place(roomOf(from)));

    expect(wrong).toEqual([]);
  });

  test('between features only services, schemas and pure rules are shared', () => {
    const features = rooms.slice(rooms.indexOf('organisations'));
    const wrong = serverFiles
      .flatMap(importsOf)
      .filter(({ from, to }) => features.includes(roomOf(from)) && roomOf(from) !== roomOf(to))
      .filter(({ to, typeOnly }) => /\.(store|routes)\.ts$/.test(to) && !typeOnly);

    expect(wrong).toEqual([]);
  });

  test('a store imports the database, the core and its own room’s shapes', () => {
    const wrong = serverFiles
      .filter((file) => file.endsWith('.store.ts'))
      .flatMap(importsOf)
      .filter(({ from, to }) => !['db', 'core', roomOf(from)].includes(roomOf(to)))
      .filter(({ to, typeOnly }) => !(typeOnly && to.endsWith('.schema.ts')));

    expect(wrong).toEqual([]);
  });

  test('a schema imports zod, schemas and the shared vocabulary only', () => {
    const schemas = serverFiles.filter((file) => file.endsWith('.schema.ts'));
    const wrong = schemas
      .flatMap(importsOf)
      .filter(({ to }) => !to.endsWith('.schema.ts') && to !== 'server/core/vocabulary.ts');
    const foreign = schemas.flatMap(packagesOf).filter((name) => name !== 'zod');

    expect({ wrong, foreign }).toEqual({ wrong: [], foreign: [] });
  });

  test('the client imports the types of the server’s schemas and nothing else of it', () => {
    // A value would bring zod along, whose try at eval() the page's policy refuses aloud.
    const wrong = clientFiles
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('server/'))
      .filter(
        ({ to, typeOnly }) => !typeOnly || !(to.endsWith('.schema.ts') || to === 'server/core/vocabulary.ts'),
      );

    expect(wrong).toEqual([]);
  });

  test('Express stays in http and app, pdfkit where pages are drawn, process.env in env', () => {
    const uses = (name: RegExp) =>
      serverFiles.filter((file) => packagesOf(file).some((one) => name.test(one)));
    const outside = (found: string[], allowed: RegExp) => found.filter((file) => !allowed.test(file));

    expect(outside(uses(/^express$/), /^server\/(http\/|app\.ts)/)).toEqual([]);
    expect(outside(uses(/^pdfkit$/), /^server\/letters\//)).toEqual([]);
    expect(
      outside(
        serverFiles.filter((file) => source(file).includes('process.env')),
        /^server\/env\.ts$/,
      ),
    ).toEqual([]);
  });

  test('only db knows which database it is', () => {
    const wrong = serverFiles
      .filter((file) => roomOf(file) !== 'db' && file !== 'server/env.ts')
      .filter((file) => /'(pg|sqlite3?|postgres)'|isSqlite|PRAGMA/.test(source(file)));

    expect(wrong).toEqual([]);
  });

  test('no code knows an organisation’s name', () => {
    const names = files('seeds/organisations', /\.yaml$/).flatMap((file) => {
      const { id, name } = parse(source(file)) as { id: string; name: string };
      return [id, name];
    });
    const wrong = [...serverFiles, ...clientFiles].filter((file) =>
      names.some((name) => source(file).toLowerCase().includes(name.toLowerCase())),
    );

    expect(names.length).toBeGreaterThan(7);
    expect(wrong).toEqual([]);
  });

  // Everything that the audit can hold is one file to read.
  const mayBeLong = ['server/audit/vocabulary.schema.ts'];

  test('no file is longer than 250 lines', () => {
    const long = [...serverFiles, ...clientFiles, ...files('tests', /\.ts$/)].filter(
      (file) => !mayBeLong.includes(file) && source(file).trimEnd().split('\n').length > 250,
    );

    expect(long).toEqual([]);
  });
});

describe('the words', () => {
  const used = serverFiles.flatMap((file) =>
    [...source(file).matchAll(/new AppError\(\s*'[a-z-]+',\s*'([A-Za-z.-]+)'/g)].map(
      (found) => found[1] ?? '',
    ),
  );

  test('every sentence that the server refuses with exists in both languages', () => {
    const flatten = (node: object, path = ''): string[] =>
      Object.entries(node).flatMap(([name, value]) =>
        typeof value === 'string' ? [path + name] : flatten(value as object, `${path}${name}.`),
      );
    const fr = flatten(parse(source('templates/words/fr.yaml')) as object);
    const en = flatten(parse(source('templates/words/en.yaml')) as object);

    expect([...fr].sort()).toEqual([...en].sort());
    expect(used.filter((key) => !fr.includes(key))).toEqual([]);
    expect(used.length).toBeGreaterThan(20);
  });
});
