import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('« À rappeler » and notes in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let member: Built;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    // The dialogs look at the clock of their own computer.
    server.clock.set(new Date().toISOString());
    browser = await launchBrowser();
    member = await buildHolder(server);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const rows = (table: string) => server.house.pool(table).where({ member_id: member.id });
  const openMember = async (page: Page) => {
    await page.goto(`${server.url}/#/members/${member.id}/show`);
    await page.getByRole('region', { name: 'Peut-il se connecter ?' }).waitFor();
  };

  test('an agent promises a call and writes a note, asked once more about what smells of health', async () => {
    const { page, problems } = await openDesk(browser, server, 'agent');
    await openMember(page);
    const owed = page.getByRole('region', { name: 'À rappeler' });
    await owed.getByText('Rien n’est dû à cet adhérent.').waitFor();

    await owed.getByRole('button', { name: 'Promettre un rappel' }).click();
    const promise = page.getByRole('dialog', { name: 'Promettre un rappel' });
    await promise.getByText('Ni santé, ni opinion').waitFor();
    await promise.getByRole('textbox', { name: /À propos de/ }).fill('Son courrier est-il parti ?');
    expect(await violations(page)).toEqual([]);
    await promise.getByRole('button', { name: 'Promettre le rappel' }).click();
    await owed.getByText('Rappel promis').waitFor();
    await owed.getByText('Son courrier est-il parti ?').waitFor();
    await owed.getByText(/pris en charge par agent de test/).waitFor();

    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByRole('button', { name: 'Écrire une note' }).click();
    const dialog = page.getByRole('dialog', { name: 'Écrire une note' });
    const field = dialog.getByRole('textbox', { name: 'Note' });
    const save = dialog.getByRole('button', { name: 'Enregistrer la note' });
    await field.fill('Rappeler au 06 39 98 01 02');
    await save.click();
    await dialog.getByText(/sans numéro de téléphone/).waitFor();
    await field.fill('Appelle depuis l’accueil de l’hôpital');
    await dialog.getByRole('checkbox', { name: 'Appelant difficile' }).check();
    await save.click();
    await dialog.getByText(/semble parler de santé/).waitFor();
    expect(await rows('member_notes')).toEqual([]);
    await dialog.getByRole('checkbox', { name: /J’ai relu/ }).check();
    expect(await violations(page)).toEqual([]);
    await save.click();
    await notes.getByText('Appelle depuis l’accueil de l’hôpital').waitFor();
    await notes.getByText('Appelant difficile').waitFor();

    expect(await violations(page)).toEqual([]);
    // The browser reports the two refusals by itself.
    expect(problems.filter((text) => !/status of 4(00|22)/.test(text))).toEqual([]);
    await page.context().close();
  });

  test('a colleague sees that it is overdue, takes it, does not reach the member, then does', async () => {
    const [promised] = await rows('callbacks');
    await server.house
      .pool('callbacks')
      .where({ id: promised.id })
      .update({ due_at: new Date(Date.now() - 60_000).toISOString() });
    const { page, problems } = await openDesk(browser, server, 'colleague');
    const inMenu = page.getByRole('link', { name: /À rappeler/ });
    await inMenu.getByText('1 en retard').waitFor();

    await inMenu.click();
    const row = page.getByRole('row', { name: /Rappel promis/ });
    await row.getByText('En retard').waitFor();
    expect(await page.textContent('main')).not.toContain('Tilleul');
    await row.getByRole('button', { name: 'Je m’en charge' }).click();
    const take = page.getByRole('dialog', { name: 'Prendre ce rappel en charge' });
    await take.getByText(/Il est aujourd’hui à agent de test/).waitFor();
    await take.getByRole('button', { name: 'Je m’en charge' }).click();
    await row.getByText('colleague de test').waitFor();
    expect(await row.getByRole('button', { name: 'Je m’en charge' }).count()).toBe(0);

    await row.getByRole('button', { name: 'Noter la suite' }).click();
    const done = page.getByRole('dialog', { name: 'Noter la suite du rappel' });
    expect(await done.getByRole('button', { name: 'Enregistrer' }).isDisabled()).toBe(true);
    await done.getByRole('radio', { name: /^Pas joint/ }).check();
    await done.getByRole('textbox', { name: /Note/ }).fill('Répondeur plein');
    expect(await violations(page)).toEqual([]);
    await done.getByRole('button', { name: 'Enregistrer' }).click();
    await row.getByText('pas joint au dernier essai').waitFor();
    await inMenu.getByText('1 en retard').waitFor({ state: 'detached' });

    await row.getByRole('link', { name: 'Voir la fiche' }).click();
    await page.getByRole('region', { name: 'Notes' }).getByText('Répondeur plein').waitFor();
    const owed = page.getByRole('region', { name: 'À rappeler' });
    await owed.getByRole('button', { name: 'Noter la suite' }).click();
    await done.getByRole('radio', { name: /^L’adhérent est joint/ }).check();
    await done.getByRole('button', { name: 'Enregistrer' }).click();
    await owed.getByText('Rien n’est dû à cet adhérent.').waitFor();

    expect(await rows('callbacks')).toMatchObject([{ outcome: 'reached', version: 4 }]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('somebody else was faster: the dialog says so, and reads the list again', async () => {
    const other = await buildHolder(server);
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    const colleague = await server.as('colleague');
    const owed = (await colleague.post('/api/callbacks', { memberId: other.id, dueAt })).body;
    const { page, problems } = await openDesk(browser, server, 'agent');
    await page.getByRole('link', { name: /À rappeler/ }).click();
    const row = page.getByRole('row', { name: /Rappel promis/ });
    await row.getByRole('button', { name: 'Je m’en charge' }).click();
    await (await server.as('supervisor')).post(`/api/callbacks/${owed.id}/take`, { version: 1 });

    const take = page.getByRole('dialog', { name: 'Prendre ce rappel en charge' });
    await take.getByRole('button', { name: 'Je m’en charge' }).click();
    await take.getByText(/Quelqu’un vient de s’en occuper/).waitFor();
    await take.getByRole('button', { name: 'Recharger' }).click();

    await row.getByText('supervisor de test').waitFor();
    expect(problems.filter((text) => !text.includes('status of 409'))).toEqual([]);
    await page.context().close();
  });
});
