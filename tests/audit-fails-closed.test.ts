import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakAudit, dump } from './support/audit-off.ts';
import { buildLetters } from './support/build.ts';
import { answerRight, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('with an audit that cannot be written, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let operator: Client;
  let auditor: Client;
  let supervisor: Client;
  let member: Built;
  let version: number;
  let request: { id: string; version: number };
  let lot: { id: string; version: number };

  beforeAll(async () => {
    server = await startServer(engine, { env: { PRINTER_URL: tmpdir() } });
    agent = await server.as('agent');
    operator = await server.as('print-operator');
    auditor = await server.as('auditor');
    supervisor = await server.as('supervisor');
    member = await buildHolder(server, {
      password: 'Tilleul+2026!',
      contacts: [contact('mobile', '+33639980077')],
    });
    const wrong = { identifier: member.identifier, password: 'wrong' };
    for (let n = 0; n < 3; n += 1)
      await server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, wrong);
    await speakWith(agent, member);
    await answerRight(server, agent, member);
    version = (await agent.get(`/api/members/${member.id}`)).body.version;
    await agent.post(`/api/members/${member.id}/temporary-passwords`, {
      channel: 'letter',
      reason: 'no-contact',
      version,
    });
    const asked = { act: 'letter', reason: 'no-contact', version: version + 1 };
    request = (await agent.post(`/api/members/${member.id}/approvals`, asked)).body;
    await buildLetters(server, [{ organisation: 'safiag', person: { memberNumber: '1234567' } }]);
    lot = (await operator.post('/api/lots', { organisation: 'safiag', product: 'services-plus' })).body;
    await server.house.pool('destructions').insert(waste);
    const made = await server.house.pool('lots').where({ id: lot.id }).first();
    for (const [number, state] of ['released', 'printing', 'printed'].entries())
      await server.house
        .pool('lots')
        .insert({ ...made, id: state, number: 100 + number, state, target: 'browser' });
    await breakAudit(server, engine);
  });
  afterAll(() => server.stop());

  const attempts: [string, () => Promise<{ status: number }>][] = [
    ['a search', () => agent.post('/api/members/search', { filter: { q: 'tilleul' } })],
    ['a look at a member', () => agent.get(`/api/members/${member.id}`)],
    [
      'an unblock',
      () => agent.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version: version + 2 }),
    ],
    [
      'a code sent to a caller',
      () => agent.post(`/api/members/${member.id}/verifications`, { method: 'send-code', channel: 'sms' }),
    ],
    [
      'a number shown to be called back',
      () => agent.post(`/api/members/${member.id}/number-to-call`, { kind: 'mobile' }),
    ],
    ['a suspicion', () => agent.post(`/api/members/${member.id}/suspicion`, { version: version + 2 })],
    [
      'a supervisor’s yes',
      () => supervisor.post(`/api/approvals/${request.id}/approve`, { version: request.version }),
    ],
    [
      'a supervisor’s no',
      () => supervisor.post(`/api/approvals/${request.id}/refuse`, { word: 'non', version: request.version }),
    ],
    [
      'a note',
      () => agent.post(`/api/members/${member.id}/notes`, { kind: 'note', text: 'Rappelle demain.' }),
    ],
    [
      'a NIR shown',
      () => agent.post(`/api/members/${member.id}/reveal-nir`, { reason: 'homonym', password: deskPassword }),
    ],
    ['a call opened', () => agent.post('/api/calls', { channel: 'telephone', caller: 'member' })],
    [
      'a lot made',
      () => operator.post('/api/lots', { organisation: member.organisation, product: 'lettre-verte' }),
    ],
    [
      'a lot released',
      () => supervisor.post(`/api/lots/${lot.id}/release`, { version: lot.version, password: deskPassword }),
    ],
    [
      'a wrong password before a release',
      () => supervisor.post(`/api/lots/${lot.id}/release`, { version: lot.version, password: 'wrong' }),
    ],
    [
      'a lot sent to the printer',
      () => operator.post('/api/lots/released/send', { target: 'printer', version: lot.version }),
    ],
    ['a print stopped', () => operator.post('/api/lots/printing/stop')],
    ['a print confirmed', () => operator.post('/api/lots/printed/confirm', { version: lot.version })],
    ['a print to be redone', () => operator.post('/api/lots/printed/redo', { version: lot.version })],
    [
      'a destruction witnessed',
      () => supervisor.post(`/api/destructions/${waste.id}/witness`, { version: 1 }),
    ],
    [
      'a refusal',
      () => agent.post('/api/lots', { organisation: member.organisation, product: 'lettre-verte' }),
    ],
    ['a reading of the audit', () => auditor.get('/api/audit-events')],
    [
      'a member’s sign-in',
      () =>
        server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, {
          identifier: member.identifier,
          password: 'Tilleul+2026!',
        }),
    ],
    [
      'a recovery asked for',
      () =>
        server.anonymous().post(`/portal/api/${member.organisation}/recoveries`, {
          path: 'forgotten',
          identifier: member.identifier,
        }),
    ],
    [
      'a link opened',
      () => server.anonymous().post(`/portal/api/${member.organisation}/links`, { token: 'a'.repeat(43) }),
    ],
    [
      'a test letter’s password',
      () =>
        server
          .anonymous()
          .post(`/portal/api/${member.organisation}/test-letter`, { password: '0000-0000-00000' }),
    ],
    [
      'an agent’s sign-in',
      () => server.anonymous().post('/api/session', { username: 'agent', password: deskPassword }),
    ],
  ];

  test.each(attempts)('%s answers 503 and changes nothing', async (_what, attempt) => {
    const before = await dump(server, engine);

    const { status } = await attempt();

    expect(status).toBe(503);
    expect(await dump(server, engine)).toEqual(before);
  });

  test('what looks at no member still answers', async () => {
    expect((await agent.get('/api/organisations')).status).toBe(200);
    expect((await agent.get('/api/me')).status).toBe(200);
  });
});

const waste = {
  id: 'waste',
  organisation_id: 'safiag',
  kind: 'spoiled',
  sheets: 1,
  declared_by: 'somebody',
  declared_at: '2026-11-18T09:00:00.000Z',
  due_on: '2026-11-19',
  version: 1,
};
