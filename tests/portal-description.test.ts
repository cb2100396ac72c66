import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHolder } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what the member’s pages are told first, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const describedTo = async (organisation: string, language = 'fr') =>
    server.anonymous().get(`/portal/api/${organisation}/description`, { 'accept-language': language });

  test('is the same bytes for everybody, signed in or not', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const client = server.anonymous();
    const path = `/portal/api/${member.organisation}`;
    const nobody = await describedTo(member.organisation);

    await client.post(`${path}/sign-in`, { identifier: member.identifier, password: 'Tilleul+2026!' });
    const signedIn = await client.get(`${path}/description`);

    expect(nobody.status).toBe(200);
    expect(client.cookies.size).toBe(1);
    expect(Buffer.from(signedIn.bytes).equals(nobody.bytes)).toBe(true);
    expect(nobody.headers.getSetCookie()).toEqual([]);
  });

  test('says what each organisation’s file says', async () => {
    const [digits, link, unblocking, proving] = await Promise.all(
      ['safiag', 'mutuelle-agents-publics', 'mgen', 'msa-sud-aquitaine'].map((id) => describedTo(id)),
    );

    expect(digits?.body).toMatchObject({
      password: { digits: 6, shuffledKeypad: true, rule: ['Exactement 6 chiffres, et rien d’autre.'] },
      firstPassword: { foundOn: 'sur vos décomptes ou votre carte de tiers payant' },
      channels: ['letter', 'email'],
      paths: [{ path: 'forgotten', asksBirthDate: false, proofs: [] }],
      antiRobot: false,
      franceConnect: null,
    });
    expect(link?.body).toMatchObject({ antiRobot: true, channels: ['letter', 'email', 'sms'] });
    expect(unblocking?.body.paths).toMatchObject([
      { path: 'forgotten', asksBirthDate: false },
      { path: 'unblock', asksBirthDate: true },
    ]);
    expect(unblocking?.body.firstPassword).toBeNull();
    expect(proving?.body).toMatchObject({
      labels: { whereIsIdentifier: 'Où trouver mon identifiant ?', register: 'S’inscrire' },
      help: { hours: ['du lundi au vendredi, de 8 h 30 à 12 h 15 et de 13 h 30 à 16 h 30'] },
    });
  });

  test('lists the proofs of members who never connected, by space type, with how recent they must be', async () => {
    const { body } = await describedTo('msa-sud-aquitaine');

    const first = body.paths.find(({ path }: { path: string }) => path === 'first');
    expect(first.proofs.map(({ label }: { label: string }) => label)).toEqual([
      'Particulier',
      'Exploitant',
      'Entreprise',
      'Employeur de jardinier',
    ]);
    expect(first.proofs[0].facts).toEqual([
      { id: 'vitale-serial', label: 'N° de série de la carte Vitale', kind: 'text', hint: null },
      {
        id: 'benefit-amount',
        label: 'Montant d’une prestation perçue',
        kind: 'amount',
        hint: 'au cours des 6 derniers mois',
      },
    ]);
  });

  test('speaks the languages of the file, and no other organisation’s', async () => {
    const english = await describedTo('msa-sud-aquitaine', 'en-GB');
    const onlyFrench = await describedTo('mutuelle-imaginaire', 'en-GB');

    expect(english.body).toMatchObject({
      language: 'en',
      help: { hours: ['Monday to Friday, 8:30 to 12:15 and 13:30 to 16:30'] },
    });
    expect(onlyFrench.body).toMatchObject({ language: 'fr', portalName: 'Mon coin' });
    expect((await describedTo('nowhere')).status).toBe(404);
  });
});
