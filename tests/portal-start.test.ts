import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadProviders } from '../server/portal/france-connect-file.ts';
import { loadPortalTexts } from '../server/portal/portal-texts.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'guichet-test-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const write = (path: string, text: string): string => {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

describe('the texts of the member’s pages', () => {
  beforeEach(() => {
    write('portal/fr.yaml', 'signIn:\n  title: Connexion\n  hint: Aide\n');
    write('portal/en.yaml', 'signIn:\n  title: Sign in\n  hint: Help\n');
  });

  test('are those of all organisations, with one’s own laid over', () => {
    write('portal/tilleuls/fr.yaml', 'signIn:\n  hint: Voyez le plan\n');
    write('portal/tilleuls/en.yaml', 'signIn:\n  hint: See the map\n');
    const texts = loadPortalTexts(directory, ['tilleuls', 'chenes']);

    expect(texts('tilleuls', 'fr')).toEqual({ 'signIn.title': 'Connexion', 'signIn.hint': 'Voyez le plan' });
    expect(texts('chenes', 'en')).toEqual({ 'signIn.title': 'Sign in', 'signIn.hint': 'Help' });
  });

  test.each([
    [
      'a sentence in one language only',
      'portal/en.yaml',
      'signIn:\n  title: Sign in\n',
      'en.yaml lacks: signIn.hint',
    ],
    [
      'a sentence that no page has',
      'portal/tilleuls/fr.yaml',
      'signIn:\n  hnit: Aide\n',
      'fr.yaml lacks: signIn.hnit',
    ],
  ])('%s stops the start', (_what, path, text, problem) => {
    write(path, text);

    expect(() => loadPortalTexts(directory, ['tilleuls'])).toThrow(problem);
  });
});

describe('FRANCECONNECT_FILE', () => {
  const agreed = { issuer: 'https://fc.example/api/v2', clientId: 'guichet', clientSecret: 'x'.repeat(32) };
  const load = (content: unknown, production = true) =>
    loadProviders(
      write('fc.json', typeof content === 'string' ? content : JSON.stringify(content)),
      ['tilleuls'],
      production,
    );

  test('names what each organisation agreed on, and keeps its secret from being printed', () => {
    const providers = load({ tilleuls: agreed });

    expect(providers.get('tilleuls')).toMatchObject({ clientId: 'guichet' });
    expect(JSON.stringify([...providers])).not.toContain(agreed.clientSecret);
    expect(loadProviders(null, ['tilleuls'], true).size).toBe(0);
  });

  test('may name a provider on this machine without TLS, but not in production', () => {
    const local = { tilleuls: { ...agreed, issuer: 'http://127.0.0.1:4000' } };

    expect(load(local, false).size).toBe(1);
    expect(() => load(local)).toThrow('https://');
    expect(() => load({ tilleuls: { ...agreed, issuer: 'http://fc.example' } }, false)).toThrow('https://');
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'cannot be read as JSON'],
    ['an unknown organisation', { hetres: agreed }, 'hetres is no organisation'],
    ['an unknown key', { tilleuls: { ...agreed, scope: 'openid' } }, 'tilleuls'],
    ['a secret too short', { tilleuls: { ...agreed, clientSecret: 'short-one' } }, 'clientSecret'],
  ])('%s stops the start without quoting a secret', (_what, content, problem) => {
    expect(() => load(content)).toThrow(problem);
    expect(() => load(content)).not.toThrow(/short-one|xxxx/);
  });
});
