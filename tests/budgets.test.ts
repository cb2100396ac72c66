import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { record } from '../server/audit/record.ts';
import type { Ctx } from '../server/core/ctx.ts';
import { takeFrom, type Taken } from '../server/core/guessing.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { giveBackTo, secondsUntilLeft, spend, type Want } from '../server/credentials/budgets.service.ts';
import { windowsOf } from '../server/organisations/limits-windows.ts';
import { sweep } from '../server/sweep.ts';
import { seededBytes } from './support/chance.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';

describe.each(databases)('a budget on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.house.pool('budgets').delete();
    await server.house.pool('alerts').delete();
  });

  const act = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    perform(systemVisit(server.house, 'tests', everyOrganisation(server.house)), (ctx) => {
      record(ctx, { type: 'recovery.asked', data: { path: 'forgotten', known: false, within: true } });
      return work(ctx);
    });
  const take = (...wants: Want[]): Promise<boolean> => act((ctx) => spend(ctx, organisation, wants));
  const usedOf = async (id: string): Promise<number> =>
    Number((await server.house.pool('budgets').where({ id }).first('used'))?.used ?? 0);
  const alerts = () => server.house.pool('alerts').where({ organisation_id: organisation });
  const member: Want = { budget: 'recoveries-per-member', key: 'account:1' };
  const recipient: Want = { budget: 'secrets-per-recipient', key: 'somebody' };
  const block: Want = { budget: 'recoveries-per-address-block', key: '192.0.2' };

  test('gives exactly what the file allows to 50 that want it at once, and one alert', async () => {
    const most = server.house.limits.budgets['wrong-codes-per-organisation'].limits[0]?.most ?? 0;
    const left = most - 7;
    await server.house.pool('budgets').insert({
      id: `wrong-codes-per-organisation:${organisation}:hour`,
      used: left,
      window_ends: new Date(server.clock.now().getTime() + 60_000).toISOString(),
    });

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => take({ budget: 'wrong-codes-per-organisation', key: organisation })),
    );

    expect(answers.filter(Boolean)).toHaveLength(7);
    expect(await usedOf(`wrong-codes-per-organisation:${organisation}:hour`)).toBe(most);
    expect(await alerts()).toMatchObject([{ kind: 'wrong-codes', times: 43 }]);
  });

  test('opened by 50 at once, gives three', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => take(member)));

    expect(answers.filter(Boolean)).toHaveLength(3);
    expect(await usedOf('recoveries-per-member:account:1:day')).toBe(3);
    expect(await usedOf('recoveries-per-member:account:1:30-days')).toBe(3);
  });

  test('two that want the same two the other way round do not stand in each other’s way', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => (at % 2 ? take(block, recipient) : take(recipient, block))),
    );

    expect(answers.filter(Boolean)).toHaveLength(5);
    expect(await usedOf('recoveries-per-address-block:192.0.2:hour')).toBe(5);
  });

  test('begins its window with the first use and ends it to the minute', async () => {
    await take(member);
    server.clock.advance(23 * 60 + 59);
    await take(member);
    await take(member);
    expect(await take(member)).toBe(false);

    server.clock.advance(1);

    // A whole day from the first use: a new window, and three again.
    expect([await take(member), await take(member), await take(member), await take(member)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('gives at every moment what the arithmetic of guessing reckons with', async () => {
    const bytes = seededBytes(7);
    const windows = windowsOf(server.house.limits, 'recoveries-per-member');
    const taken: Taken[] = [];
    let minutes = 0;
    for (let step = 0; step < 120; step += 1) {
      expect([step, await take(member)]).toEqual([step, takeFrom(windows, taken, minutes)]);
      // At once, to the minute a day or a month, or some hours later.
      const [draw = 0, hours = 0] = bytes(2);
      const wait = draw < 120 ? 0 : draw < 180 ? 1_440 : draw < 200 ? 43_200 : hours * 5;
      server.clock.advance(wait);
      minutes += wait;
    }
  });

  test('of 30 days holds where that of a day would give again', async () => {
    const given: boolean[] = [];
    for (let day = 0; day < 5; day += 1) {
      for (let time = 0; time < 3; time += 1) given.push(await take(member));
      server.clock.advance(24 * 60);
    }

    expect(given.filter(Boolean)).toHaveLength(10);

    server.clock.advance(25 * 24 * 60);
    expect(await take(member)).toBe(true);
  });

  test('that refuses begins no window: the day counts from the first use that was given', async () => {
    for (const uses of [3, 3, 3, 1]) {
      for (let time = 0; time < uses; time += 1) await take(member);
      server.clock.advance(24 * 60);
    }
    server.clock.advance(25.5 * 24 * 60);
    expect(await take(member)).toBe(false);
    server.clock.advance(12 * 60);
    for (let time = 0; time < 3; time += 1) expect(await take(member)).toBe(true);

    server.clock.advance(18 * 60);

    expect(await take(member)).toBe(false);
  });

  test('that is spent uses up none of the others wanted with it', async () => {
    for (let time = 0; time < 3; time += 1) await take(member, block);

    for (let time = 0; time < 20; time += 1) expect(await take(member, block)).toBe(false);

    expect(await usedOf('recoveries-per-address-block:192.0.2:hour')).toBe(3);
    expect(await take({ ...member, key: 'account:2' }, block)).toBe(true);
  });

  test('of one key, organisation or name leaves the others whole', async () => {
    for (let time = 0; time < 3; time += 1) await take(member);

    expect(await take({ ...member, key: 'account:2' })).toBe(true);
    expect(await take({ budget: 'proofs-per-member', key: 'account:1' })).toBe(true);
  });

  test('given back can be taken again, and never more than was taken', async () => {
    for (let time = 0; time < 3; time += 1) await take(member);
    await act((ctx) => giveBackTo(ctx, [member]));
    const again = [await take(member), await take(member)];
    for (let time = 0; time < 5; time += 1) await act((ctx) => giveBackTo(ctx, [member]));

    expect(again).toEqual([true, false]);
    expect(await usedOf('recoveries-per-member:account:1:day')).toBe(0);
  });

  test('says when there will be one again', async () => {
    const waitOf = () => act((ctx) => secondsUntilLeft(ctx, [member]));
    for (let time = 0; time < 2; time += 1) await take(member);
    expect(await waitOf()).toBe(0);
    await take(member);
    server.clock.advance(60);

    expect(await waitOf()).toBe(23 * 3_600);
  });

  test('alerts once while nobody has seen it, and again afterwards', async () => {
    for (let time = 0; time < 6; time += 1) await take(member);
    const [alert] = await alerts();
    expect(await alerts()).toMatchObject([{ kind: 'budget-spent', times: 3, version: 1 }]);
    expect(alert.subject).toMatch(/^recoveries-per-member:[\w-]{22}$/);

    const supervisor = await server.as('supervisor');
    expect((await supervisor.post(`/api/alerts/${alert.id}/seen`, { version: 1 })).status).toBe(200);
    await take(member);

    expect(await alerts()).toHaveLength(2);
    const raised = await server.house.pool('audit_events').where({ type: 'alert.raised' });
    expect(raised.filter(({ payload }) => payload.includes(alert.id))).toHaveLength(1);
  });

  test('is forgotten once its window is over', async () => {
    await take(member);
    server.clock.advance(24 * 60);
    await sweep(server.house);
    expect(await server.house.pool('budgets')).toHaveLength(1);

    server.clock.advance(29 * 24 * 60);
    await sweep(server.house);

    expect(await server.house.pool('budgets')).toEqual([]);
  });
});
