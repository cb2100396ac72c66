import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runFigures } from '../../server/supervision/figures-follow.service.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { lockOut, speakWith } from '../support/callers.ts';
import { endCall } from '../support/calls.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { placeAgents } from '../support/figures.ts';
import { buildHolder } from '../support/holders.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('the figures of the desk, in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    await placeAgents(server);
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await lockOut(server, member);
    const agent = await server.as('agent');
    const call = await speakWith(agent, member);
    server.clock.advance(3);
    await endCall(agent, call);
    await runFigures(server.house);
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.house.drawing.close();
    await server?.stop();
  });

  test('stand as bars and as a table beside them, are narrowed to a site, and are printed for a month', async () => {
    const { page, problems } = await openDesk(browser, server, 'supervisor');
    await page.getByRole('link', { name: 'Supervision' }).click();
    await page.getByRole('link', { name: 'Chiffres' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chiffres du service' }).waitFor();
    await page.getByLabel('Du', { exact: true }).fill('2026-11-16');
    await page.getByLabel('Au', { exact: true }).fill('2026-11-20');

    const access = page.getByRole('table', { name: 'Comptes bloqués et déblocages' });
    const locked = access.getByRole('row', { name: '18/11' }).getByRole('cell').first();
    await access.getByRole('row', { name: '20/11' }).waitFor();
    expect(await locked.textContent()).toBe('1');
    await page
      .getByRole('img', { name: /^Comptes bloqués/ })
      .locator('.recharts-bar-rectangle path')
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);

    await page.getByRole('combobox', { name: 'Site' }).click();
    await page.getByRole('option', { name: 'Nantes' }).click();
    await page.getByRole('combobox', { name: 'Équipe' }).waitFor();
    // A lock is nobody's of the desk; the call is Nantes's.
    await access.getByRole('row', { name: '18/11' }).getByText('–').first().waitFor();
    const calls = page.getByRole('table', { name: 'Contacts' }).getByRole('row', { name: '18/11' });
    expect(await calls.getByRole('cell').first().textContent()).toBe('1');
    expect(await calls.getByRole('cell').nth(1).textContent()).toMatch(/^3\smin$/);

    await page.getByLabel('Mois', { exact: true }).fill('2026-11');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Télécharger le rapport (PDF)' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('chiffres-2026-11.pdf');
    expect(problems).toEqual([]);
  });
});
