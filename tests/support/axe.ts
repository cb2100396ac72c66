import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Result = { violations: { id: string; nodes: { html: string }[] }[] };
type WithAxe = { axe: { run: (options: object) => Promise<Result> } };

/** What axe finds wrong with the page as it is once nothing moves (WCAG 2.2 AA). */
export const violations = async (page: Page): Promise<string[]> => {
  // What fades in or changes its colour has no contrast yet, and may begin to at any moment.
  await page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important; }');
    document.adoptedStyleSheets = [still];
  });
  // A script element would be refused by the page's own policy.
  await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => (window as unknown as WithAxe).axe.run({ runOnly }), tags);
  await page.evaluate(() => void (document.adoptedStyleSheets = []));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
