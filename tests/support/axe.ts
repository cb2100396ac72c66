import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Result = { violations: { id: string; nodes: { html: string }[] }[] };
type WithAxe = { axe: { run: (options: object) => Promise<Result> } };

/** What axe finds wrong with the page once it has come to rest (WCAG 2.2 AA). */
export const violations = async (page: Page): Promise<string[]> => {
  // A dialog half faded in has no contrast yet.
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => !(one instanceof CSSTransition) || one.playState !== 'running'),
  );
  // A script element would be refused by the page's own policy.
  await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => (window as unknown as WithAxe).axe.run({ runOnly }), tags);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
