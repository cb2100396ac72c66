import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hire } from './support/agents.ts';
import { asked, end } from './support/approvals.ts';
import { confirmByCode, pageOf, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { buildMember } from './support/recoveries.ts';
import { proof, roster } from './support/roster.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const sms = { act: 'sms', reason: 'forgot-password' };

describe.each(databases)('a beginner at the desk, on %s', (engine) => {
  let server: TestServer;
  let beginner: Client;
  afterAll(() => server.stop());
  let senior: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    const admin = await server.as('administrator');
    for (const name of ['Prestataire', 'Siège']) await admin.post('/api/sites', { name, hours: [] });
    await hire(server, 'debutante', 'agent', ['mgen']);
    senior = await hire(server, 'referente', 'agent', ['mgen']);
    await put('debutante', { experience: 'beginner', site: 'Prestataire' });
    await put('referente', { experience: 'senior', site: 'Prestataire' });
    await put('colleague', { experience: 'senior', site: 'Siège' });
    beginner = await server.anonymous().signIn('debutante', deskPassword);
    senior = await server.anonymous().signIn('referente', deskPassword);
  });

  const { change } = roster(() => server);
  const put = (username: string, body: object) => change(username, { ...body, ...proof });
  const heard = async (more: object = {}) => {
    const member = await buildMember(server, 'mgen', more);
    await speakWith(beginner, member);
    await confirmByCode(server, beginner, member, 'sms');
    return member;
  };
  const waiting = async (client: Client): Promise<{ id: string; mayAnswer: boolean }[]> =>
    (await client.get('/api/approvals?filter={"state":"waiting","mine":false}')).body;

  test('asks a senior of their site, who sees the request and lets it run', async () => {
    const member = await heard();
    const { version, can } = await pageOf(beginner, member);
    const body = { channel: 'sms', reason: 'forgot-password', version };
    const direct = await beginner.post(`/api/members/${member.id}/temporary-passwords`, body);
    const request = await asked(beginner, member, sms);
    const elsewhere = await server.anonymous().signIn('colleague', deskPassword);
    const [theirs, others] = [await waiting(senior), await waiting(elsewhere)];
    const refused = [await end(elsewhere, 'approve', request), await end(beginner, 'approve', request)];
    const approved = await end(senior, 'approve', request);

    expect(direct).toMatchObject({ status: 422, body: { rule: 'beginner-asks' } });
    expect(can).toMatchObject({ sms: { state: 'approval' }, letter: { state: 'refused' } });
    expect(theirs).toMatchObject([{ id: request.id, mayAnswer: true, reasons: ['demandé par un débutant'] }]);
    expect(others).toEqual([]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    expect(approved).toMatchObject({ status: 200, body: { state: 'done' } });
  });

  test('asks a supervisor where anything else stands in the way too', async () => {
    const member = await heard({ isProtected: true });
    const request = await asked(beginner, member, sms);
    const bySenior = await end(senior, 'approve', request);
    const bySupervisor = await end(
      await server.anonymous().signIn('supervisor', deskPassword),
      'approve',
      request,
    );

    expect(await waiting(senior)).toEqual([]);
    expect([bySenior.status, bySupervisor.status]).toEqual([403, 200]);
  });

  test('no longer asks once they are none', async () => {
    await put('debutante', { experience: 'usual' });
    beginner = await server.anonymous().signIn('debutante', deskPassword);

    expect((await pageOf(beginner, await heard())).can.sms.state).toBe('allowed');
  });
});
