import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import { problemText, readPolicy } from '../../server/organisations/policy-file.ts';
import { Policy } from '../../server/organisations/policy.schema.ts';

const seeds = new URL('../../seeds/organisations/', import.meta.url).pathname;
const textOf = (file: string): string => readFileSync(join(seeds, file), 'utf8');
const whole = textOf('safiag.yaml');
const problemsOf = (file: string, text: string): string[] => {
  const reading = readPolicy(file, text);
  return reading.ok ? [] : reading.problems.map(problemText);
};
/** The number of the first line that differs from the right file. */
const firstChange = (text: string): number => {
  const rows = whole.split('\n');
  return text.split('\n').findIndex((row, at) => row !== rows[at]) + 1;
};

describe('a wrong file is refused with file, line, key and what is allowed', () => {
  const cases: [what: string, from: string | RegExp, to: string, problem: string][] = [
    [
      'an unknown key',
      'maxFailures: 3',
      'maxFailure: 3',
      'lock.maxFailure: unknown key, the nearest is maxFailures. Allowed: maxFailures',
    ],
    [
      'a number out of its bounds',
      'maxFailures: 3',
      'maxFailures: 11',
      'lock.maxFailures: 11 is not allowed. Allowed: a whole number from 3 to 10',
    ],
    [
      'a number that is not whole',
      'maxFailures: 3',
      'maxFailures: 3.5',
      'lock.maxFailures: 3.5 is not allowed. Allowed: a whole number from 3 to 10',
    ],
    [
      'text for a number',
      'maxFailures: 3',
      "maxFailures: '3'",
      'lock.maxFailures: "3" is not allowed. Allowed: a whole number from 3 to 10',
    ],
    [
      'a code that is too short',
      /digits: 6$/m,
      'digits: 3',
      'code.digits: 3 is not allowed. Allowed: a whole number from 4 to 8',
    ],
    [
      'a letter valid for too long',
      'validityDays: 15',
      'validityDays: 22',
      'letter.validityDays: 22 is not allowed. Allowed: a whole number from 15 to 21',
    ],
    [
      'a word that is none of the list',
      'event: received',
      'event: arrived',
      'letter.promise.event: "arrived" is not allowed. Allowed: one of deposited, received',
    ],
    [
      'an unknown kind of channel',
      'kind: email-link',
      'kind: fax',
      'channels[0].kind: "fax" is not allowed. Allowed: one of email-link, email-code, email-temporary, sms-code, sms-temporary, letter',
    ],
    [
      'a temporary password that could stay',
      'mustBeReplaced: true',
      'mustBeReplaced: false',
      'temporaryPassword.mustBeReplaced: false is not allowed. Allowed: true',
    ],
    [
      'a list that is none',
      'languages: [fr, en]',
      'languages: fr',
      'languages: "fr" is not allowed. Allowed: a list; each: one of fr, en',
    ],
    [
      'a product that is not in the list',
      'product: services-plus',
      'product: pigeon',
      "letter.product: pigeon does not stand in this file's list. Allowed: one of lettre-verte, services-plus, lettre-recommandee, lettre-internationale",
    ],
    [
      'a usual product that stays abroad',
      'product: services-plus',
      'product: lettre-internationale',
      'letter.product: does not go to mainland France. Allowed: a product whose `abroadOnly` is false',
    ],
    [
      'a collection before the cut-off',
      "collectionAt: '17:00'",
      "collectionAt: '14:30'",
      'letter.collectionAt: comes before `cutoff`. Allowed: the same time or a later one',
    ],
    [
      'a letter that could arrive after it has run out',
      'validityDaysOverseas: 30',
      'validityDaysOverseas: 15',
      'letter.validityDaysOverseas: ends before a letter is sure to be there. Allowed: more days, or products with fewer',
    ],
    [
      'a channel twice',
      'kind: letter }',
      'kind: email-link, lifetimeMinutes: 60 }',
      'channels[1]: repeats email-link. Allowed: each once',
    ],
    [
      'another name than the file',
      'id: safiag',
      'id: other',
      'id: does not fit the name safiag.yaml. Allowed: the name of the file without .yaml',
    ],
    [
      'a time of day that is none',
      "cutoff: '15:00'",
      "cutoff: '24:00'",
      `letter.cutoff: "24:00" is not allowed. Allowed: a time of day as '08:30', in quotes`,
    ],
    [
      'a fact that is not imported',
      'facts: [contract-start-month',
      'facts: [shoe-size',
      "verification.facts[0]: shoe-size does not stand in this file's list. Allowed: one of contract-start-month, last-statement-amount, last-contribution-amount",
    ],
  ];
  test.each(cases)('%s', (_what, from, to, problem) => {
    const text = whole.replace(from, to);

    expect(problemsOf('safiag.yaml', text)).toContain(`safiag.yaml:${firstChange(text)} ${problem}`);
  });

  test('letters that nothing carries abroad have the line of the products', () => {
    const text = whole.replace('worldExtraDays: 7', 'worldExtraDays: null');

    expect(problemsOf('safiag.yaml', text)).toEqual([
      expect.stringContaining('letter.products: no product has `worldExtraDays`. Allowed: at least one'),
    ]);
  });

  test('a missing key has the line of the group that lacks it', () => {
    const text = whole.replace(/^ {2}maxFailures: 3.*$/m, '  {}');

    expect(problemsOf('safiag.yaml', text)).toEqual([
      `safiag.yaml:${firstChange(text) - 1} lock.maxFailures: is missing. Allowed: a whole number from 3 to 10`,
    ]);
  });

  test('a key of another kind of password is unknown here, and the one it replaced is missing', () => {
    const text = whole.replace('shuffledKeypad: true', 'minLength: 8');

    expect(problemsOf('safiag.yaml', text)).toEqual([
      expect.stringContaining('chosenPassword.shuffledKeypad: is missing. Allowed: true or false'),
      expect.stringMatching(
        new RegExp(`^safiag.yaml:${firstChange(text)} chosenPassword.minLength: unknown key`),
      ),
    ]);
  });

  test.each([
    ['nothing', '', '(file): null is not allowed'],
    ['a key twice', 'id: safiag\nid: safiag\n', 'Map keys must be unique'],
    ['a broken indent', 'a:\n  - b\n c: d\n', 'safiag.yaml:3 (file)'],
    ['an alias', 'a: &x 1\nb: *x\n', 'safiag.yaml:2 (file): the alias *x is not allowed'],
    ['an alias to nothing', 'b: *x\n', 'safiag.yaml:1 (file)'],
    ['an unknown tag', 'a: 1\nb: !secret x\n', 'safiag.yaml:2 (file)'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'multiple documents'],
  ])('%s', (_what, text, problem) => {
    expect(problemsOf('safiag.yaml', text).join('\n')).toContain(problem);
  });

  test('whatever value is replaced by a group it is not, its own line is named', () => {
    for (const { line, start, end } of leavesOf(whole)) {
      const problems = problemsOf('safiag.yaml', `${whole.slice(0, start)}{ wrong: 1 }${whole.slice(end)}`);

      expect(problems.map((problem) => problem.split(' ')[0])).toContain(`safiag.yaml:${line}`);
    }
  });

  test('whatever key is left out, it is missed: nothing has a hidden default', () => {
    const document = parseDocument(whole);
    for (const path of keysOf(whole)) {
      const lacking = document.clone();
      lacking.deleteIn(path);

      expect(Policy.safeParse(lacking.toJS()).success, path.join('.')).toBe(false);
    }
  });
});

