import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPage } from '../support/browser.ts';
import { organisation, printRoom } from '../support/lots.ts';
import {
  fill,
  follow,
  isReadable,
  linkIn,
  openPortal,
  press,
  says,
  startPortalHouse,
  titled,
  type PortalHouse,
} from '../support/portal.ts';
import { buildMember, codeIn } from '../support/recoveries.ts';
import { startServer } from '../support/server.ts';
import { testSheetOf } from '../support/test-letters.ts';

describe('the member’s pages, for everybody', () => {
  let house: PortalHouse;
  beforeAll(async () => {
    house = await startPortalHouse();
  }, 300_000);
  afterAll(() => house.stop());

  test.each([
    ['safiag', ['', '/oublie', '/premiere-connexion', '/aide', '/lien/x', '/pas-moi/x', '/lettre-temoin']],
    ['mutuelle-agents-publics', ['', '/oublie', '/aide']],
    ['mgen', ['', '/oublie', '/debloquer', '/aide']],
    ['msa-sud-aquitaine', ['', '/oublie', '/inscription', '/aide']],
    ['mutuelle-imaginaire', ['', '/oublie', '/debloquer', '/inscription', '/premiere-connexion']],
  ])('every page before signing in is readable: %s', async (organisation, hashes) => {
    const { page, problems } = await house.open(organisation);
    for (const hash of hashes) {
      await page.goto(`${house.server.url}/portal/${organisation}#${hash}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await isReadable(page);
    }
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('the address on a test letter leads to where its arrival is said, and signs nobody in', async () => {
    const { server } = house;
    const { letter } = server.house.organisations.get(organisation) ?? {};
    if (!letter) throw new Error('No letters here.');
    letter.testAddress = { name: 'CHEF', lines: [], postcode: '59998', town: 'VILLE INVENTEE' };
    const room = printRoom(() => server);
    await room.letters(1);
    const released = await room.release(await room.make());
    const { password } = await testSheetOf(server, released, await room.print(released));
    await room.deposit(await room.count(await room.show(released)));
    letter.testAddress = null;
    const { page, problems } = await openPortal(house.browser, server, `${organisation}/lettre-temoin`);

    await titled(page, 'Lettre témoin');
    await fill(page, 'Mot de passe de la lettre témoin', '0000-0000-00001');
    await press(page, 'Confirmer l’arrivée');
    await says(page, /comporte une faute de frappe/);
    await isReadable(page);
    await fill(page, 'Mot de passe de la lettre témoin', password);
    await press(page, 'Confirmer l’arrivée');
    await titled(page, 'Arrivée confirmée');
    await says(page, /la lettre témoin de la semaine \d+ est bien arrivée/);
    await isReadable(page);

    expect(await page.context().cookies()).toEqual([]);
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  /** Walks with the Tab key until the thing of that name has the focus. */
  const tabTo = async (page: Page, name: string): Promise<void> => {
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const { activeElement: here } = document;
        const label = here instanceof HTMLInputElement ? here.labels?.[0]?.textContent : here?.textContent;
        return `${here?.getAttribute('aria-label') ?? ''} ${label ?? ''}`.replace(/\s+/g, ' ');
      });
      if (focused.includes(name)) return;
    }
    throw new Error(`The Tab key does not lead to ${name}.`);
  };
  const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

  test('a whole way back in by the keyboard alone', async () => {
    const member = await buildMember(house.server, 'mutuelle-agents-publics');
    const { page, problems } = await house.open('mutuelle-agents-publics');

    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    expect(await focusedText(page)).toBe('Espace Adhérent – Connexion');
    await tabTo(page, 'Mot de passe oublié, ou première connexion');
    await page.keyboard.press('Enter');
    await titled(page, 'Mot de passe oublié, ou première connexion');
    expect(await focusedText(page)).toBe('Mot de passe oublié, ou première connexion');

    await tabTo(page, 'N° Adhérent');
    await page.keyboard.type(member.identifier);
    await page.keyboard.press('Enter');
    await titled(page, 'Comment désirez-vous recevoir votre code d’activation ?');
    await tabTo(page, 'Recevoir mon code par e-mail');
    await page.keyboard.press('Space');
    await titled(page, 'Saisissez votre code d’activation');

    await tabTo(page, 'Merci de saisir votre code d’activation');
    await page.keyboard.press('Enter');
    await says(page, 'Corrigez ce qui suit, puis réessayez.');
    expect(await focusedText(page)).toContain('Corrigez ce qui suit');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type(codeIn(await house.lastTo(member.email)));
    await page.keyboard.press('Enter');
    await titled(page, 'Merci de saisir votre nouveau mot de passe');

    await tabTo(page, 'Votre nouveau mot de passe');
    await page.keyboard.type('Colza+2026!jaune');
    await tabTo(page, 'Confirmez votre nouveau mot de passe');
    await page.keyboard.type('Colza+2026!jaune');
    await page.keyboard.press('Enter');
    await says(page, /Félicitations !/);
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('in English as in French, title, language and messages of the server included', async () => {
    const { page } = await house.open('mgen');
    await press(page, 'English');
    await titled(page, 'Personal space – Sign in');
    expect(await page.getAttribute('html', 'lang')).toBe('en');

    await fill(page, 'Social security number or Member number', 'nobody');
    await fill(page, 'Password', 'wrong');
    await press(page, 'Sign in');
    await page
      .getByRole('alert')
      .getByText(/incorrect|wrong/i)
      .waitFor();
    await page.reload();
    await titled(page, 'Personal space – Sign in');
    await isReadable(page);
    await press(page, 'Français');
    await titled(page, 'Espace personnel – Connexion');
    await page.context().close();
  });

  test('a password can be pasted, shown and hidden again', async () => {
    const { page } = await house.open('safiag');
    const field = page.getByRole('textbox', { name: 'Code d’accès' });
    expect(await field.getAttribute('autocomplete')).toBe('current-password');
    expect(await field.getAttribute('inputmode')).toBe('numeric');

    await field.focus();
    await page.evaluate(() => document.execCommand('insertText', false, '482915'));
    expect(await field.inputValue()).toBe('482915');
    await press(page, 'Afficher : Code d’accès');
    expect(await field.getAttribute('type')).toBe('text');
    await press(page, 'Afficher : Code d’accès');
    expect(await field.getAttribute('type')).toBe('password');
    await page.context().close();
  });

  test('« Ce n’était pas moi »: what it does, one button, and the account is frozen', async () => {
    const member = await buildMember(house.server, 'mgen', { password: 'Tilleul+2026!' });
    const { page } = await house.open('mgen');
    await fill(page, 'N° de sécurité sociale ou N° d’adhérent', member.identifier);
    await fill(page, 'Mot de passe', 'Tilleul+2026!');
    await press(page, 'Se connecter');
    await follow(page, 'E-mail et mot de passe');
    await fill(page, 'Votre mot de passe actuel', 'Tilleul+2026!');
    await fill(page, 'Votre nouveau mot de passe', 'Colza-2026-jaune');
    await fill(page, 'Confirmez votre nouveau mot de passe', 'Colza-2026-jaune');
    await press(page, 'Valider');
    await titled(page, 'Vous êtes connecté·e');

    const link = linkIn(await house.lastTo(member.email));
    expect(link).toContain('#/pas-moi/');
    await page.goto(link);
    await titled(page, 'Ce n’était pas moi');
    await says(page, 'Si l’action vient de vous, fermez simplement cette page.');
    await isReadable(page);
    await press(page, 'Ce n’était pas moi');
    await titled(page, 'C’est noté');
    expect(page.url()).not.toContain(link.slice(-20));
    const account = await house.server.house.pool('accounts').where({ id: member.accountId }).first();
    expect(account.frozen_at).not.toBeNull();
    await isReadable(page);
    await page.context().close();
  });

  test('a session that ended leads back to the sign-in, and says so', async () => {
    const member = await buildMember(house.server, 'mgen', { password: 'Tilleul+2026!' });
    const { page } = await house.open('mgen');
    await fill(page, 'N° de sécurité sociale ou N° d’adhérent', member.identifier);
    await fill(page, 'Mot de passe', 'Tilleul+2026!');
    await press(page, 'Se connecter');
    await titled(page, 'Vous êtes connecté·e');

    house.server.clock.advance(16);
    await follow(page, 'Mes coordonnées');
    await says(page, 'Votre session a pris fin. Connectez-vous de nouveau.');
    await page.context().close();
  });

  test('outside production without gateways, a mailbox shows what members would have received', async () => {
    const server = await startServer('sqlite');
    server.house.portalUrl = `${server.url}/portal`;
    const member = await buildMember(server, 'safiag', { password: '482915' });
    await server.anonymous().post('/portal/api/safiag/recoveries', {
      path: 'forgotten',
      identifier: member.identifier,
    });
    await server.work();

    const { page, problems } = await openPage(house.browser, `${server.url}/mailbox`);
    await page.getByRole('heading', { level: 1, name: 'La boîte de démonstration' }).waitFor();
    await says(page, member.email);
    await isReadable(page);
    await follow(page, /#\/lien\//);
    await titled(page, 'Choisir un nouveau mot de passe');
    expect(problems).toEqual([]);
    await page.context().close();
    await server.stop();
  });

  test('outside production a page lists the portals', async () => {
    const { page, problems } = await openPage(house.browser, `${house.server.url}/portal`);
    await page.getByRole('heading', { level: 1, name: 'Les espaces adhérents' }).waitFor();
    await isReadable(page);
    await page.getByRole('link', { name: /MGEN/ }).click();
    await titled(page, 'Espace personnel – Connexion');
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
