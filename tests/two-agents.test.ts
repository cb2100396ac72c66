import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountIdsOf, openAccounts } from '../server/accounts/open-accounts.service.ts';
import { chosenCounter } from '../server/accounts/gate.ts';
import { record } from '../server/audit/record.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { contactDigest } from '../server/members/contact-trust.service.ts';
import { saveMembers } from '../server/members/saving.service.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { contact, person } from './support/people.ts';
import { databases, everyOrganisation, startServer, wednesday, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';
// Thirty of each pair: of a race that a read before the write would lose every second time (YARDSTICK D6), not one
// in a billion runs would miss it. YARDSTICK F15's thousand: RACE_ROUNDS=1000.
const rounds = Number(process.env.RACE_ROUNDS ?? 210);
type Target = { id: string; accountId: string; mobile: string };
type Wish = { path: string; body: object; done: string };

const unblock: Wish = { path: 'unblock', body: { reason: 'mistyped' }, done: 'compte débloqué' };
const sms: Wish = {
  path: 'temporary-passwords',
  body: { channel: 'sms', reason: 'forgot-password' },
  done: 'message envoyé',
};
const both: Wish = { ...sms, body: { ...sms.body, unblock: true } };
const letter: Wish = {
  path: 'temporary-passwords',
  body: { channel: 'letter', reason: 'no-contact' },
  done: 'courrier demandé',
};
const mobileOf = (n: number): string => `+3363998${String(n).padStart(4, '0')}`;

/** What the two want, in turn: the same, or something else. */
const pairs: [Wish, Wish][] = [
  [unblock, unblock],
  [sms, sms],
  [letter, letter],
  [both, both],
  [unblock, both],
  [sms, letter],
  [letter, unblock],
];

describe.each(databases)('two agents at the same moment, on %s', (engine) => {
  let server: TestServer;
  let clients: [Client, Client];
  let callIds: [string, string];
  let targets: Target[];

  beforeAll(async () => {
    server = await startServer(engine);
    clients = [await server.as('agent'), await server.as('colleague')];
    callIds = [(await openCall(clients[0])).id, (await openCall(clients[1])).id];
    targets = await buildLocked();
    for (const callId of callIds) await proveTo(callId);
  }, 180_000);
  afterAll(() => server.stop());

  /** Locked members who can be reached in every way, all at once. */
  const buildLocked = (): Promise<Target[]> => {
    const { house } = server;
    const people = Array.from({ length: rounds }, (_none, n) =>
      person({
        organisationId: organisation,
        contacts: [contact('mobile', mobileOf(n))],
      }),
    );
    return perform(systemVisit(house, 'tests', everyOrganisation(house)), async (ctx) => {
      const saved = await saveMembers(ctx, people);
      const holders = saved.map(({ id }, n) => ({
        memberId: id,
        isNew: true,
        nirBody: null,
        memberNumber: people[n]?.memberNumber ?? '',
        samePersonAs: null,
        firstPasswordCode: null,
      }));
      await openAccounts(ctx, policyOf(house, organisation), holders);
      const accountIds = await accountIdsOf(
        ctx.db,
        saved.map(({ id }) => id),
      );
      const built = saved.map(({ id }, n) => ({
        id,
        accountId: accountIds.get(id) ?? '',
        mobile: mobileOf(n),
      }));
      const at = { first_at: wednesday, last_at: wednesday, not_before: wednesday, locked_at: wednesday };
      const counters = built.map(({ accountId }) => ({
        id: chosenCounter(accountId),
        tries: 3,
        forgiven: 0,
        keep_until: null,
        account_id: accountId,
        ...at,
      }));
      for (let from = 0; from < counters.length; from += 50) {
        await ctx.db('attempt_counters').insert(counters.slice(from, from + 50));
      }
      record(ctx, { type: 'demo.loaded', data: { members: built.length } });
      return built;
    });
  };

  // Written straight into the database, since what is looked at here comes after it: each call has proved of each
  // member all that a call can, and turns from one to the next between the rounds.
  const proveTo = async (callId: string): Promise<void> => {
    const rows = targets.map(({ id, accountId, mobile }) => ({
      id: `${callId}:${id}`,
      organisation_id: organisation,
      call_id: callId,
      member_id: id,
      account_id: accountId,
      caller: 'member',
      asked: '[]',
      right_answers: 2,
      wrong_answers: 0,
      code_tries: 0,
      codes_asked: 0,
      confirmed: JSON.stringify({
        mobile: contactDigest(server.house.keys, id, 'mobile', mobile),
      }),
      shown: '[]',
      opened_at: wednesday,
    }));
    for (let from = 0; from < rows.length; from += 50) {
      await server.house.pool('verifications').insert(rows.slice(from, from + 50));
    }
  };
  const turnTo = ({ id }: Target): Promise<unknown> =>
    server.house
      .pool('calls')
      .whereIn('id', callIds)
      .update({ member_id: id, organisation_id: organisation });
  // Else one of the two would soon have sent far more than the other, and need a second person.
  const forgetVolume = async (): Promise<void> => {
    for (const table of ['messages', 'letters']) {
      const before = '2026-11-01T08:00:00.000Z';
      await server.house.pool(table).where('asked_at', '>', before).update({ asked_at: before });
    }
  };
  const countRows = async (table: string, where: object): Promise<number> =>
    Number((await server.house.pool(table).where(where).count({ n: '*' }))[0]?.n);

  test(`${rounds} rounds: one acts, the other is told what was done`, { timeout: 240_000 }, async () => {
    const expected = { unblocks: 0, messages: 0, letters: 0 };
    const wrong: string[] = [];

    for (const [round, target] of targets.entries()) {
      if (round % 20 === 0) await forgetVolume();
      await turnTo(target);
      const wishes = pairs[round % pairs.length] as [Wish, Wish];
      // Neither is always the first to be asked.
      const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
      const answers: Answer[] = await Promise.all(
        order.map((n) => {
          const { path, body } = wishes[n];
          return clients[n].post(`/api/members/${target.id}/${path}`, { ...body, version: 1 });
        }),
      );

      const winner = answers.findIndex(({ status }) => status === 200);
      const loser = answers[1 - winner];
      const won = wishes[order[winner] ?? 0];
      const says = `Un collègue vient d’agir sur ce compte : ${won.done}, à 10h00.`;
      const isRight = loser?.status === 409 && String(loser.body.message).startsWith(says);
      if (winner < 0 || !isRight)
        wrong.push(`${round}: ${answers.map(({ status, body }) => `${status} ${body.message}`).join(' / ')}`);
      if (won === unblock || won === both) expected.unblocks += 1;
      if (won === sms || won === both) expected.messages += 1;
      if (won === letter) expected.letters += 1;
    }

    expect(wrong).toEqual([]);
    expect({
      unblocks: await countRows('unblocks', {}),
      messages: await countRows('messages', { template: 'temporary-password' }),
      letters: await countRows('letters', {}),
    }).toEqual(expected);
    expect(await countRows('accounts', { version: 2, organisation_id: organisation })).toBe(rounds);
    expect(await countRows('attempt_counters', { forgiven: 3 })).toBe(expected.unblocks);
  });
});
