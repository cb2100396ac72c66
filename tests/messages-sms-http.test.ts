import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Built } from './support/holders.ts';
import { ask, liveSecrets, messageRow, mobile, reachable, secretsIn, stateOf } from './support/messages.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import { startSmsHttp, type SmsHttpGateway } from './support/sms-http-gateway.ts';

const token = 'a-token-of-the-operator';

describe.each(databases)('SMS over HTTP on %s', (engine) => {
  let server: TestServer;
  let gateway: SmsHttpGateway;
  let member: Built;
  let secrets: ReturnType<typeof secretsIn>;
  beforeAll(async () => {
    gateway = await startSmsHttp();
    const file = join(gateway.directory, 'sms.yaml');
    writeFileSync(file, `receipts: { token: ${token} }\n`);
    server = await startServer(engine, {
      env: { SMS_URL: gateway.url, SMS_GATEWAY_FILE: file },
      gatewayTimeoutMs: 400,
    });
    secrets = secretsIn(server);
  });
  beforeEach(async () => {
    member = await reachable(server);
  });
  // What a test leaves waiting goes out before the next one.
  afterEach(async () => {
    gateway.behave('accept');
    server.clock.advance(30);
    await server.work();
    gateway.received.length = 0;
  });
  afterAll(async () => {
    await server.stop();
    await gateway.stop();
  });
  const askCode = () => ask(server, member, { channel: 'sms', template: 'code' });
  const opens = (at: number) => secrets.code(member, gateway.received[at]?.text ?? '');
  const receipt = (reference: string, status: string, authorization = `Bearer ${token}`) =>
    server.anonymous().post('/api/sms-receipts', { reference, status }, { authorization });

  test('a code leaves once, with a key of its own', async () => {
    const own = gateway.nextId();
    const id = await askCode();
    await server.work();

    const [received, ...more] = gateway.received;
    expect(more).toEqual([]);
    expect(received).toMatchObject({ to: mobile, from: 'MutAgents', reference: `${id}-1` });
    expect(received?.headers).toMatchObject({
      'idempotency-key': `${id}-1`,
      authorization: `Basic ${Buffer.from('guichet:sesame').toString('base64')}`,
    });
    expect(await opens(0)).toBe('live');
    expect(await messageRow(server, id)).toMatchObject({ state: 'sent', gateway_reference: own });
  });

  test.each([
    [400, 'failed', 'refused'],
    [404, 'failed', 'refused'],
    [401, 'waiting', 'gateway-settings'],
    [302, 'waiting', 'gateway-settings'],
    [429, 'waiting', 'gateway-busy'],
    [408, 'waiting', 'gateway-busy'],
    [500, 'waiting', 'gateway-busy'],
    [503, 'waiting', 'gateway-busy'],
  ])('an answer %i leaves it %s (%s), and no code alive', async (status, state, problem) => {
    gateway.behave(status);
    const id = await askCode();
    await server.work();

    expect(await stateOf(server, id)).toEqual([state, problem]);
    expect(await liveSecrets(server, member)).toBe(0);
  });

  test('a gateway that is down is tried again with a new code', async () => {
    await gateway.stop();
    const id = await askCode();
    await server.work();
    const whileDown = await stateOf(server, id);
    await gateway.start();
    server.clock.advance(1);
    await server.work();

    expect(whileDown).toEqual(['waiting', 'gateway-down']);
    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect(gateway.received.map(({ reference }) => reference)).toEqual([`${id}-2`]);
  });

  test.each([
    ['accepted', 'sent'],
    ['delivered', 'delivered'],
  ])(
    'one that takes it and times out, asked by our reference, says "%s": no second code',
    async (state, then) => {
      gateway.behave('hang');
      const id = await askCode();
      await server.work();
      const before = await stateOf(server, id);
      gateway.state(`${id}-1`, { state });
      server.clock.advance(0.5);
      await server.work();

      expect(before).toEqual(['unknown', 'no-answer']);
      expect(await stateOf(server, id)).toEqual([then, null]);
      expect(gateway.received).toHaveLength(1);
      expect(await opens(0)).toBe('live');
    },
  );

  test.each([{ state: 'failed' }, { status: 404 }])(
    'one that says %j is given a new code at once; the former is dead',
    async (answer) => {
      gateway.behave('hang');
      const id = await askCode();
      await server.work();
      gateway.behave('accept');
      gateway.state(`${id}-1`, answer);
      server.clock.advance(0.5);
      await server.work();

      expect(await stateOf(server, id)).toEqual(['sent', null]);
      expect(gateway.received.map(({ reference }) => reference)).toEqual([`${id}-1`, `${id}-2`]);
      expect([await opens(0), await opens(1)]).toEqual(['replaced', 'live']);
      expect(await liveSecrets(server, member)).toBe(1);
    },
  );

  test('one that knows nothing of it for two minutes is given a new code, the former void, never two', async () => {
    gateway.behave('hang');
    const id = await askCode();
    await server.work();
    gateway.behave('accept');
    gateway.state(`${id}-1`, { status: 503 });
    for (let seconds = 0; seconds < 110; seconds += 10) {
      server.clock.advance(1 / 6);
      await server.work();
      expect(await stateOf(server, id)).toEqual(['unknown', 'no-answer']);
    }
    server.clock.advance(0.5);
    await server.work();
    await receipt(`${id}-1`, 'delivered');
    await server.work();

    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect([await opens(0), await opens(1)]).toEqual(['replaced', 'live']);
    expect(await liveSecrets(server, member)).toBe(1);
  });

  test('one that answers twice has sent one', async () => {
    gateway.behave('twice');
    const id = await askCode();
    await server.work();
    gateway.behave('accept');
    const other = await ask(server, await reachable(server), { channel: 'sms', template: 'code' });
    await server.work();

    expect(await stateOf(server, id)).toEqual(['sent', null]);
    expect(await stateOf(server, other)).toEqual(['sent', null]);
    expect(gateway.received).toHaveLength(2);
  });

  test('its receipts are taken with its token only, once, and for what they name', async () => {
    const own = gateway.nextId();
    const id = await askCode();
    await server.work();

    const wrong = await receipt(own, 'delivered', 'Bearer something-else-entirely');
    const none = await server.anonymous().post('/api/sms-receipts', { reference: own, status: 'delivered' });
    await server.work();
    const before = await stateOf(server, id);
    const right = [await receipt(own, 'delivered'), await receipt(own, 'delivered')];
    const nobody = await receipt('op-999', 'failed');
    await server.work();

    expect([wrong.status, none.status]).toEqual([401, 401]);
    expect(before).toEqual(['sent', null]);
    expect([...right, nobody].map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await stateOf(server, id)).toEqual(['delivered', null]);
  });

  test('a receipt that is faster than our own note is not lost', async () => {
    await receipt(gateway.nextId(), 'failed');
    await server.work();
    const id = await askCode();
    await server.work();
    await server.work();

    expect(await stateOf(server, id)).toEqual(['failed', 'not-delivered']);
    expect(await liveSecrets(server, member)).toBe(0);
  });
});
