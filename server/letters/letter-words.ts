import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Mustache from 'mustache';
import { parse } from 'yaml';
import { z } from 'zod';

const LetterText = z.strictObject({
  opening: z.string(),
  stepsTitle: z.string().optional(),
  steps: z.array(z.string()).min(1),
  closing: z.string(),
  secretTitle: z.string(),
  life: z.string(),
  notes: z
    .array(z.strictObject({ title: z.string(), text: z.string() }))
    .min(1)
    .max(2),
  farewell: z.string(),
});
export type LetterText = z.infer<typeof LetterText>;

const LetterWords = z.strictObject({
  subject: z.string(),
  date: z.string(),
  greeting: z.string(),
  reference: z.string(),
  contact: z.string(),
  civilities: z.strictObject({ madame: z.string(), monsieur: z.string(), none: z.string() }),
  identifiers: z.strictObject({ nir: z.string(), 'member-number': z.string(), other: z.string() }),
  normal: LetterText,
  large: LetterText,
});
/** One letter's words in one language, placeholders still in them. */
export type LetterWords = z.infer<typeof LetterWords>;
export type LetterWordsPair = { fr: LetterWords; en: LetterWords };

const placeholders = [
  'organisation',
  'service',
  'phone',
  'hours',
  'portalAddress',
  'letterDay',
  'askedDay',
  'limitDay',
  'civility',
  'identifier',
] as const;
export type LetterVariables = Record<(typeof placeholders)[number], string | null>;

/**
 * Reads `templates/letters/<template>/{fr,en}.yaml` and every organisation's own words, all checked at once.
 * @returns the words for an organisation's id: its own where it has some, the common ones elsewhere
 * @throws Error naming file and line, or file and key, when a placeholder is unknown or a text is missing
 */
export const loadLetterWords = (
  templatesDirectory: string,
  template = 'temporary-password',
): ((organisationId: string) => LetterWordsPair) => {
  const directory = join(templatesDirectory, 'letters');
  const common = (language: string) => readTree(join(directory, template, `${language}.yaml`));
  const read = (folder: string): LetterWordsPair => ({
    fr: checked(join(directory, folder, template, 'fr.yaml'), common('fr')),
    en: checked(join(directory, folder, template, 'en.yaml'), common('en')),
  });

  const shared = read('');
  const folders = readdirSync(directory).filter((name) => existsSync(join(directory, name, template)));
  const own = new Map(folders.map((name) => [name, read(name)]));
  return (organisationId) => own.get(organisationId) ?? shared;
};

/** Fills the placeholders and sets the apostrophes and spaces a printer would set. */
export const fillWords = (text: string, variables: LetterVariables, language: 'fr' | 'en'): string => {
  const filled = Mustache.render(text, variables, undefined, { escape: (value) => String(value) })
    .replace(/'/g, '’')
    .replace(/(?<=\d) (?=\d)/g, '\u00a0');
  if (language === 'en') return filled;
  return filled
    .replace(/ (?=[:;?!»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) h (?=\d)/g, '$1\u00a0h\u00a0');
};

/** « 1er mars 2027 » or "1 March 2027" for a day YYYY-MM-DD; its parts stay on one line. */
export const sayDay = (day: string, language: 'fr' | 'en'): string => {
  const said = dayFormats[language].format(new Date(`${day}T00:00:00Z`));
  return (language === 'fr' ? said.replace(/^1 /, '1er ') : said).replace(/ /g, '\u00a0');
};

const dayFormat = (locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const dayFormats = { fr: dayFormat('fr-FR'), en: dayFormat('en-GB') };

const checked = (file: string, common: unknown): LetterWords => {
  const own = existsSync(file) ? readTree(file) : {};
  const read = LetterWords.safeParse(merged(common, own));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
};

const readTree = (file: string): unknown => {
  const text = readFileSync(file, 'utf8');
  checkPlaceholders(file, text);
  const tree: unknown = parse(text);
  checkSections(file, tree);
  return tree;
};

const checkPlaceholders = (file: string, text: string): void => {
  text.split('\n').forEach((line, index) => {
    if (line.trimStart().startsWith('#')) return;
    for (const [whole, name] of line.matchAll(/\{\{[#^/]?\s*(.*?)\s*\}\}/g)) {
      if (placeholders.some((known) => known === name)) continue;
      const where = `${file}, line ${index + 1}`;
      throw new Error(`${where}: unknown placeholder ${whole}. Known: ${placeholders.join(', ')}.`);
    }
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
