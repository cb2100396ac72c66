import { spawnSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage } from './browser.ts';
import { deskPassword, type TestServer } from './server.ts';

/** The console as the next `npm start` would serve it: built for production, by a process of its own. */
export const buildConsole = (): void => {
  // Vitest's own NODE_ENV would put development React into that build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const built = spawnSync('node', ['tests/support/build-if-needed.mjs'], { env, stdio: 'inherit' });
  expect(built.status).toBe(0);
};

/** Somebody of the desk in a browser of their own, signed in. */
export const openDesk = async (
  browser: Browser,
  server: TestServer,
  username: string,
): Promise<{ page: Page; problems: string[] }> => {
  const opened = await openPage(browser, server.url);
  const { page } = opened;
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(username);
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(deskPassword);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('button', { name: /de test/ }).waitFor();
  return opened;
};
