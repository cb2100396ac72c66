import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anotherSupervisor, asked, askFor, end, owedTo, rowOf } from './support/approvals.ts';
import { answerRight, confirmByCode, lockOut, pageOf, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { buildMember, dataOf, lastMessage, temporaryIn } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const letter = { act: 'letter', reason: 'no-contact' };
const sms = { act: 'sms', reason: 'forgot-password' };

describe.each(databases)('a second person, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  let supervisor: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
    supervisor = await server.as('supervisor');
  });
  afterAll(() => server.stop());

  const guarded = (organisation: 'safiag' | 'mgen' = 'safiag', more: object = {}) =>
    buildMember(server, organisation, { isProtected: true, ...more });
  const idOf = async (username: string): Promise<string> =>
    (await server.house.pool('agents').where({ username }).first('id')).id as string;
  const lettersOf = (member: Built) => server.house.pool('letters').where({ member_id: member.id });
  const list = async (client: Client, filter: object) =>
    (await client.get(`/api/approvals?filter=${JSON.stringify(filter)}`)).body as { id: string }[];

  test('is asked with reasons and sees them; once approved the letter runs as asked, in the asker’s name', async () => {
    const member = await guarded();
    const call = await speakWith(agent, member);
    const verdict = (await pageOf(agent, member)).can.letter;
    const request = await asked(agent, member, { ...letter, note: 'Très pressé' });
    const [seen] = await list(supervisor, { state: 'waiting', memberId: member.id });
    const before = await lettersOf(member);

    const approved = await end(supervisor, 'approve', request, { word: 'vu' });
    const page = await pageOf(agent, member);

    expect(verdict).toMatchObject({ state: 'approval', reasons: [expect.stringContaining('protégé')] });
    expect(seen).toMatchObject({
      act: 'letter',
      what: 'Envoyer un courrier',
      reasons: ['adhérent protégé'],
      level: 'none',
      note: 'Très pressé',
      askedByName: 'agent de test',
      outcome: null,
    });
    expect(before).toEqual([]);
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'done', word: 'vu', outcome: 'Accordé et fait.' },
    });
    expect(await lettersOf(member)).toMatchObject([
      { asked_by: await idOf('agent'), call_id: call.id, state: 'requested' },
    ]);
    expect(page.approvals[0]).toMatchObject({ state: 'done', decidedByName: 'supervisor de test' });
    expect(await dataOf(server, 'approval.granted', { member_id: member.id })).toEqual([
      {
        approvalId: request.id,
        act: 'letter',
        outcome: 'done',
        rule: null,
        level: 'none',
        rules: ['protected'],
      },
    ]);
    expect(await owedTo(server, member)).toEqual([]);
  });

  test('a message is sent as it was asked, with the unblock, after the call has ended', async () => {
    const member = await guarded('mgen');
    await lockOut(server, member);
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const request = await asked(agent, member, { ...sms, unblock: true });
    const { call } = (await agent.get('/api/calls/current')).body;
    await agent.patch(`/api/calls/${call.id}`, { ended: true, version: call.version });

    const approved = await end(supervisor, 'approve', request);
    await server.work();

    expect(approved.body.state).toBe('done');
    expect(temporaryIn(await lastMessage(server, member.mobile))).toMatch(/^[0-9A-Z-]{15}$/);
    const rows = server.house
      .pool('messages')
      .where({ member_id: member.id, template: 'temporary-password' });
    expect(await rows).toMatchObject([{ asked_by: await idOf('agent'), call_id: call.id }]);
    expect(await server.house.pool('unblocks').where({ account_id: member.accountId })).toHaveLength(1);
    expect((await pageOf(agent, member)).headline.state).toBe('waiting');
  });

  test('an unblock past its budget is one’s own act again with a supervisor’s word', async () => {
    const member = await buildMember(server, 'safiag');
    await speakWith(agent, member);
    await answerRight(server, agent, member);
    for (let n = 0; n < 2; n += 1) {
      const at = server.clock.now().toISOString();
      await server.house
        .pool('unblocks')
        .insert({ id: `${member.id}-${n}`, account_id: member.accountId, at, call_id: null });
    }
    await lockOut(server, member);

    const request = await asked(agent, member, { act: 'unblock', reason: 'mistyped' });
    await end(supervisor, 'approve', request);

    expect((await pageOf(agent, member)).headline.state).toBe('open');
    expect((await eventsOf(server, member.id)).filter((type) => type === 'account.unblocked')).toHaveLength(
      1,
    );
  });

  test('refuses with a word: nothing is done, and whoever asked owes the member an answer', async () => {
    const member = await guarded();
    await speakWith(agent, member);
    const request = await asked(agent, member, letter);

    const wordless = await end(supervisor, 'refuse', request, { word: ' ' });
    const refused = await end(supervisor, 'refuse', request, { word: 'Appelant inconnu' });
    const after = await end(supervisor, 'approve', { ...request, version: 2 });

    expect(wordless).toMatchObject({ status: 400, body: { errors: { word: expect.any(String) } } });
    expect(refused.body).toMatchObject({ state: 'refused', word: 'Appelant inconnu', outcome: 'Refusé.' });
    expect(after).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('déjà été refusée') },
    });
    expect(await lettersOf(member)).toEqual([]);
    const owed = await server.house.pool('callbacks').where({ member_id: member.id });
    expect(owed).toMatchObject([{ kind: 'approval-refused', owner_id: await idOf('agent') }]);
  });

  test('a request is taken back by whoever made it', async () => {
    const member = await guarded();
    await speakWith(agent, member);
    const request = await asked(agent, member, letter);

    expect((await end(colleague, 'withdraw', request)).status).toBe(404);
    expect((await end(agent, 'withdraw', request)).body).toMatchObject({ state: 'withdrawn' });
    expect((await end(supervisor, 'approve', request)).status).toBe(409);
    expect((await end(agent, 'withdraw', { ...request, version: 2 })).status).toBe(409);
    expect(await owedTo(server, member)).toEqual([]);
    expect((await askFor(agent, member, letter)).status).toBe(201);
  });

  test('is somebody else, a supervisor, of the organisation, who saw it as it is', async () => {
    const member = await guarded();
    const stranger = await server.as('stranger');
    await speakWith(supervisor, member);
    const own = await asked(supervisor, member, letter);
    const nobody = { ...own, id: '00000000-0000-4000-8000-000000000000' };

    for (const how of ['approve', 'refuse'] as const) {
      const more = how === 'refuse' ? { word: 'non' } : {};
      expect(await end(supervisor, how, own, more)).toMatchObject({
        status: 422,
        body: { rule: 'approval.own' },
      });
      expect((await end(agent, how, own, more)).status).toBe(403);
      expect((await end(await server.as('print-operator'), how, own, more)).status).toBe(403);
      expect(await end(stranger, how, own, more)).toMatchObject({
        status: 404,
        body: (await end(stranger, how, nobody, more)).body,
      });
    }
    expect(await rowOf(server, own)).toMatchObject({ state: 'waiting', version: 1 });
    const other = await anotherSupervisor(server, 'chef');
    expect((await end(other, 'approve', { ...own, version: 2 })).status).toBe(409);
    expect((await end(other, 'approve', own)).body.state).toBe('done');
  });

  test('is asked once, only for what needs one, and only after the proof', async () => {
    const member = await guarded('mgen');
    const plain = await buildMember(server, 'safiag');
    await speakWith(agent, member);
    const early = await askFor(agent, member, sms);
    await confirmByCode(server, agent, member, 'sms');
    await asked(agent, member, sms);
    const twice = await askFor(agent, member, sms);
    await speakWith(agent, plain);

    expect(early).toMatchObject({ status: 422, body: { rule: 'confirm-contact' } });
    expect(twice).toMatchObject({ status: 409, body: { message: expect.stringContaining('déjà demandé') } });
    expect(await askFor(agent, plain, letter)).toMatchObject({
      status: 422,
      body: { rule: 'approval.not-needed' },
    });
    expect(await askFor(agent, plain, { act: 'unblock', reason: 'mistyped' })).toMatchObject({
      status: 422,
      body: { rule: 'not-locked' },
    });
    expect((await askFor(agent, plain, { ...letter, version: 99 })).status).toBe(409);
    expect((await askFor(await server.as('auditor'), member, letter)).status).toBe(403);
    expect((await askFor(await server.as('stranger'), member, letter)).status).toBe(404);
  });

  test('where there is no letter, a failed proof is a supervisor’s to judge', async () => {
    const member = await buildMember(server, 'mgen', {
      contacts: [contact('mobile', '+33639984001', '2026-11-10')],
    });
    await speakWith(agent, member);

    expect((await pageOf(agent, member)).can.sms).toMatchObject({
      state: 'approval',
      rule: 'proof-impossible',
    });
    const request = await asked(agent, member, sms);
    expect(await rowOf(server, request)).toMatchObject({ reasons: '["proof-impossible","mobile-recent"]' });
    expect((await end(supervisor, 'approve', request)).body.state).toBe('done');
  });

  test('an agent sees their own requests, a supervisor everybody’s, another organisation none', async () => {
    const member = await guarded();
    await speakWith(agent, member);
    const { id } = await asked(agent, member, letter);
    const about = { memberId: member.id };

    expect((await list(agent, about)).map((one) => one.id)).toEqual([id]);
    expect(await list(colleague, about)).toEqual([]);
    expect((await list(supervisor, { ...about, mine: false })).map((one) => one.id)).toEqual([id]);
    expect(await list(supervisor, { ...about, mine: true })).toEqual([]);
    expect(await list(await server.as('stranger'), about)).toEqual([]);
    expect((await (await server.as('auditor')).get('/api/approvals')).status).toBe(403);
  });
});
