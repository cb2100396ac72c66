import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raiseAlert } from '../../server/audit/alerts.service.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { confirmByCode, speakWith } from '../support/callers.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { buildHolder } from '../support/holders.ts';
import { contact } from '../support/people.ts';
import { everyOrganisation, startServer, type TestServer } from '../support/server.ts';

describe('messages, alerts and the policy report in a browser', () => {
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

  test('an agent finds the messages of the desk, masked, with how far they are', async () => {
    const member = await buildHolder(server, {
      organisationId: 'mgen',
      password: 'Tilleul+2026!',
      contacts: [contact('mobile', '+33639980042')],
    });
    const agent = await server.as('agent');
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const { version } = (await agent.get(`/api/members/${member.id}`)).body;
    const asked = { channel: 'sms', reason: 'forgot-password', version };
    await agent.post(`/api/members/${member.id}/temporary-passwords`, asked);
    await server.work();

    const { page, problems } = await openDesk(browser, server, 'agent');
    await page.getByRole('note').getByText('boîte de démonstration').waitFor();
    await page.getByRole('link', { name: 'Messages' }).click();
    const row = page.getByRole('row', { name: /MGEN.*SMS/ }).filter({ hasText: 'Mot de passe provisoire' });
    await row.getByText('Parti').waitFor();
    await row.getByText('06 •• •• •• 42').waitFor();

    expect(await page.textContent('body')).not.toMatch(/39 ?98 ?00 ?42/);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('a supervisor is told of what happened, opens the member, and says « Vu »', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    await perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) =>
      raiseAlert(ctx, {
        organisationId: member.organisation,
        kind: 'repudiated',
        memberId: member.id,
        subject: member.accountId,
      }),
    );
    const { page, problems } = await openDesk(browser, server, 'supervisor');
    const inMenu = page.getByRole('link', { name: 'Supervision' });
    await inMenu.getByText('1 à voir').waitFor();

    await inMenu.click();
    const row = page.getByRole('row', { name: /Ce n’était pas moi/ });
    await row.getByRole('link', { name: 'Voir la fiche' }).click();
    await page.getByRole('region', { name: 'Peut-il se connecter ?' }).waitFor();
    await page.goBack();
    expect(await violations(page)).toEqual([]);
    await row.getByRole('button', { name: /^Vu/ }).click();

    await row.waitFor({ state: 'detached' });
    await inMenu.getByText('1 à voir').waitFor({ state: 'detached' });
    const [seen] = await server.house.pool('alerts').whereNotNull('seen_at');
    expect(seen.version).toBe(2);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('an administrator reads the policy report, on the screen and for the printer', async () => {
    const { page, problems } = await openDesk(browser, server, 'administrator');
    await page.getByRole('link', { name: 'Organismes' }).click();
    await page.getByRole('link', { name: 'Rapport de conformité' }).click();

    const part = page.getByRole('region', { name: 'SAFIAG' });
    await part.getByText('Grave').first().waitFor();
    await part.getByRole('table', { name: /deviner/ }).waitFor();
    await part.getByRole('heading', { name: 'Délai promis pour les courriers' }).waitFor();
    await page.getByRole('button', { name: 'SAFIAG' }).click();
    expect(await part.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await violations(page)).toEqual([]);

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false);
    expect(await part.getByText('Grave').first().isVisible()).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
