import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirmByCode, pageOf, speakWith } from './support/callers.ts';
import { Client, type Answer } from './support/client.ts';
import { eventsOf, type Built } from './support/holders.ts';
import {
  buildMember,
  dataOf,
  lastMessage,
  messagesTo,
  recovery,
  temporaryIn,
  tokenIn,
  type Organisation,
} from './support/recoveries.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

const ended = 'Je ne peux pas donner suite à votre demande aujourd’hui.';

describe.each(databases)('what an agent reports, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let supervisor: Client;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    server.clock.set(wednesday);
    agent = await new Client(server.url).signIn('agent', deskPassword);
    supervisor = await new Client(server.url).signIn('supervisor', deskPassword);
  });
  afterAll(() => server.stop());

  const report = async (member: Pick<Built, 'id'>, what: string, client = agent, more: object = {}) => {
    const { version = 1 } = await pageOf(client, member);
    return client.post(`/api/members/${member.id}/${what}`, { version, ...more });
  };
  const send = async (member: Built, channel: 'sms' | 'email'): Promise<Answer> => {
    await speakWith(agent, member);
    await confirmByCode(server, agent, member, channel);
    const { version } = await pageOf(agent, member);
    const body = { channel, reason: 'forgot-password', version };
    return agent.post(`/api/members/${member.id}/temporary-passwords`, body);
  };
  const askOnPortal = async (member: Built, organisation: Organisation = 'mgen') => {
    const at = recovery(server.anonymous(), organisation);
    const answers = [await at.ask(member.identifier), await at.choose('sms')];
    await server.work();
    return answers.map(({ status, body }) => JSON.stringify([status, body]));
  };
  const rowsOf = (table: string, member: Built) => server.house.pool(table).where({ member_id: member.id });

  describe('a suspicion', () => {
    test('is seen by every agent, ends the call with a sentence, tells a supervisor, lasts a day of the desk', async () => {
      const member = await buildMember(server, 'mgen');
      const colleague = await new Client(server.url).signIn('colleague', deskPassword);
      await speakWith(agent, member);

      const answer = await report(member, 'suspicion');
      await speakWith(colleague, member);
      await confirmByCode(server, colleague, member, 'sms');
      const seen = await pageOf(colleague, member);
      const alerts = (await supervisor.get('/api/alerts')).body;

      expect(answer).toMatchObject({ status: 200, body: { toSay: expect.stringContaining(ended) } });
      expect(seen.headline).toMatchObject({ state: 'frozen', title: expect.stringContaining('Suspicion') });
      expect(seen.suspicion).toEqual({ since: wednesday, until: '2026-11-19T09:00:00.000Z' });
      expect(seen.say.before).toContain(ended);
      expect(seen.can.sms).toMatchObject({ state: 'approval', rule: 'flagged' });
      expect(alerts).toContainEqual(expect.objectContaining({ kind: 'suspicion', memberId: member.id }));
      expect(await dataOf(server, 'account.suspected', { member_id: member.id })).toEqual([
        { until: '2026-11-19T09:00:00.000Z', secretsEnded: 0 },
      ]);
      server.clock.set('2026-11-19T09:00:00.000Z');
      agent = await new Client(server.url).signIn('agent', deskPassword);
      expect(await pageOf(agent, member)).toMatchObject({ suspicion: null, headline: { state: 'open' } });
    });

    test('counts the hours of the agent’s site', async () => {
      const member = await buildMember(server, 'mgen');
      const hours = JSON.stringify([
        { days: ['wednesday', 'friday', 'monday'], opens: '08:00', closes: '18:00' },
      ]);
      await server.house.pool('sites').insert({ id: 'site-1', name: 'Lille', hours, created_at: wednesday });
      await server.house.pool('agents').where({ username: 'agent' }).update({ site_id: 'site-1' });
      await speakWith(agent, member);

      await report(member, 'suspicion');

      // 8 h of that Wednesday, 10 h of Friday, 6 h of Monday, by the Paris clock.
      expect((await pageOf(agent, member)).suspicion.until).toBe('2026-11-23T13:00:00.000Z');
      await server.house.pool('agents').where({ username: 'agent' }).update({ site_id: null });
    });

    test('kills what was sent by message, and what was about to leave; the chosen password goes on', async () => {
      const member = await buildMember(server, 'mgen');
      await send(member, 'sms');
      await server.work();
      const password = temporaryIn(await lastMessage(server, member.mobile));
      server.clock.advance(3);
      await send(member, 'email');

      const answer = await report(member, 'suspicion');
      await server.work();
      const at = recovery(server.anonymous(), 'mgen');

      expect(answer.status).toBe(200);
      expect((await at.signIn(member.identifier, password)).status).toBe(401);
      expect((await messagesTo(server, member.email)).map(tokenIn)).not.toContainEqual(
        expect.stringMatching(/^[\w-]{43}$/),
      );
      const states = await rowsOf('messages', member).where({ template: 'reset-link' });
      expect(states.map(({ state, problem }) => [state, problem])).toEqual([['failed', 'account-changed']]);
      expect(await at.signIn(member.identifier, 'Tilleul+2026!')).toMatchObject({
        status: 200,
        body: { status: 'signed-in' },
      });
    });

    test('stops recoveries in silence: the same bytes, and nothing is sent', async () => {
      const [member, other] = [await buildMember(server, 'mgen'), await buildMember(server, 'mgen')];
      await report(member, 'suspicion');

      const suspected = await askOnPortal(member);
      const free = await askOnPortal(other);

      expect(suspected).toEqual(free);
      expect(await messagesTo(server, other.mobile)).toHaveLength(1);
      expect(await messagesTo(server, member.mobile)).toEqual([]);
      expect(await dataOf(server, 'recovery.resolved', { member_id: member.id })).toMatchObject([
        { outcome: 'suspected' },
      ]);
    });

    test('a second one makes it longer, never shorter', async () => {
      const member = await buildMember(server, 'mgen');
      await report(member, 'suspicion');
      server.clock.advance(10);
      await report(member, 'suspicion');
      const { suspicion } = await pageOf(agent, member);
      await server.house.pool('accounts').where({ id: member.accountId }).update({
        suspected_until: '2026-12-01T09:00:00.000Z',
      });
      await report(member, 'suspicion');

      expect(suspicion.until).toBe('2026-11-19T09:10:00.000Z');
      expect((await pageOf(agent, member)).suspicion.until).toBe('2026-12-01T09:00:00.000Z');
    });

    test('is lifted by a supervisor alone; then recoveries go on', async () => {
      const member = await buildMember(server, 'mgen');
      await report(member, 'suspicion');

      const byAgent = await report(member, 'unfreeze');
      const stale = await report(member, 'unfreeze', supervisor, { version: 99 });
      const lifted = await report(member, 'unfreeze', supervisor);
      const again = await report(member, 'unfreeze', supervisor);
      await askOnPortal(member);

      expect([byAgent.status, stale.status]).toEqual([403, 409]);
      expect(lifted).toMatchObject({ status: 200, body: { message: 'La suspicion est levée.' } });
      expect(again).toMatchObject({ status: 422, body: { rule: 'not-frozen' } });
      expect(await messagesTo(server, member.mobile)).toHaveLength(1);
      expect(await eventsOf(server, member.id)).toEqual(
        expect.arrayContaining(['account.suspected', 'account.suspicion-lifted']),
      );
    });
  });

  test('a death freezes, calls letters back, makes the back office owe an answer; once; a supervisor lifts it', async () => {
    const member = await buildMember(server, 'safiag');
    await speakWith(agent, member, { caller: 'third-party' });
    const { version } = await pageOf(agent, member);
    const body = { channel: 'letter', reason: 'no-contact', version };
    await agent.post(`/api/members/${member.id}/temporary-passwords`, body);

    const answer = await report(member, 'death');
    const page = await pageOf(agent, member);
    const again = await report(member, 'death');
    const lifted = await report(member, 'unfreeze', supervisor);

    expect(answer).toMatchObject({ status: 200, body: { toSay: expect.stringContaining('condoléances') } });
    expect(page.headline).toMatchObject({ state: 'frozen', detail: expect.stringContaining('Décès') });
    expect(page.can.letter).toMatchObject({ state: 'refused', rule: 'frozen' });
    expect((await rowsOf('letters', member)).map(({ state }) => state)).toEqual(['cancelled']);
    expect(await rowsOf('outgoing_changes', member)).toMatchObject([
      { kind: 'death-reported', exported_on: null },
    ]);
    expect(await rowsOf('callbacks', member)).toMatchObject([{ kind: 'back-office', done_at: null }]);
    expect(again.status).toBe(422);
    expect(lifted).toMatchObject({ status: 200, body: { message: expect.stringContaining('levé') } });
    const signedIn = await recovery(server.anonymous(), 'safiag').signIn(member.identifier, 'Tilleul+2026!');
    expect(signedIn.status).toBe(401);
  });

  test('a closure that is disputed lifts nothing, and asks the back office', async () => {
    const closed = await buildMember(server, 'safiag', { contractEndOn: '2026-10-31' });
    const open = await buildMember(server, 'safiag');
    await speakWith(agent, closed);

    const answer = await report(closed, 'disputed-closure');
    await speakWith(agent, open);
    const none = await report(open, 'disputed-closure');

    expect(answer).toMatchObject({
      status: 200,
      body: { toSay: expect.stringContaining('service de gestion') },
    });
    expect((await pageOf(agent, closed)).headline.state).toBe('disabled');
    expect(await rowsOf('outgoing_changes', closed)).toMatchObject([{ kind: 'closure-disputed' }]);
    expect(await rowsOf('callbacks', closed)).toMatchObject([{ kind: 'back-office' }]);
    expect(none).toMatchObject({ status: 422, body: { rule: 'not-closed' } });
    expect(await rowsOf('callbacks', open)).toEqual([]);
  });

  test.each(['suspicion', 'death', 'disputed-closure'])(
    'a %s is for agents of the organisation, on the account as they saw it',
    async (what) => {
      const member = await buildMember(server, 'safiag', { contractEndOn: '2026-10-31' });
      const stranger = await new Client(server.url).signIn('stranger', deskPassword);
      const nobody = { id: '00000000-0000-4000-8000-000000000000' };

      for (const role of ['print-operator', 'auditor', 'administrator']) {
        expect(
          (await report(member, what, await new Client(server.url).signIn(role, deskPassword))).status,
        ).toBe(403);
      }
      expect(await report(member, what, stranger)).toMatchObject({
        status: 404,
        body: (await report(nobody, what, stranger)).body,
      });
      // An alarm is never stale.
      if (what !== 'suspicion') {
        expect((await report(member, what, agent, { version: 99 })).status).toBe(409);
      }
      expect(await rowsOf('outgoing_changes', member)).toEqual([]);
      expect((await pageOf(agent, member)).suspicion).toBeNull();
    },
  );
});
