import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hire } from '../support/agents.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { buildConsole } from '../support/console.ts';
import { startDeskSso } from '../support/desk-sso.ts';
import { AuthenticatorApp } from '../support/factors.ts';
import { printRoom } from '../support/lots.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';

describe('a second factor in the browser', () => {
  let server: TestServer;
  let browser: Browser;
  let url: string;
  const room = printRoom(() => server);
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    // A key signs for a name, never for a number (WebAuthn 3, 5.1.2).
    url = server.url.replace('127.0.0.1', 'localhost');
    server.house.publicUrl = url;
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const signIn = async (page: Page, username: string) => {
    await page.getByRole('textbox', { name: 'Identifiant' }).fill(username);
    await page.getByRole('textbox', { name: 'Mot de passe' }).fill(deskPassword);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  };
  const signOut = async (page: Page) => {
    await page.getByRole('button', { name: /de test/ }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  };

  test('a supervisor enrols an app and a key, signs in and releases a lot with the key', async () => {
    await room.letters(1);
    const lot = await room.make();
    server.house.secondFactorRoles = ['supervisor'];
    const { page, problems } = await openPage(browser, url);
    const { cdp, authenticatorId } = await virtualKey(page);
    await signIn(page, 'supervisor');

    await page.getByRole('heading', { name: 'Enregistrez votre second facteur' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ajouter une application' }).click();
    await page.getByRole('button', { name: 'Continuer' }).click();
    const secret = (await page.getByTestId('totp-secret').innerText()).replaceAll(' ', '');
    const app = new AuthenticatorApp(server, secret);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Code à six chiffres' }).fill(app.code());
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const codes = page.getByRole('list', { name: 'Vos codes de secours' }).getByRole('listitem');
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    await page.getByRole('button', { name: 'Je les ai gardés' }).click();

    await page.getByRole('button', { name: /de test/ }).click();
    await page.getByRole('menuitem', { name: 'Mon compte' }).click();
    await page.getByRole('button', { name: 'Ajouter une clé de sécurité' }).click();
    await page.getByRole('textbox', { name: 'Code de l’application' }).fill(app.next());
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByText('Clé de sécurité · jamais utilisé').waitFor();
    expect(await violations(page)).toEqual([]);

    await signOut(page);
    await signIn(page, 'supervisor');
    await page.getByRole('button', { name: 'Utiliser la clé de sécurité' }).click();
    await page.getByRole('button', { name: /de test/ }).waitFor();
    await page.goto(`${url}/#/lots/${lot.id}/show`);
    await page.getByRole('button', { name: 'Lancer le lot' }).click();
    await page.getByRole('button', { name: 'Utiliser la clé de sécurité' }).click();
    await page.getByRole('button', { name: 'Clé reconnue : confirmez' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Lancer' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect(await room.show(lot)).toMatchObject({ state: 'released' });
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const [row] = await server.house.pool('agent_factors').where({ kind: 'security-key' });
    expect(row.counter).toBe(credentials[0]?.signCount);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('single sign-on leads out and back, and the address keeps nothing of it', async () => {
    const sso = await startDeskSso(server);
    sso.agree();
    sso.oidc.person = {
      sub: 'camille',
      name: 'Camille',
      preferred_username: 'camille',
      groups: ['guichet-conseil'],
    };
    const { page } = await openPage(browser, url);

    await page.getByRole('button', { name: 'Se connecter avec Exemple' }).click();
    await page.getByRole('heading', { name: 'Enregistrez votre second facteur' }).waitFor();

    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/');
    await page.context().close();
    server.house.sso = null;
    await sso.oidc.stop();
  });

  test('a wrong code is refused in words, a recovery code opens', async () => {
    const client = await hire(server, 'garde-codes', 'agent');
    const begun = await client.post('/api/own-account/totp', { password: deskPassword });
    const app = new AuthenticatorApp(server, begun.body.secret);
    const added = await client.post('/api/own-account/totp/confirm', {
      enrolment: begun.body.enrolment,
      name: 'Téléphone',
      code: app.code(),
    });
    const { page } = await openPage(browser, url);

    await signIn(page, 'garde-codes');
    const field = page.getByRole('textbox', { name: 'Code de l’application' });
    await field.fill(app.code(9));
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    await page.getByText('Ce second facteur ne convient pas').waitFor();
    expect(await violations(page)).toEqual([]);
    await field.fill(added.body.recoveryCodes[0]);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();

    await page.getByRole('button', { name: /de test/ }).waitFor();
    await page.context().close();
  });
});

/** A key in this page's browser that is touched as soon as it is asked. */
const virtualKey = async (page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
};
