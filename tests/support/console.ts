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

/** Somebody of the desk in a browser of their own, signed in already: the form is tried where it is looked at. */
export const openDesk = async (
  browser: Browser,
  server: TestServer,
  username: string,
): Promise<{ page: Page; problems: string[] }> => {
  const { cookies } = await server.anonymous().signIn(username, deskPassword);
  const opened = await openPage(browser, server.url, cookies);
  await opened.page.getByRole('button', { name: /de test/ }).waitFor();
  return opened;
};
