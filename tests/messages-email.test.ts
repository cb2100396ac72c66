import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSmtp, type SmtpBehaviour, type SmtpGateway } from './support/gateways.ts';
import { eventsOf, type Built } from './support/holders.ts';
import {
  ask,
  email,
  linkIn,
  liveSecrets,
  messageRow,
  reachable,
  secretsIn,
  stateOf,
} from './support/messages.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('e-mail over SMTP on %s', (engine) => {
  let server: TestServer;
  let smtp: SmtpGateway;
  let member: Built;
  let secrets: ReturnType<typeof secretsIn>;
  beforeAll(async () => {
    smtp = await startSmtp();
    server = await startServer(engine, { env: { SMTP_URL: smtp.url }, gatewayTimeoutMs: 400 });
    secrets = secretsIn(server);
  });
  beforeEach(async () => {
    member = await reachable(server, 'safiag');
  });
  // What a test leaves waiting goes out before the next one.
  afterEach(async () => {
    smtp.behave('accept');
    server.clock.advance(30);
    await server.work();
    smtp.received.length = 0;
  });
  afterAll(async () => {
    await server.stop();
    await smtp.stop();
  });
  const askLink = () => ask(server, member, { channel: 'email', template: 'reset-link' });

  test('a link leaves once, to the one address on file, and opens', async () => {
    const id = await askLink();
    await server.work();

    const [received, ...more] = smtp.received;
    expect(more).toEqual([]);
    expect(received).toMatchObject({ to: [email], from: 'ne-pas-repondre@safiag.example' });
    expect(received?.messageId).toBe(`<${id}@safiag.example>`);
    expect(received?.headers['auto-submitted']).toBe('auto-generated');
    expect(received?.text).toContain('/portal/safiag/#/lien/');
    expect(received?.html).toContain(linkIn(received?.text ?? ''));
    expect(await secrets.link(member, received?.text ?? '')).toBe('live');
    expect(await messageRow(server, id)).toMatchObject({
      state: 'sent',
      attempt: 1,
      destination_sealed: null,
    });
    expect(await eventsOf(server, member.id)).toEqual([
      'message.asked',
      'message.secret-made',
      'message.sent',
    ]);
    expect(server.logged.join('')).not.toContain(linkIn(received?.text ?? ''));
  });

  test('a row never holds a secret, and its address only as long as it is needed', async () => {
    const id = await askLink();
    const before = JSON.stringify(await messageRow(server, id));
    await server.work();
    const after = JSON.stringify(await messageRow(server, id));

    expect(before).not.toContain('jeanne');
    expect(after).not.toContain(linkIn(smtp.received[0]?.text ?? ''));
  });

  test('a server that is down: nothing stays alive, and a new secret leaves when it is back', async () => {
    await smtp.stop();
    const id = await askLink();
    await server.work();
    const whileDown = { state: await stateOf(server, id), live: await liveSecrets(server, member) };

    await smtp.start();
    server.clock.advance(1);
    await server.work();

    expect(whileDown).toEqual({ state: ['waiting', 'gateway-down'], live: 0 });
    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect(smtp.received).toHaveLength(1);
    expect(await secrets.link(member, smtp.received[0]?.text ?? '')).toBe('live');
    expect(await liveSecrets(server, member)).toBe(1);
  });

  test.each<[SmtpBehaviour, string, string]>([
    ['silent', 'waiting', 'gateway-down'],
    ['busy', 'waiting', 'gateway-busy'],
    ['busy-after-dot', 'waiting', 'gateway-busy'],
    ['refuse', 'failed', 'refused'],
    ['refuse-after-dot', 'failed', 'refused'],
  ])('a server that answers "%s" leaves it %s and no secret alive', async (behaviour, state, problem) => {
    smtp.behave(behaviour);
    const id = await askLink();
    await server.work();

    expect(await stateOf(server, id)).toEqual([state, problem]);
    expect(await liveSecrets(server, member)).toBe(0);
    expect(smtp.received).toEqual([]);
    const row = await messageRow(server, id);
    expect(row.destination_sealed === null).toBe(state === 'failed');
  });

  test('a server that refuses for good is not asked again', async () => {
    smtp.behave('refuse');
    const id = await askLink();
    await server.work();
    smtp.behave('accept');
    server.clock.advance(60);
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'refused']);
    expect(smtp.received).toEqual([]);
    expect(await eventsOf(server, member.id)).toEqual([
      'message.asked',
      'message.secret-made',
      'message.failed',
    ]);
  });

  test.each<SmtpBehaviour>(['drop-after-dot', 'hang-after-dot'])(
    'a server that does "%s" may have it: sent again with a new secret, one alive, one Message-ID',
    async (behaviour) => {
      smtp.behave(behaviour);
      const id = await askLink();
      await server.work();
      const between = {
        state: await stateOf(server, id),
        opens: await secrets.link(member, smtp.received[0]?.text ?? ''),
      };

      smtp.behave('accept');
      server.clock.advance(1);
      await server.work();

      const [first, second, ...more] = smtp.received;
      expect(between).toEqual({ state: ['unknown', 'no-answer'], opens: 'live' });
      expect(more).toEqual([]);
      expect(second?.messageId).toBe(first?.messageId);
      expect(linkIn(second?.text ?? '')).not.toBe(linkIn(first?.text ?? ''));
      expect(await secrets.link(member, first?.text ?? '')).toBe('replaced');
      expect(await secrets.link(member, second?.text ?? '')).toBe('live');
      expect(await liveSecrets(server, member)).toBe(1);
      expect(await stateOf(server, id)).toEqual(['sent', null]);
    },
  );

  test('a server that starts anew in the middle of a queue loses and doubles nothing', async () => {
    const others = await Promise.all([reachable(server, 'safiag'), reachable(server, 'safiag')]);
    await askLink();
    await server.work();
    await smtp.stop();
    const ids = await Promise.all(
      others.map((other) => ask(server, other, { channel: 'email', template: 'reset-link' })),
    );
    await server.work();
    await smtp.start();
    server.clock.advance(1);
    await server.work();

    expect(smtp.received).toHaveLength(3);
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(3);
    for (const id of ids) expect(await stateOf(server, id)).toEqual(['sent', null]);
  });

  test('one that drops every time ends when it would come too late, with nothing alive', async () => {
    smtp.behave('drop-after-dot');
    const id = await askLink();
    for (let minute = 0; minute <= 125; minute += 5) {
      await server.work();
      expect(await liveSecrets(server, member)).toBeLessThanOrEqual(1);
      server.clock.advance(5);
    }
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'too-late']);
    expect(await liveSecrets(server, member)).toBe(0);
    expect((await messageRow(server, id)).destination_sealed).toBeNull();
  });
});
