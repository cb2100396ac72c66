import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, giveTemporary, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const right = 'Tilleul+2026!';

describe.each(databases)('what the gate slows and tells on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.house.pool('budgets').delete();
    await server.house.pool('alerts').delete();
  });

  const knock = (member: Pick<Built, 'organisation' | 'identifier'>, password: string): Promise<Answer> =>
    server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, {
      identifier: member.identifier,
      password,
    });
  const alerts = () => server.house.pool('alerts').orderBy('kind');
  const blockBudget = () =>
    server.house.pool('budgets').where('id', 'like', 'failed-sign-ins-per-address-block:%:hour').first();
  /** As if the block had failed so often within this hour. */
  const blockHasFailed = (used: number) =>
    server.house
      .pool('budgets')
      .where('id', 'like', 'failed-sign-ins-per-address-block:%:hour')
      .update({ used });
  const triesOf = async (member: Built) =>
    Number(
      (
        await server.house
          .pool('attempt_counters')
          .where({ id: chosenCounter(member.accountId) })
          .first()
      )?.tries ?? 0,
    );

  test('a block that has failed too often waits, and nothing is counted against anybody', async () => {
    const member = await buildHolder(server, { password: right });
    const most = server.house.limits.budgets['failed-sign-ins-per-address-block'].limits[0]?.most ?? 0;
    await knock({ ...member, identifier: 'NOBODY' }, 'x');
    await blockHasFailed(most);
    server.clock.advance(20);

    const answers = [await knock(member, right), await knock({ ...member, identifier: 'NOBODY' }, right)];
    const temporary = await knock(member, '0000-0000-00000');

    for (const { status, headers } of [...answers, temporary]) {
      expect(status).toBe(429);
      expect(headers.get('retry-after')).toBe('2400');
    }
    expect(answers[0]?.body).toMatchObject({ code: 'too-many', message: expect.stringContaining('réseau') });
    expect({ ...answers[0]?.body, requestId: '' }).toEqual({ ...answers[1]?.body, requestId: '' });
    expect(await triesOf(member)).toBe(0);
    expect(await alerts()).toMatchObject([{ kind: 'budget-spent', times: 3 }]);
    const refused = await server.house
      .pool('audit_events')
      .where({ type: 'account.sign-in-failed', result: 'refused' });
    expect(refused.at(-1)).toMatchObject({ member_id: null });

    server.clock.advance(40);
    expect((await knock(member, right)).status).toBe(200);
  });

  test('a block reaches no more members than its failures allow', async () => {
    const members: Built[] = [];
    for (let n = 0; n < 6; n += 1) members.push(await buildHolder(server, { password: right }));
    await knock({ organisation: members[0]?.organisation ?? '', identifier: 'NOBODY' }, 'x');
    await blockHasFailed(91);

    for (const member of members) for (let n = 0; n < 3; n += 1) await knock(member, `wrong-${n}`);

    const tries = await Promise.all(members.map(triesOf));
    expect(tries).toEqual([3, 3, 3, 0, 0, 0]);
  });

  test('right passwords, codes and dead temporary ones leave the block’s budget as it was', async () => {
    const member = await buildHolder(server, { password: right });
    const first = await buildHolder(server, { firstCode: 'DECOMPTE-77' });
    await knock(member, 'wrong');
    const [live, dead] = [
      await giveTemporary(server, member, 'live'),
      await giveTemporary(server, member, 'dead'),
    ];

    for (const password of [right, live, dead]) await knock(member, password);
    await knock(first, 'DECOMPTE-77');

    expect(Number((await blockBudget()).used)).toBe(1);
  });

  test('a letter’s password typed before it was posted is told to a supervisor', async () => {
    const member = await buildHolder(server, { password: right });
    const printed = await giveTemporary(server, member, 'printed');

    const answer = await knock(member, printed);
    await knock(member, printed);

    expect(answer).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('pas encore actif') },
    });
    expect(await alerts()).toMatchObject([{ kind: 'letter-not-yet-active', member_id: member.id, times: 2 }]);
  });

  test('a temporary password that dies of its tries is told to a supervisor, once', async () => {
    const member = await buildHolder(server, { password: right });
    const live = await giveTemporary(server, member, 'live');
    await knock(member, '0000-0000-00000');
    const life = await server.house
      .pool('attempt_counters')
      .where('id', 'like', `account:${member.accountId}:life:%`);
    expect(life).toHaveLength(1);
    await server.house.pool('attempt_counters').where({ id: life[0].id }).update({ tries: 998 });

    await knock(member, '0000-0000-00000');
    expect(await alerts()).toEqual([]);
    await knock(member, '0000-0000-00000');
    await knock(member, '0000-0000-00000');

    expect(await alerts()).toMatchObject([{ kind: 'temporary-tries', member_id: member.id, times: 1 }]);
    expect(await knock(member, live)).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('remplacé') },
    });
  });

  test('more locks than usual within an hour are told to a supervisor; members lock as before', async () => {
    const most = server.house.limits.budgets['locks-per-organisation'].limits[0]?.most ?? 0;
    const lock = async () => {
      const member = await buildHolder(server, { password: right });
      for (let n = 0; n < 3; n += 1) await knock(member, `wrong-${n}`);
      return server.house
        .pool('attempt_counters')
        .where({ id: chosenCounter(member.accountId) })
        .first();
    };
    const first = await lock();
    await server.house
      .pool('budgets')
      .where('id', 'like', 'locks-per-organisation:%')
      .update({ used: most - 1 });
    await lock();
    expect(await alerts()).toEqual([]);

    const after = [await lock(), await lock()];

    for (const { locked_at } of [first, ...after]) expect(locked_at).not.toBeNull();
    expect(await alerts()).toMatchObject([{ kind: 'locks-rising', times: 2, member_id: null }]);
  });
});
