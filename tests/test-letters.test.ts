import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestLetter } from '../server/letters/test-letters.schema.ts';
import { buildLetters } from './support/build.ts';
import { organisation, printRoom, product } from './support/lots.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';
import { agentsPublicsMember, eventually, fileWith } from './support/story.ts';
import { acknowledge, testSheetOf } from './support/test-letters.ts';

describe.each(databases)('the letter to ourselves on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { testLetters: true });
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  beforeEach(async () => {
    await moveTo(server, wednesday);
    await room.clear();
    await server.house.pool('test_letters').delete();
    await server.house.pool('budgets').delete();
  });

  const listed = async (filter: object = {}): Promise<TestLetter[]> => {
    const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&sort=["week","ASC"]`;
    return (await (await room.api('print-operator')).get(`/api/test-letters?${query}`)).body;
  };
  const say = (password: string) => acknowledge(server, organisation, password);
  const printedLot = async (count: number) => {
    await room.letters(count);
    const released = await room.release(await room.make());
    const paper = await room.print(released);
    return { lot: await room.show(released), ...(await testSheetOf(server, released, paper)) };
  };

  test('comes with the first lot of each week, beside what waits, and with no other', async () => {
    await room.letters(2);
    const first = await room.make();
    await room.letters(1);
    const second = await room.make();
    await moveTo(server, '2026-11-23T09:00:00.000Z');
    await room.letters(1);
    const next = await room.make();

    expect([first.letters, second.letters, next.letters]).toEqual([3, 1, 2]);
    expect((await listed()).map(({ id, state }) => [id, state])).toEqual([
      [`${organisation}.2026-W47`, 'in-lot'],
      [`${organisation}.2026-W48`, 'in-lot'],
    ]);
    expect(await listed({ organisationId: 'safiag' })).toEqual([]);
    expect(await listed({ id: [`${organisation}.2026-W47`, 'safiag.2026-W48'] })).toHaveLength(1);
    const letters = await (
      await room.api('print-operator')
    ).get(`/api/letters?filter=${JSON.stringify({ lotId: first.id })}`);
    expect(letters.body.filter(({ isTest }: { isTest: boolean }) => isTest)).toMatchObject([
      { postcode: '59998', product, announcedOn: '2026-11-21', sheet: 3 },
    ]);
    expect(await room.eventsOf(first)).toContainEqual(
      expect.objectContaining({ type: 'lot.made', data: { lotId: first.id, letters: 3 } }),
    );
  });

  test('comes once, however many lots are made at once, and with none of nothing', async () => {
    const nothing = await (await room.api('print-operator')).post('/api/lots', { organisation, product });
    const without = await listed();
    const other = 'services-plus';
    await buildLetters(server, [{}, { row: { product: other } }]);
    const [one, two] = await Promise.all([room.make(), room.make({ product: other })]);

    expect(nothing).toMatchObject({ status: 422, body: { rule: 'lot.nothing-waiting' } });
    expect(without).toEqual([]);
    expect(one.letters + two.letters).toBe(3);
    expect(await listed()).toHaveLength(1);
  });

  test('is printed with words of its own, and typed on the portal says that the chain holds', async () => {
    const { lot, letter, page, password } = await printedLot(2);
    const early = await say(password);
    const counted = await room.count(lot);
    const deposited = await room.deposit(counted);
    const [waiting] = await listed();
    const mistyped = await say(password.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
    const came = await say(password.toLowerCase().replaceAll('-', ' '));
    const again = await say(password);

    expect(page).toContain('Lettre témoin');
    expect(page).toContain(`/portal/${organisation}/lettre-temoin`);
    expect(page).toContain('RESPONSABLE DU COURRIER');
    expect(early).toMatchObject({ status: 422, body: { rule: 'test-letter.not-yet-valid' } });
    const alerts = await server.house.pool('alerts').where({ kind: 'letter-not-yet-active' });
    expect(alerts).toMatchObject([{ organisation_id: organisation, member_id: null }]);
    expect(deposited).toMatchObject({ state: 'deposited', printed: 3 });
    expect(waiting).toMatchObject({ depositedAt: wednesday, expectedOn: '2026-11-21', isLate: false });
    expect(mistyped).toMatchObject({ status: 422, body: { rule: 'test-letter.typing-error' } });
    expect(came).toMatchObject({ status: 200, body: { status: 'acknowledged' } });
    expect(came.body.message).toContain('semaine 47');
    expect(again).toMatchObject({ status: 422, body: { rule: 'test-letter.already' } });
    expect(await listed()).toMatchObject([
      { state: 'used', letterId: letter.id, acknowledgedAt: wednesday, isLate: false },
    ]);
    const [credential] = await server.house.pool('credentials').where({ letter_id: letter.id });
    expect(credential).toMatchObject({ state: 'dead', ended_as: 'used' });
    const acknowledged = await server.house.pool('audit_events').where({ type: 'letter.test-acknowledged' });
    expect(acknowledged).toMatchObject([{ organisation_id: organisation, member_id: null, result: 'done' }]);
    // It opened nothing.
    expect(came.headers.getSetCookie()).toEqual([]);
    expect(await server.house.pool('portal_sessions').where({ account_id: letter.account_id })).toEqual([]);
  });

  test('typed in eight tabs at once, it is acknowledged once', async () => {
    const { lot, password } = await printedLot(1);
    await room.deposit(await room.count(lot));

    const answers = await Promise.all(Array.from({ length: 8 }, () => say(password)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200).map(({ body }) => body.rule);
    expect(new Set(others)).toEqual(new Set(['test-letter.already']));
  });

  test('when its sheet is spoiled, the letter that takes its place is the week’s', async () => {
    await moveTo(server, '2026-11-20T09:00:00.000Z');
    const spoilt = await printedLot(1);
    await room.deposit(await room.count(spoilt.lot, [spoilt.letter.sheet]));
    const [moved] = await listed();
    // The next week, so that one letter stands for both and no second one is made.
    await moveTo(server, '2026-11-23T09:00:00.000Z');
    const next = await printedLot(1);
    const waste = await say(spoilt.password);
    await room.deposit(await room.count(next.lot));
    const came = await say(next.password);

    expect(moved).toMatchObject({ state: 'requested', week: '2026-W47' });
    expect(moved?.letterId).not.toBe(spoilt.letter.id);
    expect(next.letter.id).toBe(moved?.letterId);
    expect(waste).toMatchObject({ status: 422, body: { rule: 'test-letter.replaced' } });
    expect(came.body.message).toContain('semaine 47, 48');
    expect((await listed()).map(({ acknowledgedAt }) => acknowledgedAt !== null)).toEqual([true, true]);
  });

  test('overtaken by the next one, it still says that it came', async () => {
    const first = await printedLot(1);
    await room.deposit(await room.count(first.lot));
    await moveTo(server, '2026-11-23T09:00:00.000Z');
    const second = await printedLot(1);
    await room.deposit(await room.count(second.lot));

    const answers = [await say(first.password), await say(first.password), await say(second.password)];

    expect(answers.map(({ body }) => body.status ?? body.rule)).toEqual([
      'acknowledged',
      'test-letter.already',
      'acknowledged',
    ]);
  });

  test('once its limit has passed, it is told so and acknowledges nothing', async () => {
    const { lot, password } = await printedLot(1);
    await room.deposit(await room.count(lot));
    await moveTo(server, '2026-12-04T09:00:00.000Z');

    const late = await say(password);

    expect(late).toMatchObject({ status: 422, body: { rule: 'test-letter.expired' } });
    expect(await listed()).toMatchObject([{ state: 'expired', acknowledgedAt: null, isLate: true }]);
  });

  test('guesses are bounded for each block of addresses, and answered alike everywhere', async () => {
    const { lot, password } = await printedLot(1);
    await room.deposit(await room.count(lot));
    const guesses = [];
    for (let n = 0; n < 9; n += 1) guesses.push(await say('0000-0000-00000'));
    const events = () => server.house.pool('audit_events').count({ n: '*' }).first();
    const before = await events();
    const past = [await say('0000-0000-00000'), await say(password)];
    const nowhere = await acknowledge(server, 'mgen', '0000-0000-00000');

    expect(
      new Set([...guesses, ...past, nowhere].map(({ status, body }) => `${status} ${body.rule}`)),
    ).toEqual(new Set(['422 test-letter.unknown']));
    expect(await events()).toEqual(before);
    const alerts = await server.house.pool('alerts').whereLike('subject', 'test-letters-per-address-block%');
    expect(alerts).toHaveLength(1);
    await server.house.pool('budgets').delete();
    expect((await say(password)).status).toBe(200);
  });

  test('goes to nobody whom an agent, an import or the portal could reach', async () => {
    const [member] = await room.letters(1);
    const lot = await room.make();
    const [letter] = (await room.lettersOf(lot)).filter(({ reason }) => reason === 'test-letter');
    const agent = await room.api('agent');
    const search = async (q: string, more: object = {}) =>
      (await agent.post('/api/members/search', { filter: { q, ...more } })).body;
    const elsewhere = await agent.post('/api/members/search', {
      filter: { q: 'test', organisation: `test:${organisation}` },
    });
    const cancel = { reason: 'asked-by-mistake', version: letter.version };
    const cancelled = await agent.post(`/api/letters/${letter.id}/cancel`, cancel);
    const administrator = await room.api('administrator');
    const path = `/api/imports?organisation=${organisation}&content=members&extent=complete`;
    const file = fileWith(agentsPublicsMember);
    const started = await administrator.send('POST', path, file, { 'content-type': 'text/csv' });
    await eventually(
      () => administrator.get(`/api/imports/${started.body.id}`),
      ({ body }) => body.state === 'done',
    );

    expect([await search('test'), await search(`${letter.reference}`)]).toEqual([[], []]);
    expect(elsewhere.body.length ?? 0).toBe(0);
    expect((await agent.get(`/api/members/${letter.member_id}`)).status).toBe(404);
    expect(cancelled.status).toBe(422);
    const { pool } = server.house;
    const closed = await pool('members').whereIn('id', [member?.memberId ?? '', letter.member_id]);
    expect(
      closed.map(({ id, contract_end_on }) => [id === letter.member_id, contract_end_on !== null]),
    ).toEqual(
      expect.arrayContaining([
        [true, false],
        [false, true],
      ]),
    );
    expect(await pool('account_identifiers').where({ account_id: letter.account_id })).toEqual([]);
    expect(await pool('contacts').where({ member_id: letter.member_id })).toEqual([]);
    expect(await pool('accounts').where({ organisation_id: `test:${organisation}` })).toHaveLength(1);
  });
});
