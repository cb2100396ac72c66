import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSmpp, type SmppGateway } from './support/gateways.ts';
import { eventsOf, type Built } from './support/holders.ts';
import {
  ask,
  codeIn,
  liveSecrets,
  messageRow,
  mobile,
  reachable,
  secretsIn,
  stateOf,
} from './support/messages.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('SMS over SMPP on %s', (engine) => {
  let server: TestServer;
  let smpp: SmppGateway;
  let member: Built;
  let secrets: ReturnType<typeof secretsIn>;
  beforeAll(async () => {
    smpp = await startSmpp();
    server = await startServer(engine, { env: { SMS_URL: smpp.url }, gatewayTimeoutMs: 400 });
    secrets = secretsIn(server);
  });
  beforeEach(async () => {
    member = await reachable(server);
  });
  // What a test leaves waiting goes out before the next one.
  afterEach(async () => {
    smpp.behave('accept');
    server.clock.advance(30);
    await server.work();
    smpp.received.length = 0;
  });
  afterAll(async () => {
    await server.stop();
    await smpp.stop();
  });
  const askCode = (more = {}) => ask(server, member, { channel: 'sms', template: 'code', ...more });

  test('a code leaves once, in the GSM alphabet, from the name on file, and is the right one', async () => {
    const id = await askCode();
    await server.work();

    expect(smpp.received).toHaveLength(1);
    expect(smpp.received[0]).toMatchObject({ to: mobile, from: 'MutAgents', parts: 1, coding: 0 });
    expect(await opens(0)).toBe('live');
    expect(server.logged.join('')).not.toContain(codeIn(smpp.received[0]?.text ?? ''));
    expect(await messageRow(server, id)).toMatchObject({
      state: 'sent',
      attempt: 1,
      destination_sealed: null,
    });
  });

  test('its receipt says that it was delivered', async () => {
    const id = await askCode();
    await server.work();
    await smpp.receipt(smpp.received[0]?.id ?? '', 'DELIVRD');
    await server.work();

    expect(await stateOf(server, id)).toEqual(['delivered', null]);
    expect(await liveSecrets(server, member)).toBe(1);
    expect((await eventsOf(server, member.id)).slice(-2)).toEqual(['message.sent', 'message.delivered']);
  });

  test('its receipt says that the number cannot be reached: it failed, and its code is dead', async () => {
    const id = await askCode();
    await server.work();
    await smpp.receipt(smpp.received[0]?.id ?? '', 'UNDELIV');
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'not-delivered']);
    expect(await liveSecrets(server, member)).toBe(0);
  });

  test('an operator that asks to wait is asked again with a new code', async () => {
    smpp.behave('busy');
    const id = await askCode();
    await server.work();
    const waiting = { state: await stateOf(server, id), live: await liveSecrets(server, member) };
    smpp.behave('accept');
    server.clock.advance(1);
    await server.work();

    expect(waiting).toEqual({ state: ['waiting', 'gateway-busy'], live: 0 });
    expect(await stateOf(server, id)).toEqual(['sent', null]);
  });

  test('a number that the operator refuses is not tried again', async () => {
    smpp.behave('refuse');
    const id = await askCode();
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'refused']);
    expect(await liveSecrets(server, member)).toBe(0);
  });

  test.each(['hang', 'drop'] as const)(
    'an operator that takes it and does "%s": after two minutes a new code, the first one dead, never two',
    async (behaviour) => {
      smpp.behave(behaviour);
      const id = await askCode();
      await server.work();
      const atFirst = { state: await stateOf(server, id), opens: await opens(0) };
      server.clock.advance(1.5);
      await server.work();
      const meanwhile = { state: await stateOf(server, id), sent: smpp.received.length };

      smpp.behave('accept');
      server.clock.advance(1);
      await server.work();

      expect(atFirst).toEqual({ state: ['unknown', 'no-answer'], opens: 'live' });
      expect(meanwhile).toEqual({ state: ['unknown', 'no-answer'], sent: 1 });
      expect(await stateOf(server, id)).toEqual(['sent', null]);
      expect(smpp.received).toHaveLength(2);
      expect([await opens(0), await opens(1)]).toEqual(['replaced', 'live']);
      expect(await liveSecrets(server, member)).toBe(1);
    },
  );

  test('a receipt for a code that is void changes nothing', async () => {
    smpp.behave('hang');
    const id = await askCode();
    await server.work();
    smpp.behave('accept');
    server.clock.advance(2.5);
    await server.work();

    for (const state of ['UNDELIV', 'DELIVRD'] as const) {
      await smpp.receipt(smpp.received[0]?.id ?? '', state);
      await server.work();
    }

    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect([await opens(0), await opens(1)]).toEqual(['replaced', 'live']);
  });

  test('an answer that comes late is still heard: the code that arrived goes on working', async () => {
    smpp.behave('late');
    const id = await askCode();
    await server.work();
    await smpp.answerLate();
    server.clock.advance(1);
    await server.work();

    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect((await messageRow(server, id)).gateway_reference).toBe(smpp.received[0]?.id);
    expect(smpp.received).toHaveLength(1);
    expect(await opens(0)).toBe('live');
  });

  test('an operator that answers twice is heard once', async () => {
    smpp.behave('twice');
    const id = await askCode();
    await server.work();
    await smpp.receipt(smpp.received[0]?.id ?? '', 'DELIVRD');
    await smpp.receipt(smpp.received[0]?.id ?? '', 'DELIVRD');
    await server.work();

    expect(await stateOf(server, id)).toEqual(['delivered', null]);
    expect((await eventsOf(server, member.id)).filter((type) => type === 'message.delivered')).toHaveLength(
      1,
    );
  });

  test('an operator that starts anew is bound to again', async () => {
    await askCode();
    await server.work();
    await smpp.stop();
    const other = await reachable(server);
    const id = await ask(server, other, { channel: 'sms', template: 'temporary-password' });
    await server.work();
    const whileDown = await stateOf(server, id);
    await smpp.start();
    server.clock.advance(1);
    await server.work();

    expect(whileDown).toEqual(['waiting', 'gateway-down']);
    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect(await secrets.temporary(other, smpp.received[1]?.text ?? '')).toBe('live');
  });

  test('a demo number is given to no operator, and the code that went before goes on working', async () => {
    await askCode();
    await server.work();
    const id = await askCode({ destination: '+33639980001', purpose: 'contact-change' });
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'demo-number']);
    expect(smpp.received).toHaveLength(1);
    expect(await opens(0)).toBe('live');
  });

  const opens = (at: number) => secrets.code(member, smpp.received[at]?.text ?? '');
});

test('an operator that refuses our password waits for the administrator', async () => {
  const smpp = await startSmpp();
  const url = smpp.url.replace('sesame', 'faux');
  const server = await startServer('sqlite', { env: { SMS_URL: url }, gatewayTimeoutMs: 400 });
  const member = await reachable(server);
  const id = await ask(server, member, { channel: 'sms', template: 'code' });
  await server.work();

  expect(await stateOf(server, id)).toEqual(['waiting', 'gateway-settings']);
  expect(await liveSecrets(server, member)).toBe(0);
  await server.stop();
  await smpp.stop();
});
