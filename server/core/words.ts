import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { WordParams } from './errors.ts';

export type Language = 'fr' | 'en';

/** Every sentence the server says to a person, from templates/words; French is complete by definition. */
export type Words = {
  has: (key: string) => boolean;
  say: (language: Language, key: string, params?: WordParams) => string;
};

/** @throws Error when a file is unreadable or English lacks a sentence that French has, or the reverse. */
export const loadWords = (templatesDirectory: string): Words => {
  const read = (language: Language) =>
    flatten(parse(readFileSync(join(templatesDirectory, 'words', `${language}.yaml`), 'utf8')));
  const sentences = { fr: read('fr'), en: read('en') };
  for (const [have, lack] of [
    ['fr', 'en'],
    ['en', 'fr'],
  ] as const) {
    const missing = [...sentences[have].keys()].filter((key) => !sentences[lack].has(key));
    if (missing.length > 0) throw new Error(`templates/words/${lack}.yaml lacks: ${missing.join(', ')}`);
  }

  return {
    has: (key) => sentences.fr.has(key),
    say: (language, key, params = {}) => {
      const sentence = sentences[language].get(key);
      if (sentence === undefined) throw new Error(`No sentence is named ${key}.`);
      return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
    },
  };
};

/** A tree of sentences as `path.to.key` → sentence. */
export const flatten = (node: unknown, path = ''): Map<string, string> => {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(node ?? {})) {
    const key = path ? `${path}.${name}` : name;
    if (typeof value === 'string') found.set(key, value.trim());
    else for (const [inner, sentence] of flatten(value, key)) found.set(inner, sentence);
  }
  return found;
};
