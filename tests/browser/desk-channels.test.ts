import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeReadTo } from '../support/callers.ts';
import { buildConsole } from '../support/console.ts';
import { buildHolder, type Built } from '../support/holders.ts';
import { openMemberScreen, readBack, say } from '../support/member-screen.ts';
import { contact } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('the desk’s three channels in a browser', () => {
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

  const open = (username: string, member: Built) => openMemberScreen(browser, server, username, member.id);
  const acts = (page: Page) => page.getByRole('region', { name: 'Ce que vous pouvez faire' });
  const messages = (page: Page) => page.getByRole('region', { name: 'E-mails et SMS' });

  test('an agent sends a password by SMS, sees it leave, then sees the member get in', async () => {
    const member = await buildHolder(server, {
      organisationId: 'mgen',
      memberNumber: '6100777',
      password: 'Tilleul+2026!',
      contacts: [contact('mobile', '+33639980042'), contact('email', 'jeanne@tilleul.example')],
    });
    const screen = await open('agent', member);
    const { page, problems } = screen;
    await say(screen, 'Adhérent');
    await readBack(screen, 'SMS', async () => {
      await server.work();
      return codeReadTo(server, member, 'sms');
    });
    await acts(page).getByText('Vers 06 •• •• •• 42, valable 10 minutes.').waitFor();
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Mot de passe provisoire par SMS' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('10 minutes').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('radio').first().check();
    await dialog.getByRole('button', { name: 'Envoyer le SMS' }).click();
    const sms = messages(page).getByRole('listitem').filter({ hasText: 'Mot de passe provisoire' });
    const notice = messages(page).getByRole('listitem').filter({ hasText: 'Avis' });
    await sms.getByText('En attente d’envoi').waitFor();
    await notice.getByText('j•').waitFor();

    await server.work();
    await sms.getByText('Parti', { exact: true }).waitFor();
    await notice.getByText('Parti', { exact: true }).waitFor();
    expect(await page.textContent('body')).not.toContain('0639980042');
    const inAudit = await looksAt(member);

    server.clock.advance(1);
    const typed = { identifier: '6100777', password: 'Tilleul+2026!' };
    await server.anonymous().post('/portal/api/mgen/sign-in', typed);
    await messages(page).getByText('L’adhérent s’est connecté').waitFor();

    expect(await looksAt(member)).toBe(inAudit);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  const looksAt = async (member: Built): Promise<number> =>
    (await server.house.pool('audit_events').where({ member_id: member.id, type: 'member.viewed' })).length;

  test.each<[string, object, RegExp, string?]>([
    ['an overseas mobile', { contacts: [contact('mobile', '+262692998877')] }, /France métropolitaine/],
    [
      'a mobile changed last week',
      { contacts: [contact('mobile', '+33639980043', '2026-11-12')] },
      /a changé il y a moins/,
      'demander l’accord',
    ],
    ['no mobile at all', {}, /Aucun téléphone portable au dossier/],
    ['an organisation without SMS', { organisationId: 'safiag' }, /n’a pas ce canal/],
  ])('with %s the SMS says why it cannot leave, and what to do instead', async (_what, more, why, asks) => {
    const member = await buildHolder(server, { organisationId: 'mgen', password: 'Tilleul+2026!', ...more });
    const screen = await open('colleague', member);
    const { page, problems } = screen;
    await say(screen, 'Adhérent');

    const button = acts(page).getByRole('button', { name: /SMS/ });
    expect(await button.isDisabled()).toBe(asks === undefined);
    expect(await button.textContent()).toContain(asks ?? 'SMS');
    await acts(page).getByText(why).first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a frozen account is lifted by a supervisor, and by nobody else', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await server.house
      .pool('accounts')
      .where({ id: member.accountId })
      .update({ frozen_at: server.clock.now().toISOString(), frozen_why: 'repudiated' });

    const { page: agents } = await open('agent', member);
    expect(await agents.getByRole('button', { name: 'Dégeler le compte' }).count()).toBe(0);
    await agents.context().close();

    const { page, problems } = await open('supervisor', member);
    await page.getByRole('button', { name: 'Dégeler le compte' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Dégeler' }).click();
    // Its password ended with the freeze: the door is open again, the member has yet to choose a key.
    await page
      .getByRole('region', { name: 'Peut-il se connecter ?' })
      .getByText('Pas encore : mot de passe à choisir')
      .waitFor();
    expect(await page.getByRole('button', { name: 'Dégeler le compte' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
