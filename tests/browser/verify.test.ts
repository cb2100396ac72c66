import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeReadTo, knowFacts } from '../support/callers.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import {
  answerQuestion,
  answerTo,
  confirm,
  memberScreen,
  openMemberScreen,
  say,
} from '../support/member-screen.ts';
import { contact } from '../support/people.ts';
import { lastMessage, temporaryIn } from '../support/recoveries.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { knock } from '../support/story.ts';

describe('verify the caller, then act, in a browser', () => {
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

  /** A locked member of an organisation that sends text messages. */
  const lockedMember = async (usualName: string, memberNumber: string): Promise<Built> => {
    // A number that several people have proves nothing alone.
    const mobile = `+336399801${memberNumber.slice(-2)}`;
    const member = await buildHolder(server, {
      organisationId: 'mgen',
      usualName,
      memberNumber,
      password: 'Tilleul+2026!',
      contacts: [contact('mobile', mobile), contact('email', `${usualName}@tilleul.example`)],
    });
    const { body } = await lock(memberNumber);
    expect(body).toMatchObject({ code: expect.anything() });
    return { ...member, identifier: memberNumber };
  };
  const lock = async (memberNumber: string) => {
    const portal = server.anonymous();
    const signIn = (password: string) =>
      portal.post('/portal/api/mgen/sign-in', { identifier: memberNumber, password });
    await signIn('Faux+2026!a');
    await signIn('Faux+2026!b');
    return signIn('Faux+2026!c');
  };

  test('an ordinary call takes eight steps, without leaving the page, and the member is seen getting in', async () => {
    const member = await lockedMember('Ormeau', '6100901');
    const { page, problems } = await openDesk(browser, server, 'agent');
    const screen = memberScreen(page, problems);
    const taken: string[] = [];
    const step = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      taken.push(what);
      await act();
    };

    await step('search', async () => {
      await page.getByRole('combobox', { name: 'Rechercher un adhérent' }).fill('ormeau');
      await page.keyboard.press('Enter');
    });
    await screen.headline.getByText('Non : compte bloqué').waitFor();
    const address = page.url();
    await step('caller', () => say(screen, 'Adhérent'));
    expect(await page.getByRole('button', { name: 'Débloquer', exact: true }).isDisabled()).toBe(true);
    await step('code', () => screen.proof.getByRole('button', { name: 'Envoyer un code par SMS' }).click());
    await screen.proof.getByText('3 essais restants').waitFor();
    await server.work();
    const code = await codeReadTo(server, member, 'sms');
    await step('read back', () => page.keyboard.type(code));
    await step('act', () => page.getByRole('button', { name: 'Débloquer et envoyer par SMS' }).click());
    const dialog = page.getByRole('dialog');
    await step('reason', () => dialog.getByRole('radio', { name: 'Mot de passe oublié' }).check());
    await step('confirm', () => dialog.getByRole('button', { name: 'Débloquer et envoyer le SMS' }).click());
    await page.getByText('Ne me le dites pas').waitFor();

    server.clock.advance(1);
    await server.work();
    await screen.messages.getByText('Parti', { exact: true }).first().waitFor();
    await getIn(member, temporaryIn(await lastMessage(server, '+33639980101')));
    await screen.messages.getByText(/L’adhérent (s’est connecté|a choisi un nouveau mot de passe)/).waitFor();
    expect(page.url()).toBe(address);
    expect(await violations(page)).toEqual([]);

    await step('end', () => page.getByRole('button', { name: 'Terminer l’appel' }).click());
    await page.getByText('Appel terminé').waitFor();
    expect(taken.length).toBeLessThanOrEqual(8);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  const getIn = async ({ organisation, identifier }: Built, password: string): Promise<void> => {
    const portal = server.anonymous();
    const opened = await knock(portal, { organisation, identifier } as Parameters<typeof knock>[1], password);
    expect(opened.body).toMatchObject({ status: 'must-change-password' });
    const chosen = { newPassword: 'Peuplier+2026!' };
    expect(await portal.post(`/portal/api/${organisation}/password`, chosen)).toMatchObject({ status: 200 });
  };

  test('a wrong code is told and counted where the agent types, and the focus stays', async () => {
    const member = await lockedMember('Charme', '6100902');
    const screen = await openMemberScreen(browser, server, 'colleague', member.id);
    await say(screen, 'Adhérent');
    const quickest = screen.proof.getByRole('button', { name: 'Envoyer un code par SMS' });
    await expect.poll(() => quickest.evaluate((one) => one === document.activeElement)).toBe(true);
    await screen.proof.getByRole('button', { name: 'Envoyer un code par e-mail' }).click();
    await screen.proof.getByText('3 essais restants').waitFor();

    await screen.page.keyboard.type('00 00 00');
    await screen.proof.getByText('Code faux.').waitFor();
    await screen.proof.getByText('2 essais restants').waitFor();
    await screen.say.getByText('Pouvez-vous le relire ?').waitFor();

    const field = screen.proof.getByRole('textbox', { name: 'Code lu par l’appelant' });
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await field.inputValue()).toBe('');
    expect(await violations(screen.page)).toEqual([]);
    expect(screen.problems).toEqual([]);
    await screen.page.context().close();
  });

  test('right answers identify the caller: the state is told, the account unblocked, and nothing more', async () => {
    const member = await lockedMember('Noyer', '6100903');
    const answers = await knowFacts(server, member);
    const screen = await openMemberScreen(browser, server, 'agent', member.id);
    const { page, proof, acts } = screen;
    await say(screen, 'Adhérent');

    await answerQuestion(screen, (label) => answerTo(answers, label));
    await proof.getByText('1 bonne réponse sur 2').waitFor();
    await answerQuestion(screen, (label) => answerTo(answers, label));
    await proof.getByText('Identifié').waitFor();
    await screen.say.getByText('Votre compte est bloqué depuis').waitFor();
    expect(await page.getByRole('button', { name: 'Mot de passe provisoire par SMS' }).isDisabled()).toBe(
      true,
    );
    await page.getByRole('button', { name: 'Débloquer', exact: true }).click();
    await confirm(page, 'Débloquer', 'Erreurs de frappe');
    await page.getByText('Votre compte est débloqué').waitFor();

    await acts.getByRole('button', { name: 'Vérifier l’appelant' }).first().click();
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(focused).toMatch(/^Envoyer un code par SMS/);
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });

  test('the number on file is shown to be called, and is gone once it is hidden', async () => {
    const member = await lockedMember('Saule', '6100904');
    const screen = await openMemberScreen(browser, server, 'colleague', member.id);
    const { page, proof } = screen;
    await say(screen, 'Adhérent');

    await proof.getByRole('button', { name: /^Mobile/ }).click();
    await proof.getByText('Appelez le 06 39 98 01 04').waitFor();
    expect(await violations(page)).toEqual([]);
    await proof.getByRole('button', { name: 'Masquer le numéro' }).click();
    expect(await page.textContent('body')).not.toContain('39 98 01 04');

    await proof.getByRole('button', { name: 'La personne a répondu' }).click();
    await proof.getByText('Contact confirmé').waitFor();
    await page.getByRole('button', { name: 'Débloquer et envoyer par SMS' }).waitFor();
    expect(screen.problems).toEqual([]);
    await page.context().close();
  });
});
