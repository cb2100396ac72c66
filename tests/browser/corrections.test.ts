import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { showDocument } from '../support/callers.ts';
import { buildConsole } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import { confirm, openMemberScreen, say } from '../support/member-screen.ts';
import { contact } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('correcting what is on file, in a browser', () => {
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

  const build = (address: string): Promise<Built> =>
    buildHolder(server, { organisationId: 'safiag', contacts: [contact('email', address)] });

  test('whoever changed a contact cannot send anything there in the same call', async () => {
    const member = await build('before@tilleul.example');
    await showDocument(await server.as('agent'), member);
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page } = screen;
    const contacts = page.getByRole('region', { name: 'Contacts connus' });

    await contacts.getByRole('button', { name: 'Corriger' }).click();
    const dialog = page.getByRole('dialog', { name: 'Corriger les coordonnées' });
    expect(await dialog.getByRole('button', { name: 'Corriger' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Nouvel e-mail' }).fill('after@tilleul.example');
    expect(await violations(page)).toEqual([]);
    await confirm(page, 'Corriger', 'Nouvelle adresse e-mail');

    await contacts.getByText('récent, pas encore de confiance').waitFor();
    await screen.acts.getByText('Vous venez de changer cette coordonnée dans cet appel.').waitFor();
    expect(await page.getByRole('button', { name: 'Lien de réinitialisation par e-mail' }).isDisabled()).toBe(
      true,
    );
    expect(await page.textContent('body')).not.toContain('after@');
    expect(await violations(page)).toEqual([]);
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });

  test('without a document it says what is needed, and changes nothing', async () => {
    const member = await build('needs@tilleul.example');
    const screen = await openMemberScreen(browser, server, 'colleague', member.id);
    const { page } = screen;
    await say(screen, 'Adhérent');

    await page.getByRole('region', { name: 'Identité' }).getByRole('button', { name: 'Corriger' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Il faut une pièce d’identité').waitFor();
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });
});
