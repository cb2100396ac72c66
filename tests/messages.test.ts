import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, systemVisit } from '../server/core/perform.ts';
import { messagesOfMember } from '../server/messages/messages.service.ts';
import { openGateways } from '../server/messages/open-gateways.ts';
import { openSmsHttp, readGatewayFile } from '../server/messages/sms-http.ts';
import type { Built } from './support/holders.ts';
import { listen } from './support/loopback.ts';
import { ask, email, mobile, reachable, secretsIn } from './support/messages.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('messages on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  let other: Built;
  beforeAll(async () => {
    server = await startServer(engine);
    member = await reachable(server);
    other = await reachable(server, 'mutuelle-imaginaire');
    await ask(server, member, { channel: 'email', template: 'code' });
    await server.work();
    server.clock.advance(1);
    await ask(server, member, { channel: 'sms', template: 'temporary-password' });
    await server.work();
    server.clock.advance(1);
    await ask(server, other, { channel: 'email', template: 'code' });
  });
  afterAll(() => server.stop());

  test('are listed with how far each is, masked and without their words', async () => {
    const agent = await server.as('agent');
    const { status, body, headers } = await agent.get('/api/messages?sort=["askedAt","DESC"]&range=[0,9]');

    expect(status).toBe(200);
    expect(headers.get('content-range')).toBe('messages 0-2/3');
    expect(body.map(({ state, what }: Record<string, string>) => [state, what])).toEqual([
      ['waiting', 'Code à usage unique'],
      ['sent', 'Mot de passe provisoire'],
      ['sent', 'Code à usage unique'],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/jeanne|612345678/);
    expect(body[1]).toMatchObject({ masked: '06 •• •• •• 78', channel: 'sms', attempt: 1, problem: null });
  });

  test('are listed in the language asked for, by state, channel and organisation', async () => {
    const agent = await server.as('agent');
    const by = async (filter: object) =>
      (await agent.get(`/api/messages?filter=${JSON.stringify(filter)}`, { 'accept-language': 'en' })).body;

    expect(await by({ state: 'waiting' })).toEqual([expect.objectContaining({ what: 'One-time code' })]);
    expect(await by({ channel: 'sms' })).toHaveLength(1);
    expect(await by({ organisationId: member.organisation })).toHaveLength(2);
    expect((await agent.get('/api/messages?filter={"masked":"x"}')).status).toBe(400);
  });

  test('are for the desk, and for its own organisations', async () => {
    const stranger = (await (await server.as('stranger')).get('/api/messages')).body;

    expect(stranger.map(({ organisationId }: Built & { organisationId: string }) => organisationId)).toEqual([
      other.organisation,
    ]);
    for (const role of ['print-operator', 'administrator', 'auditor'] as const) {
      expect((await (await server.as(role)).get('/api/messages')).status).toBe(403);
    }
  });

  test('of one member are the last ten, newest first', async () => {
    const visit = systemVisit(server.house, 'tests', [member.organisation]);
    const own = await read(visit, (ctx) => messagesOfMember(ctx, member.id));

    expect(own.map(({ template }) => template)).toEqual(['temporary-password', 'code']);
    expect(await read(visit, (ctx) => messagesOfMember(ctx, other.id))).toEqual([]);
  });

  test('with nothing due cost one query for each channel', async () => {
    await server.work();
    const queries: string[] = [];
    const note = ({ sql }: { sql: string }) => queries.push(sql);
    server.house.pool.on('query', note);
    await server.work();
    server.house.pool.removeListener('query', note);

    const ofMessages = queries.filter((sql) => sql.includes('messages'));
    expect(ofMessages).toHaveLength(2);
    expect(ofMessages.every((sql) => sql.startsWith('select'))).toBe(true);
  });

  test('without a gateway are in the mailbox, newest first, in files of the server alone', async () => {
    const { status, body } = await server.anonymous().get('/api/mailbox');
    const [newest, sms, first] = body;
    const folder = join(server.directory, 'mailbox', member.organisation);
    const files = readdirSync(folder);

    expect(status).toBe(200);
    expect(newest).toMatchObject({ organisationId: other.organisation, channel: 'email', to: email });
    expect(sms).toMatchObject({ channel: 'sms', to: mobile, from: 'MutAgents', subject: null });
    expect(first).toMatchObject({ channel: 'email', to: email });
    expect(await secretsIn(server).code(member, first.text)).toBe('live');
    expect(await secretsIn(server).temporary(member, sms.text)).toBe('live');
    expect(files.filter((name) => name.endsWith('.eml'))).toHaveLength(1);
    expect(new Set(files.map((name) => statSync(join(folder, name)).mode & 0o777))).toEqual(new Set([0o600]));
    const eml = files.find((name) => name.endsWith('.eml')) ?? '';
    expect(readFileSync(join(folder, eml), 'utf8')).toContain('Auto-Submitted: auto-generated');
  });

  test('have no receipts where no gateway brings any', async () => {
    const { status } = await server
      .anonymous()
      .post('/api/sms-receipts', { reference: 'x', status: 'failed' }, { authorization: 'Bearer x' });

    expect(status).toBe(404);
  });
});

