import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../core/words.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { Terms } from './portal.schema.ts';

export type TermsOfUse = (organisationId: string, language: Language) => Terms | undefined;

declare module '../core/ctx.ts' {
  interface House {
    /** The terms that an organisation's members accept, in a language of its file; else in French. */
    termsOfUse: TermsOfUse;
  }
}

/**
 * Reads templates/portal/<organisation>/terms.<language>.yaml once, at start, for each organisation whose file names
 * a version of its terms.
 *
 * @throws Error naming a file that is missing, cannot be read, or has another version than the organisation's.
 */
export const loadTerms = (templatesDirectory: string, policies: Policy[]): TermsOfUse => {
  const found = new Map<string, Terms>();
  for (const { id, languages, afterChange } of policies) {
    if (afterChange.termsVersion === null) continue;
    for (const language of new Set([...languages, 'fr' as const])) {
      const file = join(templatesDirectory, 'portal', id, `terms.${language}.yaml`);
      found.set(`${id} ${language}`, readTerms(file, afterChange.termsVersion));
    }
  }
  return (organisationId, language) =>
    found.get(`${organisationId} ${language}`) ?? found.get(`${organisationId} fr`);
};

const readTerms = (file: string, version: string): Terms => {
  if (!existsSync(file))
    throw new Error(`${file} is missing: the organisation’s file names its terms ${version}.`);
  const read = Terms.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${file} is wrong:\n${problems.join('\n')}`);
  }
  if (read.data.version !== version) {
    throw new Error(`${file} has version ${read.data.version}, the organisation’s file names ${version}.`);
  }
  return read.data;
};
