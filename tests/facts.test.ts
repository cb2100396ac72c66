import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, systemVisit, housekeep } from '../server/core/perform.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { isFactRight, keepFacts, type FactToKeep } from '../server/verifications/facts.service.ts';
import { person, save } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';

describe.each(databases)('what a member can prove, on %s', (engine) => {
  let server: TestServer;
  let memberId: string;
  let other: string;
  beforeAll(async () => {
    server = await startServer(engine);
    [memberId = '', other = ''] = await members(2);
  });
  afterAll(() => server.stop());

  const members = (count: number) =>
    save(
      server.house,
      Array.from({ length: count }, () => person({ organisationId: organisation })),
    );
  const keep = (facts: FactToKeep[], id = organisation) =>
    housekeep(server.house, (db, now) =>
      keepFacts({ db, now, house: server.house }, policyOf(server.house, id), facts),
    );
  const isRight = (fact: string, typed: string, who: string | null = memberId, id = organisation) =>
    read(systemVisit(server.house, 'tests', [id]), (ctx) =>
      isFactRight(ctx, policyOf(server.house, id), { memberId: who, fact, typed }),
    );
  const benefit = (value: string, happenedOn: string | null, who = memberId): FactToKeep => ({
    memberId: who,
    fact: 'benefit-amount',
    value,
    happenedOn,
  });

  test('is right however it is written, for this member and this fact alone', async () => {
    await keep([benefit('1234,56', '2026-10-01')]);
    await keep([{ memberId, fact: 'vitale-serial', value: 'ab 12 cd', happenedOn: null }]);

    expect(await isRight('benefit-amount', '1 234,56 €')).toBe(true);
    expect(await isRight('vitale-serial', 'AB-12-CD')).toBe(true);
    expect(await isRight('benefit-amount', '1234,57')).toBe(false);
    expect(await isRight('contributions-invoice-amount', '1234,56')).toBe(false);
    expect(await isRight('benefit-amount', '1234,56', other)).toBe(false);
    expect(await isRight('benefit-amount', '1234,56', null)).toBe(false);
  });

  test('that cannot be read, or is no fact of the file, is wrong and throws nothing', async () => {
    for (const typed of ['', 'beaucoup', '9'.repeat(100_000), '\u0000']) {
      expect(await isRight('benefit-amount', typed)).toBe(false);
    }
    expect(await isRight('customer-since', '03/2019')).toBe(false);
    await expect(keep([{ memberId, fact: 'customer-since', value: '1', happenedOn: null }])).rejects.toThrow(
      RangeError,
    );
  });

  test('stands in the database as a keyed digest', async () => {
    const rows = await server.house.pool('member_facts').where({ member_id: memberId });

    expect(rows.map(({ digest }) => String(digest).length)).toEqual([43, 43]);
    expect(JSON.stringify(rows)).not.toMatch(/123456|1234,56|AB12CD/i);
  });

  test('holds within the months of the file, by the Paris day', async () => {
    const [mine = ''] = await members(1);
    await keep([benefit('10', '2026-05-18', mine), benefit('11', '2026-05-17', mine)]);
    await keep([benefit('12', null, mine), benefit('13', '2026-11-19', mine)]);
    const rights = () => Promise.all(['10', '11', '12', '13'].map((v) => isRight('benefit-amount', v, mine)));

    expect(await rights()).toEqual([true, false, false, false]);
    server.clock.set('2026-11-18T22:59:00.000Z');
    expect(await rights()).toEqual([true, false, false, false]);
    server.clock.set('2026-11-18T23:01:00.000Z');
    expect(await rights()).toEqual([false, false, false, true]);
    server.clock.set('2026-11-18T09:00:00.000Z');
  });

  test('the same again changes nothing; a later day prolongs it, an earlier one does not shorten it', async () => {
    const [mine = ''] = await members(1);
    const dates = async () =>
      (await server.house.pool('member_facts').where({ member_id: mine })).map((row) => row.happened_on);

    expect(await keep([benefit('20', '2026-08-01', mine)])).toEqual({ added: 1, updated: 0, unchanged: 0 });
    expect(await keep([benefit('20,00', '2026-08-01', mine)])).toMatchObject({ unchanged: 1 });
    expect(await keep([benefit('20', '2026-10-01', mine), benefit('20', '2026-09-01', mine)])).toMatchObject({
      updated: 1,
      unchanged: 1,
    });
    expect(await keep([benefit('20', null, mine)])).toMatchObject({ unchanged: 1 });
    expect(await dates()).toEqual(['2026-10-01']);
  });

  test('a value of more than five members and of more than one in a hundred proves nothing', async () => {
    const id = 'mutuelle-imaginaire';
    const crowd = await save(
      server.house,
      Array.from({ length: 600 }, () => person({ organisationId: id })),
    );
    const of = (who: string, value: string) => ({
      memberId: who,
      fact: 'customer-since',
      value,
      happenedOn: null,
    });
    await keep(
      crowd.slice(0, 6).map((who) => of(who, '03/2019')),
      id,
    );
    await keep(
      crowd.slice(0, 5).map((who) => of(who, '04/2019')),
      id,
    );
    const months = () =>
      Promise.all(['03/2019', '04/2019'].map((v) => isRight('customer-since', v, crowd[0], id)));

    // Six of six hundred are one in a hundred, and no more.
    expect(await months()).toEqual([true, true]);
    await keep([of(crowd[6] ?? '', 'mars 2019')], id);
    expect(await months()).toEqual([false, true]);
    await keep([of(crowd[5] ?? '', 'avril 2019')], id);
    await server.house.pool('members').where({ id: crowd[599] }).update({ organisation_id: 'safiag' });
    expect(await months()).toEqual([false, false]);
  });

  test('in a small organisation five may share a value, six may not', async () => {
    const id = 'mgen';
    const few = await save(
      server.house,
      Array.from({ length: 12 }, () => person({ organisationId: id })),
    );
    const shared = few.slice(0, 6).map((memberId) => ({
      memberId,
      fact: 'contract-start-month',
      value: '01/2020',
      happenedOn: null,
    }));

    await keep(shared.slice(0, 5), id);
    expect(await isRight('contract-start-month', '01/2020', few[0], id)).toBe(true);
    await keep(shared, id);
    expect(await isRight('contract-start-month', '01/2020', few[0], id)).toBe(false);
  });

  test('asks the database the same whoever it is, nobody included', async () => {
    const statements = async (who: string | null, typed: string): Promise<string[]> => {
      const seen: string[] = [];
      const note = ({ sql }: { sql: string }) => void seen.push(sql);
      server.house.pool.on('query', note);
      await isRight('benefit-amount', typed, who);
      server.house.pool.off('query', note);
      return seen;
    };
    const right = await statements(memberId, '1234,56');

    expect(right.length).toBeGreaterThan(2);
    for (const [who, typed] of [
      [null, '1234,56'],
      [memberId, '1'],
      [other, 'x'],
    ] as const) {
      expect(await statements(who, typed)).toEqual(right);
    }
  });
});
