import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemVisit } from '../server/core/perform.ts';
import type { BudgetName } from '../server/organisations/limits.schema.ts';
import { minutesOf } from '../server/organisations/limits.schema.ts';
import { addPortalClient } from '../server/portal/portal-clients.service.ts';
import { Client, type Answer } from './support/client.ts';
import type { Built } from './support/holders.ts';
import {
  buildMember,
  codeIn,
  lastMessage,
  nobodys,
  outcomes,
  pathOf,
  recovery,
  repudiationIn,
  tokenIn,
  type Organisation,
} from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'mutuelle-agents-publics';
const own = '127.0.0';

/** A browser elsewhere: what it asks comes with the address that the organisation's own server passes on. */
class Elsewhere extends Client {
  readonly #headers: Record<string, string>;

  constructor(url: string, key: string) {
    super(url);
    this.#headers = { authorization: `Bearer ${key}`, 'x-member-address': '203.0.113.7' };
  }

  override send(method: string, path: string, body?: unknown): Promise<Answer> {
    return super.send(method, path, body, this.#headers);
  }
}

describe.each(databases)('what one network may spend of everybody’s on %s', (engine) => {
  let server: TestServer;
  let key: string;
  beforeAll(async () => {
    server = await startServer(engine);
    const added = await addPortalClient(systemVisit(server.house, 'tests', []), organisation, 'le portail');
    key = added.key.expose();
  });
  beforeEach(async () => {
    await server.house.pool('budgets').delete();
    await server.house.pool('alerts').delete();
  });
  afterAll(() => server.stop());

  const mostOf = (budget: BudgetName): number => server.house.limits.budgets[budget].limits[0]?.most ?? 0;
  const idOf = (budget: BudgetName, owner: string): string =>
    `${budget}:${owner}:${server.house.limits.budgets[budget].limits[0]?.per}`;
  const usedOf = async (budget: BudgetName, owner: string): Promise<number> =>
    Number(
      (
        await server.house
          .pool('budgets')
          .where({ id: idOf(budget, owner) })
          .first()
      )?.used ?? 0,
    );
  const spendAll = async (budget: BudgetName, owner: string): Promise<void> => {
    const { per } = server.house.limits.budgets[budget].limits[0] ?? { per: 'hour' };
    await server.house.pool('budgets').insert({
      id: idOf(budget, owner),
      used: mostOf(budget),
      window_ends: new Date(server.clock.now().getTime() + minutesOf[per] * 60_000).toISOString(),
    });
  };
  const at = (client: Client = server.anonymous(), id: Organisation = organisation) => recovery(client, id);
  const elsewhere = () => at(new Elsewhere(server.url, key));
  const withCode = async (way = at()) => {
    const member = await buildMember(server, organisation);
    await way.ask(member.identifier);
    await way.choose('email');
    await server.work();
    return { ...way, member, code: codeIn(await lastMessage(server, member.email)) };
  };
  const secretsOf = (member: Built) =>
    server.house.pool('messages').where({ member_id: member.id }).whereNot('template', 'like', 'notice-%');
  const alertsAbout = (budget: BudgetName) =>
    server.house.pool('alerts').where('subject', 'like', `${budget}:%`);
  const rows = async (): Promise<number> => (await server.house.pool('audit_events').select('id')).length;

  test('wrong codes from one block end with its own budget, and everybody else’s codes still open', async () => {
    const most = mostOf('wrong-codes-per-address-block');
    for (let done = 0; done < most + 3; done += 3) {
      const { ask, choose, type } = at();
      await ask(nobodys(organisation));
      await choose('email');
      for (let n = 0; n < 3; n += 1) await type('000000');
    }

    const here = await withCode();
    const there = await withCode(elsewhere());
    expect((await here.type(here.code)).body.message).toContain('n’est pas le bon');
    expect((await there.type(there.code)).status).toBe(200);

    expect(await usedOf('wrong-codes-per-organisation', organisation)).toBe(most);
    expect(await alertsAbout('wrong-codes-per-address-block')).toHaveLength(1);
    server.clock.advance(61);
    const later = await withCode();
    expect((await later.type(later.code)).status).toBe(200);
    expect(await usedOf('wrong-codes-per-address-block', own)).toBe(0);
  });

  test('choosing a channel is counted on the block, and past it takes nothing from the member', async () => {
    const member = await buildMember(server, organisation);
    const { ask, choose } = at();
    await ask(member.identifier);
    const within = await choose('email');
    expect(await usedOf('recoveries-per-address-block', own)).toBe(2);

    const other = await buildMember(server, organisation);
    const stranger = at();
    await stranger.ask(other.identifier);
    await server.house.pool('budgets').where('id', 'like', 'recoveries-per-address-block:%').delete();
    await spendAll('recoveries-per-address-block', own);
    const past = await stranger.choose('email');
    await server.work();

    expect([past.status, past.body]).toEqual([within.status, within.body]);
    expect(await secretsOf(other)).toEqual([]);
    expect(await usedOf('recoveries-per-member', `account:${other.accountId}:forgotten`)).toBe(0);
  });

  test('what an outsider used up of a member’s is whole again once the member has come back in', async () => {
    const { type, change, choose, code, member } = await withCode();
    const owner = `account:${member.accountId}`;
    for (let n = 0; n < 2; n += 1) {
      const outsider = at();
      await outsider.ask(member.identifier);
      await outsider.choose('sms');
    }
    await spendAll('proofs-per-member', `${owner}:unblock`);
    await spendAll('recoveries-per-member', `${owner}:contact-change`);
    expect((await choose('email')).status).toBe(200);
    expect(await usedOf('recoveries-per-member', `${owner}:forgotten`)).toBe(3);

    expect((await type(code)).status).toBe(200);
    expect((await change('Marron+2026!vert')).status).toBe(200);

    const left = await server.house.pool('budgets').where('id', 'like', `%${owner}%`).select('id');
    expect(left.map(({ id }) => id as string)).toEqual([
      idOf('recoveries-per-member', `${owner}:contact-change`),
    ]);
    await server.work();
    const before = (await secretsOf(member)).length;
    const again = at();
    await again.ask(member.identifier);
    await again.choose('email');
    await server.work();
    expect(await secretsOf(member)).toHaveLength(before + 1);
  });

  test('past the letters that the public may ask for none is made, the answer is the same, the desk goes on', async () => {
    const answers = [];
    for (const budget of [null, 'letters-per-organisation', 'letters-everywhere'] as const) {
      await server.house.pool('budgets').delete();
      if (budget) await spendAll(budget, budget === 'letters-everywhere' ? 'everywhere' : organisation);
      const member = await buildMember(server, organisation);
      const { ask, choose } = at();
      await ask(member.identifier);
      answers.push((await choose('letter')).body);
      await server.work();

      const letters = await server.house.pool('letters').where({ account_id: member.accountId });
      expect([budget, letters.length]).toEqual([budget, budget ? 0 : 1]);
      expect((await outcomes(server)).at(-1)).toBe(budget ? 'letter:over-budget' : 'letter:sent');
      if (budget) expect(await alertsAbout(budget)).toMatchObject([{ member_id: member.id }]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);

    await server.house.pool('budgets').delete();
    await spendAll('letters-per-organisation', organisation);
    const member = await buildMember(server, organisation);
    const agent = await server.as('agent');
    const { version } = (await agent.get(`/api/members/${member.id}`)).body;
    const body = { channel: 'letter', reason: 'no-contact', version };
    const asked = await agent.post(`/api/members/${member.id}/temporary-passwords`, body);
    expect(asked.body.letter).not.toBeNull();
  });

  test('past the links that a block may try every one is nobody’s, and nothing more is written', async () => {
    const member = await buildMember(server, 'safiag');
    await at(server.anonymous(), 'safiag').ask(member.identifier);
    await server.work();
    const token = tokenIn(await lastMessage(server, member.email));
    const open = (typed: string) => at(server.anonymous(), 'safiag').openLink(typed);
    const unknown = await open('A'.repeat(43));
    for (let n = 1; n < mostOf('links-per-address-block'); n += 1) await open('A'.repeat(43));

    const before = await rows();
    const past = [await open(token), await open('B'.repeat(43))];

    for (const { status, body } of past) expect([status, body]).toEqual([422, unknown.body]);
    expect(await rows()).toBe(before);
    expect(await alertsAbout('links-per-address-block')).toHaveLength(1);
    server.clock.advance(61);
    expect((await open(token)).status).toBe(200);
  });

  test('« Ce n’était pas moi » is counted with them, but whoever holds the true one is always heard', async () => {
    const member = await buildMember(server, 'mgen');
    const way = at(server.anonymous(), 'mgen');
    await way.ask(member.identifier);
    await way.choose('sms');
    await server.work();
    const token = repudiationIn(await lastMessage(server, member.email));
    const say = (typed: string) =>
      server.anonymous().post(`${pathOf('mgen')}/repudiations`, { token: typed });
    const unknown = await say('A'.repeat(43));
    await server.house.pool('budgets').delete();
    await spendAll('links-per-address-block', own);

    const before = await rows();
    const past = await say('B'.repeat(43));
    expect(await rows()).toBe(before);
    const known = await say(token);

    expect([past.status, past.body, known.status]).toEqual([422, unknown.body, 200]);
    const account = await server.house.pool('accounts').where({ id: member.accountId }).first();
    expect(account.frozen_at).not.toBeNull();
  });

  test('identifiers that nobody has are one alert in each organisation', async () => {
    for (const id of [organisation, 'mgen'] as const) {
      for (let n = 0; n < 4; n += 1) {
        const { ask, choose } = at(server.anonymous(), id);
        await ask(id === organisation ? `Z99999${n}` : nobodys(id));
        for (let time = 0; time < 4; time += 1) await choose('sms');
      }
    }

    const alerts = await alertsAbout('recoveries-per-member');
    expect(alerts.map(({ organisation_id: of, times }) => [of, Number(times)]).sort()).toEqual([
      ['mgen', 4],
      [organisation, 4],
    ]);
  });
});
