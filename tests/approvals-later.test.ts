import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asked, end, owedTo, rowOf, type Request } from './support/approvals.ts';
import { answerRight, confirmByCode, lockOut, pageOf, showDocument, speakWith } from './support/callers.ts';
import { Client } from './support/client.ts';
import { eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { buildMember, recovery } from './support/recoveries.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

const letter = { act: 'letter', reason: 'no-contact' };
const sms = { act: 'sms', reason: 'forgot-password' };
type Change = (server: TestServer, member: Built, agent: Client, supervisor: Client) => Promise<unknown>;

const version = async (client: Client, member: Built) => (await pageOf(client, member)).version as number;
const set = (server: TestServer, table: string, where: object, to: object) =>
  server.house.pool(table).where(where).update(to);

describe.each(databases)('what waits for a second person, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  const signIn = (name: string) => new Client(server.url).signIn(name, deskPassword);
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    server.clock.set(wednesday);
    [agent, supervisor] = [await signIn('agent'), await signIn('supervisor')];
  });
  afterAll(() => server.stop());

  /** A locked member of whom everything needs two, heard and verified by SMS code. */
  const heard = async (): Promise<Built> => {
    const member = await buildMember(server, 'msa-sud-aquitaine', { isProtected: true });
    await lockOut(server, member);
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, 'sms');
    return member;
  };
  const left = async (member: Built): Promise<number> => {
    const of = { member_id: member.id };
    const messages = server.house.pool('messages').where({ ...of, template: 'temporary-password' });
    const letters = server.house.pool('letters').where({ ...of, state: 'requested' });
    return (await messages.whereNot({ state: 'failed' })).length + (await letters).length;
  };

  const changes: [string, object, Change, RegExp][] = [
    [
      'the number changed',
      sms,
      (s, m) => set(s, 'contacts', { member_id: m.id, kind: 'mobile' }, { value: '+33639985999' }),
      /coordonnée ou l’adresse a changé/,
    ],
    [
      'the number changed a short while ago',
      sms,
      (s, m) => set(s, 'contacts', { member_id: m.id, kind: 'mobile' }, { since: '2026-11-17' }),
      /n’est plus possible/,
    ],
    [
      'the address changed',
      letter,
      (s, m) => set(s, 'members', { id: m.id }, { address_lines: '["9 rue Neuve"]' }),
      /coordonnée ou l’adresse a changé/,
    ],
    [
      'the address turned out to be doubtful',
      letter,
      (s, m) => set(s, 'members', { id: m.id }, { address_doubtful_at: wednesday }),
      /n’est plus possible/,
    ],
    [
      'the account was frozen',
      sms,
      async (_s, m, a) => a.post(`/api/members/${m.id}/death`, { version: await version(a, m) }),
      /gelé/,
    ],
    [
      'a suspicion was reported',
      sms,
      async (_s, m, a) => a.post(`/api/members/${m.id}/suspicion`, { version: await version(a, m) }),
      /suspicion/,
    ],
    [
      'the contract ended',
      sms,
      (s, m) => set(s, 'members', { id: m.id }, { contract_end_on: '2026-11-17' }),
      /désactivé/,
    ],
    [
      'the account is not locked any more',
      { act: 'unblock', reason: 'mistyped' },
      (s, m) => set(s, 'attempt_counters', { account_id: m.accountId }, { forgiven: 3 }),
      /plus bloqué/,
    ],
    [
      'it was to be unblocked as well, and is not locked any more',
      { ...sms, unblock: true },
      (s, m) => set(s, 'attempt_counters', { account_id: m.accountId }, { forgiven: 3 }),
      /plus bloqué/,
    ],
    [
      'the member got in by another way',
      sms,
      async (s, m) => {
        const client = s.anonymous();
        const typed = await giveTemporary(s, m, 'live');
        await recovery(client, m.organisation).signIn(m.identifier, typed);
        await recovery(client, m.organisation).change('Marron+2026!vert');
      },
      /n’est plus possible/,
    ],
  ];

  test.each(changes)('when %s, the yes comes too late and says so', async (_what, act, change, words) => {
    const member = await heard();
    const request = await asked(agent, member, act);
    const before = await left(member);
    await change(server, member, agent, supervisor);

    const answer = await end(supervisor, 'approve', request);

    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'overtaken', outcome: expect.stringMatching(words) },
    });
    expect([before, await left(member)]).toEqual([0, 0]);
    expect(await server.house.pool('unblocks').where({ account_id: member.accountId })).toEqual([]);
    expect(await owedTo(server, member)).toContain('approval-refused');
    expect(await eventsOf(server, member.id)).toContain('approval.granted');
  });

  test('a letter to be called back that was released meanwhile stops the message that takes its place', async () => {
    const member = await heard();
    const first = await asked(agent, member, letter);
    await end(supervisor, 'approve', first);
    const row = await server.house.pool('letters').where({ member_id: member.id }).first();
    await set(server, 'letters', { id: row.id }, { asked_at: '2026-10-01T08:00:00.000Z' });
    const request = await asked(agent, member, { ...sms, cancelLetterId: row.id });
    await set(server, 'letters', { id: row.id }, { state: 'printing' });

    const late = await end(supervisor, 'approve', request);

    expect(late.body).toMatchObject({ state: 'overtaken', outcome: expect.stringContaining('déjà lancé') });
    expect(await left(member)).toBe(0);
    await set(server, 'letters', { id: row.id }, { state: 'requested' });
    const again = await asked(agent, member, { ...sms, cancelLetterId: row.id });
    expect((await end(supervisor, 'approve', again)).body.state).toBe('done');
    const { state } = await server.house.pool('letters').where({ id: row.id }).first();
    expect([state, await left(member)]).toEqual(['cancelled', 1]);
  });

  test('what the call had proved holds for the request alone, whatever the next call proves', async () => {
    const member = await heard();
    const request = await asked(agent, member, sms);
    await speakWith(agent, member, { caller: 'third-party' });

    expect((await pageOf(agent, member)).can.sms).toMatchObject({ rule: 'caller-not-entitled' });
    expect((await end(supervisor, 'approve', request)).body.state).toBe('done');
    expect(await left(member)).toBe(1);
  });

  test('a new e-mail address is written by a document, and a link goes there with a second person’s word', async () => {
    const member = await buildMember(server, 'safiag');
    await showDocument(agent, member);
    const corrected = await agent.post(`/api/members/${member.id}/corrections`, {
      contacts: { email: 'nouvelle@courriel.example' },
      reason: 'new-email',
      version: await version(agent, member),
    });
    const inThisCall = (await pageOf(agent, member)).can.email;
    await showDocument(agent, member);
    const inTheNext = (await pageOf(agent, member)).can.email;

    const request = await asked(agent, member, { act: 'email', reason: 'forgot-password' });
    await end(supervisor, 'approve', request);
    await server.work();

    expect(corrected.status).toBe(200);
    expect(inThisCall).toMatchObject({ state: 'refused', rule: 'changed-in-this-call' });
    expect(inTheNext).toMatchObject({ state: 'approval', rule: 'email-recent' });
    const sent = await server.house.pool('messages').where({ member_id: member.id, template: 'reset-link' });
    expect(sent).toMatchObject([{ state: 'sent', channel: 'email' }]);
  });

  describe('without an answer', () => {
    const expired = async (): Promise<{ member: Built; request: Request }> => {
      const member = await heard();
      const request = await asked(agent, member, sms);
      server.clock.advance(8 * 60);
      [agent, supervisor] = [await signIn('agent'), await signIn('supervisor')];
      return { member, request };
    };

    test('its time is over after the file’s hours of the desk, swept or not', async () => {
      const { member, request } = await expired();

      const late = await end(supervisor, 'approve', request);

      expect(late).toMatchObject({ status: 409, body: { message: 'Le délai de cette demande est passé.' } });
      expect((await rowOf(server, request)).expires_at).toBe('2026-11-18T17:00:00.000Z');
      expect(await left(member)).toBe(0);
    });

    test('it expires once on several servers; the answer is owed, and the letter is left', async () => {
      const { member, request } = await expired();

      await Promise.all([server.work(), server.work()]);
      const page = await pageOf(agent, member);

      expect(await rowOf(server, request)).toMatchObject({ state: 'expired', decided_by: null });
      expect(page.approvals[0]).toMatchObject({ outcome: expect.stringContaining('reste le courrier') });
      expect((await eventsOf(server, member.id)).filter((type) => type === 'approval.expired')).toHaveLength(
        1,
      );
      expect(await owedTo(server, member)).toEqual(['approval-expired']);
      await set(server, 'members', { id: member.id }, { protected: 0 });
      await speakWith(agent, member);
      const body = { channel: 'letter', reason: 'no-contact', version: await version(agent, member) };
      const sent = await agent.post(`/api/members/${member.id}/temporary-passwords`, body);
      expect(sent.status).toBe(200);
    });

    test('the hours are those of the agent’s site', async () => {
      const hours = JSON.stringify([{ days: ['wednesday', 'thursday'], opens: '09:00', closes: '12:00' }]);
      await server.house.pool('sites').insert({ id: 'site-2', name: 'Pau', hours, created_at: wednesday });
      await set(server, 'agents', { username: 'agent' }, { site_id: 'site-2' });
      const member = await buildMember(server, 'safiag', { isProtected: true });
      await speakWith(agent, member);
      await answerRight(server, agent, member);

      const request = await asked(agent, member, letter);

      // 2 h that Wednesday, 3 h on Thursday, 3 h the Wednesday after: all morning.
      expect((await rowOf(server, request)).expires_at).toBe('2026-11-25T11:00:00.000Z');
      await set(server, 'agents', { username: 'agent' }, { site_id: null });
    });
  });
});
