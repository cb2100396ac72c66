import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeReadTo, pageOf, showDocument, speakWith } from '../support/callers.ts';
import { currentCall, endCall } from '../support/calls.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import { confirm, openMemberScreen, readBack, say, type MemberScreen } from '../support/member-screen.ts';
import { contact } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

const reason = 'Message jamais reçu';

describe('acts that wait for a second person, in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let made = 0;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite', { live: { everyMs: 50, restMs: 1_000 } });
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A member whose e-mail was corrected at the desk a short while ago. */
  const withNewEmail = async (): Promise<Built> => {
    made += 1;
    const member = await buildHolder(server, {
      organisationId: 'safiag',
      password: '482915',
      contacts: [
        contact('email', `old-${made}@tilleul.example`),
        contact('mobile', `+336399802${String(made).padStart(2, '0')}`),
      ],
    });
    const colleague = await server.as('colleague');
    await showDocument(colleague, member);
    const { version } = await pageOf(colleague, member);
    const contacts = { email: `new-${made}@tilleul.example` };
    const corrected = { contacts, reason: 'new-email', version };
    expect(await colleague.post(`/api/members/${member.id}/corrections`, corrected)).toMatchObject({
      status: 200,
    });
    const call = await currentCall(colleague);
    if (call) await endCall(colleague, call);
    return member;
  };

  /** The member calls, proves their mobile, and wants the link at the new address: that is asked for. */
  const askForLink = async (member: Built): Promise<MemberScreen> => {
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page, acts } = screen;
    await say(screen, 'Adhérent');
    await readBack(screen, 'SMS', async () => {
      await server.work();
      return codeReadTo(server, member, 'sms');
    });
    await acts.getByText('L’adresse e-mail a changé il y a moins de').waitFor();
    await acts
      .getByRole('button', { name: /Lien de réinitialisation par e-mail.*demander l’accord/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Pourquoi il faut un accord').waitFor();
    await dialog.getByRole('textbox').fill('Elle a changé d’opérateur.');
    await confirm(page, 'Demander l’accord', reason);
    await screen.approvals.getByText('En attente', { exact: true }).waitFor();
    return screen;
  };

  test('a changed contact: a supervisor approves elsewhere, and the link is seen leaving', async () => {
    const member = await withNewEmail();
    const screen = await askForLink(member);
    expect(await violations(screen.page)).toEqual([]);

    const { page, problems } = await openDesk(browser, server, 'supervisor');
    const inMenu = page.getByRole('link', { name: /Accords/ });
    await inMenu.getByText('1 à traiter').waitFor();
    await inMenu.click();
    const row = page.getByRole('row', { name: /Envoyer un e-mail d’accès/ });
    await row.getByText('e-mail changé il y a peu').waitFor();
    await row.getByText('Elle a changé d’opérateur.').waitFor();
    expect(await violations(page)).toEqual([]);
    await row.getByRole('button', { name: 'Accorder' }).click();
    const dialog = page.getByRole('dialog', { name: /^Accorder/ });
    await dialog.getByText('contact confirmé').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Accorder' }).click();
    await page.getByText('Accordé et fait.').waitFor();
    await inMenu.getByText('1 à traiter').waitFor({ state: 'detached' });

    await screen.approvals.getByText('Accordé et fait', { exact: true }).waitFor();
    await server.work();
    const link = screen.messages.getByRole('listitem').filter({ hasText: 'Lien de réinitialisation' });
    await link.getByText('Parti', { exact: true }).waitFor();
    // Nothing moved under the agent's hand: what may be done is read again when they ask for it.
    await screen.acts.getByText('a changé depuis la lecture').waitFor();
    await screen.acts.getByRole('button', { name: 'Recharger la fiche' }).click();
    await screen.acts.getByText('a changé depuis la lecture').waitFor({ state: 'detached' });
    expect([...problems, ...screen.problems]).toEqual([]);
    await page.context().close();
    await screen.page.context().close();
  });

  test('a refusal needs a word, which the one who asked reads at once', async () => {
    const member = await withNewEmail();
    const screen = await askForLink(member);

    const supervisor = await openMemberScreen(browser, server, 'supervisor', member.id);
    await supervisor.approvals.getByRole('button', { name: 'Refuser' }).click();
    const dialog = supervisor.page.getByRole('dialog', { name: /^Refuser/ });
    expect(await dialog.getByRole('button', { name: 'Refuser' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /Pourquoi/ }).fill('Rappelez-la sur son fixe.');
    await dialog.getByRole('button', { name: 'Refuser' }).click();
    await supervisor.approvals.getByText('Refusé', { exact: true }).waitFor();

    await screen.approvals.getByText('Rappelez-la sur son fixe.').waitFor();
    expect(await violations(screen.page)).toEqual([]);
    await screen.page.getByRole('button', { name: 'Actualiser' }).click();
    const owed = screen.page.getByRole('region', { name: 'À rappeler' });
    await owed.getByText('Demande refusée par un superviseur').waitFor();
    expect([...supervisor.problems, ...screen.problems]).toEqual([]);
    await supervisor.page.context().close();
    await screen.page.context().close();
  });

  test('an approval that comes too late for the account says that the situation had changed', async () => {
    const member = await withNewEmail();
    const screen = await askForLink(member);
    await server.house
      .pool('accounts')
      .where({ id: member.accountId })
      .update({ frozen_at: server.clock.now().toISOString(), frozen_why: 'repudiated' });

    const supervisor = await openMemberScreen(browser, server, 'supervisor', member.id);
    await supervisor.approvals.getByRole('button', { name: 'Accorder' }).click();
    const dialog = supervisor.page.getByRole('dialog', { name: /^Accorder/ });
    await dialog.getByRole('button', { name: 'Accorder' }).click();

    await supervisor.approvals.getByText(/la situation avait changé.*le compte a été gelé/).waitFor();
    await screen.approvals.getByText(/la situation avait changé/).waitFor();
    expect([...supervisor.problems, ...screen.problems]).toEqual([]);
    await supervisor.page.context().close();
    await screen.page.context().close();
  });

  test('one’s own request is taken back, and the act may be asked for again', async () => {
    const screen = await askForLink(await withNewEmail());

    expect(await screen.approvals.getByRole('button', { name: 'Accorder' }).count()).toBe(0);
    await screen.acts.getByText('L’accord est déjà demandé').waitFor();
    await screen.approvals.getByRole('button', { name: 'Retirer' }).click();
    await screen.page.getByRole('dialog').getByRole('button', { name: 'Retirer la demande' }).click();

    await screen.approvals.getByText('Retiré', { exact: true }).waitFor();
    await screen.acts
      .getByRole('button', { name: /demander l’accord/ })
      .first()
      .waitFor();
    expect(screen.problems).toEqual([]);
    await screen.page.context().close();
  });

  test('a document received by e-mail is checked by another agent, and counts in the call that asked', async () => {
    const member = await withNewEmail();
    await speakWith(await server.as('agent'), member, { channel: 'email' });
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    await screen.proof.getByRole('combobox', { name: 'Pièce' }).click();
    await screen.page.getByRole('option', { name: 'Passeport' }).click();
    await screen.proof.getByRole('textbox', { name: 'Où elle est gardée' }).fill('Dossier 4711');
    await screen.proof.getByRole('button', { name: 'La faire contrôler' }).click();
    await screen.proof.getByText('Pièce notée. Un collègue doit la contrôler.').waitFor();
    expect(await violations(screen.page)).toEqual([]);

    const { page, problems } = await openDesk(browser, server, 'colleague');
    await page.getByRole('link', { name: /Accords/ }).click();
    const row = page.getByRole('row', { name: /Contrôler une pièce d’identité/ });
    await row.getByText('Passeport, référence Dossier 4711').waitFor();
    await row.getByRole('button', { name: 'Accorder' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Accorder' }).click();
    await page.getByText('Accordé et fait.').waitFor();

    await screen.proof.getByText('pièce d’identité', { exact: true }).waitFor();
    await screen.acts.getByRole('button', { name: 'Recharger la fiche' }).click();
    await screen.acts.getByText('a changé depuis la lecture').waitFor({ state: 'detached' });
    expect([...problems, ...screen.problems]).toEqual([]);
    await page.context().close();
    await screen.page.context().close();
  });

  test('a request that nobody answers expires: the letter is left, and an answer is owed', async () => {
    const member = await withNewEmail();
    const asked = await askForLink(member);
    await asked.page.context().close();
    server.clock.advance(8 * 60 + 1);
    await server.work();

    const screen = await openMemberScreen(browser, server, 'colleague', member.id);
    await screen.approvals.getByText('Sans réponse', { exact: true }).waitFor();
    await screen.approvals.getByText('Il reste le courrier.').waitFor();
    const owed = screen.page.getByRole('region', { name: 'À rappeler' });
    await owed.getByText('Demande restée sans réponse d’un superviseur').waitFor();
    expect(await screen.approvals.getByRole('button').count()).toBe(0);
    await say(screen, 'Adhérent');
    expect(await screen.page.getByRole('button', { name: 'Mot de passe par courrier' }).isEnabled()).toBe(
      true,
    );
    expect(await violations(screen.page)).toEqual([]);
    expect(screen.problems).toEqual([]);
    await screen.page.context().close();
  });
});
