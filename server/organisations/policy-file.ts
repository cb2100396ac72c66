import { isCollection, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { allowedAt, keysAt, nearestKey, valueAt } from './policy-allowed.ts';
import type { KeyPath } from './policy-allowed.ts';
import { Policy } from './policy.schema.ts';

export type PolicyProblem = { file: string; line: number; key: string; problem: string; allowed: string };
export type PolicyReading = { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] };

/** Reads the text of one organisation's file. `file` is its name, which must be `<id>.yaml`. */
export const readPolicy = (file: string, text: string): PolicyReading => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings, ...aliases(document)];
  if (faults.length > 0) {
    const problems = faults.map(({ pos, message }) => {
      const { line } = lines.linePos(pos[0]);
      return { file, line, key: '(file)', problem: message, allowed: 'plain YAML 1.2, each key once' };
    });
    return { ok: false, problems };
  }

  const data: unknown = document.toJS();
  const place = (path: KeyPath, problem: string, allowed: string): PolicyProblem => {
    return { file, line: lineOf(document, lines, path), key: keyText(path), problem, allowed };
  };
  const parsed = Policy.safeParse(data);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => explain(issue, data, place)) };
  }
  if (file !== `${parsed.data.id}.yaml`) {
    const problems = [place(['id'], `does not fit the name ${file}`, 'the name of the file without .yaml')];
    return { ok: false, problems };
  }
  return { ok: true, policy: parsed.data };
};

/** One line for people: `file:line key: what is wrong. Allowed: …` */
export const problemText = ({ file, line, key, problem, allowed }: PolicyProblem): string =>
  `${file}:${line} ${key}: ${problem}. Allowed: ${allowed}`;

type Place = (path: KeyPath, problem: string, allowed: string) => PolicyProblem;

const explain = (issue: z.core.$ZodIssue, data: unknown, place: Place): PolicyProblem[] => {
  if (issue.code === 'unrecognized_keys') {
    const keys = keysAt(Policy, data, issue.path);
    return issue.keys.map((key) => {
      const nearest = nearestKey(key, keys);
      return place([...issue.path, key], `unknown key, the nearest is ${nearest}`, keys.join(', '));
    });
  }
  if (issue.code === 'custom') return [place(issue.path, issue.message, String(issue.params?.['allowed']))];

  const value = valueAt(data, issue.path);
  const problem = value === undefined ? 'is missing' : `${shown(value)} is not allowed`;
  return [place(issue.path, problem, allowedAt(Policy, data, issue.path))];
};

/** An alias would let one line change rules elsewhere in the file; what a rule says must stand beside it. */
const aliases = (document: Document.Parsed): { pos: [number, number]; message: string }[] => {
  const found: { pos: [number, number]; message: string }[] = [];
  visit(document, {
    Alias: (_key, { range, source }) => {
      found.push({ pos: [range?.[0] ?? 0, range?.[1] ?? 0], message: `the alias *${source} is not allowed` });
    },
  });
  return found;
};

/** The line of a key; a key that is missing has the line of the group that lacks it. */
const lineOf = (document: Document, lines: LineCounter, path: KeyPath): number => {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
};

const offsetOf = (document: Document, path: KeyPath): number | undefined => {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const key = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = isCollection(parent) ? parent.get(key, true) : undefined;
  return isScalar(node) || isCollection(node) ? node.range?.[0] : undefined;
};

const keyText = (path: KeyPath): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '') || '(file)';

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.length ? 'this list' : 'an empty list';
  if (typeof value === 'object' && value !== null) return 'this group';
  return JSON.stringify(value).slice(0, 60);
};
