import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { perform, systemVisit } from '../server/core/perform.ts';
import { endMessagesOfAccount } from '../server/messages/messages.service.ts';
import { runOutbox } from '../server/messages/outbox.service.ts';
import { startSmtp, type SmtpGateway } from './support/gateways.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { ask, email, liveSecrets, messageRow, reachable, secretsIn, stateOf } from './support/messages.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the outbox on %s', (engine) => {
  let server: TestServer;
  let smtp: SmtpGateway;
  let member: Built;
  let secrets: ReturnType<typeof secretsIn>;
  beforeAll(async () => {
    smtp = await startSmtp();
    server = await startServer(engine, { env: { SMTP_URL: smtp.url } });
    secrets = secretsIn(server);
  });
  beforeEach(async () => {
    member = await reachable(server);
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
  const askCode = (to = member) =>
    ask(server, to, { channel: 'email', template: 'code', tooLateAfterMinutes: 10 });
  const opens = (at: number) => secrets.code(member, smtp.received[at]?.text ?? '');
  const act = <T>(work: Parameters<typeof perform<T>>[1]) =>
    perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), work);

  test('a destination that can no longer be read ends its message, and holds up no other', async () => {
    const broken = await askCode();
    await server.house.pool('messages').where({ id: broken }).update({ destination_sealed: 'k0.x.y' });
    const other = await reachable(server);
    const good = await askCode(other);

    await server.work();

    expect(await stateOf(server, broken)).toEqual(['failed', 'unreadable']);
    expect((await stateOf(server, good))[0]).toBe('sent');
  });

  test('a worker that died between sending and noting: sent again with a new code, one alive', async () => {
    smtp.behave('late-after-dot');
    const id = await askCode();
    const arrival = smtp.arrival();
    const dead = runOutbox(server.house);
    await arrival;
    const whileSending = { state: await stateOf(server, id), moved: await runOutbox(server.house) };

    smtp.behave('accept');
    server.clock.advance(2);
    await server.work();
    const after = await messageRow(server, id);
    smtp.answerLate();
    await dead;

    expect(whileSending).toEqual({ state: ['sending', null], moved: 0 });
    expect(after).toMatchObject({ state: 'sent', attempt: 2 });
    expect([await opens(0), await opens(1)]).toEqual(['replaced', 'live']);
    expect(await liveSecrets(server, member)).toBe(1);
    // The dead one wakes up too late to write anything.
    expect(await messageRow(server, id)).toEqual(after);
    expect((await eventsOf(server, member.id)).filter((type) => type === 'message.sent')).toHaveLength(1);
  });

  test('workers side by side send each message once', async () => {
    const members = await Promise.all(Array.from({ length: 12 }, () => reachable(server)));
    await Promise.all(members.map(askCode));

    await Promise.all(Array.from({ length: 5 }, () => runOutbox(server.house)));

    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(12);
    expect(smtp.received).toHaveLength(12);
  });

  test('a mail server that takes its time holds up no SMS', async () => {
    smtp.behave('late-after-dot');
    await askCode();
    const arrival = smtp.arrival();
    const slow = runOutbox(server.house, ['email']);
    await arrival;
    const id = await ask(server, await reachable(server), { channel: 'sms', template: 'code' });

    await runOutbox(server.house, ['sms']);

    expect(await stateOf(server, id)).toEqual(['sent', null]);
    smtp.answerLate();
    await slow;
  });

  test('after two days without a mail server: what is too late never leaves, what is new leaves first', async () => {
    await smtp.stop();
    const members: Built[] = [];
    const old: string[] = [];
    for (let n = 0; n < 230; n += 1) {
      const one = await reachable(server);
      members.push(one);
      old.push(await askCode(one));
    }
    await runOutbox(server.house);
    server.clock.advance(2 * 1_440);
    const fresh = await askCode();
    await smtp.start();

    await runOutbox(server.house);
    const first = await stateOf(server, fresh);
    await server.work();

    expect(first).toEqual(['sent', null]);
    expect(smtp.received).toHaveLength(1);
    expect(new Set(await Promise.all(old.map(async (id) => String(await stateOf(server, id)))))).toEqual(
      new Set(['failed,too-late']),
    );
    for (const one of members.slice(0, 5)) expect(await liveSecrets(server, one)).toBe(0);
  });

  test('a pass sends at most twenty, so that a server that is back is not flooded', async () => {
    const members = await Promise.all(Array.from({ length: 25 }, () => reachable(server)));
    await Promise.all(members.map(askCode));

    await runOutbox(server.house);
    const afterOne = smtp.received.length;
    await runOutbox(server.house);

    expect([afterOne, smtp.received.length]).toEqual([20, 25]);
  });

  test('five failures in a row are told to the supervisors, once', async () => {
    await smtp.stop();
    const id = await ask(server, member, { channel: 'email', template: 'reset-link' });
    for (let tries = 0; tries < 12; tries += 1) {
      await server.work();
      server.clock.advance(6);
    }
    await smtp.start();

    const supervisor = await server.as('supervisor');
    const { body } = await supervisor.get('/api/alerts?filter={"kind":"messages-failing","seen":false}');

    expect(await stateOf(server, id)).toEqual(['waiting', 'gateway-down']);
    expect(body).toEqual([expect.objectContaining({ organisationId: member.organisation, seenAt: null })]);
  });

  test('a contact that changed between the asking and the sending is sent nothing', async () => {
    const id = await askCode();
    await server.house
      .pool('contacts')
      .where({ member_id: member.id, value: email })
      .update({ value: 'x@y.example' });
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'contact-changed']);
    expect(await liveSecrets(server, member)).toBe(0);
    expect(smtp.received).toEqual([]);
  });

  test('an account that was frozen meanwhile is sent nothing', async () => {
    const id = await askCode();
    const frozen = { frozen_at: server.clock.now().toISOString(), frozen_why: 'repudiated' };
    await server.house.pool('accounts').where({ id: member.accountId }).update(frozen);
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'account-closed']);
    expect(smtp.received).toEqual([]);
  });

  test('what the account has no use for any more ends before it leaves, and what tells goes on', async () => {
    const code = await askCode();
    const notice = { channel: 'email', template: 'notice-unblocked', purpose: null } as const;
    const told = await ask(server, member, { ...notice, params: { day: '18/11/2026', time: '10h00' } });

    expect(await act((ctx) => endMessagesOfAccount(ctx, member.accountId))).toBe(1);
    await server.work();

    expect(await stateOf(server, code)).toEqual(['failed', 'account-changed']);
    expect(await stateOf(server, told)).toEqual(['sent', null]);
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]?.text).toMatch(/#\/pas-moi\/[\w-]{43}/);
  });

  test('what is asked for again takes the place of what has not left', async () => {
    const former = await askCode();
    const newer = await askCode();
    await server.work();

    expect(await stateOf(server, former)).toEqual(['failed', 'replaced']);
    expect(await stateOf(server, newer)).toEqual(['sent', null]);
    expect(smtp.received).toHaveLength(1);
    expect(await opens(0)).toBe('live');
  });
});
