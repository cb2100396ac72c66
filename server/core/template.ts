import { existsSync, readFileSync } from 'node:fs';
import Mustache from 'mustache';
import { parse } from 'yaml';
import type { z } from 'zod';
import type { Language } from './words.ts';

/** Words that people who do not program keep in files: YAML with {{placeholders}}, checked when the server starts. */

/**
 * Reads one file of words. @throws Error naming file and line of a placeholder that is none of `known`, or file and
 * key of a passage that never ends.
 */
export const readTemplateFile = (file: string, known: readonly string[]): unknown => {
  const text = readFileSync(file, 'utf8');
  checkPlaceholders(file, text, known);
  const tree: unknown = parse(text);
  checkSections(file, tree);
  return tree;
};

/** The same, laid over the common words: a file of an organisation's own holds only what changes, or is not there. */
export const readOwnTemplate = <T>(
  file: string,
  common: unknown,
  known: readonly string[],
  schema: z.ZodType<T>,
): T => {
  const own = existsSync(file) ? readTemplateFile(file, known) : {};
  const read = schema.safeParse(merged(common, own));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
};

/** Fills the placeholders, every value as it is. */
export const fillTemplate = (text: string, variables: Record<string, unknown>): string =>
  Mustache.render(text, variables, undefined, { escape: (value) => String(value) });

/** Sets the apostrophes and spaces that a printer would set. */
export const setTypography = (text: string, language: Language): string => {
  const set = text.replace(/'/g, '’').replace(/(?<=\d) (?=\d)/g, '\u00a0');
  if (language === 'en') return set;
  return set
    .replace(/ (?=[:;?!»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
    .replace(/(?<=\d) (?=h\b)/g, '\u00a0')
    .replace(/(?<=\d\u00a0h) (?=\d)/g, '\u00a0');
};

/** The names that a text has between double braces. */
export const placeholdersIn = (text: string): string[] =>
  [...text.matchAll(/\{\{[#^/]?\s*(.*?)\s*\}\}/g)].map(([, name = '']) => name);

const checkPlaceholders = (file: string, text: string, known: readonly string[]): void => {
  text.split('\n').forEach((line, index) => {
    if (line.trimStart().startsWith('#')) return;
    const unknown = placeholdersIn(line).find((name) => !known.includes(name));
    if (unknown === undefined) return;
    const where = `${file}, line ${index + 1}`;
    throw new Error(`${where}: unknown placeholder {{${unknown}}}. Known: ${known.join(', ')}.`);
  });
};

const checkSections = (file: string, node: unknown, path = ''): void => {
  if (typeof node !== 'string') {
    for (const [key, value] of Object.entries(node ?? {})) checkSections(file, value, `${path}${key}.`);
    return;
  }
  try {
    Mustache.parse(node);
  } catch (cause) {
    throw new Error(`${file}: ${path.slice(0, -1)}: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
};

const isGroup = (node: unknown): node is Record<string, unknown> =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const merged = (common: unknown, own: unknown): unknown => {
  if (!isGroup(common) || !isGroup(own)) return own ?? common;
  const keys = new Set([...Object.keys(common), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(common[key], own[key])]));
};
