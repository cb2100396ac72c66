import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from './support/client.ts';
import { eventsOf } from './support/holders.ts';
import {
  buildMember,
  codeIn,
  dataOf,
  lastMessage,
  nobodys,
  otherThan,
  outcomes,
  pathOf,
  recovery,
} from './support/recoveries.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'mutuelle-agents-publics';
const chosen = 'Marron+2026!vert';

describe.each(databases)('a code typed in the page that asked for it on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  // All come from one block of addresses: what that one may try is another test's matter.
  beforeEach(() => server.house.pool('budgets').delete());
  afterAll(() => server.stop());

  /** A member whose code has just arrived by e-mail. */
  const withCode = async (client: Client = server.anonymous()) => {
    const member = await buildMember(server, organisation);
    const way = recovery(client, organisation);
    await way.ask(member.identifier);
    await way.choose('email');
    await server.work();
    return { ...way, client, member, code: codeIn(await lastMessage(server, member.email)) };
  };

  test('opens the page of the new password, which then opens the space', async () => {
    const member = await buildMember(server, organisation, { password: undefined });
    const { ask, choose, type, change, signIn } = recovery(server.anonymous(), organisation);

    const asked = await ask(member.identifier);
    expect(asked.body).toMatchObject({
      step: 'choose-channel',
      channels: [{ kind: 'email' }, { kind: 'sms' }, { kind: 'letter', mask: null }],
    });
    expect(asked.body.message).toContain('par courrier sous huit jours');

    const waiting = await choose('email');
    expect(waiting.body).toMatchObject({
      step: 'enter-code',
      channel: 'email',
      code: { name: 'code d’activation', digits: 6, minutes: 10 },
    });
    expect(waiting.body.notes.join(' ')).toMatch(/laisser cette page ouverte.*indésirable ou spam/);

    await server.work();
    const typed = await type(codeIn(await lastMessage(server, member.email)));
    expect(typed.body).toMatchObject({ step: 'choose-password' });
    expect(typed.body.passwordRule.length).toBeGreaterThan(3);

    expect((await change(chosen)).body).toMatchObject({ status: 'sign-in-again' });
    expect((await signIn(member.identifier, chosen)).status).not.toBe(401);
    expect(await eventsOf(server, member.id)).toContain('account.password-changed');
  });

  test('of eight uses at once exactly one opens a session', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { client, member, code } = await withCode();
      const cookie = `parcours-${organisation}=${client.cookies.get(`parcours-${organisation}`)}`;
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          server.anonymous().send('POST', `${pathOf(organisation)}/recoveries/code`, { code }, { cookie }),
        ),
      );

      const sessions = await server.house.pool('portal_sessions').where({ account_id: member.accountId });
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(sessions).toHaveLength(1);
      server.clock.advance(61);
    }
  });

  test('a page that was loaded again goes on where this browser stood, and only there', async () => {
    const member = await buildMember(server, organisation);
    const own = recovery(server.anonymous(), organisation);
    await own.ask(member.identifier);
    const chosen = await own.choose('email');

    const again = await own.again();
    const elsewhere = await recovery(server.anonymous(), organisation).again();

    expect(again).toMatchObject({ status: 200, body: { path: 'forgotten', step: chosen.body } });
    expect(elsewhere).toMatchObject({ status: 200, body: null });
    server.clock.advance(61);
    expect((await own.again()).body).toBeNull();
  });

  test('is nothing in another browser, another organisation, or without the page that asked', async () => {
    const { client, code, type } = await withCode();
    const cookie = client.cookies.get(`parcours-${organisation}`) ?? '';
    const foreign = server.anonymous();
    await recovery(foreign, organisation).ask(nobodys(organisation));
    await recovery(foreign, organisation).choose('email');
    const elsewhere = server.anonymous();
    elsewhere.setCookie('parcours-msa-sud-aquitaine', cookie);

    expect((await recovery(server.anonymous(), organisation).type(code)).status).toBe(409);
    expect((await recovery(elsewhere, 'msa-sud-aquitaine').type(code)).status).toBe(409);
    expect((await recovery(foreign, organisation).type(code)).status).toBe(400);
    expect((await type(code)).status).toBe(200);
  });

  test('is not the temporary password, nor the link, of anybody', async () => {
    const { code, member, openLink, signIn } = await withCode();

    expect((await openLink(code)).body).toMatchObject({ code: 'policy-refused', rule: 'link.unknown' });
    expect((await signIn(member.identifier, code)).status).toBe(401);
  });

  test('a former one is told as such and costs nothing; the last one opens', async () => {
    const { type, choose, member, code } = await withCode();
    await choose('email');
    await server.work();
    const last = codeIn(await lastMessage(server, member.email));

    for (let n = 0; n < 5 && code !== last; n += 1) {
      expect((await type(code)).body.errors.code).toContain('remplacé par un envoi plus récent');
    }
    expect((await type(last)).status).toBe(200);
  });

  test('is dead after three wrong ones, and stays so when another is asked for', async () => {
    const { type, choose, member, code } = await withCode();
    for (let n = 0; n < 3; n += 1) expect((await type(otherThan(code))).status).toBe(400);

    expect((await type(code)).body.message).toContain('ne peut plus être essayé');
    await choose('email');
    expect((await type(code)).status).toBe(400);
    await server.work();
    expect((await type(codeIn(await lastMessage(server, member.email)))).status).toBe(200);
  });

  test('wrong ones at once are compared three times, and never more', async () => {
    const { client, member, code } = await withCode();
    const cookie = `parcours-${organisation}=${client.cookies.get(`parcours-${organisation}`)}`;
    const wrong = otherThan(code);
    await Promise.all(
      Array.from({ length: 12 }, () =>
        server
          .anonymous()
          .send('POST', `${pathOf(organisation)}/recoveries/code`, { code: wrong }, { cookie }),
      ),
    );

    const tried = await dataOf(server, 'recovery.code-tried', { member_id: member.id });
    const said = tried.map(({ outcome }) => outcome);
    expect(said.filter((outcome) => outcome === 'wrong')).toHaveLength(3);
    expect(said.filter((outcome) => outcome === 'no-try-left')).toHaveLength(9);
  });

  test('lives as long as the file says, then is told as such', async () => {
    const { type, choose, member, code } = await withCode();
    server.clock.advance(10.1);

    for (let n = 0; n < 4; n += 1) expect((await type(code)).body.message).toContain('n’est plus valable');
    await choose('email');
    await server.work();
    expect((await type(codeIn(await lastMessage(server, member.email)))).status).toBe(200);
  });

  test('is nothing once the account is frozen or its contract has ended', async () => {
    const frozen = await withCode();
    const ended = await withCode();
    const { pool } = server.house;
    await pool('accounts')
      .where({ id: frozen.member.accountId })
      .update({ frozen_at: '2026-11-18T09:00:00.000Z' });
    await pool('members').where({ id: ended.member.id }).update({ contract_end_on: '2026-01-31' });

    expect((await frozen.type(frozen.code)).body.message).toContain('n’est pas le bon');
    expect((await ended.type(ended.code)).body.message).toContain('n’est pas le bon');
    expect(await pool('portal_sessions').where({ account_id: ended.member.accountId })).toEqual([]);
  });

  test('past the wrong codes of an hour none is compared, and a supervisor is told', async () => {
    server.clock.advance(24 * 60 + 1);
    const { most } = server.house.limits.budgets['wrong-codes-per-organisation'].limits[0] ?? { most: 0 };
    for (let done = 0; done < most; done += 3) {
      const { ask, choose, type } = recovery(server.anonymous(), organisation);
      await ask(nobodys(organisation));
      await choose('email');
      for (let n = 0; n < Math.min(3, most - done); n += 1) await type('000000');
      // As from so many networks.
      await server.house.pool('budgets').where('id', 'like', '%-per-address-block:%').delete();
    }
    const { type, code } = await withCode();

    expect((await type(code)).body.message).toContain('n’est pas le bon');
    expect(await server.house.pool('alerts').where({ kind: 'wrong-codes' })).not.toEqual([]);
    server.clock.advance(61);
    const later = await withCode();
    expect((await later.type(later.code)).status).toBe(200);
  });

  test('a right one gives back what was counted before it was known to be right', async () => {
    server.clock.advance(61);
    const { type, code } = await withCode();
    await type(code);

    const spent = await server.house
      .pool('budgets')
      .where('id', 'like', 'wrong-codes%')
      .where('used', '>', 0);
    expect(spent).toEqual([]);
    expect(await outcomes(server)).not.toContain('email:over-budget');
  });
});
