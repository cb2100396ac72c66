import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  failToSignIn,
  fill,
  follow,
  linkIn,
  isReadable,
  press,
  says,
  startPortalHouse,
  titled,
  type PortalHouse,
} from '../support/portal.ts';
import { buildMember, temporaryIn, tokenIn } from '../support/recoveries.ts';

const identifierField = 'N° de sécurité sociale ou N° d’adhérent';
const newPassword = 'Colza-2026-jaune';

/** The guide 003: unblocking a Personal space. */
describe('MGEN’s guide, screen by screen', () => {
  let house: PortalHouse;
  beforeAll(async () => {
    house = await startPortalHouse();
  }, 300_000);
  afterAll(() => house.stop());

  const lockedMember = async (more: object = {}) => {
    const member = await buildMember(house.server, 'mgen', {
      birthDate: '1961-03-04',
      mobile: '+33600000003',
      ...more,
    });
    await failToSignIn(house.server.anonymous(), 'mgen', member.identifier, 3);
    return member;
  };
  const proveIdentity = async (identifier: string, birthDate = '04/03/1961') => {
    const opened = await house.open('mgen', '/debloquer');
    await fill(opened.page, identifierField, identifier);
    await fill(opened.page, 'Date de naissance', birthDate);
    await press(opened.page, 'Valider');
    return opened;
  };
  const chooseNewPassword = async (page: Awaited<ReturnType<typeof proveIdentity>>['page']) => {
    await titled(page, 'Réinitialiser le mot de passe');
    await says(page, 'Saisir votre nouveau mot de passe.');
    await says(page, 'Re-saisir votre nouveau mot de passe.');
    await fill(page, 'Votre nouveau mot de passe', newPassword);
    await fill(page, 'Confirmez votre nouveau mot de passe', newPassword);
    await press(page, 'Valider');
    // Signed in at once: « à la fin de l'opération vous accéderez à votre Espace personnel ».
    await titled(page, 'Vous êtes connecté·e');
    await says(page, /Votre mot de passe a été modifié/);
  };

  test('after three failures « Débloquez votre compte »; an SMS brings a temporary password', async () => {
    const member = await buildMember(house.server, 'mgen', {
      birthDate: '1961-03-04',
      mobile: '+33600000001',
    });
    const { page, problems } = await house.open('mgen');
    const unblock = page.getByRole('link', { name: 'Débloquez votre compte' });
    for (let n = 0; n < 3; n += 1) {
      expect(await unblock.count()).toBe(0);
      await fill(page, identifierField, member.identifier);
      await fill(page, 'Mot de passe', `faux-${n}`);
      await press(page, 'Se connecter');
      await page.getByRole('alert').getByText('Identifiant ou mot de passe incorrect.').waitFor();
    }
    await says(page, 'Après 3 tentatives infructueuses, vous avez peut-être bloqué vos identifiants.');
    await isReadable(page);
    await unblock.click();

    await titled(page, 'Débloquez votre compte');
    await says(page, /celui-ci sera utilisé automatiquement/);
    // What was typed once is not asked twice.
    expect(await page.getByRole('textbox', { name: identifierField }).inputValue()).toBe(member.identifier);
    await isReadable(page);
    await fill(page, 'Date de naissance', '04/13/1961');
    await press(page, 'Valider');
    await says(page, /jj\/mm\/aaaa, par exemple/);
    await fill(page, 'Date de naissance', '04/03/1961');
    await press(page, 'Valider');

    await says(page, 'Choisissez le canal de communication');
    await says(page, 'Seuls les numéros de portable en France métropolitaine permettent de recevoir un SMS.');
    await isReadable(page);
    await press(page, 'Recevoir mon mot de passe temporaire par SMS');
    await says(page, /Un mot de passe temporaire vous a été envoyé par SMS/);
    await says(page, /Quel que soit le canal utilisé/);
    await isReadable(page);

    const temporary = temporaryIn(await house.lastTo(member.mobile));
    await follow(page, 'Accéder à la connexion');
    await fill(page, 'Mot de passe', temporary.toLowerCase());
    await press(page, 'Se connecter');
    await chooseNewPassword(page);
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('by e-mail a link comes, used by a click alone and once', async () => {
    const member = await lockedMember();
    const { page } = await proveIdentity(member.identifier);
    await press(page, 'Recevoir un lien par e-mail');
    await says(page, /un lien sur lequel cliquer pour changer de mot de passe/);
    const link = linkIn(await house.lastTo(member.email));

    await page.goto(link);
    await press(page, 'Choisir mon nouveau mot de passe');
    await page.waitForURL('**#/mot-de-passe');
    await chooseNewPassword(page);

    const again = await house.open('mgen', `/lien/${tokenIn(link)}`);
    await press(again.page, 'Choisir mon nouveau mot de passe');
    await says(again.page, /Ce lien a déjà servi/);
    await isReadable(again.page);
    await page.context().close();
    await again.page.context().close();
  });

  test('« Votre compte n’est pas bloqué. », with the way to the forgotten password', async () => {
    const member = await buildMember(house.server, 'mgen', { birthDate: '1961-03-04' });
    const { page } = await proveIdentity(member.identifier);

    await titled(page, 'Votre compte n’est pas bloqué.');
    await isReadable(page);
    await follow(page, 'Mot de passe oublié');
    await titled(page, 'Oubli de mot de passe');
    expect(await page.getByRole('textbox', { name: identifierField }).inputValue()).toBe(member.identifier);
    await page.context().close();
  });

  test('the only known contact is used by itself, and a message says which', async () => {
    const member = await lockedMember({ mobile: null });
    const { page } = await proveIdentity(member.identifier);

    await says(page, /Le seul contact que nous puissions utiliser est votre adresse e-mail/);
    expect(tokenIn(await house.lastTo(member.email))).toHaveLength(43);
    await page.context().close();
  });

  test('an overseas number is told so, beside the e-mail that works', async () => {
    const member = await lockedMember({ mobile: '+262692000001' });
    const { page } = await proveIdentity(member.identifier);

    await says(page, /Seuls les numéros de portable en France métropolitaine/);
    expect(tokenIn(await house.lastTo(member.email))).toHaveLength(43);
    await page.context().close();
  });

  test('a wrong birth date gets the one answer for whoever cannot be helped here', async () => {
    const member = await lockedMember({ mobile: '+33600000004' });
    const { page } = await proveIdentity(member.identifier, '05/03/1961');

    await titled(page, 'Demande impossible en ligne');
    await isReadable(page);
    await press(page, 'Précédent');
    await titled(page, 'Débloquez votre compte');
    await page.context().close();
  });
});
