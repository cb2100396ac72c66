import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerRight, speakWith } from './support/callers.ts';
import { Client, type Answer } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, codeIn, lastMessage, pathOf, recovery } from './support/recoveries.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const organisation = 'mutuelle-agents-publics';
const api = pathOf(organisation);
const first = 'Tilleul+2026!';
const passwordOf = (n: number): string => (n === 0 ? first : `Marron+2026!vert${n}`);

describe.each(databases)('what a member’s own session may set off on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    await server.house.pool('budgets').delete();
    await server.house.pool('alerts').delete();
  });
  afterAll(() => server.stop());

  const mostOf = (budget: 'notices-per-recipient' | 'password-changes-per-account'): number =>
    server.house.limits.budgets[budget].limits[0]?.most ?? 0;
  const signedIn = async ({ identifier }: Built, password: string): Promise<Client> => {
    const client = server.anonymous();
    expect((await client.post(`${api}/sign-in`, { identifier, password })).status).toBe(200);
    return client;
  };
  /** Signs in and changes the password, the nth of its kind. */
  const change = async (member: Built, n: number): Promise<Answer> => {
    const client = await signedIn(member, passwordOf(n));
    return client.post(`${api}/password`, { newPassword: passwordOf(n + 1), currentPassword: passwordOf(n) });
  };
  const noticesTo = (member: Built, channel: string) =>
    server.house
      .pool('messages')
      .where({ member_id: member.id, channel, template: 'notice-password-changed' });
  const alertsAbout = (budget: string) => server.house.pool('alerts').where('subject', 'like', `${budget}:%`);

  test('a password is changed so many times a day, then only by a way back in', async () => {
    const member = await buildMember(server, organisation);
    const most = mostOf('password-changes-per-account');
    for (let n = 0; n < most; n += 1) expect((await change(member, n)).status).toBe(200);

    server.clock.advance(60);
    const refused = await change(member, most);

    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many' } });
    expect(refused.body.message).toContain('celui que vous avez reste valable');
    expect(Number(refused.headers.get('retry-after'))).toBe(23 * 3_600);
    expect(await alertsAbout('password-changes-per-account')).toMatchObject([{ member_id: member.id }]);
    await signedIn(member, passwordOf(most));
    const agent = await new Client(server.url).signIn('agent', deskPassword);
    const { timeline } = (await agent.get(`/api/members/${member.id}`)).body;
    expect(JSON.stringify(timeline)).toContain('Changement de mot de passe au-delà des limites');

    await server.work();
    const { ask, choose, type, change: choosePassword } = recovery(server.anonymous(), organisation);
    await ask(member.identifier);
    await choose('email');
    await server.work();
    await type(codeIn(await lastMessage(server, member.email)));
    expect((await choosePassword(passwordOf(most + 1))).status).toBe(200);
    server.clock.advance(23 * 60);
    expect((await change(member, most + 1)).status).toBe(200);
  });

  test('a change that did not take place is not counted', async () => {
    const member = await buildMember(server, organisation);
    const client = await signedIn(member, first);
    const body = { newPassword: passwordOf(1), currentPassword: first };
    const answers = await Promise.all(Array.from({ length: 4 }, () => client.post(`${api}/password`, body)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const [row] = await server.house
      .pool('budgets')
      .where('id', 'like', 'password-changes-per-account:%:day');
    expect(Number(row.used)).toBe(1);
  });

  test('a number that several accounts name gets its day’s share of notices, and each change takes place', async () => {
    const most = mostOf('notices-per-recipient');
    const mobile = '+33639980999';
    const members = [];
    for (let done = 0; done < most + 2; done += 4) {
      const member = await buildMember(server, organisation, { mobile });
      for (let n = 0; n < 4; n += 1) expect((await change(member, n)).status).toBe(200);
      members.push(member);
    }

    const sms = await Promise.all(members.map((member) => noticesTo(member, 'sms')));
    const emails = await Promise.all(members.map((member) => noticesTo(member, 'email')));
    expect(sms.flat()).toHaveLength(most);
    expect(emails.flat()).toHaveLength(members.length * 4);
    expect(await alertsAbout('notices-per-recipient')).toMatchObject([{ times: members.length * 4 - most }]);
    server.clock.advance(24 * 60);
    const [member] = members;
    if (member) await change(member, 4);
    expect((await Promise.all(members.map((one) => noticesTo(one, 'sms')))).flat()).toHaveLength(most + 1);
  });

  test('what members set off counts among the organisation’s messages; what the desk does is told all the same', async () => {
    const ids = [`messages-per-organisation:${organisation}:hour`, 'messages-everywhere:everywhere:hour'];
    const counted = async () =>
      (await server.house.pool('budgets').whereIn('id', ids)).map(({ used }) => Number(used));
    const member = await buildMember(server, organisation);
    await change(member, 0);
    expect(await counted()).toEqual([2, 2]);

    await server.house.pool('budgets').whereIn('id', ids).update({ used: 1_000_000 });
    expect((await change(member, 1)).status).toBe(200);
    expect(await noticesTo(member, 'sms')).toHaveLength(1);

    for (let n = 0; n < 3; n += 1) {
      await server.anonymous().post(`${api}/sign-in`, { identifier: member.identifier, password: 'wrong' });
    }
    const agent = await new Client(server.url).signIn('agent', deskPassword);
    await speakWith(agent, member);
    await answerRight(server, agent, member);
    const { version } = (await agent.get(`/api/members/${member.id}`)).body;
    await agent.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version });
    const told = await server.house
      .pool('messages')
      .where({ member_id: member.id, template: 'notice-unblocked' });
    expect(told).toHaveLength(2);
  });
});
