import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** A real Chromium: `CHROMIUM_PATH`, one installed on the machine, else the one that npm brought along. */
export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await findChromium(),
    // Never the arguments of the npm package: they switch web security off.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  });

/**
 * A fresh person at a 1366×768 screen, in French, whose page reports what the browser refused or threw; with
 * `cookies`, one who has been here before.
 */
export const openPage = async (
  browser: Browser,
  url: string,
  cookies: ReadonlyMap<string, string> = new Map(),
): Promise<{ page: Page; problems: string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' });
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    // The first question of a signed-out browser is answered 401; the browser reports that by itself.
    if (message.type() === 'error' && !text.includes('401')) problems.push(text);
  });
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.type()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, problems };
};

const findChromium = async (): Promise<string> => {
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  const found = installed.find((path) => path !== undefined && existsSync(path));
  if (found) return found;
  // The package brings the libraries that Chromium needs, but unpacks them only where it believes to run there,
  // and not when a binary without them lies in the temporary folder already: it gets a folder of its own.
  const usual = process.env.TMPDIR;
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
  process.env.TMPDIR = join(tmpdir(), 'guichet-chromium');
  const folder = process.env.TMPDIR;
  mkdirSync(folder, { recursive: true });
  // Its own list of fonts names /tmp/fonts, whatever the folder: without a font Chromium dies at the first button.
  process.env.FONTCONFIG_PATH ??= folder;
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  const packaged = (await import('@sparticuz/chromium')).default;
  const path = await packaged.executablePath();
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  return path;
};
