import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder } from '../support/holders.ts';
import { openMemberScreen, say } from '../support/member-screen.ts';
import { at } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('promise dates in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    // A Friday after the cut-off: eight days hold by J+2 and not by J+3, over Réunion's 20 December.
    server.clock.set('2027-12-17T15:00:00.000Z');
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('an agent takes the faster product that is within the time promised', async () => {
    const member = await buildHolder(server, at('97400', 'Saint-Denis'));
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page, problems } = screen;
    await say(screen, 'Adhérent');
    await page.getByRole('button', { name: 'Mot de passe par courrier' }).click();
    const dialog = page.getByRole('dialog');
    const products = dialog.getByRole('radiogroup', { name: 'Produit postal' });
    const usual = products.getByRole('radio', { name: /^Lettre verte \(habituel\).*27 décembre/ });
    const faster = products.getByRole('radio', { name: /^Lettre services plus.*24 décembre.*délai promis/ });

    expect(await usual.isChecked()).toBe(true);
    await dialog.getByText('ne pourra pas être tenu').waitFor();
    await faster.check();
    expect(await dialog.getByText('ne pourra pas être tenu').count()).toBe(0);
    expect(await dialog.locator('dd').filter({ hasText: '24 décembre 2027' }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('radiogroup', { name: 'Motif' }).getByRole('radio').first().check();
    await dialog.getByRole('button', { name: 'Demander le courrier' }).click();
    await page.getByRole('status').filter({ hasText: '24 décembre 2027' }).waitFor();

    const rows = await server.house.pool('letters').where({ member_id: member.id });
    expect(rows).toMatchObject([{ product: 'services-plus', announced_on: '2027-12-24', keeps_promise: 1 }]);
    expect(problems).toEqual([]);
  });

  test.each(['administrator', 'supervisor', 'print-operator'])(
    '%s reads what the products keep',
    async (who) => {
      const { page, problems } = await openDesk(browser, server, who);
      await page.goto(`${server.url}/#/promise-keeping`);
      const table = page.getByRole('table', { name: 'Délai tenu, par destination et par produit' });
      const line = (name: string) => table.getByRole('row').filter({ hasText: name });

      await page.getByRole('combobox', { name: 'Organisme' }).click();
      await page.getByRole('option', { name: 'SAFIAG' }).click();
      await page.getByText('Promis : reçu sous 48 heures.').waitFor();
      await line('Métropole').getByText('au pire 5 j 22 h').waitFor();
      expect(await line('Reste du monde').getByText('n’y va pas').count()).toBe(3);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('combobox', { name: 'Produit postal' }).click();
      await page.getByRole('option', { name: 'Lettre verte' }).click();
      await expect.poll(() => line('Métropole').getByRole('cell').count()).toBe(1);
      expect(problems).toEqual([]);
    },
  );
});
