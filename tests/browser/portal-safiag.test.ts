import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
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
import { buildMember, tokenIn } from '../support/recoveries.ts';

/** The guides 000 and 001, from their first page to their last. */
describe('SAFIAG’s guide, screen by screen', () => {
  let house: PortalHouse;
  beforeAll(async () => {
    house = await startPortalHouse();
  }, 300_000);
  afterAll(() => house.stop());

  test('page 1: with credentials, on the keypad or by typing, then the terms of use', async () => {
    const member = await buildMember(house.server, 'safiag', { password: '482915' });
    const { page, problems } = await house.open('safiag');
    await titled(page, 'Pour vous connecter à votre espace adhérent');
    await says(page, 'Je suis en possession de mes identifiants');
    await isReadable(page);

    await fill(page, 'N° de Sécurité Sociale', member.identifier);
    await press(page, 'Utiliser le clavier à l’écran');
    const keypad = page.getByRole('group', { name: /Clavier à l’écran/ });
    expect(await keypad.getByRole('button', { name: /^\d$/ }).count()).toBe(10);
    for (const digit of '4829') await keypad.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('textbox', { name: 'Code d’accès' }).press('End');
    await page.keyboard.type('15');
    await press(page, 'Se connecter');

    await titled(page, 'Conditions générales d’utilisation');
    await says(page, 'voit automatiquement ses codes de connexion désactivés');
    await says(page, /l’ensemble des codes d’accès des Membres de son personnel ser(a|ont) désactivé/);
    await says(page, 'Élection de domicile et juridiction');
    await press(page, 'Continuer');
    await says(page, 'Ce champ est exigé.');
    await isReadable(page);
    await page.getByLabel('Accepter les conditions générales d’utilisation').check();
    await press(page, 'Continuer');
    await titled(page, 'Vous êtes connecté·e');
    await isReadable(page);

    await press(page, 'Se déconnecter');
    await says(page, 'Vous êtes déconnecté·e.');
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('page 2: a known e-mail brings the link, then a password of six digits of one’s own', async () => {
    const member = await buildMember(house.server, 'safiag', { password: '482915' });
    const { page, problems } = await house.open('safiag');
    await says(page, 'Je n’ai pas mes identifiants (ou je les ai oubliés)');
    await says(page, 'Je trouve mes identifiants sur mes décomptes ou sur ma carte de tiers payant.');
    await follow(page, 'Vous avez oublié votre code d’accès ou vous souhaitez l’obtenir ?');

    await titled(page, 'Demande de mot de passe');
    await says(page, 'SAFIAG ne connaît pas mon adresse e-mail');
    await says(page, 'Je recevrai un courrier sous 48 heures avec mon mot de passe.');
    await says(page, /Je recevrai en quelques minutes un e-mail de réinitialisation/);
    await says(page, /qui m’adressera un nouveau mot de passe par courrier/);
    await isReadable(page);
    await fill(page, 'N° de Sécurité Sociale', member.identifier);
    await press(page, 'Demander un nouveau mot de passe');
    await titled(page, 'Votre demande est enregistrée');
    await says(page, /vous recevrez en quelques minutes un e-mail de réinitialisation/);
    await isReadable(page);

    const link = linkIn(await house.lastTo(member.email));
    await page.goto(link);
    await titled(page, 'Choisir un nouveau mot de passe');
    await isReadable(page);
    await press(page, 'Choisir mon nouveau mot de passe');
    await page.waitForURL('**#/mot-de-passe');
    await fill(page, 'Nouveau mot de passe (6 chiffres)', '73915');
    await fill(page, 'Confirmation du nouveau mot de passe (6 chiffres)', '73915');
    await press(page, 'Valider');
    await says(page, /Exactement 6 chiffres/);
    await isReadable(page);
    await fill(page, 'Nouveau mot de passe (6 chiffres)', '739152');
    await fill(page, 'Confirmation du nouveau mot de passe (6 chiffres)', '739152');
    await says(page, 'Règles respectées : 1 sur 1');
    await press(page, 'Valider');

    await says(
      page,
      'Votre modification a été prise en compte. Vous pouvez vous connecter avec votre nouveau mot de passe.',
    );
    await fill(page, 'N° de Sécurité Sociale', member.identifier);
    await fill(page, 'Code d’accès', '739152');
    await press(page, 'Se connecter');
    await titled(page, 'Conditions générales d’utilisation');
    expect(house.server.logged.join('\n')).not.toContain(tokenIn(link));
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('page 2: without an e-mail the same answer comes, and a letter is asked for', async () => {
    const member = await buildMember(house.server, 'safiag', { email: null, mobile: null });
    const { page } = await house.open('safiag', '/oublie');

    await fill(page, 'N° de Sécurité Sociale', member.identifier);
    await press(page, 'Demander un nouveau mot de passe');
    await says(page, /Sinon, vous recevrez un courrier avec votre mot de passe sous 48 heures/);
    await house.server.work();

    const letters = await house.server.house.pool('letters').where({ member_id: member.id });
    expect(letters).toHaveLength(1);
    await page.context().close();
  });

  test('page 3: the first connection in one form, with the code of the statement', async () => {
    const member = await buildMember(house.server, 'safiag', {
      password: undefined,
      firstCode: 'DECOMPTE-7788',
    });
    const { page, problems } = await house.open('safiag');
    await follow(page, /Première connexion/);

    await titled(page, 'Première connexion');
    await says(page, 'Personnaliser mon mot de passe sur 6 chiffres.');
    await says(page, /Me reconnecter avec mon nouveau mot de passe à l’espace/);
    await says(page, 'Accepter les Conditions Générales d’Utilisation du site.');
    await says(page, 'Particulier – Modifier son mot de passe');
    await says(page, /Identifiant du décompte ou mot de passe reçu par courrier/);
    await says(page, /Mon nouveau mot de passe, pour vérification/);
    await isReadable(page);
    await fill(page, 'N° de Sécurité Sociale', member.identifier);
    await fill(page, 'Mot de passe actuel', 'DECOMPTE-7788');
    await fill(page, 'Nouveau mot de passe (6 chiffres)', '739152');
    await fill(page, 'Confirmation du nouveau mot de passe (6 chiffres)', '739153');
    await press(page, 'Valider');
    await says(page, 'Les deux saisies ne sont pas identiques.');
    await fill(page, 'Confirmation du nouveau mot de passe (6 chiffres)', '739152');
    await press(page, 'Valider');

    await says(page, /Votre modification a été prise en compte/);
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('page 4: the hints of « Je n’arrive pas à me connecter », there and after a failure', async () => {
    const { page } = await house.open('safiag');
    await fill(page, 'N° de Sécurité Sociale', '2610399999000');
    await fill(page, 'Code d’accès', '000000');
    await press(page, 'Se connecter');
    await says(page, /Identifiant ou mot de passe incorrect/);
    await says(page, 'Je vérifie que mon mot de passe est bien sur 6 chiffres');
    await isReadable(page);

    await follow(page, 'Je n’arrive pas à me connecter');
    await titled(page, 'Je n’arrive pas à me connecter');
    await says(page, 'Je ne me souviens plus de mes identifiants');
    await says(page, 'J’ai personnalisé mon mot de passe, mais la connexion ne fonctionne pas');
    await says(page, 'Je m’assure que la modification a été prise en compte ; sinon, je recommence.');
    await says(page, 'Je vérifie que j’ai saisi correctement le n° de Sécurité Sociale.');
    await says(page, /Je peux refaire une demande d’identifiant/);
    await isReadable(page);
    await page.context().close();
  });
});
