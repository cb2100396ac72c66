import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemVisit } from '../../server/core/perform.ts';
import { addTelephonyClient } from '../../server/desk/telephony-clients.service.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import { contact } from '../support/people.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';

describe('a call in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const headline = (page: Page) => page.getByRole('region', { name: 'Peut-il se connecter ?' });
  const bar = (page: Page) => page.getByRole('button', { name: /Appel depuis/ });
  const find = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('combobox', { name: 'Rechercher un adhérent' }).fill(name);
    await page.getByRole('option', { name: new RegExp(name, 'i') }).click();
    await headline(page).waitFor();
  };
  const sayMember = async (page: Page): Promise<void> => {
    await page.getByRole('group', { name: 'Qui parle ?' }).getByRole('button', { name: 'Adhérent' }).click();
    await bar(page).filter({ hasText: 'Adhérent' }).waitFor();
  };
  const build = (usualName: string, more: object = {}): Promise<Built> =>
    buildHolder(server, { usualName, firstName: 'Odile', password: 'Tilleul+2026!', ...more });

  test('ends in one press from the member’s page; its summary is copied and found again in the list', async () => {
    await build('Vermeil');
    const { page, problems } = await openDesk(browser, server, 'agent');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await find(page, 'vermeil');
    await sayMember(page);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Terminer l’appel' }).click();

    const ended = page.getByRole('region', { name: 'Appel terminé' });
    await ended.getByText('Rien de fait', { exact: true }).waitFor();
    await ended.getByRole('button', { name: 'Copier' }).click();
    await ended.getByText('Copié.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^Appel du 18\/11\/2026.*\nAppel n° /);
    expect(copied).toContain('Qui parle : l’adhérent');
    expect(copied).not.toMatch(/vermeil/i);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('combobox', { name: 'Rechercher un adhérent' }).fill('v');
    await ended.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Appels' }).click();
    const row = page.getByRole('row').filter({ hasText: 'terminé par le conseiller' }).first();
    await row.getByText('Rien de fait').waitFor();
    await row.getByRole('button', { name: 'Résumé' }).click();
    await page.getByRole('dialog').getByText('Issue : rien de fait').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('ends with another outcome when one is chosen', async () => {
    const { page, problems } = await openDesk(browser, server, 'agent');
    await page.getByRole('button', { name: /Aucun appel/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ouvrir un appel' }).click();

    await bar(page).click();
    const panel = page.getByRole('dialog', { name: 'Appel' });
    await panel.getByRole('combobox', { name: 'Issue' }).click();
    await page.getByRole('option', { name: 'À rappeler' }).click();
    expect(await violations(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Terminer ainsi' }).click();

    await page
      .getByRole('region', { name: 'Appel terminé' })
      .getByText('À rappeler', { exact: true })
      .waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('cut on one desk, goes on at another of the same site', async () => {
    await build('Garance');
    const { page: first } = await openDesk(browser, server, 'agent');
    await find(first, 'garance');
    await sayMember(first);
    await first.getByRole('button', { name: 'Appel coupé' }).click();
    const left = first.getByRole('region', { name: 'Appels à reprendre' });
    await left.getByText(/Coupé à/).waitFor();
    expect(await violations(first)).toEqual([]);

    const { page: second, problems } = await openDesk(browser, server, 'colleague');
    const offered = second.getByRole('region', { name: 'Appels à reprendre' });
    await offered.getByText('agent de test').waitFor();
    await offered.getByRole('button', { name: 'Reprendre' }).click();
    await headline(second).waitFor();
    await bar(second).filter({ hasText: 'Adhérent' }).waitFor();
    expect(await second.getByRole('heading', { level: 1 }).textContent()).toMatch(/garance/i);

    await left.getByRole('button', { name: 'Reprendre' }).click();
    await left.getByText('Quelqu’un a déjà repris cet appel.').waitFor();
    expect(problems).toEqual([]);
    await first.context().close();
    await second.context().close();
  });

  test('about somebody else, asks anew who speaks, and the answer opens a call about them', async () => {
    const [, other] = [await build('Indigo'), await build('Pastel')];
    const { page, problems } = await openDesk(browser, server, 'supervisor');
    await find(page, 'indigo');
    await sayMember(page);

    await page.goto(`${server.url}/#/members/${other.id}/show`);
    await page.getByText('L’appel en cours concerne une autre personne').waitFor();
    expect(await violations(page)).toEqual([]);
    await page
      .getByRole('group', { name: 'Qui parle ?' })
      .getByRole('button', { name: 'Ayant droit' })
      .click();

    await bar(page).filter({ hasText: 'Ayant droit' }).waitFor();
    const [last] = await server.house.pool('calls').whereNotNull('open_for').where({ member_id: other.id });
    expect(last).toMatchObject({ caller: 'dependant', channel: 'telephone' });
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('that rings opens its candidates, signed in or not yet; one press opens the page', async () => {
    await build('Sorgue', { contacts: [contact('mobile', '+33639980077')] });
    await build('Sorgue', { firstName: 'Rémi', contacts: [contact('mobile', '+33639980077')] });
    const { key } = await addTelephonyClient(systemVisit(server.house, 'tests', []), 'standard');
    const { body } = await server
      .anonymous()
      .post(
        '/api/telephony/incoming-calls',
        { number: '0639980077', username: 'agent' },
        { authorization: `Bearer ${key.expose()}` },
      );
    const address = `${server.url}/${new URL(body.address as string).hash}`;
    const { page, problems } = await openPage(browser, address);

    await page.getByRole('textbox', { name: 'Identifiant' }).fill('agent');
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill(deskPassword);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByText('Un numéro s’imite : il ne prouve rien.').waitFor();
    expect(page.url()).not.toContain('39980077');
    expect(await page.getByRole('option').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await headline(page).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/Rémi/);
    await bar(page).filter({ hasText: 'qui parle ?' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
