import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOf, confirmByCode, showDocument, speakWith, step } from './support/callers.ts';
import { currentCall, endCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { correct, correctInBranch } from './support/corrections.ts';
import type { Built } from './support/holders.ts';
import { codeIn } from './support/messages.ts';
import { contact } from './support/people.ts';
import { buildMember, lastMessage, recovery } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

/** What a caller, an agent or an intruder tried, each found once by an attack on the running desk. */
describe.each(databases)('at the desk on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
    colleague = await server.as('colleague');
  });
  afterAll(() => server.stop());

  const levelOf = async (client: Client, member: Pick<Built, 'id'>): Promise<string> =>
    (await pageOf(client, member)).verification.level;
  const say = async (client: Client, what: object) => {
    const call = await currentCall(client);
    return client.patch(`/api/calls/${call?.id}`, { ...what, version: call?.version });
  };
  const dropAndResume = async (from: Client, to: Client): Promise<void> => {
    const call = await currentCall(from);
    if (!call) throw new Error('No call to drop.');
    await endCall(from, call, { dropped: true });
    expect((await to.post(`/api/calls/${call.id}/resume`)).status).toBe(201);
  };

  test('a suspicion stops whoever has typed the code of a recovery already', async () => {
    const member = await buildMember(server, 'mutuelle-agents-publics');
    const thief = server.anonymous();
    const way = recovery(thief, 'mutuelle-agents-publics');
    await way.ask(member.identifier);
    await way.choose('sms');
    await server.work();
    const typed = await way.type(codeIn(await lastMessage(server, member.mobile)));

    await speakWith(agent, member);
    const { version } = await pageOf(agent, member);
    await agent.post(`/api/members/${member.id}/suspicion`, { version });
    const chosen = await way.change('Intrus+2026!vert');

    expect(typed.status).toBe(200);
    expect(chosen.status).toBe(401);
    expect(
      (await server.house.pool('accounts').where({ id: member.accountId }).first()).password_set_at,
    ).toBe('2026-10-01T08:00:00.000Z');
  });

  test('nobody makes a member’s contact doubtful by naming it as their own on the portal', async () => {
    const member = await buildMember(server, 'mgen');
    const thief = await buildMember(server, 'mgen', { mobile: member.mobile });
    await server.house.pool('contact_changes').insert({
      id: `own-word-${thief.id}`,
      organisation_id: 'mgen',
      member_id: thief.id,
      kind: 'mobile',
      old_sealed: null,
      new_digest: null,
      changed_by: 'member',
      changed_at: '2026-01-02T09:00:00.000Z',
      confirmed_at: null,
      code_tries: 0,
      call_id: null,
    });

    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const page = await pageOf(agent, member);
    await speakWith(agent, thief);
    const ofThief = await pageOf(agent, thief);

    expect(page.verification.level).toBe('contact-confirmed');
    expect(page.contacts.find(({ kind }: { kind: string }) => kind === 'mobile').shared).toBe(false);
    expect(ofThief.contacts.find(({ kind }: { kind: string }) => kind === 'mobile').shared).toBe(true);
  });

  test('an agent’s own account is theirs by whichever of their files it is opened', async () => {
    const nir = { kind: 'definitive' as const, body: '1610399999777', key: null };
    const more = { nir, birthDate: '1961-03-04', mobile: '+33639987777' };
    const [one, other] = [await buildMember(server, 'mgen', more), await buildMember(server, 'mgen', more)];
    const numbers = await server.house.pool('members').whereIn('id', [one.id, other.id]);
    const { id: agentId } = await server.house.pool('agents').where({ username: 'agent' }).first();
    const own = numbers.find(({ id }) => id === one.id)?.member_number as string;
    await server.house.pool('agent_relatives').insert({
      agent_id: agentId,
      organisation_id: 'mgen',
      member_number: own.toUpperCase(),
      kind: 'self',
    });

    await speakWith(agent, other);
    const page = await pageOf(agent, other);

    expect(page.can.sms).toMatchObject({ state: 'refused', rule: 'own-account' });
    expect(await step(agent, other, { method: 'send-code', channel: 'sms' })).toMatchObject({ status: 422 });
    await server.house.pool('agent_relatives').where({ agent_id: agentId }).delete();
  });

  test('a document shown in a branch is not carried into a resumed call by calling it a letter', async () => {
    const member = await buildMember(server, 'mgen');
    await showDocument(agent, member);
    expect(await levelOf(agent, member)).toBe('strong');

    await dropAndResume(agent, colleague);
    await say(colleague, { channel: 'email' });

    expect(await levelOf(colleague, member)).toBe('none');
  });

  test('nor does a call that becomes another channel keep what was seen in the branch', async () => {
    const member = await buildMember(server, 'mgen');
    await showDocument(agent, member);

    await say(agent, { channel: 'telephone' });

    expect(await levelOf(agent, member)).toBe('none');
    const call = await currentCall(agent);
    const events = await server.house.pool('audit_events').where({ call_id: call?.id, type: 'call.changed' });
    expect(events.map(({ payload }) => JSON.parse(payload as string).data)).toContainEqual({
      changed: ['channel'],
      channel: { from: 'branch', to: 'telephone' },
    });
  });

  test('a code to a contact that several people have brings no dropped call back to life', async () => {
    const shared = 'famille@example.fr';
    const member = await buildMember(server, 'mgen', { email: shared });
    await buildMember(server, 'mgen', { email: shared });
    await showDocument(agent, member);

    await dropAndResume(agent, colleague);
    await confirmByCode(server, colleague, member, 'email');

    expect(await levelOf(colleague, member)).toBe('none');
  });

  test('what one caller proved is gone once somebody else was said to speak and proved', async () => {
    const member = await buildMember(server, 'mgen', {
      representative: { name: 'Une tutrice', from: '2020-01-01', until: null },
    });
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');

    await say(agent, { caller: 'legal-representative' });

    expect(await levelOf(agent, member)).toBe('none');
  });

  test('a number that changed meanwhile is not the one that was proved', async () => {
    const member = await buildMember(server, 'mgen');
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');

    await server.house
      .pool('contacts')
      .where({ member_id: member.id, kind: 'mobile' })
      .update({ value: '+33639989999', since: '2026-11-18' });

    expect(await levelOf(agent, member)).toBe('none');
  });

  test('whoever changed a contact needs a second person to send there, who sees where it goes', async () => {
    const member = await buildMember(server, 'mgen', {
      contacts: [contact('email', 'ancienne@example.fr'), contact('mobile', '+33639980077')],
    });
    const corrected = await correctInBranch(agent, member, { contacts: { email: 'nouvelle@example.fr' } });
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    const page = await pageOf(agent, member);
    const asked = await agent.post(`/api/members/${member.id}/approvals`, {
      act: 'email',
      reason: 'forgot-password',
      version: page.version,
    });

    expect(corrected.status).toBe(200);
    expect(page.can.email).toMatchObject({ state: 'approval' });
    expect(asked).toMatchObject({
      status: 201,
      body: {
        reasons: expect.arrayContaining(['changé il y a peu par qui demande']),
        detail: expect.stringContaining('n••'),
      },
    });
    expect(JSON.stringify(asked.body)).not.toContain('nouvelle@');
  });

  test('an intruder’s changes in the space do not keep a branch from putting things right', async () => {
    const member = await buildMember(server, 'mgen');
    const rows = Array.from({ length: 8 }, (_, n) => ({
      id: `intruder-${member.id}-${n}`,
      organisation_id: 'mgen',
      member_id: member.id,
      kind: 'email',
      old_sealed: null,
      new_digest: null,
      changed_by: 'member',
      changed_at: server.clock.now().toISOString(),
      confirmed_at: null,
      code_tries: 0,
      call_id: null,
    }));
    await server.house.pool('contact_changes').insert(rows);
    await showDocument(agent, member);

    expect((await correct(agent, member, { contacts: { email: 'la-bonne@example.fr' } })).status).toBe(200);
  });

  test('who speaks and an act on another member at the same moment never mix', async () => {
    for (let round = 0; round < 15; round += 1) {
      const [one, other] = [await buildMember(server, 'mgen'), await buildMember(server, 'mgen')];
      const opened = await speakWith(agent, one, { caller: 'unsaid' });

      await Promise.all([
        agent.patch(`/api/calls/${opened.id}`, { caller: 'member', version: opened.version }),
        agent.post(`/api/members/${other.id}/notes`, { kind: 'note', text: 'Rappelle demain' }),
      ]);

      const call = await currentCall(agent);
      expect([call?.memberId, call?.caller]).not.toEqual([other.id, 'member']);
    }
  });
});
