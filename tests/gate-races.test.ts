import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockOf } from '../server/accounts/address-block.ts';
import * as counters from '../server/accounts/counters.store.ts';
import { chosenCounter } from '../server/accounts/gate.ts';
import { answerRight, knowFacts, speakWith } from './support/callers.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder, giveTemporary, type Built } from './support/holders.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what overtakes what at the gate on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    agent = await server.as('agent');
  });
  afterAll(() => server.stop());

  const pathOf = (member: Built) => `/portal/api/${member.organisation}`;
  const knock = (member: Built, password: string, client = server.anonymous()): Promise<Answer> =>
    client.post(`${pathOf(member)}/sign-in`, { identifier: member.identifier, password });

  test('a session of the old password does not outlive its change', async () => {
    for (let round = 0; round < 12; round += 1) {
      const member = await buildHolder(server, { password: 'Tilleul+2026!' });
      const changing = server.anonymous();
      const old = server.anonymous();
      await knock(member, await giveTemporary(server, member, 'live'), changing);

      const [changed] = await Promise.all([
        changing.post(`${pathOf(member)}/password`, { newPassword: 'Marron+2026!vert' }),
        knock(member, 'Tilleul+2026!', old),
      ]);

      expect(changed.status).toBe(200);
      expect((await old.get(`${pathOf(member)}/session`)).status).toBe(401);
    }
  });

  test('two requests for a letter that guess each other’s version get one letter', async () => {
    for (let round = 0; round < 8; round += 1) {
      const member = await buildHolder(server, { password: 'Tilleul+2026!' });
      const { version } = (await agent.get(`/api/members/${member.id}`)).body;
      const ask = (seen: number) =>
        agent.post(`/api/members/${member.id}/temporary-passwords`, {
          channel: 'letter',
          reason: 'no-contact',
          version: seen,
        });

      await Promise.all([ask(version), ask(version + 1)]);

      expect(await server.house.pool('letters').where({ account_id: member.accountId })).toHaveLength(1);
    }
  });

  test('of two agents who unblock at once one does, and the other is told', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    for (let n = 0; n < 3; n += 1) await knock(member, `wrong-${n}`);
    const colleague = await server.as('colleague');
    const answers = await knowFacts(server, member);
    for (const client of [agent, colleague]) {
      await speakWith(client, member);
      await answerRight(server, client, member, answers);
    }
    const { version } = (await agent.get(`/api/members/${member.id}`)).body;
    const body = { reason: 'mistyped', version };

    const acts = await Promise.all(
      [agent, colleague].map((one) => one.post(`/api/members/${member.id}/unblock`, body)),
    );

    expect(acts.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await server.house.pool('unblocks').where({ account_id: member.accountId })).toHaveLength(1);
  });

  test('a dead sheet, typed again and again, costs the live one nothing', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const dead = await giveTemporary(server, member, 'dead');
    const live = await giveTemporary(server, member, 'live');

    for (let n = 0; n < 12; n += 1) {
      expect((await knock(member, dead)).body.message).toContain('remplacé');
    }

    expect(
      await server.house.pool('attempt_counters').where('id', 'like', `account:${member.accountId}:life%`),
    ).toEqual([]);
    expect((await knock(member, live)).body).toMatchObject({ status: 'must-change-password' });
  });

  test('nine guesses from one block are compared, and the live one survives them', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const live = await giveTemporary(server, member, 'live');

    for (let n = 0; n < 9; n += 1) await knock(member, '0000-0000-00000');
    const tenth = await knock(member, live);
    server.clock.advance(24 * 60);
    agent = await server.anonymous().signIn('agent', deskPassword);

    expect(tenth.status).toBe(401);
    expect((await knock(member, live)).status).toBe(200);
  });

  test('a right first-password code is no failure, however often it opens', async () => {
    const member = await buildHolder(server, { firstCode: 'DECOMPTE-77' });

    const answers: number[] = [];
    for (let n = 0; n < 5; n += 1) answers.push((await knock(member, 'DECOMPTE-77')).status);

    expect(answers).toEqual([200, 200, 200, 200, 200]);
  });

  test('a contract that ends ends its sessions, and chooses no password any more', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const client = server.anonymous();
    await knock(member, await giveTemporary(server, member, 'live'), client);

    await server.house.pool('members').where({ id: member.id }).update({ contract_end_on: '2026-11-01' });

    expect((await client.get(`${pathOf(member)}/session`)).status).toBe(401);
    const changed = await client.post(`${pathOf(member)}/password`, { newPassword: 'Marron+2026!vert' });
    expect(changed.status).toBe(401);
  });

  test('one person with an ended and a new contract is let in, and the desk says so', async () => {
    const former = await buildHolder(server, { password: 'Tilleul+2026!', contractEndOn: '2025-12-31' });
    const present = await buildHolder(server, {});
    await server.house
      .pool('account_holders')
      .where({ member_id: present.id })
      .update({ account_id: former.accountId });

    const answer = await knock(former, 'Tilleul+2026!');
    const pages = await Promise.all([former, present].map(({ id }) => agent.get(`/api/members/${id}`)));

    expect(answer.status).toBe(200);
    expect(pages.map(({ body }) => body.headline.state)).toEqual(['open', 'open']);
  });

  test('forgiving late neither forgives what came after nor locks what was reset', async () => {
    const { pool } = server.house;
    const id = chosenCounter('nobody');
    const at = server.clock.now().toISOString();
    const count = () => counters.countTry(pool, { id, accountId: null, keepUntil: null }, at);
    const standing = async () => (await counters.readCounters(pool, [id])).get(id)?.attempts;

    const right = [await count(), await count()];
    await count();
    for (const { number } of right.reverse()) await counters.forgiveUpTo(pool, id, number, 3);
    expect(await standing()).toBe(1);

    await count();
    await count();
    expect(await counters.resetCounter(pool, id, 3)).toBe(true);
    expect(await counters.markLocked(pool, id, 3, at)).toBeUndefined();
    expect(await standing()).toBe(0);
  });

  test('what no field can hold is refused in words, signed in or not', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const gzip = { 'content-type': 'application/json', 'content-encoding': 'gzip' };

    const answers = [
      await server.anonymous().post('/api/session', { username: 'a\u0000b', password: 'x' }),
      await knock(member, 'a\u0000b'),
      await server.anonymous().send('POST', '/api/session', '{"not":"compressed"}', gzip),
      await agent.post(`/api/members/${member.id}/unblock`, { reason: 'mistyped', version: 3_000_000_000 }),
      await agent.get(`/api/letters?filter=${encodeURIComponent('{"reference":"a\\u0000"}')}`),
      await agent.post('/api/members/search', { filter: { q: '06\u000012345678' } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
  });
});

test.each([
  ['192.0.2.77', '192.0.2'],
  ['::ffff:192.0.2.77', '192.0.2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8::2', '2001:db8:0:0'],
  ['2001:0db8:0:1:aaaa::5', '2001:db8:0:1'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('the block of %s is %s', (address, block) => {
  expect(blockOf(address)).toBe(block);
});
