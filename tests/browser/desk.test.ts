import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { knowFacts } from '../support/callers.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { answerQuestion, answerTo, confirm, memberScreen, say } from '../support/member-screen.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';
import {
  agentsPublicsMember,
  fileWith,
  importFile,
  knock,
  passwordsOn,
  safiagMember,
  type Person,
} from '../support/story.ts';
import { textOfPages } from '../support/paper.ts';

describe('the whole story in a browser', () => {
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

  test.each([
    ['SAFIAG', 'Lettre services plus', safiagMember],
    ['Mutuelle des agents publics', 'Lettre verte', agentsPublicsMember],
  ])(
    'a member of %s gets back in with a letter',
    async (organisation, product, person) => {
      const member = server.anonymous();
      await importFile(server, person.organisation, fileWith(person));
      for (let n = 0; n < 3; n += 1) await knock(member, person, `wrong-${n}`);

      const problems = await callAbout(person);
      const printed = await printAndPost(organisation, product);

      const opened = await knock(member, person, printed);
      expect(opened.body).toMatchObject({ status: 'must-change-password' });
      const api = `/portal/api/${person.organisation}`;
      await member.post(`${api}/password`, { newPassword: person.chosenPassword });
      expect((await knock(member, person, printed)).status).toBe(401);
      expect((await knock(member, person, person.chosenPassword)).body).toMatchObject({
        status: 'signed-in',
      });
      await pageShowsIt(person);
      expect(problems).toEqual([]);
    },
    180_000,
  );

  const findMember = async (page: Awaited<ReturnType<typeof openDesk>>['page'], person: Person) => {
    await page.getByRole('combobox', { name: 'Rechercher un adhérent' }).fill(person.lastName.toLowerCase());
    await page.getByRole('option', { name: new RegExp(person.firstName) }).click();
    const headline = page.getByRole('region', { name: 'Peut-il se connecter ?' });
    await headline.waitFor();
    return headline;
  };

  /** The call: search, page, two right answers, unblock and letter in one act; what the browser complained of. */
  const callAbout = async (person: Person): Promise<string[]> => {
    const { page, problems } = await openDesk(browser, server, 'agent');
    const screen = memberScreen(page, problems);
    const headline = await findMember(page, person);
    await headline.getByText('Non : compte bloqué').waitFor();
    expect(page.url().toLowerCase()).not.toContain(person.lastName.toLowerCase());
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(person.lastName);

    const { id } = await server.house.pool('members').where({ member_number: person.memberNumber }).first();
    const answers = await knowFacts(server, { id, organisation: person.organisation });
    await say(screen, 'Adhérent');
    await answerQuestion(screen, (label) => answerTo(answers, label));
    await screen.proof.getByText('1 bonne réponse sur 2').waitFor();
    await answerQuestion(screen, (label) => answerTo(answers, label));

    await page.getByRole('button', { name: 'Débloquer et envoyer par courrier' }).click();
    await page.getByRole('dialog').getByText('35000 RENNES').waitFor();
    await confirm(page, 'Débloquer et demander le courrier', 'Ni e-mail ni mobile connus');
    await page.getByText('Un courrier part le').waitFor();
    await headline.getByText('Pas encore : envoi en cours').waitFor();
    await page.context().close();
    return problems;
  };

  /** The print room: lot, release by another, PDF, count, deposit; the password that the PDF carries. */
  const printAndPost = async (organisation: string, product: string): Promise<string> => {
    const { page: operator, problems } = await openDesk(browser, server, 'print-operator');
    await operator.getByRole('link', { name: 'Éditique' }).click();
    const waiting = operator.getByRole('row', { name: new RegExp(`${organisation}.*${product}`) });
    await waiting.getByRole('button', { name: 'Constituer le lot' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Constituer le lot' }).click();
    await operator.getByRole('heading', { name: /Lot n° \d+/ }).waitFor();

    const { page: supervisor } = await openDesk(browser, server, 'supervisor');
    await supervisor.goto(operator.url());
    await supervisor.getByRole('button', { name: 'Lancer le lot' }).click();
    await supervisor.getByRole('textbox', { name: 'Votre mot de passe' }).fill(deskPassword);
    await supervisor.getByRole('dialog').getByRole('button', { name: 'Lancer' }).click();
    await supervisor.getByRole('dialog').waitFor({ state: 'detached' });
    await supervisor.context().close();

    await operator.reload();
    await operator.getByRole('button', { name: 'Imprimer le lot' }).click();
    const streamed = operator.waitForResponse((response) => response.url().endsWith('/print'));
    await operator.getByRole('dialog').getByRole('button', { name: 'Imprimer' }).click();
    const answer = await streamed;
    expect(answer.headers()['content-type']).toContain('application/pdf');
    await operator.getByText('Le document est prêt').waitFor();
    const saved = operator.waitForEvent('download');
    await operator.getByRole('link', { name: 'Enregistrer' }).click();
    const pdf = await readDownload(await saved);
    const [password = ''] = passwordsOn(await textOfPages(pdf));

    await operator.getByRole('button', { name: 'Déclarer le compte' }).click();
    await operator.getByLabel('Bonnes feuilles').fill('1');
    await operator.getByText('le compte y est').waitFor();
    await operator.getByRole('button', { name: 'Valider le compte' }).click();
    await operator.getByRole('button', { name: 'Déclarer le dépôt' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Déclarer déposé' }).click();
    await operator.getByRole('dialog').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await operator.context().close();
    return password;
  };

  const pageShowsIt = async (person: Person): Promise<void> => {
    const { page } = await openDesk(browser, server, 'agent');
    const headline = await findMember(page, person);
    await headline.getByText('Oui : peut se connecter').waitFor();
    await page.getByText('Nouveau mot de passe choisi').waitFor();
    await page.getByText('déposé à La Poste').waitFor();
    await page.context().close();
  };
});

const readDownload = async (download: { createReadStream: () => Promise<AsyncIterable<Uint8Array>> }) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of await download.createReadStream()) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
};
