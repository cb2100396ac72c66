import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmByCode, lockOut, pageOf, speakWith } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import type { Built } from './support/holders.ts';
import { buildMember, lastMessage, recovery, temporaryIn, tokenIn } from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the second call, on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let colleague: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    [agent, colleague] = [await server.as('agent'), await server.as('colleague')];
  });
  afterAll(() => server.stop());

  const heard = async (client: Client, member: Built, ...channels: ('sms' | 'email')[]): Promise<void> => {
    await speakWith(client, member);
    for (const channel of channels) await confirmByCode(server, client, member, channel);
  };
  const send = async (client: Client, member: Built, body: object): Promise<Answer> => {
    const { version } = await pageOf(client, member);
    return client.post(`/api/members/${member.id}/temporary-passwords`, { version, ...body });
  };
  const lettersOf = async (member: Built) =>
    server.house.pool('letters').where({ member_id: member.id }).orderBy('asked_at');

  test('« nothing came »: an e-mail in place of the letter, which is called back, without a second person', async () => {
    const member = await buildMember(server, 'safiag');
    await lockOut(server, member);
    await speakWith(agent, member, { caller: 'third-party' });
    const { letter } = (await send(agent, member, { channel: 'letter', reason: 'no-contact' })).body;
    await heard(colleague, member, 'email');
    const { can } = await pageOf(colleague, member);

    const sent = await send(colleague, member, {
      channel: 'email',
      reason: 'message-not-received',
      unblock: true,
      cancelLetterId: letter.id,
    });
    await server.work();
    const opened = await recovery(server.anonymous(), 'safiag').openLink(
      tokenIn(await lastMessage(server, member.email)),
    );

    expect(can).toMatchObject({ email: { state: 'allowed' }, unblock: { state: 'allowed' } });
    expect(sent).toMatchObject({ status: 200, body: { sending: { channel: 'email' } } });
    expect(await lettersOf(member)).toMatchObject([{ id: letter.id, state: 'cancelled' }]);
    expect(await server.house.pool('unblocks').where({ account_id: member.accountId })).toHaveLength(1);
    expect(opened.body).toMatchObject({ status: 'must-change-password' });
    expect(await server.house.pool('approvals').where({ member_id: member.id })).toEqual([]);
    const cancelled = server.house
      .pool('audit_events')
      .where({ member_id: member.id, type: 'letter.cancelled' });
    expect((await cancelled).map(({ call_id }) => call_id !== null)).toEqual([true]);
  });

  test('the same SMS again, because it never came, needs nobody either; once it was used, one is needed', async () => {
    const member = await buildMember(server, 'mgen');
    await heard(agent, member, 'sms');
    await send(agent, member, { channel: 'sms', reason: 'forgot-password' });
    await server.work();
    server.clock.advance(12);
    await heard(colleague, member, 'sms');
    const again = await send(colleague, member, { channel: 'sms', reason: 'message-not-received' });
    await server.work();
    const client = server.anonymous();
    const password = temporaryIn(await lastMessage(server, member.mobile));
    await recovery(client, 'mgen').signIn(member.identifier, password);
    await recovery(client, 'mgen').change('Marron+2026!vert');

    await heard(colleague, member, 'sms');
    const used = await pageOf(colleague, member);
    const third = await send(colleague, member, { channel: 'sms', reason: 'forgot-password' });

    expect(again.status).toBe(200);
    expect(used.can.sms).toMatchObject({
      state: 'approval',
      rule: 'second-recovery',
      why: expect.stringContaining('7 jours'),
    });
    expect(third).toMatchObject({ status: 422, body: { rule: 'second-recovery' } });
  });

  test('nobody’s letter is called back but this account’s, and none that was released', async () => {
    const [member, other] = [await buildMember(server, 'safiag'), await buildMember(server, 'safiag')];
    for (const one of [other, member]) {
      await speakWith(agent, one, { caller: 'third-party' });
      await send(agent, one, { channel: 'letter', reason: 'no-contact' });
    }
    const [[theirs], [own]] = [await lettersOf(other), await lettersOf(member)];
    await server.house.pool('letters').where({ id: own.id }).update({ state: 'printing' });
    await heard(agent, member, 'email');
    const wish = { channel: 'email', reason: 'message-not-received' };

    const answers = [];
    for (const cancelLetterId of [theirs.id, own.id, 'no-such-letter']) {
      answers.push(await send(agent, member, { ...wish, cancelLetterId }));
    }

    for (const answer of answers)
      expect(answer).toMatchObject({ status: 422, body: { rule: 'letter.released' } });
    expect((await lettersOf(other)).map(({ state }) => state)).toEqual(['requested']);
    expect((await lettersOf(member)).map(({ state }) => state)).toEqual(['printing']);
    const links = server.house.pool('messages').where({ member_id: member.id, template: 'reset-link' });
    expect(await links).toEqual([]);
  });

  test('an unblock and a message in one act: neither when one may not be', async () => {
    const member = await buildMember(server, 'mgen');
    await heard(agent, member, 'sms');
    const wish = { channel: 'sms', reason: 'forgot-password', unblock: true };

    const refused = await send(agent, member, wish);
    await lockOut(server, member);
    const both = await send(agent, member, wish);

    expect(refused).toMatchObject({ status: 422, body: { rule: 'not-locked' } });
    expect(both.status).toBe(200);
    const sent = server.house
      .pool('messages')
      .where({ member_id: member.id, template: 'temporary-password' });
    expect(await sent).toHaveLength(1);
    expect(await server.house.pool('unblocks').where({ account_id: member.accountId })).toHaveLength(1);
  });
});
