import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellOfDeposits } from '../server/letters/deposit-notices.service.ts';
import type { Wish } from './support/build.ts';
import { contact } from './support/people.ts';
import { sheets, type Sheet } from './support/returns.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('« votre courrier est parti », on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  let numbers = 10_000_000;
  const someone = (more: Wish['person'] = {}): Wish & { mobile: string } => {
    const mobile = `+336${(numbers += 1)}`;
    return { person: { contacts: [contact('mobile', mobile)], ...more }, mobile };
  };
  const lotOf = (wishes: Wish[]): Promise<Sheet[]> => {
    server.clock.set(wednesday);
    return sheets(server, wishes, { state: 'counted' });
  };
  const deposit = async ([sheet]: Sheet[], at?: string) => {
    const operator = await server.anonymous().signIn('print-operator', deskPassword);
    const answer = await operator.post(`/api/lots/${sheet?.lotId}/deposit`, { version: 1, at });
    expect(answer.status).toBe(200);
  };
  const told = ({ memberId }: Sheet) =>
    server.house.pool('messages').where({ member_id: memberId, template: 'notice-letter-posted' });
  const owed = async () => (await server.house.pool('letters').whereNotNull('telling_owed_at')).length;

  test('is sent by SMS after the deposit, once, with the day it really left and when to expect it', async () => {
    const { mobile, ...wish } = someone();
    wish.person?.contacts?.push(contact('email', 'told@tilleul.example'));
    const [sheet, ...others] = await lotOf([wish, {}]);
    if (!sheet) throw new Error('No letter.');
    server.clock.set('2026-11-20T09:00:00.000Z');
    await deposit([sheet, ...others], '2026-11-19T14:00:00.000Z');
    expect(await told(sheet)).toEqual([]);

    await server.work();
    await server.work();

    expect(await told(sheet)).toMatchObject([{ channel: 'sms', asked_by: 'system', state: 'sent' }]);
    const sent = (await server.house.mailbox?.list())?.filter(({ to }) => to === mobile);
    expect(sent?.map(({ text }) => text)).toEqual([
      'Mutuelle des agents publics : votre courrier est parti le 19/11/2026, attendu entre le 21/11/2026 et le 23/11/2026. Pas arrivé ? Appelez le 06 39 98 02 02.',
    ]);
    expect(await owed()).toBe(0);
  });

  test('is left out for whoever needs no word any more, and by several servers at once told once', async () => {
    const all = await lotOf([someone(), someone(), someone(), someone({ deceasedOn: '2026-11-01' })]);
    const [used, back, waiting, gone] = all as [Sheet, Sheet, Sheet, Sheet];
    await deposit(all);
    const { pool } = server.house;
    await pool('letters').where({ id: used.id }).update({ state: 'used' });
    await pool('letters').where({ id: back.id }).update({ state: 'returned', return_reason: 'refused' });

    await Promise.all([
      tellOfDeposits(server.house),
      tellOfDeposits(server.house),
      tellOfDeposits(server.house),
    ]);

    expect((await Promise.all([used, back, waiting, gone].map(told))).map((rows) => rows.length)).toEqual([
      0, 0, 1, 0,
    ]);
    expect(await owed()).toBe(0);
  });

  test('goes to no mobile out of the organisation’s reach, and past its day’s share of notices to none', async () => {
    const abroad = contact('mobile', '+447400123456');
    const one = someone();
    const all = await lotOf([{ person: { contacts: [abroad] } }, ...Array.from({ length: 12 }, () => one)]);
    await deposit(all);

    await tellOfDeposits(server.house);

    const counts = (await Promise.all(all.map(told))).map((rows) => rows.length);
    expect(counts[0]).toBe(0);
    expect(counts.slice(1).reduce((sum, count) => sum + count, 0)).toBe(10);
  });

  test('a test letter, which goes to ourselves, owes nobody a word', async () => {
    const all = await lotOf([someone()]);
    const week = { organisation_id: all[0]?.organisation, week: '2026-W47', letter_id: all[0]?.id };
    await server.house.pool('test_letters').insert(week);

    await deposit(all);

    expect(await owed()).toBe(0);
  });

  test('what could not be asked for waits for the next pass, and comes too late when the letter is there', async () => {
    const all = await lotOf([someone(), someone()]);
    await deposit(all);
    const { house } = server;
    const { appendAudit } = house;
    house.appendAudit = () => Promise.reject(new Error('The machine goes down.'));
    await expect(tellOfDeposits(house)).rejects.toThrow();
    house.appendAudit = appendAudit;
    expect(await owed()).toBe(2);
    expect(await told(all[0] as Sheet)).toEqual([]);

    server.clock.set('2026-11-22T09:00:00.000Z');
    await tellOfDeposits(house);

    expect(await told(all[0] as Sheet)).toEqual([]);
    expect(await owed()).toBe(0);
  });
});
