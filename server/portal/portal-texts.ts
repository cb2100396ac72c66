import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { flatten, type Language } from '../core/words.ts';

export type PortalTexts = (organisationId: string, language: Language) => Record<string, string>;

declare module '../core/ctx.ts' {
  interface House {
    /** Every sentence of the member's pages, by key, with the organisation's own laid over. */
    portalTexts: PortalTexts;
  }
}

/**
 * Reads the sentences of the member's pages once, at start: templates/portal/<language>.yaml, over which lies
 * templates/portal/<organisation>/<language>.yaml.
 *
 * @throws Error when a common file is missing, a sentence stands in one language only, or an organisation words one that no page has.
 */
export const loadPortalTexts = (templatesDirectory: string, organisationIds: string[]): PortalTexts => {
  const at = (...place: string[]): string => join(templatesDirectory, 'portal', ...place);
  const textsOf = (file: string) => flatten(parse(readFileSync(file, 'utf8')));
  const read = (...place: string[]): Map<string, string> =>
    existsSync(at(...place)) ? textsOf(at(...place)) : new Map();
  const common = { fr: textsOf(at('fr.yaml')), en: textsOf(at('en.yaml')) };
  const own = new Map(
    organisationIds.map((id) => [id, { fr: read(id, 'fr.yaml'), en: read(id, 'en.yaml') }] as const),
  );

  const problems = [
    ...lacking('portal/en.yaml', common.fr, common.en),
    ...lacking('portal/fr.yaml', common.en, common.fr),
    ...[...own].flatMap(([id, { fr, en }]) => [
      ...lacking(`portal/${id}/en.yaml`, fr, en),
      ...lacking(`portal/${id}/fr.yaml`, en, fr),
      ...lacking('portal/fr.yaml', fr, common.fr),
    ]),
  ];
  if (problems.length > 0) throw new Error(`The portal’s texts are wrong:\n${problems.join('\n')}`);

  const laid = new Map<string, Record<string, string>>();
  for (const [id, texts] of own) {
    for (const language of ['fr', 'en'] as const) {
      laid.set(`${id} ${language}`, Object.fromEntries([...common[language], ...texts[language]]));
    }
  }
  return (organisationId, language) => laid.get(`${organisationId} ${language}`) ?? {};
};

const lacking = (file: string, has: Map<string, string>, lacks: Map<string, string>): string[] => {
  const missing = [...has.keys()].filter((key) => !lacks.has(key));
  return missing.length > 0 ? [`templates/${file} lacks: ${missing.join(', ')}`] : [];
};