describe('the ways out', () => {
  const none = { dataDirectory: tmpdir(), smtpUrl: null, smsUrl: null, smsGatewayFile: null };
  const clock = () => new Date('2026-11-18T09:00:00.000Z');
  const warned: string[] = [];
  const log = pino({}, { write: (line: string) => void warned.push(line) });
  const open = (more: object) => openGateways({ ...none, production: false, ...more }, clock, log);

  test('in production without a gateway do not exist, and say so before a secret is made', () => {
    const { emailGateway, smsGateway, mailbox } = open({ production: true });

    expect(emailGateway.cannotTake?.(email)).toBe('no-gateway');
    expect(smsGateway.cannotTake?.(mobile)).toBe('no-gateway');
    expect(mailbox).toBeNull();
    expect(warned.join('')).toMatch(/SMTP_URL[\s\S]*SMS_URL/);
  });

  test('outside production are files for each channel that has no gateway', () => {
    const half = open({ smtpUrl: 'smtp://localhost:2525' });
    const whole = open({ smtpUrl: 'smtp://localhost:2525', smsUrl: 'https://sms.example/' });

    expect(half.mailbox).not.toBeNull();
    expect(half.smsGateway.cannotTake?.('+33639980001')).toBeUndefined();
    expect(whole.mailbox).toBeNull();
    expect(whole.smsGateway.cannotTake?.('+33639980001')).toBe('demo-number');
  });

  test('are never plain HTTP to another machine', () => {
    expect(() => open({ smsUrl: 'http://sms.example/' })).toThrow(/https/);
  });

  test('over HTTP are described by a file; a wrong one says what is wrong with it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'guichet-sms-')), 'sms.yaml');
    writeFileSync(file, 'url: not an address\nformat: xml\n');
    expect(() => readGatewayFile(file)).toThrow(/url: [\s\S]*format: /);

    const asked: { url?: string; type?: string; body: string }[] = [];
    const gateway = createServer((req: IncomingMessage, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        asked.push({
          url: req.url,
          type: req.headers['content-type'],
          body: Buffer.concat(chunks).toString(),
        });
        res.end('{"messages":[{"id":42}],"state":"DELIVERED"}');
      });
    });
    const { port, stop } = await listen(gateway);
    writeFileSync(
      file,
      [
        'format: form',
        'body: { dest: "{to}", msg: "{text}", "class": 1 }',
        'answer: { reference: messages.0.id }',
        `status: { url: "http://127.0.0.1:${port}/ask?ref={reference}", state: state, delivered: [DELIVERED] }`,
      ].join('\n'),
    );
    const sms = openSmsHttp(`http://127.0.0.1:${port}/send?ref={reference}`, readGatewayFile(file), 1_000);
    const text = 'Bonjour & bienvenue {to} "é"';

    const sent = await sms.send({
      id: 'm',
      attempt: 3,
      from: 'X',
      to: mobile,
      text,
      validMinutes: 10,
      organisationId: 'o',
    });
    const fate = await sms.ask?.({ id: 'm', attempt: 3 });
    await stop();

    expect(sent).toEqual({ as: 'accepted', reference: '42' });
    expect(fate).toMatchObject({ fate: 'delivered' });
    expect(asked.map(({ url }) => url)).toEqual(['/send?ref=m-3', '/ask?ref=m-3']);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      dest: mobile,
      msg: text,
      class: '1',
    });
  });
});
