import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notesOfMember } from '../server/calls/notes.service.ts';
import { callbacksOfMember } from '../server/calls/callbacks.service.ts';
import { repeatCallsOf } from '../server/calls/repeat-calls.service.ts';
import type { Ctx } from '../server/core/ctx.ts';
import { read, systemVisit } from '../server/core/perform.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import {
  databases,
  deskPassword,
  everyOrganisation,
  startServer,
  wednesday,
  type TestServer,
} from './support/server.ts';

describe.each(databases)('short notes about a member on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(wednesday);
    member = await buildHolder(server);
  });

  const as = (account: string) => server.anonymous().signIn(account, deskPassword);
  const write = async (text: string, more: object = {}, account = 'agent'): Promise<Answer> =>
    (await as(account)).post(`/api/members/${member.id}/notes`, { kind: 'note', text, ...more });
  const shown = <T>(show: (ctx: Ctx) => Promise<T>): Promise<T> =>
    read(systemVisit(server.house, 'tests', everyOrganisation(server.house)), show);
  const rows = () => server.house.pool('member_notes').where({ member_id: member.id });

  test('is written in the agent’s open call, and recorded without its words', async () => {
    const agent = await as('agent');
    const call = (await agent.post('/api/calls', { channel: 'telephone', caller: 'member' })).body;

    const written = await agent.post(`/api/members/${member.id}/notes`, {
      kind: 'note',
      text: '  Préfère être appelée\n le matin ',
      callId: call.id,
    });

    expect(written).toMatchObject({
      status: 201,
      body: { kind: 'note', text: 'Préfère être appelée le matin', authorName: 'agent de test' },
    });
    expect(await rows()).toMatchObject([{ call_id: call.id, organisation_id: member.organisation }]);
    const [event] = await server.house.pool('audit_events').where({ call_id: call.id, type: 'member.noted' });
    expect(event.payload).not.toContain('matin');
  });

  test('is shown newest first with who wrote it, two hundred characters at most', async () => {
    await write('Première');
    server.clock.advance(5);
    await write('Insiste et coupe la parole', { kind: 'difficult-caller' }, 'colleague');

    expect(await shown((ctx) => notesOfMember(ctx, member.id))).toMatchObject([
      { kind: 'difficult-caller', text: 'Insiste et coupe la parole', authorName: 'colleague de test' },
      { kind: 'note', text: 'Première', authorName: 'agent de test' },
    ]);
    expect((await write('x'.repeat(200))).status).toBe(201);
    expect(await write('x'.repeat(201))).toMatchObject({
      status: 400,
      body: { errors: { text: expect.any(String) } },
    });
    expect(await write('   ')).toMatchObject({ status: 400, body: { errors: { text: expect.any(String) } } });
  });

  test('a difficult caller changes nothing of what can be done', async () => {
    const agent = await as('agent');
    const before = (await agent.get(`/api/members/${member.id}`)).body;
    await agent.post(`/api/members/${member.id}/notes`, { kind: 'difficult-caller', text: 'Crie' });
    const after = (await agent.get(`/api/members/${member.id}`)).body;

    expect(after.can).toEqual(before.can);
    expect([after.headline, after.version]).toEqual([before.headline, before.version]);
  });

  test.each([
    'rappeler au 06 39 98 01 02',
    'tél. +33 (0)6.39.98.01.02',
    'jeanne.tilleul@courriel.example',
    'NIR 2 99 12 13 999 902 05',
    'NIR 1 85 01 2A 999 901',
  ])('« %s » is refused in its field', async (text) => {
    const refused = await write(text, { confirmed: true });

    expect(refused.status).toBe(400);
    expect(refused.body.errors.text).toContain('sans numéro de téléphone');
    expect(await rows()).toEqual([]);
    expect(await eventsOf(server, member.id)).toEqual([]);
  });

  test('what smells of health or opinions is asked once more, then written', async () => {
    const health = await write('Vient de sortir de l’HOPITAL');
    const opinion = await write('Se dit syndicaliste');
    expect([health, opinion].map(({ status, body }) => [status, body.rule])).toEqual([
      [422, 'note-sensitive'],
      [422, 'note-sensitive'],
    ]);
    expect(await rows()).toEqual([]);
    expect(await eventsOf(server, member.id)).toEqual(['request.refused', 'request.refused']);

    expect((await write('Appelle depuis l’accueil de l’hôpital', { confirmed: true })).status).toBe(201);
    expect(await rows()).toHaveLength(1);
  });

  test('another organisation’s member is not found, as one that nobody has; other roles write none', async () => {
    const foreign = await write('Bonjour', {}, 'stranger');
    const nobody = await (
      await as('stranger')
    ).post('/api/members/nobody/notes', { kind: 'note', text: 'Bonjour' });

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
    for (const role of ['print-operator', 'administrator', 'auditor']) {
      expect((await write('Bonjour', {}, role)).status).toBe(403);
    }
    expect(await write('Bonjour', { callId: 'nobody' })).toMatchObject({ status: 409 });
    expect(await rows()).toEqual([]);
  });

  test('what is owed to the member stands on their page, whichever team’s it is', async () => {
    const dueAt = new Date(server.clock.now().getTime() + 3_600_000).toISOString();
    await (
      await as('colleague')
    ).post('/api/callbacks', { memberId: member.id, dueAt, note: 'Sur le courrier' });
    await server.house.pool('callbacks').where({ member_id: member.id }).update({ team: 'B' });

    const owed = await shown((ctx) => callbacksOfMember(ctx, member.id));
    expect(owed).toMatchObject([{ kind: 'promised-call', team: 'B', note: 'Sur le courrier' }]);
    await (await as('agent')).post(`/api/callbacks/${owed[0]?.id}/done`, { outcome: 'reached', version: 1 });
    expect(await shown((ctx) => callbacksOfMember(ctx, member.id))).toEqual([]);
  });

  test('repeat calls are counted by day and week, with how many agents heard them', async () => {
    const call = async (hoursAgo: number, agentId: string, more: object = {}) => {
      const at = new Date(server.clock.now().getTime() - hoursAgo * 3_600_000).toISOString();
      const id = server.house.random.id();
      await server.house.pool('calls').insert({
        id,
        agent_id: agentId,
        organisation_id: member.organisation,
        member_id: member.id,
        channel: 'telephone',
        caller: 'member',
        opened_at: at,
        last_activity_at: at,
        ended_at: at,
        ended_by: 'agent',
        version: 1,
        ...more,
      });
      return id;
    };
    const [a, b] = (await server.house.pool('agents').orderBy('username').limit(2)).map(
      ({ id }) => id as string,
    );
    if (!a || !b) throw new Error('No agents.');
    const dropped = await call(1, a);
    await call(0.9, b, { resumes_id: dropped });
    await call(23, a);
    await call(2, a, { channel: 'back-office' });
    await call(25, b);
    await call(6 * 24, a);
    await call(8 * 24, b);

    expect(await shown((ctx) => repeatCallsOf(ctx, member.id))).toEqual({
      day: { calls: 2, agents: 2 },
      week: { calls: 4, agents: 2 },
    });
    expect(await shown((ctx) => repeatCallsOf(ctx, 'nobody'))).toEqual({
      day: { calls: 0, agents: 0 },
      week: { calls: 0, agents: 0 },
    });
  });
});
