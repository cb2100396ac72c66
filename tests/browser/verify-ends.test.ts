import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeReadTo, knowFacts, pageOf, speakWith } from '../support/callers.ts';
import { currentCall, endCall } from '../support/calls.ts';
import { buildConsole } from '../support/console.ts';
import { buildHolder, eventsOf, type Built } from '../support/holders.ts';
import { answerQuestion, confirm, openMemberScreen, readBack, say } from '../support/member-screen.ts';
import { contact } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('calls that end otherwise, in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite', { live: { everyMs: 50, restMs: 1_000 } });
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const withEmail = (address: string): Promise<Built> =>
    buildHolder(server, {
      organisationId: 'safiag',
      password: '482915',
      contacts: [contact('email', address)],
    });
  const offerIn = (page: Page) => page.getByRole('group', { name: 'À proposer' });

  test('a failed proof offers the letter at once, and never shows what was expected', async () => {
    const member = await buildHolder(server, { organisationId: 'safiag', password: '482915' });
    const expected = Object.values(await knowFacts(server, member));
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page, proof, problems } = screen;
    const heard: string[] = [];
    page.on('response', async (answer) => {
      if (answer.url().includes('/api/')) heard.push(await answer.text().catch(() => ''));
    });
    await say(screen, 'Adhérent');

    await answerQuestion(screen, (label) => (label.startsWith('Mois') ? '01/1900' : '0,01'));
    await proof.getByText('Réponse fausse.').waitFor();
    await answerQuestion(screen, (label) => (label.startsWith('Mois') ? '02/1900' : '0,02'));
    await offerIn(page).getByText('L’identité n’est pas prouvée : proposez le courrier.').waitFor();
    await screen.say.getByText('Je ne peux pas vérifier votre identité par téléphone.').waitFor();
    await offerIn(page).getByText('à annoncer pour').waitFor();
    expect(await violations(page)).toEqual([]);

    await offerIn(page).getByRole('button', { name: 'Mot de passe par courrier' }).click();
    await confirm(page, 'Demander le courrier', 'Identité non vérifiée');
    await page.getByText('Je ne peux rien dire de plus').waitFor();
    await screen.letters.getByText('Demandé, pas encore imprimé').waitFor();
    const seen = heard.join('\n') + (await page.content());
    for (const answer of expected) expect(seen).not.toContain(answer);
    expect(await eventsOf(server, member.id)).toContain('letter.requested');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('where there is no letter, an impossible proof leads to a supervisor', async () => {
    const yesterday = '2026-11-17';
    const member = await buildHolder(server, {
      organisationId: 'mgen',
      password: 'Tilleul+2026!',
      contacts: [contact('mobile', '+33639980046', yesterday)],
    });
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page } = screen;
    await say(screen, 'Adhérent');

    await screen.proof.getByText('Rien ne permet de vérifier cet appelant.').waitFor();
    await screen.say.getByText('Je transmets votre demande à un responsable').waitFor();
    await offerIn(page).getByText('demandez à un superviseur.').waitFor();
    expect(await violations(page)).toEqual([]);
    await offerIn(page)
      .getByRole('button', { name: /: demander l’accord$/ })
      .click();
    await page.getByRole('dialog').getByText('Rien au dossier ne permet de vérifier cet appelant.').waitFor();
    expect(await violations(page)).toEqual([]);
    await confirm(page, 'Demander l’accord', 'Mot de passe oublié');

    await page.getByText('Vous n’avez pas besoin d’attendre en ligne').waitFor();
    await screen.approvals.getByText('En attente', { exact: true }).waitFor();
    expect(await offerIn(page).count()).toBe(0);
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });

  test('a third party is told nothing, and can only set off the letter', async () => {
    const member = await withEmail('third@tilleul.example');
    const screen = await openMemberScreen(browser, server, 'colleague', member.id);
    const { page, proof } = screen;
    await say(screen, 'Tiers');

    expect(await proof.count()).toBe(0);
    await screen.say.getByText('Je ne peux parler du compte qu’avec l’adhérent').waitFor();
    expect(await screen.say.textContent()).not.toContain('Avant :');
    expect(await page.getByRole('button', { name: /par e-mail/ }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await offerIn(page).getByRole('button', { name: 'Mot de passe par courrier' }).click();
    await confirm(page, 'Demander le courrier', 'Ni e-mail ni mobile connus');
    await page.getByText('Je ne peux rien dire de plus').waitFor();

    // Said by mistake: the page follows who speaks, wherever it is said.
    await say(screen, 'Adhérent');
    await proof.getByRole('button', { name: 'Envoyer un code par e-mail' }).waitFor();
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });

  test('« nothing came » sends an e-mail instead, and calls the letter back', async () => {
    const member = await withEmail('again@tilleul.example');
    const first = await server.as('colleague');
    const call = await speakWith(first, member);
    const { version } = await pageOf(first, member);
    const asked = { channel: 'letter', reason: 'no-contact', version };
    const { letter } = (await first.post(`/api/members/${member.id}/temporary-passwords`, asked)).body;
    await endCall(first, (await currentCall(first)) ?? call);

    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page } = screen;
    await say(screen, 'Adhérent');
    await readBack(screen, 'e-mail', async () => {
      await server.work();
      return codeReadTo(server, member, 'email');
    });
    await page.getByRole('button', { name: 'Lien de réinitialisation par e-mail' }).click();
    const box = page.getByRole('checkbox', { name: `Annuler le courrier ${letter.reference}` });
    expect(await box.isChecked()).toBe(false);
    await page.getByRole('dialog').getByRole('radio', { name: 'Message jamais reçu' }).check();
    expect(await box.isChecked()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await confirm(page, 'Envoyer l’e-mail', 'Message jamais reçu');

    await page.getByText('avec un lien pour choisir un nouveau mot de passe').waitFor();
    await screen.letters.getByText('Annulé', { exact: true }).waitFor();
    await server.work();
    await screen.messages
      .getByRole('listitem')
      .filter({ hasText: 'Lien' })
      .getByText('Parti', { exact: true })
      .waitFor();
    // No second person was needed, and none asked.
    expect(await screen.approvals.count()).toBe(0);
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });

  test('a suspicion is shown to every agent with the sentence to say, until a supervisor lifts it', async () => {
    const member = await withEmail('suspected@tilleul.example');
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page } = screen;
    await say(screen, 'Adhérent');
    await page.getByRole('button', { name: 'Signaler' }).click();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Suspicion d’usurpation', 'Décès']);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Suspicion d’usurpation' }).click();
    await page.getByRole('dialog').getByText('pour tous les conseillers').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Signaler la suspicion' }).click();
    await page.getByRole('status').getByText('Je ne peux pas donner suite').waitFor();
    await page.context().close();

    const colleague = await openMemberScreen(browser, server, 'colleague', member.id);
    const band = colleague.page.getByRole('region', { name: 'Suspicion d’usurpation' });
    await band.getByText('signalée').waitFor();
    await colleague.say.getByText('Je ne peux pas donner suite').waitFor();
    expect(await band.getByRole('button').count()).toBe(0);
    expect(await violations(colleague.page)).toEqual([]);
    await colleague.page.context().close();

    const supervisor = await openMemberScreen(browser, server, 'supervisor', member.id);
    await supervisor.page.getByRole('button', { name: 'Lever la suspicion' }).click();
    await supervisor.page.getByRole('dialog').getByRole('button', { name: 'Lever la suspicion' }).click();
    await supervisor.page.getByText('La suspicion est levée.').waitFor();
    await supervisor.headline.getByText('Oui : peut se connecter').waitFor();
    expect(await supervisor.page.getByRole('region', { name: 'Suspicion d’usurpation' }).count()).toBe(0);
    expect([...screen.problems, ...colleague.problems, ...supervisor.problems]).toEqual([]);
    await supervisor.page.context().close();
  });

  test('a disputed closure goes to the back office, with the sentence to say', async () => {
    const member = await buildHolder(server, { organisationId: 'safiag', contractEndOn: '2026-01-31' });
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page } = screen;
    await say(screen, 'Adhérent');
    expect(await screen.acts.getByText('rien ne le rétablit ici').count()).toBe(1);

    await page.getByRole('button', { name: 'Signaler' }).click();
    await page.getByRole('menuitem', { name: 'Contester la fermeture' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Transmettre la contestation' }).click();

    await page.getByText('Je transmets votre contestation').waitFor();
    await page
      .getByRole('region', { name: 'À rappeler' })
      .getByText('Réponse attendue du service de gestion')
      .waitFor();
    expect(await violations(page)).toEqual([]);
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });
});
