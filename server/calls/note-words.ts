import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { fold } from '../core/text.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Whether a text smells of health data or opinions, by the lists of templates/notes. */
    smellsSensitive: (text: string) => boolean;
  }
}

const Entry = z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} '’-]*[\p{L}\p{N}])?\*?$/u);
const Lists = z.strictObject({ health: z.array(Entry).min(1), opinions: z.array(Entry).min(1) });
const SensitiveWords = z.strictObject({ fr: Lists, en: Lists });

/**
 * Reads templates/notes/sensitive-words.yaml once, at start.
 * @throws Error naming the file and every entry that is none, one a line.
 */
export const loadNoteWords = (templatesDirectory: string): ((text: string) => boolean) => {
  const file = join(templatesDirectory, 'notes', 'sensitive-words.yaml');
  const read = SensitiveWords.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${file} ${path.join('.')}: ${message}`);
    throw new Error(`The words that make a note sensitive are wrong:\n${problems.join('\n')}`);
  }
  const entries = Object.values(read.data).flatMap(({ health, opinions }) => [...health, ...opinions]);
  // Folded, a word is letters and digits between single spaces, and nothing in it means anything to a pattern.
  const patterns = entries.map((entry) => fold(entry) + (entry.endsWith('*') ? '' : '(?= |$)'));
  const sensitive = new RegExp(`(?:^| )(?:${patterns.join('|')})`, 'u');
  return (text) => sensitive.test(fold(text));
};
