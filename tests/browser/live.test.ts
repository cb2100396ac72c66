import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { buildLetters } from '../support/build.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { printRoom } from '../support/lots.ts';
import { ask, reachable } from '../support/messages.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('a member’s page that follows what happens, in a browser', () => {
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

  const open = async (username: string, memberId: string, prepare?: (page: Page) => Promise<void>) => {
    await hangUp(username);
    const opened = await openDesk(browser, server, username);
    await prepare?.(opened.page);
    const answered = (what: string) =>
      opened.page.waitForResponse(
        (answer) => answer.url().endsWith(`/api/members/${memberId}/${what}`) && answer.status() === 200,
        { timeout: 60_000 },
      );
    // Once it listens it reads what came before.
    const listening = answered('events').then(() => answered('progress'));
    await opened.page.goto(`${server.url}/#/members/${memberId}/show`);
    await opened.page.getByRole('region', { name: 'Peut-il se connecter ?' }).waitFor();
    return { ...opened, listening };
  };
  const hangUp = async (username: string) => {
    const client = await server.as(username);
    const { call } = (await client.get('/api/calls/current')).body;
    if (call) await client.patch(`/api/calls/${call.id}`, { ended: true, version: call.version });
  };
  const looksAt = async (memberId: string): Promise<number> =>
    (await server.house.pool('audit_events').where({ member_id: memberId, type: 'member.viewed' })).length;

  test('shows a message appear and leave, without a reload, a poll or a further look', async () => {
    const member = await reachable(server);
    const { page, problems, listening } = await open('agent', member.id);
    await listening;
    const messages = page.getByRole('region', { name: 'E-mails et SMS' });

    // Nothing was to come when the page was read: only the server can tell that this is.
    await ask(server, member, { channel: 'sms', template: 'temporary-password' });
    await messages.getByText('En attente d’envoi').waitFor();
    await server.work();
    await messages.getByText('Parti', { exact: true }).waitFor();

    expect(await looksAt(member.id)).toBe(1);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('shows a letter printed, then posted', async () => {
    const room = printRoom(() => server);
    const [letter] = await buildLetters(server, [{}]);
    const memberId = letter?.memberId ?? '';
    const { page, problems, listening } = await open('colleague', memberId);
    await listening;
    const line = page.getByRole('listitem').filter({ hasText: letter?.reference ?? '' });

    const made = await room.make();
    await line.getByText('Dans un lot, pas encore imprimé', { exact: true }).waitFor();
    const released = await room.release(made);
    await room.print(released);
    await line.getByText('Imprimé, pas encore posté', { exact: true }).waitFor();
    await room.deposit(await room.count(await room.show(made)));
    await line.getByText('Posté', { exact: true }).waitFor();

    expect(await looksAt(memberId)).toBe(1);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('asks by itself where it cannot listen, and listens once it can', async () => {
    const member = await reachable(server);
    await ask(server, member, { channel: 'sms', template: 'temporary-password' });
    let isDown = true;
    let refused = 0;
    const { page, listening } = await open('supervisor', member.id, async (opened) => {
      await opened.route('**/events', async (route) => {
        if (!isDown) return route.continue();
        refused += 1;
        return route.abort();
      });
    });
    const messages = page.getByRole('region', { name: 'E-mails et SMS' });
    await messages.getByText('En attente d’envoi').waitFor();

    await server.work();
    await messages.getByText('Parti', { exact: true }).waitFor();
    expect(refused).toBeGreaterThan(0);

    isDown = false;
    await listening;
    await ask(server, member, { channel: 'email', template: 'reset-link' });
    await messages.getByRole('listitem').filter({ hasText: 'E-mail' }).waitFor();
    await page.context().close();
  });

  test('stops listening with the call', async () => {
    const member = await reachable(server);
    const { page, problems, listening } = await open('agent', member.id);
    await listening;
    // By itself the page would ask every half minute only.
    const readsItsCall = page.waitForResponse((answer) => answer.url().endsWith('/api/calls/current'), {
      timeout: 10_000,
    });

    await hangUp('agent');

    expect(await (await readsItsCall).json()).toEqual({ call: null });
    // And no request of its own was refused.
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
