import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadLetterWords, sayDay } from '../../server/letters/letter-words.ts';
import { templates } from '../support/paper.ts';

describe('the words in templates/', () => {
  const withFile = (path: string, text: string) => {
    const directory = mkdtempSync(join(tmpdir(), 'guichet-words-'));
    cpSync(join(templates, 'letters/temporary-password'), join(directory, 'letters/temporary-password'), {
      recursive: true,
    });
    mkdirSync(join(directory, 'letters', path, '..'), { recursive: true });
    writeFileSync(join(directory, 'letters', path), text);
    return directory;
  };

  test('an organisation keeps words of its own, and shares the rest', () => {
    const book = loadLetterWords(withFile('nuages/temporary-password/fr.yaml', 'subject: Vos nuages\n'));

    expect(book('nuages').fr.subject).toBe('Vos nuages');
    expect(book('nuages').fr.normal).toEqual(book('tilleuls').fr.normal);
    expect(book('tilleuls').fr.subject).not.toBe('Vos nuages');
  });

  test.each([
    [
      'an unknown placeholder',
      '# {{anything}}\nsubject: Bonjour {{prenom}}\n',
      /fr\.yaml, line 2: .*\{\{prenom\}\}/,
    ],
    ['the secret as a placeholder', 'subject: "{{secret}}"\n', /fr\.yaml, line 1: .*\{\{secret\}\}/],
    ['raw braces', 'subject: "{{{phone}}}"\n', /fr\.yaml, line 1/],
    ['a passage that never ends', 'subject: "{{#phone}}appelez"\n', /fr\.yaml: subject: Unclosed section/],
    ['an unknown key', 'sujet: Bonjour\n', /fr\.yaml: .*sujet/],
    ['a text of the wrong kind', 'normal: { steps: [] }\n', /fr\.yaml: normal\.steps/],
  ])('with %s, stop the start with their place', (_what, text, message) => {
    const directory = withFile('nuages/temporary-password/fr.yaml', text);

    expect(() => loadLetterWords(directory)).toThrow(message);
  });

  test('dates are said as people say them', () => {
    expect(sayDay('2027-03-01', 'fr')).toBe('1er\u00a0mars\u00a02027');
    expect(sayDay('2027-12-31', 'fr')).toBe('31\u00a0décembre\u00a02027');
    expect(sayDay('2027-03-01', 'en')).toBe('1\u00a0March\u00a02027');
  });
});
