import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimDue, takeSend } from '../server/portal/recoveries.store.ts';
import { sweep } from '../server/sweep.ts';
import { work } from '../server/workers.ts';
import type { Built } from './support/holders.ts';
import {
  buildMember,
  messagesTo,
  nobodys,
  outcomes,
  recovery,
  type Organisation,
} from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'mutuelle-agents-publics';

describe.each(databases)('what recoveries may set off on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const at = (id: Organisation = organisation) => recovery(server.anonymous(), id);
  const asked = (member: Built) =>
    server.house.pool('messages').where({ member_id: member.id }).whereNot('template', 'like', 'notice-%');
  const lettersOf = (member: Built) => server.house.pool('letters').where({ account_id: member.accountId });

  // YARDSTICK A11's five hundred; the other database counts the same budgets, which a fifth of them spends.
  const many = engine === 'sqlite' ? 500 : 100;
  test(`${many} requests for one member: three messages, one answer`, async () => {
    const member = await buildMember(server, 'safiag');
    const bodies = new Set<string>();
    for (let n = 0; n < many; n += 1) {
      const { status, body } = await at('safiag').ask(member.identifier);
      bodies.add(`${status} ${JSON.stringify(body)}`);
      if (n % 50 === 0) await server.work();
    }
    await server.work();

    expect([...bodies]).toHaveLength(1);
    expect(await asked(member)).toHaveLength(3);
    expect(await server.house.pool('alerts').where({ kind: 'budget-spent' })).not.toEqual([]);
    server.clock.advance(61);
  });

  test('an address that many share gets no more than its day’s share', async () => {
    const { most } = server.house.limits.budgets['secrets-per-recipient'].limits[0] ?? { most: 0 };
    const email = 'foyer@example.fr';
    for (let n = 0; n < most + 2; n += 1) {
      const member = await buildMember(server, organisation, { email, mobile: null });
      const { ask, choose } = at();
      await ask(member.identifier);
      await choose('email');
    }
    await server.work();

    expect(await messagesTo(server, email)).toHaveLength(most);
    expect((await outcomes(server)).filter((outcome) => outcome === 'email:over-budget')).toHaveLength(2);
    server.clock.advance(61);
  });

  test('a block of addresses that asked enough is answered alike, and sets off nothing', async () => {
    const { most } = server.house.limits.budgets['recoveries-per-address-block'].limits[0] ?? { most: 0 };
    for (let n = 0; n < most; n += 1) await at().ask(nobodys(organisation));
    const member = await buildMember(server, organisation);
    const { ask, choose } = at();
    await ask(member.identifier);
    expect((await choose('email')).body.step).toBe('enter-code');
    await server.work();

    expect(await asked(member)).toEqual([]);
    server.clock.advance(61);
  });

  test('whoever may not be let in is sent nothing, by whatever channel, and the reason stays inside', async () => {
    const frozen = await buildMember(server, organisation);
    await server.house
      .pool('accounts')
      .where({ id: frozen.accountId })
      .update({ frozen_at: '2026-11-18T09:00:00.000Z' });
    const ended = await buildMember(server, organisation, { contractEndOn: '2026-01-31' });
    const dead = await buildMember(server, organisation, { deceasedOn: '2026-10-01' });
    for (const member of [frozen, ended, dead]) {
      const { ask, choose } = at();
      await ask(member.identifier);
      for (const channel of ['email', 'letter'] as const) {
        await choose(channel);
        await server.work();
      }
    }

    expect((await outcomes(server)).slice(-6)).toEqual(Array(6).fill('none:not-open'));
    for (const member of [frozen, ended, dead]) {
      expect(await server.house.pool('messages').where({ member_id: member.id })).toEqual([]);
      expect(await lettersOf(member)).toEqual([]);
    }
  });

  test('a number that no SMS reaches, and a contact that is not there, set nothing off', async () => {
    const overseas = await buildMember(server, organisation, { mobile: '+447400123456' });
    const without = await buildMember(server, organisation, { mobile: null });
    for (const member of [overseas, without]) {
      const { ask, choose } = at();
      await ask(member.identifier);
      await choose('sms');
      await server.work();
    }

    expect((await outcomes(server)).slice(-2)).toEqual(['sms:out-of-reach', 'sms:no-contact']);
  });

  test('another channel is the same recovery, and calls its letter back while it can', async () => {
    const member = await buildMember(server, organisation);
    const { ask, choose } = at();
    await ask(member.identifier);
    const letter = await choose('letter');
    await server.work();
    expect(letter.body).toMatchObject({ step: 'sent', channel: 'letter', mayCancelLetter: true });
    expect(letter.body.message).toContain('sous huit jours');
    expect(await lettersOf(member)).toMatchObject([{ state: 'requested' }]);

    const code = await choose('email', { cancelLetter: true });
    await server.work();

    expect(code.body).toMatchObject({ step: 'enter-code', mayCancelLetter: false });
    expect(await lettersOf(member)).toMatchObject([{ state: 'cancelled' }]);
    expect(await asked(member)).toHaveLength(1);
  });

  test('a letter whose lot is released is not called back, and the answer does not tell', async () => {
    const member = await buildMember(server, organisation);
    const { ask, choose } = at();
    await ask(member.identifier);
    await choose('letter');
    await server.work();
    await server.house.pool('letters').where({ account_id: member.accountId }).update({ state: 'printing' });

    expect((await choose('sms', { cancelLetter: true })).body.mayCancelLetter).toBe(false);
    await server.work();
    expect(await lettersOf(member)).toMatchObject([{ state: 'printing' }]);
  });

  test('the last choice counts when the worker has not come yet', async () => {
    const member = await buildMember(server, organisation);
    const { ask, choose } = at();
    await ask(member.identifier);
    await choose('letter');
    await choose('sms');
    await server.work();

    expect(await lettersOf(member)).toEqual([]);
    expect(await asked(member)).toMatchObject([{ channel: 'sms', template: 'code' }]);
  });

  test('workers that run at once send each thing once', async () => {
    const members = [];
    for (let n = 0; n < 10; n += 1) {
      const member = await buildMember(server, organisation);
      const { ask, choose } = at();
      await ask(member.identifier);
      await choose('email');
      members.push(member);
    }
    await Promise.all(Array.from({ length: 4 }, () => work(server.house)));
    await server.work();

    for (const member of members) expect(await asked(member)).toHaveLength(1);
    server.clock.advance(61);
  });

  test('a worker that wakes up late takes nothing back that another has done', async () => {
    const { ask, choose } = at();
    const member = await buildMember(server, organisation);
    await ask(member.identifier);
    await choose('email');
    const { pool } = server.house;
    const [now, leaseUntil] = [0, 2].map((minutes) =>
      new Date(server.clock.now().getTime() + minutes * 60_000).toISOString(),
    ) as [string, string];
    const [claimed] = await claimDue(pool, { now, leaseUntil, most: 20 });
    await server.work();
    expect(await asked(member)).toEqual([]);
    server.clock.advance(2.1);
    await server.work();

    expect(await asked(member)).toHaveLength(1);
    expect(claimed && (await takeSend(pool, claimed))).toBe(false);
  });

  test('too late, a code is not sent any more, and a letter still is', async () => {
    const late = await buildMember(server, organisation);
    const letter = await buildMember(server, organisation);
    for (const [member, channel] of [
      [late, 'email'],
      [letter, 'letter'],
    ] as const) {
      const { ask, choose } = at();
      await ask(member.identifier);
      await choose(channel);
    }
    server.clock.advance(48 * 60);
    await sweep(server.house);
    await server.work();

    expect(await asked(late)).toEqual([]);
    expect(await outcomes(server)).toContain('email:too-late');
    expect(await lettersOf(letter)).toHaveLength(1);
  });

  test('a recovery ends after an hour, and is swept', async () => {
    const member = await buildMember(server, organisation);
    const { ask, choose } = at();
    await ask(member.identifier);
    server.clock.advance(60);

    expect((await choose('email')).status).toBe(409);
    await sweep(server.house);
    expect(await server.house.pool('recoveries').where({ member_id: member.id })).toEqual([]);
  });
});
