import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Mustache from 'mustache';
import type { Language } from '../core/words.ts';
import type { Policy } from '../organisations/policy.schema.ts';

/** A paragraph of an e-mail, filled. A link has the words of its button. */
export type Block =
  | { as: 'paragraph'; text: string }
  | { as: 'link'; text: string; button: string }
  | { as: 'secret'; text: string };

export type Page = { language: Language; title: string; policy: Policy; blocks: Block[] };

/** Reads `layout.html`, once; what it answers draws an e-mail's paragraphs as one page, every value escaped. */
export const readLayout = (directory: string): ((page: Page) => string) => {
  const file = join(directory, 'layout.html');
  const layout = readFileSync(file, 'utf8');
  if (layout.includes('{{{') || layout.includes('{{&')) {
    throw new Error(`${file}: every value is escaped: {{…}} with two braces.`);
  }
  Mustache.parse(layout);
  return ({ language, title, policy, blocks }) =>
    Mustache.render(
      layout,
      {
        language,
        title,
        organisation: policy.name,
        colour: policy.portal.colours.main,
        onColour: policy.portal.colours.onMain,
        blocks: blocks.map((block) => ({
          text: block.text,
          isParagraph: block.as === 'paragraph',
          isSecret: block.as === 'secret',
          button: block.as === 'link' ? block.button : '',
        })),
      },
      undefined,
      { escape: (value) => escapeHtml(String(value)) },
    );
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
