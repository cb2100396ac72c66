import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fill,
  follow,
  isReadable,
  press,
  says,
  startPortalHouse,
  titled,
  type PortalHouse,
} from '../support/portal.ts';
import { buildMember, codeIn, otherThan } from '../support/recoveries.ts';

const organisation = 'mutuelle-agents-publics';

/** The guide 002: its six steps. */
describe('the six steps of the Mutuelle des agents publics', () => {
  let house: PortalHouse;
  beforeAll(async () => {
    house = await startPortalHouse();
  }, 300_000);
  afterAll(() => house.stop());

  test('a code by e-mail, typed on the same page, leads to a new password and back in', async () => {
    const member = await buildMember(house.server, organisation);
    const { page, problems } = await house.open(organisation);

    // Step 1
    await titled(page, 'Espace Adhérent – Connexion');
    await says(page, 'Utilisez nos conseils pour un comportement adapté et sécurisé');
    await says(page, 'Vérification anti-robot : faite.');
    await isReadable(page);
    await follow(page, 'Mot de passe oublié, ou première connexion');

    // Step 2
    await titled(page, 'Mot de passe oublié, ou première connexion');
    await says(page, /Vous connaissez votre identifiant, mais vous avez perdu votre mot de passe/);
    await says(page, /recevoir un nouveau mot de passe par courrier sous huit jours/);
    await says(page, 'Merci d’indiquer votre numéro d’adhérent.');
    await isReadable(page);
    await fill(page, 'N° Adhérent', member.identifier);
    await press(page, 'Valider');

    // Step 3
    await titled(page, 'Comment désirez-vous recevoir votre code d’activation ?');
    await says(page, '•••••@•••••');
    await says(page, /laisser cette page internet ouverte/);
    await isReadable(page);
    await press(page, 'Recevoir mon code par e-mail');

    // Step 4
    await titled(page, 'Saisissez votre code d’activation');
    await says(page, /courrier indésirable ou spam/);
    await says(page, /sur cette même page/);
    await isReadable(page);
    // A telephone loads the page again when one comes back from the message.
    await page.reload();
    await titled(page, 'Saisissez votre code d’activation');
    const code = codeIn(await house.lastTo(member.email));
    await fill(page, 'Merci de saisir votre code d’activation', otherThan(code));
    await press(page, 'Valider');
    await says(page, /Ce code n’est pas le bon/);
    await isReadable(page);
    await fill(page, 'Merci de saisir votre code d’activation', code);
    await press(page, 'Valider');

    // Step 5
    await titled(page, 'Merci de saisir votre nouveau mot de passe');
    await says(page, /apostrophe « ' », pourcentage « % », antislash « \\ » et underscore « _ »/);
    await says(page, /un changement souhaité tous les 6 mois/);
    await fill(page, 'Votre nouveau mot de passe', "l'Essai_2026");
    await fill(page, 'Confirmez votre nouveau mot de passe', "l'Essai_2026");
    await press(page, 'Valider');
    await says(page, /Sans ces caractères/);
    await isReadable(page);
    await fill(page, 'Votre nouveau mot de passe', 'Colza+2026!jaune');
    await fill(page, 'Confirmez votre nouveau mot de passe', 'Colza+2026!jaune');
    await press(page, 'Valider');

    // Step 6
    await says(page, /Félicitations ! Vous pouvez désormais vous connecter à votre espace adhérent/);
    await says(page, /Merci et à bientôt !/);
    await isReadable(page);
    await fill(page, 'Identifiant (N° adhérent)', member.identifier);
    await fill(page, 'Code d’accès', 'Colza+2026!jaune');
    await press(page, 'Connexion');
    await titled(page, 'Vous êtes connecté·e');
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('the code is good in the browser that asked for it only', async () => {
    const member = await buildMember(house.server, organisation, { mobile: '+33600000002' });
    const asking = await house.open(organisation, '/oublie');
    await fill(asking.page, 'N° Adhérent', member.identifier);
    await press(asking.page, 'Valider');
    await press(asking.page, 'Recevoir mon code par SMS');
    await titled(asking.page, 'Saisissez votre code d’activation');
    const code = codeIn(await house.lastTo(member.mobile));

    const other = await house.open(organisation, '/oublie');
    await fill(other.page, 'N° Adhérent', member.identifier);
    await press(other.page, 'Valider');
    await press(other.page, 'Recevoir mon code par SMS');
    await fill(other.page, 'Merci de saisir votre code d’activation', code);
    await press(other.page, 'Valider');

    await says(other.page, /Ce code/);
    expect(other.page.url()).toContain('#/oublie');
    await asking.page.context().close();
    await other.page.context().close();
  });

  test('who has neither telephone nor e-mail chooses the letter, within eight days', async () => {
    const member = await buildMember(house.server, organisation, { email: null, mobile: null });
    const { page } = await house.open(organisation, '/oublie');
    await fill(page, 'N° Adhérent', member.identifier);
    await press(page, 'Valider');
    await press(page, 'Recevoir un nouveau mot de passe par courrier');

    await titled(page, 'Votre demande est enregistrée');
    await says(page, /sous huit jours/);
    await isReadable(page);
    await house.server.work();
    expect(await house.server.house.pool('letters').where({ member_id: member.id })).toHaveLength(1);
    await page.context().close();
  });

  test('a change is recommended after six months, never forced', async () => {
    const member = await buildMember(house.server, organisation, { password: 'Tilleul+2026!' });
    const sixMonthsAgo = '2026-05-01T08:00:00.000Z';
    await house.server.house
      .pool('accounts')
      .where({ id: member.accountId })
      .update({ password_set_at: sixMonthsAgo });
    const { page } = await house.open(organisation);
    await fill(page, 'Identifiant (N° adhérent)', member.identifier);
    await fill(page, 'Code d’accès', 'Tilleul+2026!');
    await press(page, 'Connexion');

    await titled(page, 'Vous êtes connecté·e');
    await says(page, /un changement souhaité tous les 6 mois/);
    await isReadable(page);
    await follow(page, 'Modifier mon mot de passe');
    await titled(page, 'Mon compte');
    await isReadable(page);
    await page.context().close();
  });
});
