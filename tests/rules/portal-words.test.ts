import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { flatten } from '../../server/core/words.ts';

const files = readdirSync('client/portal', { recursive: true })
  .map((file) => join('client/portal', String(file)))
  .filter((file) => /\.tsx?$/.test(file));
const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
const keys = [...flatten(parse(readFileSync('templates/portal/fr.yaml', 'utf8'))).keys()];

/** `say('a.b')` names a sentence, `` say(`a.${x}`) `` a group of them. */
const said = [...source.matchAll(/\bsay\(\s*(?:isLong \? )?(['`])([^'`]+)\1/g)].map(
  (found) => found[2] ?? '',
);
const quoted = [...source.matchAll(/'([a-zA-Z]+(?:\.[a-zA-Z]+)+)'/g)].map((found) => found[1] ?? '');
const asPattern = (key: string): RegExp =>
  new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]*')}$`);

describe('the words of the member’s pages', () => {
  test('every sentence that a page says exists', () => {
    const missing = said.filter((key) => !keys.some((known) => asPattern(key).test(known)));

    expect(missing).toEqual([]);
    expect(said.length).toBeGreaterThan(100);
  });

  test('no sentence is kept that no page says', () => {
    const patterns = [...said, ...quoted].map(asPattern);

    expect(keys.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  test('no sentence stands in the code', () => {
    const words = [...source.matchAll(/>\s*([A-Za-zÀ-ÿ][^<>{}=;]*\s[^<>{}=;]*?)\s*</g)].map(
      (found) => found[1] ?? '',
    );

    expect(words.filter((text) => / /.test(text) && !/[()|&]|=>/.test(text))).toEqual([]);
  });
});
