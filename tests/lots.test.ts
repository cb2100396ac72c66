import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildLetters, times } from './support/build.ts';
import { at } from './support/people.ts';
import { organisation, passwordOf, printRoom, product } from './support/lots.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

describe.each(databases)('lots on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  beforeEach(async () => {
    server.clock.set(wednesday);
    await room.clear();
  });

  test('a lot goes from waiting letters to the post, and its passwords live only then', async () => {
    const [letter] = await buildLetters(server, [{}]);
    if (!letter) throw new Error('No letter.');

    const made = await room.make();
    const released = await room.release(made);
    const paper = await room.print(released);
    const password = passwordOf(letter, paper);
    const printed = await room.show(made);
    const early = await room.knock(letter, password);
    const counted = await room.count(printed);
    const stillEarly = await room.knock(letter, password);
    const deposited = await room.deposit(counted);
    const opened = await room.knock(letter, password);

    expect([made, released, printed, counted, deposited].map(({ state }) => state)).toEqual([
      'made',
      'released',
      'printed',
      'counted',
      'deposited',
    ]);
    expect(printed).toMatchObject({
      letters: 1,
      printed: 1,
      refused: 0,
      attempt: 1,
      madeByName: 'print-operator de test',
    });
    expect(paper.pages[0]).toContain('RENNES');
    expect([early.status, stillEarly.status, opened.status]).toEqual([401, 401, 200]);
    expect(early.body.message).toContain('pas encore actif');
    expect((await room.eventsOf(made)).map(({ type }) => type)).toEqual([
      'lot.made',
      'lot.released',
      'lot.print-started',
      'lot.bundle-printed',
      'lot.printed',
      'lot.confirmed',
      'lot.bundle-counted',
      'lot.counted',
      'lot.deposited',
    ]);
    expect((await room.lettersOf(made))[0]).toMatchObject({
      state: 'deposited',
      sheet: 1,
      printed_attempt: 1,
    });
  });

  test('what waits is shown by organisation and product, with the most urgent moment and what is late', async () => {
    await buildLetters(server, [
      { row: { latest_posting_at: '2026-11-17T14:00:00.000Z' } },
      { row: { latest_posting_at: '2026-11-18T10:59:59.000Z' } },
      { row: { latest_posting_at: '2026-11-18T11:00:00.000Z' } },
      { organisation: 'safiag', person: { memberNumber: '1234567' } },
    ]);
    const operator = await room.api('print-operator');

    const all = await operator.get('/api/waiting-letters?sort=["latestPostingAt","ASC"]');
    const one = await operator.get(
      `/api/waiting-letters?filter=${JSON.stringify({ organisationId: 'safiag' })}`,
    );

    expect(all.body).toHaveLength(2);
    expect(all.body[0]).toEqual({
      id: `${organisation}.${product}`,
      organisationId: organisation,
      product,
      letters: 3,
      latestPostingAt: '2026-11-17T14:00:00.000Z',
      late: 1,
      atRisk: 1,
    });
    expect(one.body).toMatchObject([{ organisationId: 'safiag', letters: 1, late: 0, atRisk: 0 }]);
    // The most urgent first, unless another order is asked for.
    expect((await operator.get('/api/waiting-letters')).body).toEqual(all.body);

    const lot = await room.make();
    expect(lot).toMatchObject({ letters: 3, late: 1, atRisk: 1 });
    await room.print(await room.release(lot));
    const deposited = await room.deposit(await room.count(await room.show(lot), [1]));
    expect(deposited).toMatchObject({ late: 0, atRisk: 0 });
  });

  test('a lot that cannot take all takes the most urgent, and numbers its sheets by postcode', async () => {
    const urgent = (postcode: string, town: string, latest: string) => ({
      person: at(postcode, town),
      row: { latest_posting_at: `2026-11-${latest}T14:00:00.000Z` },
    });
    await buildLetters(server, [
      urgent('75011', 'Paris', '19'),
      urgent('01000', 'Bourg-en-Bresse', '21'),
      urgent('35000', 'Rennes', '18'),
    ]);

    const lot = await room.make({ most: 2 });

    expect(lot).toMatchObject({ letters: 2, latestPostingAt: '2026-11-18T14:00:00.000Z' });
    expect((await room.lettersOf(lot)).map(({ sheet, postcode }) => [sheet, postcode])).toEqual([
      [1, '35000'],
      [2, '75011'],
    ]);
  });

  test('sheets are in the order of the trays: by postcode, CEDEX among them, abroad after all others', async () => {
    const abroad = (postcode: string) => ({ row: { postcode, zone: 'europe' } });
    await buildLetters(server, [
      abroad('10115'),
      { person: at('97400', 'Saint-Denis') },
      { person: at('35905', 'Rennes Cedex 9') },
      abroad('08001'),
      { row: { postcode: '35 000' } },
      { person: at('01000', 'Bourg-en-Bresse') },
    ]);

    const lot = await room.make();

    expect((await room.lettersOf(lot)).map(({ postcode }) => postcode)).toEqual([
      ...['01000', '35 000', '35905', '97400'],
      ...['08001', '10115'],
    ]);
  });

  test('lots made at once never share a letter, and their numbers follow each other', async () => {
    await room.letters(12);
    const operator = await room.api('print-operator');

    const answers = await Promise.all(
      times(6).map(() => operator.post('/api/lots', { organisation, product, most: 3 })),
    );

    const lots = answers.filter(({ status }) => status < 300).map(({ body }) => body);
    const inLots = await server.house.pool('letters').whereIn(
      'lot_id',
      lots.map(({ id }) => id),
    );
    expect(answers.filter(({ status }) => status >= 300).every(({ status }) => status === 422)).toBe(true);
    expect(inLots).toHaveLength(lots.reduce((sum, { letters }) => sum + letters, 0));
    const numbers = lots.map(({ number }) => Number(number)).sort((a, b) => a - b);
    expect(numbers.at(-1)).toBe((numbers[0] ?? 0) + lots.length - 1);
  });

  test('a lot of nothing, of an unknown product or of another’s organisation is refused', async () => {
    const operator = await room.api('print-operator');
    const body = { organisation, product };

    const answers = [
      await operator.post('/api/lots', body),
      await operator.post('/api/lots', { ...body, product: 'pigeon' }),
      await operator.post('/api/lots', { ...body, organisation: 'nobody' }),
      await operator.post('/api/lots', { ...body, most: 0, colour: 'red' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([422, 400, 404, 400]);
    expect(answers[1]?.body.errors.product).toContain('produit postal');
    expect(Object.keys(answers[3]?.body.errors).sort()).toEqual(['colour', 'most']);
  });

  test('each act belongs to its role, and another organisation’s lot is not there', async () => {
    await room.letters(1);
    const lot = await room.make();
    const bodies = {
      release: { version: 1, password: deskPassword },
      print: {},
      count: { good: 1, spoiled: [], version: 1 },
      deposit: { version: lot.version },
      kill: { version: lot.version },
    };
    const statusesOf = async (account: string, id: string) => {
      const client = await room.api(account);
      const acts = Object.entries(bodies).map(([name, body]) => client.post(`/api/lots/${id}/${name}`, body));
      return (await Promise.all([client.get(`/api/lots/${id}`), ...acts])).map(({ status }) => status);
    };

    expect(await statusesOf('agent', lot.id)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await statusesOf('auditor', lot.id)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await statusesOf('supervisor', lot.id)).slice(2, 4)).toEqual([403, 403]);
    expect((await statusesOf('stranger', lot.id)).slice(0, 2)).toEqual([404, 404]);
    expect(await statusesOf('print-operator', 'nobody')).toEqual([404, 404, 404, 404, 404, 403]);
    expect((await (await room.api('stranger')).get('/api/lots')).body).toEqual([]);
    expect((await (await room.api('stranger')).get('/api/waiting-letters')).body).toEqual([]);
  });

  test('a stale version is refused at every step and leaves no trace', async () => {
    await room.letters(1);
    const made = await room.make();
    const stale = { version: made.version + 7, password: deskPassword };
    const release = await room.act('supervisor', made, 'release', stale);
    const released = await room.release(made);
    const print = await room.act('print-operator', made, 'print', { version: made.version });
    await room.print(released);
    const count = await room.act('print-operator', made, 'count', {
      good: 1,
      spoiled: [],
      version: made.version,
    });
    await room.count(await room.show(made));
    const deposit = await room.act('print-operator', made, 'deposit', { version: made.version });

    expect([release, print, count, deposit].map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect((await room.show(made)).state).toBe('counted');
  });

  test('the same Idempotency-Key makes one lot', async () => {
    await room.letters(1);
    const operator = await room.api('print-operator');
    const key = { 'idempotency-key': `make-${engine}` };

    const first = await operator.post('/api/lots', { organisation, product }, key);
    const second = await operator.post('/api/lots', { organisation, product }, key);

    expect(second.body).toEqual(first.body);
  });
});
