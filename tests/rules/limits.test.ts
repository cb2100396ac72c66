import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { limitsAsMarkdown, loadLimits } from '../../server/organisations/limits-file.ts';
import { budgetNames } from '../../server/organisations/limits.schema.ts';

const seed = new URL('../../seeds/limits.yaml', import.meta.url).pathname;
const directory = mkdtempSync(join(tmpdir(), 'guichet-limits-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const loadChanged = (from: string | RegExp, to: string) => {
  const file = join(directory, 'limits.yaml');
  const text = readFileSync(seed, 'utf8');
  expect(text.replace(from, to)).not.toBe(text);
  writeFileSync(file, text.replace(from, to));
  return () => loadLimits(file);
};

describe('the limits file', () => {
  test('names every budget, with the reason in both languages', () => {
    expect(Object.keys(loadLimits(seed).budgets)).toEqual([...budgetNames]);
  });

  test('is what the README shows', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const shown = /<!-- limits -->\n\n([\s\S]*?)\n\n<!-- \/limits -->/.exec(readme)?.[1];

    expect(shown).toBe(limitsAsMarkdown(loadLimits(seed)));
  });

  test('shows each number of a budget, and what it is for', () => {
    const limits = loadLimits(seed);
    const row = limitsAsMarkdown(limits)
      .split('\n')
      .find((line) => line.includes('`recoveries-per-member`'));

    expect(row).toMatch(/\| 3 a day, 10 in 30 days +\| Requests for each member/);
  });

  test.each([
    [
      'a budget that nobody spends',
      /^ {2}messages-everywhere:/m,
      '  messages-anywhere:',
      'messages-anywhere',
    ],
    ['a budget that lacks', /^ {2}messages-everywhere:[\s\S]*/m, '', 'budgets.messages-everywhere'],
    ['an unknown period', 'per: hour', 'per: minute', 'limits.0.per'],
    ['a limit of none', '{ most: 3, per: day }', '{ most: 0, per: day }', 'limits.0.most'],
    ['two limits for one period', 'per: 30-days }', 'per: day }', 'one limit for each period'],
    ['a reason in one language', /^ {6}en: 'Birth.*\n/m, '', 'proofs-per-member.why.en'],
    ['text that is no YAML', 'budgets:', 'budgets: [', 'cannot be read as YAML'],
  ])('with %s is refused, naming the key', (_what, from, to, problem) => {
    expect(loadChanged(from, to)).toThrow(problem);
  });
});
