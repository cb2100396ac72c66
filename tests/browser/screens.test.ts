import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder } from '../support/holders.ts';
import { printRoom } from '../support/lots.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';
import { fileWith, safiagMember } from '../support/story.ts';

describe('the console’s screens', () => {
  let server: TestServer;
  let browser: Browser;
  const room = printRoom(() => server);
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('wrong passwords are refused in words, and the form stays', async () => {
    const { page } = await openPage(browser, server.url);

    await page.getByRole('textbox', { name: 'Identifiant' }).fill('agent');
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill('not the password');
    await page.getByRole('button', { name: 'Se connecter' }).click();

    await page.getByText('Identifiant ou mot de passe incorrect.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('an administrator sends a file and reads what to correct, without the values', async () => {
    const { page, problems } = await openDesk(browser, server, 'administrator');
    const good = fileWith(safiagMember);
    const [header = '', line = ''] = good.split('\r\n');
    const bad = line.replace('S-100245', 'S-100246').replace(safiagMember.nir, '2 99 12 13 999 902 06');
    const file = {
      name: 'adherents.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${header}\r\n${line}\r\n${bad}\r\n`),
    };

    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('link', { name: 'Envoyer un fichier' }).click();
    // The list that one leaves has such a choice of organisations too.
    await page.getByRole('radio', { name: /Mouvements/ }).check();
    await page.getByRole('combobox', { name: 'Organisme' }).click();
    await page.getByRole('option', { name: 'SAFIAG' }).click();
    await page.getByLabel('Fichier à envoyer').setInputFiles(file);
    await page.getByRole('button', { name: 'Envoyer' }).click();

    await page.getByText('Terminé').first().waitFor();
    await page.getByText('NIR').first().waitFor();
    const text = (await page.textContent('body')) ?? '';
    expect(text).toMatch(/clé/i);
    expect(text).not.toContain('902 06');
    expect(text).not.toContain('29912139999');
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'])(
    'every screen of the print room can be read by all, and fits, in %s',
    async (theme) => {
      await room.letters(2);
      const { page, problems } = await openDesk(browser, server, 'print-operator');
      await page.evaluate((name) => localStorage.setItem('guichet.theme', name), theme);
      await page.reload();
      const tabs = page.getByRole('navigation', { name: 'Éditique' }).getByRole('link');
      await tabs.first().waitFor();

      const found: string[] = [];
      for (const tab of await tabs.all()) {
        await tab.click();
        await page.locator('nav [aria-current=page]', { hasText: (await tab.textContent()) ?? '' }).waitFor();
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        found.push(...(await violations(page)));
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (tooWide > 0) found.push(`${await tab.textContent()} is ${tooWide} px too wide`);
      }

      expect(await tabs.allTextContents()).toEqual(
        expect.arrayContaining(['Lots', 'Courriers revenus', 'Papier']),
      );
      expect(found).toEqual([]);
      expect(problems).toEqual([]);
      await page.context().close();
    },
  );

  test('the audit is listed in words, filtered, and says that its chain holds', async () => {
    const { page, problems } = await openDesk(browser, server, 'auditor');

    await page.getByRole('link', { name: 'Journal' }).click();
    await page.getByText('Connexion au guichet').first().waitFor();
    await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
    await page.getByText('La chaîne tient').waitFor();

    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a session that ended asks for the password over the unchanged screen', async () => {
    await buildHolder(server, { usualName: 'Vermeil', firstName: 'Odile' });
    const { page } = await openDesk(browser, server, 'colleague');
    await page.getByRole('combobox', { name: 'Rechercher un adhérent' }).fill('vermeil');
    await page.getByRole('option', { name: /Odile/ }).waitFor();

    server.clock.advance(16);
    // What the desk asks by itself may have raised the dialog over the row already: a mouse would wait for it to go.
    await page.getByRole('option', { name: /Odile/ }).dispatchEvent('click');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Mot de passe' }).fill(deskPassword);
    await dialog.getByRole('button', { name: /Continuer|Se connecter|Reprendre/ }).click();

    await page.getByRole('region', { name: 'Peut-il se connecter ?' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('the API’s own page shows every route, and breaks no rule of its page', async () => {
    const { page, problems } = await openPage(browser, `${server.url}/api/docs/`);

    // Of so many routes it draws what is in sight.
    await page.setViewportSize({ width: 1366, height: 20_000 });
    await page.getByText('/api/members/search').waitFor();

    expect(problems).toEqual([]);
    await page.context().close();
  });
});
