import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hire } from '../support/agents.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { confirmByCode, speakWith } from '../support/callers.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { startDeskSso } from '../support/desk-sso.ts';
import { AuthenticatorApp } from '../support/factors.ts';
import { buildMember } from '../support/recoveries.ts';
import { phrase } from '../support/roster.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';

describe('the desk’s accounts in the browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    server.house.publicUrl = server.url;
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const choose = async (page: Page, field: string, ...choices: string[]) => {
    await page.getByRole('combobox', { name: field }).click();
    for (const one of choices) await page.getByRole('option', { name: one, exact: true }).click();
    if (choices.length > 0 && (await page.getByRole('listbox').count()) > 0)
      await page.keyboard.press('Escape');
  };
  const signIn = async (page: Page, username: string, password: string) => {
    await page.getByRole('textbox', { name: 'Identifiant' }).fill(username);
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill(password);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  };

  test('a beginner is made, chooses a password and a second factor, asks before a risky act, and is out', async () => {
    const admin = await openDesk(browser, server, 'administrator');
    await (await server.as('administrator')).post('/api/sites', { name: 'Lille', hours: [] });
    await admin.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    server.house.secondFactorRoles = ['agent'];

    await admin.page.goto(`${server.url}/#/agents`);
    await admin.page.getByRole('button', { name: 'Créer un compte' }).click();
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Identifiant' }).fill('nouvelle');
    await dialog.getByRole('textbox', { name: 'Nom affiché' }).fill('Nora de test');
    await choose(admin.page, 'Organismes', 'MGEN');
    await choose(admin.page, 'Expérience', 'Débutant');
    await choose(admin.page, 'Site', 'Lille');
    await dialog.getByRole('textbox', { name: 'Votre mot de passe' }).fill(deskPassword);
    await dialog.getByRole('button', { name: 'Créer le compte' }).click();
    await admin.page.getByRole('dialog', { name: 'Lien à remettre à Nora de test' }).waitFor();
    await admin.page.getByRole('button', { name: 'Copier' }).click();
    await admin.page.getByText('Lien copié.').waitFor();
    const link = await admin.page.evaluate(() => navigator.clipboard.readText());
    await admin.page.getByText(/jusqu’au \w+ \d+ \S+ \d{4} à \d\d:\d\d/).waitFor();
    expect(await violations(admin.page)).toEqual([]);
    await admin.page.getByRole('button', { name: 'Je l’ai remis' }).click();
    await admin.page.getByRole('row', { name: /Nora de test.*expire le \d\d\/\d\d\/\d{4} à/ }).waitFor();

    const { page } = await openPage(browser, link);
    await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(phrase);
    await page.getByLabel('Le même, une seconde fois').fill(phrase);
    await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await signIn(page, 'nouvelle', phrase);
    await page.getByRole('button', { name: 'Ajouter une application' }).click();
    await page.getByRole('button', { name: 'Continuer' }).click();
    const secret = (await page.getByTestId('totp-secret').innerText()).replaceAll(' ', '');
    await page
      .getByRole('textbox', { name: 'Code à six chiffres' })
      .fill(new AuthenticatorApp(server, secret).code());
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('button', { name: 'Je les ai gardés' }).click();
    await page.getByRole('button', { name: /Nora de test/ }).waitFor();

    const nora = server.anonymous();
    for (const { name, value } of await page.context().cookies()) nora.setCookie(name, value);
    const member = await buildMember(server, 'mgen');
    await speakWith(nora, member);
    await confirmByCode(server, nora, member, 'sms');
    await page.goto(`${server.url}/#/members/${member.id}/show`);
    await page.getByText('Vous débutez').first().waitFor();

    await admin.page.getByRole('cell', { name: 'Nora de test' }).click();
    await admin.page.getByRole('button', { name: 'Couper les sessions' }).click();
    await admin.page.getByRole('button', { name: 'Couper', exact: true }).click();
    await admin.page.getByText('1 session coupée.').waitFor();
    await page.goto(`${server.url}/#/`);
    await page.getByRole('dialog', { name: 'Votre mot de passe, s’il vous plaît' }).waitFor();
    expect(admin.problems).toEqual([]);
    server.house.secondFactorRoles = [];
  });

  test('who has no password that opens anything proves it at the provider, over the unchanged screen', async () => {
    const sso = await startDeskSso(server);
    sso.agree();
    const person = { sub: 'camille', preferred_username: 'camille', groups: ['guichet-admin'] };
    sso.oidc.person = person;
    const local = await hire(server, 'camille', 'administrator', ['safiag']);
    const { id } = (await local.get('/api/me')).body;
    await (await server.as('administrator')).post(`/api/agents/${id}/permit-sso`, { password: deskPassword });
    sso.agree({ allowPasswords: false });
    server.clock.set(new Date().toISOString());
    const { page } = await openPage(browser, server.url);
    await page.getByRole('button', { name: 'Se connecter avec Exemple' }).click();
    await page.getByRole('button', { name: /camille de test/ }).waitFor();

    await page.goto(`${server.url}/#/rights-review`);
    await page.getByRole('button', { name: 'Exporter en CSV' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Se connecter avec Exemple' }).click();
    await dialog.getByText('La connexion unique a confirmé que c’est vous.').waitFor();
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Exporter' }).click();
    await saved;

    await server.house.pool('agent_sessions').where({ agent_id: id }).delete();
    await page.getByRole('button', { name: 'Confirmer les droits de camille de test' }).waitFor();
    await page.getByRole('button', { name: 'Exporter en CSV' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Se connecter avec Exemple' }).click();
    const again = page.getByRole('dialog', { name: 'Identifiez-vous de nouveau' });
    await again.getByRole('button', { name: 'Se connecter avec Exemple' }).click();
    await again.waitFor({ state: 'detached' });
    expect((await server.house.pool('agent_sessions').where({ agent_id: id })).length).toBe(1);
    await dialog.getByText('La connexion unique n’a pas abouti').waitFor();
    await dialog.getByRole('button', { name: 'Se connecter avec Exemple' }).click();
    await dialog.getByText('La connexion unique a confirmé que c’est vous.').waitFor();
    await sso.oidc.stop();
    server.house.sso = null;
  });
});
