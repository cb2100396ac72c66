import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chosenCounter } from '../server/accounts/gate.ts';
import type { Answer } from './support/client.ts';
import { buildHolder, eventsOf, giveTemporary, type Built } from './support/holders.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('the member’s gate on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  // Each test has its own members, and all share one address: what the address may fail is another test's matter.
  beforeEach(() => server.house.pool('budgets').delete());
  afterAll(() => server.stop());

  const knock = (member: Pick<Built, 'organisation' | 'identifier'>, password: string): Promise<Answer> =>
    server.anonymous().post(`/portal/api/${member.organisation}/sign-in`, {
      identifier: member.identifier,
      password,
    });
  const counterOf = async (member: Built) => {
    const row = await server.house
      .pool('attempt_counters')
      .where({ id: chosenCounter(member.accountId) })
      .first();
    return { attempts: Number(row.tries) - Number(row.forgiven), isLocked: row.locked_at !== null };
  };
  const failuresOf = async (member: Built) => {
    const rows = await server.house
      .pool('audit_events')
      .where({ member_id: member.id, type: 'account.sign-in-failed' });
    return rows.map(({ payload }) => JSON.parse(payload as string).data.why as string);
  };

  test('opens to the right password and forgets the mistakes before it', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    await knock(member, 'wrong');
    await knock(member, 'wrong too');
    const answer = await knock(member, 'Tilleul+2026!');

    expect(answer).toMatchObject({ status: 200, body: { status: 'signed-in', passwordRule: [] } });
    expect(await counterOf(member)).toEqual({ attempts: 0, isLocked: false });
  });

  test('50 wrong passwords at once: fifty are counted and three compared', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => knock(member, `wrong-${n}`)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(await counterOf(member)).toEqual({ attempts: 50, isLocked: true });
    const why = await failuresOf(member);
    expect(why.filter((one) => one === 'wrong')).toHaveLength(3);
    expect(why.filter((one) => one === 'over-limit')).toHaveLength(47);
    expect((await eventsOf(server, member.id)).filter((type) => type === 'account.locked')).toHaveLength(1);
  });

  test('once locked, 50 right passwords at once are all refused, and all counted', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    for (let n = 0; n < 3; n += 1) await knock(member, `wrong-${n}`);

    const answers = await Promise.all(Array.from({ length: 50 }, () => knock(member, 'Tilleul+2026!')));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await counterOf(member)).attempts).toBe(53);
  });

  test('a full queue refuses with 503 and counts nothing', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    const answers = await Promise.all(Array.from({ length: 120 }, () => knock(member, 'wrong')));

    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]?.headers.get('retry-after')).toBe('5');
    expect((await counterOf(member)).attempts).toBe(120 - busy.length);
  });

  test('a locked account refuses the right password, in the words of a wrong one', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    for (let n = 0; n < 3; n += 1) await knock(member, `wrong-${n}`);

    const right = await knock(member, 'Tilleul+2026!');
    const unknown = await knock({ ...member, identifier: 'NOBODY' }, 'Tilleul+2026!');

    expect(right.status).toBe(401);
    expect(right.body).toEqual(unknown.body);
  });

  test.each([
    ['a contract that has ended', { contractEndOn: '2026-11-17' }],
    ['a death', { deceasedOn: '2026-11-01' }],
  ])('%s closes the account to the right password', async (_why, closing) => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!', ...closing });

    expect((await knock(member, 'Tilleul+2026!')).status).toBe(401);
  });

  test('a contract end that lies ahead closes nothing', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!', contractEndOn: '2026-11-18' });

    expect((await knock(member, 'Tilleul+2026!')).status).toBe(200);
  });

  test('spellings of one NIR share one counter', async () => {
    const member = await buildHolder(server, {
      organisationId: 'safiag',
      nir: { body: '190062A999903', key: null },
      password: '482915',
    });
    const spellings = ['190062A999903', '1 90 06 2a 999 903 43', '190062A99990343'];

    for (const identifier of spellings) await knock({ ...member, identifier }, '000001');
    const fourth = await knock({ ...member, identifier: '１９００６2A999903' }, '482915');

    expect(fourth.status).toBe(401);
    expect((await counterOf(member)).attempts).toBe(4);
  });

  test('identifiers that nobody has are counted too, and swept after a day', async () => {
    const before = await server.house.pool('attempt_counters').whereNotNull('keep_until');

    await knock({ organisation: 'mgen', identifier: 'NOBODY-AT-ALL' }, 'x');
    const after = await server.house.pool('attempt_counters').whereNotNull('keep_until');

    expect(after.length).toBe(before.length + 1);
  });

  test('a typing error in a temporary password is told, and not counted', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    const answer = await knock(member, '0000-0000-00001');

    expect(answer).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('faute de frappe') },
    });
    expect(await eventsOf(server, member.id)).not.toContain('account.sign-in-counted');
  });

  test('guessing at temporary passwords does not use up the other, and stops at nine a day', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    for (let n = 0; n < 12; n += 1) await knock(member, '0000-0000-00000');

    expect((await knock(member, 'Tilleul+2026!')).status).toBe(200);
    const counter = await server.house
      .pool('attempt_counters')
      .where('id', 'like', `account:${member.accountId}:temporary:%`)
      .first();
    expect(Number(counter.tries)).toBe(12);
  });

  test('guesses that are not compared cost a posted password nothing of its life', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const posted = await giveTemporary(server, member, 'live');

    for (let n = 0; n < 12; n += 1) await knock(member, '0000-0000-00000');

    const { id } = await server.house.pool('credentials').where({ account_id: member.accountId }).first();
    const life = await server.house.pool('attempt_counters').where('id', 'like', `%:life:${id}`).first();
    expect(Number(life.tries)).toBe(9);
    server.clock.advance(24 * 60);
    expect((await knock(member, posted)).status).toBe(200);
  });

  test('a temporary password told to be expired stays so, should the clock go back', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });
    const sent = await giveTemporary(server, member, 'live');
    const now = server.clock.now();
    await server.house
      .pool('credentials')
      .where({ account_id: member.accountId })
      .update({ valid_until: now.toISOString() });

    server.clock.advance(5);
    const late = await knock(member, sent);
    server.clock.advance(-6);
    const again = await knock(member, sent);
    server.clock.set(now.toISOString());

    expect(late.body.message).toContain('expiré');
    expect(again.body).toEqual(late.body);
  });

  test('a first-password code opens a session that can only choose a password', async () => {
    const member = await buildHolder(server, { firstCode: 'DECOMPTE-55' });
    const client = server.anonymous();
    const api = `/portal/api/${member.organisation}`;

    const opened = await client.post(`${api}/sign-in`, {
      identifier: member.identifier,
      password: 'decompte-55',
    });
    const same = await client.post(`${api}/password`, { newPassword: 'DECOMPTE-55' });
    const weak = await client.post(`${api}/password`, { newPassword: 'tilleul' });
    const chosen = await client.post(`${api}/password`, { newPassword: 'Marron+2026!vert' });

    expect(opened).toMatchObject({ status: 200, body: { status: 'must-change-password' } });
    expect(same.status).toBe(400);
    expect(weak.body.reasons).toEqual(expect.arrayContaining([expect.stringContaining('majuscule')]));
    expect(chosen).toMatchObject({ status: 200, body: { status: 'sign-in-again' } });
    expect((await knock(member, 'DECOMPTE-55')).status).toBe(401);
    expect((await knock(member, 'Marron+2026!vert')).status).toBe(200);
    expect((await client.get(`${api}/session`)).status).toBe(401);
  });

  test('the session of a temporary secret ends after fifteen minutes', async () => {
    const member = await buildHolder(server, { firstCode: 'DECOMPTE-66' });
    const client = server.anonymous();
    const api = `/portal/api/${member.organisation}`;
    await client.post(`${api}/sign-in`, { identifier: member.identifier, password: 'DECOMPTE-66' });

    server.clock.advance(10);
    expect((await client.get(`${api}/session`)).status).toBe(200);
    server.clock.advance(6);

    expect((await client.get(`${api}/session`)).status).toBe(401);
    expect((await client.post(`${api}/password`, { newPassword: 'Marron+2026!vert' })).status).toBe(401);
  });

  test('another organisation’s portal knows nothing of the member', async () => {
    const member = await buildHolder(server, { password: 'Tilleul+2026!' });

    const elsewhere = await knock({ ...member, organisation: 'mutuelle-imaginaire' }, 'Tilleul+2026!');
    const nowhere = await knock({ ...member, organisation: 'nowhere' }, 'Tilleul+2026!');

    expect(elsewhere.status).toBe(401);
    expect(nowhere.status).toBe(404);
  });
});
