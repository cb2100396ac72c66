import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../../server/audit/record.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import { policyOf } from '../../server/organisations/organisations.service.ts';
import { loadProviders } from '../../server/portal/france-connect-file.ts';
import { keepFacts } from '../../server/verifications/facts.service.ts';
import { startOidc } from '../support/oidc.ts';
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
import { buildMember, codeIn, temporaryIn } from '../support/recoveries.ts';
import { everyOrganisation } from '../support/server.ts';

const organisation = 'msa-sud-aquitaine';
const identifierField = 'Identifiant (n° de sécurité sociale)';
const newPassword = 'Colza+2026!jaune';

/** The guide 004: its seven steps, then the first connection. */
describe('the seven steps of the MSA Sud Aquitaine', () => {
  let house: PortalHouse;
  beforeAll(async () => {
    house = await startPortalHouse();
  }, 300_000);
  afterAll(() => house.stop());

  test('a code by SMS, a temporary password, one’s own, and the contacts to confirm', async () => {
    const member = await buildMember(house.server, organisation, {
      mobile: '+33600000011',
      spaceType: 'particulier',
    });
    const { page, problems } = await house.open(organisation);

    // 1/
    await titled(page, 'Se connecter à Mon espace privé MSA');
    await press(page, 'Se connecter');
    await says(page, 'Ce champ est exigé.');
    await page.getByText('Où trouver mon identifiant ?').click();
    await says(page, 'Vous le trouvez sur votre carte Vitale.');
    await says(page, 'Inscrivez-vous rapidement dès maintenant.');
    await isReadable(page);
    await follow(page, 'J’ai oublié mon mot de passe');

    // 2/
    await titled(page, 'Vérification de votre identité');
    await says(page, 'Par sécurité, nous devons vérifier votre identité.');
    await says(page, 'Reportez le n° de sécurité sociale figurant sur la carte Vitale.');
    await isReadable(page);
    await fill(page, identifierField, member.identifier);
    await press(page, 'Suivant');

    // 3/
    await titled(page, 'Comment désirez-vous recevoir votre mot de passe temporaire ?');
    expect(await page.getByRole('link', { name: 'Abandonner' }).count()).toBe(1);
    await press(page, 'Précédent');
    await titled(page, 'Vérification de votre identité');
    await press(page, 'Suivant');
    await isReadable(page);
    await press(page, 'Recevoir mon mot de passe temporaire par SMS');

    // 4/
    await titled(page, 'Saisissez votre code de confirmation');
    await says(page, /4 chiffres et reste valable 30 minutes/);
    await isReadable(page);
    await fill(page, 'Saisir le code de confirmation', codeIn(await house.lastTo(member.mobile)));
    await press(page, 'Valider');

    // 5/
    await says(
      page,
      /Un mot de passe temporaire vous a été envoyé par SMS. Vous pourrez le modifier après vous être connecté/,
    );
    await says(page, /Si vous ne recevez pas ce mot de passe, merci de contacter/);
    await isReadable(page);
    const temporary = temporaryIn(await house.lastTo(member.mobile));
    await follow(page, 'Accéder à Mon espace privé');
    await fill(page, 'Mot de passe', temporary);
    await press(page, 'Se connecter');

    // 6/
    await titled(page, 'Personnalisez votre mot de passe');
    await says(page, 'Votre mot de passe est temporaire. Vous devez le personnaliser.');
    await says(page, /un minimum de 8 caractères en combinant des chiffres/);
    const strength = page.getByText(/Solidité du mot de passe/);
    for (const [typed, word] of [
      ['Azerty1!', 'faible'],
      ['Colza2026!x', 'moyen'],
      [newPassword, 'fort'],
    ] as const) {
      await fill(page, 'Votre nouveau mot de passe', typed);
      await strength.getByText(word).waitFor();
    }
    await says(page, 'Règles respectées : 5 sur 5');
    await isReadable(page);
    await fill(page, 'Confirmer le mot de passe', newPassword);
    await press(page, 'Valider');
    await says(page, /Votre mot de passe a bien été modifié. Avant d’accéder à votre espace privé MSA/);

    // 7/
    await fill(page, 'Mot de passe', newPassword);
    await press(page, 'Se connecter');
    await titled(page, 'Confirmation de vos coordonnées');
    for (const kind of [
      'adresse e-mail',
      'numéro de téléphone portable',
      'numéro de téléphone fixe',
      'numéro de fax',
    ]) {
      await says(page, `Votre ${kind} est`);
    }
    await press(page, 'Modifier : numéro de téléphone fixe');
    await fill(page, 'Nouveau : numéro de téléphone fixe', '05 59 00 00 01');
    await press(page, 'Enregistrer');
    await says(page, 'Indiquez votre mot de passe actuel pour modifier vos coordonnées.');
    await isReadable(page);
    await fill(page, 'Votre mot de passe actuel', newPassword);
    await press(page, 'Enregistrer');
    await titled(page, 'Vous êtes connecté·e');
    await says(page, 'Vos coordonnées sont enregistrées.');

    // « À tout moment vous pouvez changer votre mot de passe »
    await follow(page, 'Email & Mot de passe');
    await titled(page, 'Mon compte');
    await fill(page, 'Votre mot de passe actuel', 'faux');
    await fill(page, 'Votre nouveau mot de passe', 'Lupin+2027!bleu');
    await fill(page, 'Confirmer le mot de passe', 'Lupin+2027!bleu');
    await press(page, 'Valider');
    await says(page, 'Ce mot de passe n’est pas votre mot de passe actuel.');
    await isReadable(page);
    await fill(page, 'Votre mot de passe actuel', newPassword);
    await press(page, 'Valider');
    await says(page, /Votre mot de passe a bien été modifié/);
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  const prove = async (identifier: string, space: string, value: string, fact?: string) => {
    const opened = await house.open(organisation);
    const { page } = opened;
    await follow(page, 'S’inscrire');
    await says(page, /Si la réponse est incorrecte, il est envoyé par courrier./);
    await fill(page, identifierField, identifier);
    await page.getByRole('radio', { name: space, exact: true }).check();
    if (fact) await page.getByRole('radio', { name: fact }).check();
    await isReadable(page);
    await page.locator('[name="proof.value"]').fill(value);
    await press(page, 'Suivant');
    return opened;
  };

  test('never connected: a right proof brings the password by SMS or e-mail', async () => {
    const member = await buildMember(house.server, organisation, {
      password: undefined,
      spaceType: 'particulier',
    });
    const { server } = house;
    await perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), async (ctx) => {
      const facts = [
        { memberId: member.id, fact: 'benefit-amount', value: '123,45', happenedOn: '2026-09-10' },
      ];
      await keepFacts(ctx, policyOf(server.house, organisation), facts);
      record(ctx, { type: 'demo.loaded', data: { members: 1 } });
    });

    const { page, problems } = await prove(
      member.identifier,
      'Particulier',
      '123,45 €',
      'Montant d’une prestation perçue',
    );
    await press(page, 'Recevoir mon mot de passe temporaire par e-mail');
    await says(page, /Un mot de passe temporaire vous a été envoyé par e-mail/);
    const temporary = temporaryIn(await house.lastTo(member.email));
    await follow(page, 'Accéder à Mon espace privé');
    await fill(page, 'Mot de passe', temporary);
    await press(page, 'Se connecter');

    await titled(page, 'Personnalisez votre mot de passe');
    expect(problems()).toEqual([]);
    await page.context().close();
  });

  test('never connected: a wrong proof brings the letter', async () => {
    const member = await buildMember(house.server, organisation, {
      password: undefined,
      spaceType: 'exploitant',
    });
    const { page } = await prove(member.identifier, 'Exploitant', '1,00');

    await titled(page, 'Votre demande est enregistrée');
    await says(page, /par courrier|un courrier/);
    await isReadable(page);
    await house.server.work();
    expect(await house.server.house.pool('letters').where({ member_id: member.id })).toHaveLength(1);
    await page.context().close();
  });

  test('individuals sign in with FranceConnect, whose answer leaves the address bar', async () => {
    const { server } = house;
    const person = { sub: 'sub-1', given_name: 'Odile', family_name: 'VERMEIL', birthdate: '1958-02-03' };
    const member = await buildMember(server, organisation, {
      usualName: 'Vermeil',
      firstName: 'Odile',
      birthDate: '1958-02-03',
      spaceType: 'particulier',
    });
    const oidc = await startOidc(`${server.url}/portal/${organisation}/france-connect`, person);
    const file = join(server.directory, 'franceconnect.json');
    writeFileSync(file, JSON.stringify({ [organisation]: { issuer: oidc.issuer, ...oidc.client } }));
    server.house.providers = loadProviders(file, everyOrganisation(server.house), false);

    const { page } = await house.open(organisation);
    await says(page, '(uniquement pour les particuliers)');
    await isReadable(page);
    await press(page, 'S’identifier avec FranceConnect');

    // The first time only: a homonym has the same identity, but not the same number.
    await titled(page, 'Votre identifiant, une seule fois');
    expect(page.url()).toBe(`${server.url}/portal/${organisation}/france-connect`);
    await isReadable(page);
    await fill(page, identifierField, '2610399999001');
    await press(page, 'Me connecter');
    await says(page, /ne mènent ensemble à aucun compte/);
    await isReadable(page);
    await fill(page, identifierField, member.identifier);
    await press(page, 'Me connecter');

    await titled(page, 'Confirmation de vos coordonnées');
    expect(page.url()).toBe(`${server.url}/portal/${organisation}#/coordonnees`);
    await oidc.stop();
    await page.context().close();
  });
});