describe('at start', () => {
  const directory = mkdtempSync(join(tmpdir(), 'guichet-organisations-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('a directory without files, or that is not there, is said with the variable to set', () => {
    expect(() => loadOrganisations(directory)).toThrow('ORGANISATIONS_DIR');
    expect(() => loadOrganisations(join(directory, 'absent'))).toThrow('ORGANISATIONS_DIR');
  });

  test('all problems of all files are listed, one per line', () => {
    writeFileSync(
      join(directory, 'mgen.yaml'),
      textOf('mgen.yaml').replace('maxFailures: 3', 'maxFailures: 2'),
    );
    writeFileSync(join(directory, 'safiag.yaml'), textOf('safiag.yaml').replace('tries: 3', 'tries: 9'));
    writeFileSync(join(directory, 'latin.yaml'), Buffer.from('name: Santé\n', 'latin1'));

    const start = () => loadOrganisations(directory);

    expect(start).toThrow(/^latin\.yaml:1 \(file\): is not UTF-8 text\. Allowed: UTF-8$/m);
    expect(start).toThrow(/^mgen\.yaml:\d+ lock\.maxFailures: 2 is not allowed\. Allowed: a whole number/m);
    expect(start).toThrow(/^safiag\.yaml:\d+ code\.tries: 9 is not allowed\. Allowed: a whole number/m);
  });
});

const leavesOf = (text: string): { line: number; start: number; end: number }[] => {
  const lines = new LineCounter();
  const leaves: { line: number; start: number; end: number }[] = [];
  visit(parseDocument(text, { lineCounter: lines }), {
    Scalar: (key, node) => {
      if (key === 'key' || !node.range) return;
      leaves.push({ line: lines.linePos(node.range[0]).line, start: node.range[0], end: node.range[1] });
    },
  });
  return leaves;
};

const keysOf = (text: string): (string | number)[][] => {
  const paths: (string | number)[][] = [];
  visit(parseDocument(text), {
    Pair: (_key, pair, ancestors) => {
      const path: (string | number)[] = [];
      const chain = [...ancestors, pair];
      chain.forEach((node, depth) => {
        const parent = chain[depth - 1];
        if (isPair(node) && isScalar(node.key)) path.push(String(node.key.value));
        else if (parent && 'items' in parent && !isPair(node)) path.push(parent.items.indexOf(node as never));
      });
      paths.push(path);
    },
  });
  return paths;
};
