import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';
import { authority, startSmtp, type SmtpGateway } from './support/gateways.ts';
import { ask, liveSecrets, reachable, stateOf } from './support/messages.ts';
import { startServer, type TestServer } from './support/server.ts';

/** What the database has no part in is looked at on one of them. */
describe('the way to the mail server', () => {
  const opened: { stop: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.stop();
  });

  const sendThrough = async (
    gateway: Parameters<typeof startSmtp>[0],
    urlOf: (url: string) => string,
  ): Promise<{ server: TestServer; smtp: SmtpGateway; state: unknown; live: number }> => {
    const smtp = await startSmtp(gateway);
    opened.push(smtp);
    const env = { SMTP_URL: urlOf(smtp.url) };
    const server = await startServer('sqlite', { env, gatewayTimeoutMs: 2_000 });
    opened.push(server);
    const member = await reachable(server);
    const id = await ask(server, member, { channel: 'email', template: 'code' });
    await server.work();
    return { server, smtp, state: await stateOf(server, id), live: await liveSecrets(server, member) };
  };
  const trusting = (url: string) => `${url}?ca=${encodeURIComponent(authority)}`;

  test('over TLS with its user and password, when the certificate is signed by whom we trust', async () => {
    const { smtp, state } = await sendThrough({ tls: 'smtps', login: 'guichet:sésame' }, (url) =>
      trusting(url.replace('sésame', 's%C3%A9same')),
    );

    expect(state).toEqual(['sent', null]);
    expect(smtp.received).toHaveLength(1);
    expect(smtp.isSecured()).toBe(true);
  });

  test('with STARTTLS where it is asked for', async () => {
    const { smtp, state } = await sendThrough({ tls: 'starttls' }, (url) => `${trusting(url)}&tls=required`);

    expect(state).toEqual(['sent', null]);
    expect(smtp.isSecured()).toBe(true);
  });

  test('a server without STARTTLS is given nothing where TLS is required', async () => {
    const { smtp, state, live } = await sendThrough({}, (url) => `${url}?tls=required`);

    expect(state).toEqual(['waiting', 'gateway-settings']);
    expect(smtp.received).toEqual([]);
    expect(live).toBe(0);
  });

  test.each(['smtps', 'starttls'] as const)(
    'a certificate that nobody trusts is refused over %s',
    async (tls) => {
      const { smtp, state, live } = await sendThrough({ tls }, (url) => `${url}?tls=required`);

      expect(state).toEqual(['waiting', 'gateway-settings']);
      expect(smtp.received).toEqual([]);
      expect(live).toBe(0);
    },
  );

  test('a wrong password waits for the administrator, and stands in no log', async () => {
    const { server, smtp, state } = await sendThrough({ tls: 'smtps', login: 'guichet:right' }, (url) =>
      trusting(url.replace('right', 'trompeur')),
    );

    expect(state).toEqual(['waiting', 'gateway-settings']);
    expect(smtp.received).toEqual([]);
    expect(server.logged.join('')).not.toContain('trompeur');
  });
});

describe('what stands on file as an address', () => {
  let server: TestServer;
  let smtp: SmtpGateway;
  beforeAll(async () => {
    smtp = await startSmtp();
    server = await startServer('sqlite', { env: { SMTP_URL: smtp.url } });
  });
  afterAll(async () => {
    await server.stop();
    await smtp.stop();
  });

  test.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example>\r\nRCPT TO:<c@d.example',
    'Jeanne <a@b.example>',
    'a@b.example@c.example',
  ])('is one address, or nothing leaves: %j', async (destination) => {
    const member = await reachable(server);
    const id = await ask(server, member, {
      channel: 'email',
      template: 'notice-unblocked',
      purpose: null,
      destination,
    });
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'bad-destination']);
    expect(smtp.received).toEqual([]);
  });
});
