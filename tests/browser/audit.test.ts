import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { speakWith } from '../support/callers.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';

const viewed = 'Fiche consultée';

describe('the journal in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let member: Built;
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    member = await buildHolder(server);
    const reference = 'TCK-2026-77';
    for (const account of ['agent', 'colleague'] as const) {
      const client = await server.as(account);
      await speakWith(client, member, { channel: 'telephone', caller: 'member', reference });
      await client.get(`/api/members/${member.id}`);
    }
    browser = await launchBrowser();
    ({ page, problems } = await openDesk(browser, server, 'supervisor'));
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  // Beside each row stands an empty one, which its details open in.
  const rows = () => page.getByRole('table').first().locator('tbody tr').filter({ hasText: /\d/ });
  const choose = async (field: string, name: string) => {
    await page.getByRole('combobox', { name: field }).fill(name);
    await page.getByRole('option', { name }).first().click();
  };
  const openJournal = async () => {
    await page.goto(`${server.url}/#/audit-events`);
    await page.getByRole('heading', { name: 'Journal', exact: true }).waitFor();
    await rows().first().waitFor();
  };

  test('is filtered by names and words, leads to a story and a day, and leaves as a file to who proves it', async () => {
    await openJournal();
    await choose('Qui', 'colleague de test');
    await choose('Quoi', viewed);
    await page.getByText('1-1 sur 1').waitFor();
    expect(await rows().first().innerText()).toContain('colleague de test');
    expect(page.url()).not.toContain(member.id);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Exporter…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Exporter le journal' });
    await dialog.getByRole('textbox').fill('une-autre-phrase-bien-longue');
    await dialog.getByRole('button', { name: 'Exporter', exact: true }).click();
    await dialog.getByText('Ce n’est pas votre mot de passe').waitFor();
    expect(await dialog.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
    await dialog.getByRole('textbox').fill(deskPassword);
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Exporter', exact: true }).click();
    const path = await (await saved).path();
    const lines = parse(readFileSync(path), { bom: true, delimiter: ';', columns: true });
    expect(lines).toMatchObject([
      { Événement: viewed, Nom: 'colleague de test', 'Adhérent (identifiant interne)': member.id },
    ]);
    await dialog.waitFor({ state: 'detached' });

    await rows().first().getByRole('link', { name: 'Histoire' }).click();
    await page.getByRole('heading', { name: 'Histoire d’un adhérent' }).waitFor();
    await page.getByRole('cell', { name: viewed }).first().waitFor();
    expect(await page.getByRole('cell', { name: viewed }).count()).toBe(2);
    expect(await violations(page)).toEqual([]);

    await openJournal();
    await choose('Qui', 'agent de test');
    await rows().filter({ hasText: 'agent de test' }).first().waitFor();
    await rows().filter({ hasText: 'colleague' }).first().waitFor({ state: 'detached' });
    await rows().first().click();
    await page.getByRole('link', { name: 'Sa journée' }).click();
    await page.getByRole('heading', { name: 'Journée d’un conseiller' }).waitFor();
    await page.getByRole('cell', { name: viewed }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(problems.filter((text) => !text.includes('400'))).toEqual([]);
  });

  test('is filtered by a call found by its reference, and says where somebody changed a row', async () => {
    await openJournal();
    await page.getByRole('button', { name: 'Choisir un appel…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choisir un appel…' });
    await dialog.getByRole('textbox').fill('TCK-2026-77');
    await dialog.getByRole('button', { name: 'Chercher' }).click();
    await dialog.getByRole('listitem').nth(1).waitFor();
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'colleague' })
      .getByRole('button', { name: 'Choisir' })
      .click();
    await page.getByText(/Appel du/).waitFor();
    await page.getByText('1-2 sur 2').waitFor();
    for (const text of await rows().allInnerTexts()) expect(text).toContain('colleague de test');

    await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
    await page.getByText(/La chaîne tient/).waitFor();
    const { pool } = server.house;
    const { seq } = await pool('audit_events').where({ type: 'member.viewed' }).first();
    await pool('audit_events').where({ seq }).update({ actor_id: 'quelqu-un-d-autre' });
    await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
    await page.getByText(`La chaîne est rompue à la ligne ${seq}`).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
