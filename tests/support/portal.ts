import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe.ts';
import { launchBrowser, openPage } from './browser.ts';
import { buildConsole } from './console.ts';
import { startSmpp, startSmtp, type SmppGateway, type SmtpGateway } from './gateways.ts';
import type { Client } from './client.ts';
import { pathOf } from './recoveries.ts';
import { startServer, type TestServer } from './server.ts';

export type PortalHouse = {
  server: TestServer;
  browser: Browser;
  smtp: SmtpGateway;
  smpp: SmppGateway;
  /** A member in a browser of their own, on the first page of this organisation; `hash` as `/aide`. */
  open: (organisation: string, hash?: string) => Promise<{ page: Page; problems: () => string[] }>;
  /** Lets the workers work, then what this address or number was sent last. */
  lastTo: (address: string) => Promise<string>;
  stop: () => Promise<void>;
};

/** A server with real mail and SMS gateways, and a browser: what the documents' readers have. */
export const startPortalHouse = async (): Promise<PortalHouse> => {
  buildConsole();
  const [smtp, smpp] = [await startSmtp(), await startSmpp()];
  const server = await startServer('sqlite', { env: { SMTP_URL: smtp.url, SMS_URL: smpp.url } });
  // Links lead to where this test's server listens.
  server.house.portalUrl = `${server.url}/portal`;
  const browser = await launchBrowser();
  return {
    server,
    browser,
    smtp,
    smpp,
    open: (organisation, hash = '') => openPortal(browser, server, organisation, hash),
    lastTo: async (address) => {
      await server.work();
      const email = smtp.received.filter(({ to }) => to.includes(address)).at(-1);
      const sms = smpp.received.filter(({ to }) => to === address).at(-1);
      const text = email?.text ?? sms?.text;
      if (text === undefined) throw new Error(`Nothing was sent to ${address}.`);
      return text;
    },
    stop: async () => {
      await browser.close();
      await server.stop();
      await smtp.stop();
      await smpp.stop();
    },
  };
};

export const openPortal = async (browser: Browser, server: TestServer, organisation: string, hash = '') => {
  const { page, problems } = await openPage(
    browser,
    `${server.url}/portal/${organisation}${hash && `#${hash}`}`,
  );
  await page.getByRole('heading', { level: 1 }).waitFor();
  // A request refused is reported by the browser itself; it is what many of these pages are about.
  return { page, problems: () => problems.filter((problem) => !/status of 4\d\d/.test(problem)) };
};

/** What the page says, as a reader meets it: spaces as spaces. */
export const says = async (page: Page, text: string | RegExp): Promise<void> => {
  const wanted = typeof text === 'string' ? text : new RegExp(text.source.replaceAll(' ', '\\s'), text.flags);
  await page.getByText(wanted).first().waitFor({ timeout: 30_000 });
};

export const titled = async (page: Page, name: string): Promise<void> => {
  const heading = page.getByRole('heading', { level: 1, name });
  await heading.waitFor({ timeout: 30_000 });
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect((await page.title()).replaceAll('\u00a0', ' ')).toContain(name);
};

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();
export const follow = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('link', { name }).first().click();
export const fill = (page: Page, name: string | RegExp, value: string): Promise<void> =>
  page.getByRole('textbox', { name, exact: typeof name === 'string' }).fill(value);

/** Nothing for axe to say by day and by night, and no page wider than a small telephone's. */
export const isReadable = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page), `${page.url()} ${colorScheme}`).toEqual([]);
  }
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${page.url()} at 320 pixels`).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
};

/** The address that an e-mail asks to click on. */
export const linkIn = (text: string): string => /https?:\/\/\S+#\/\S+/.exec(text)?.[0] ?? 'no link';

/** Fails to sign in that often, as an attacker or a forgetful member elsewhere would. */
export const failToSignIn = async (
  client: Client,
  organisation: string,
  identifier: string,
  times: number,
) => {
  for (let n = 0; n < times; n += 1) {
    await client.post(`${pathOf(organisation)}/sign-in`, { identifier, password: `faux-${n}` });
  }
};
