import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fillTemplate, readOwnTemplate, readTemplateFile, setTypography } from '../core/template.ts';

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
  'testAddress',
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
  const words = (folder: string, language: string): LetterWords => {
    const common = readTemplateFile(join(directory, template, `${language}.yaml`), placeholders);
    const own = join(directory, folder, template, `${language}.yaml`);
    return readOwnTemplate(own, common, placeholders, LetterWords);
  };
  const read = (folder: string): LetterWordsPair => ({ fr: words(folder, 'fr'), en: words(folder, 'en') });

  const shared = read('');
  const folders = readdirSync(directory).filter((name) => existsSync(join(directory, name, template)));
  const own = new Map(folders.map((name) => [name, read(name)]));
  return (organisationId) => own.get(organisationId) ?? shared;
};

/** Fills the placeholders and sets the apostrophes and spaces a printer would set. */
export const fillWords = (text: string, variables: LetterVariables, language: 'fr' | 'en'): string =>
  setTypography(fillTemplate(text, variables), language);

/** « 1er mars 2027 » or "1 March 2027" for a day YYYY-MM-DD; its parts stay on one line. */
export const sayDay = (day: string, language: 'fr' | 'en'): string => {
  const said = dayFormats[language].format(new Date(`${day}T00:00:00Z`));
  return (language === 'fr' ? said.replace(/^1 /, '1er ') : said).replace(/ /g, '\u00a0');
};

const dayFormat = (locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const dayFormats = { fr: dayFormat('fr-FR'), en: dayFormat('en-GB') };
