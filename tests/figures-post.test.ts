import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../server/cli.ts';
import { readEnv } from '../server/env.ts';
import { recountFigures, runFigures } from '../server/supervision/figures-follow.service.ts';
import type { Figures } from '../server/supervision/figures.schema.ts';
import { accountsQuery, tallyQuery } from '../server/supervision/figures.store.ts';
import { waitingQuery } from '../server/letters/posted.store.ts';
import { buildLetters, times } from './support/build.ts';
import { organisation, printRoom } from './support/lots.ts';
import { textOfPages } from './support/paper.ts';
import { databases, moveTo, startServer, wednesday, type TestServer } from './support/server.ts';

/** Letters of Wednesday 18 November 2026 leave that day by Lettre verte and are announced for Saturday the 21st. */
describe.each(databases)('the figures of letters on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { testLetters: true });
    await moveTo(server, wednesday);
    await postALot(3, [2]);
    await moveTo(server, '2026-11-20T09:00:00.000Z');
    // Planned for the 18th, and the 19th was a collection too late.
    await buildLetters(server, times(1, { row: { latest_posting_at: '2026-11-19T16:00:00.000Z' } }));
    await postALot(0, []);
    await buildLetters(server, times(1, { row: { asked_at: '2026-11-12T09:00:00.000Z' } }));
    await buildLetters(server, times(1, { row: { announced_on: '2026-11-19' } }));
    await runFigures(server.house);
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });
  const room = printRoom(() => server);
  const postALot = async (letters: number, spoiled: number[]): Promise<void> => {
    if (letters > 0) await room.letters(letters);
    const released = await room.release(await room.make());
    await room.print(released);
    const counted = await room.count(await room.show(released), spoiled);
    await room.deposit(counted);
    // Said again, it is the same deposit.
    await room.deposit(await room.show(counted));
  };
  const ask = async (query: string): Promise<Figures> =>
    (await (await server.as('supervisor')).get(`/api/figures?organisation=${organisation}&${query}`)).body;
  const totals = ({ groups }: Figures) =>
    Object.fromEntries(groups.flatMap(({ figures }) => figures.map(({ id, total }) => [id, total])));
  const week = 'from=2026-11-16&to=2026-11-22';

  test('count what was posted once, without test letters and spoiled sheets, at the prices of the day', async () => {
    const lots = await server.house.pool('lots').orderBy('number').select('id', 'letters');
    await room.deposit(await room.show(lots[0]));
    await runFigures(server.house);
    const found = totals(await ask(week));

    // Three letters and a test letter; the replacement of the spoiled one, and the late letter.
    expect(lots.map(({ letters }) => Number(letters))).toEqual([4, 2]);
    const spoiledWasTest = await server.house
      .pool('letters')
      .where({ state: 'spoiled', reason: 'test-letter' })
      .first();
    expect(spoiledWasTest).toBeUndefined();
    expect(found).toMatchObject({ 'letters-asked': 6, 'letters-posted': 4 });
    expect(found['post-cost']).toBeCloseTo(4 * (1.52 + 0.09), 6);
  });

  test('hold the day first announced against the day on which a letter left', async () => {
    const { stretches, groups } = await ask(week);
    const figures = groups.flatMap((group) => group.figures);
    const valuesOf = (id: string) => figures.find((one) => one.id === id)?.values;
    const days = stretches.map(({ from }) => from.slice(8));

    expect(days).toEqual(['16', '17', '18', '19', '20', '21', '22']);
    // Two of Wednesday are there on Saturday; the one made again on Friday, which was said to be, is not.
    expect(valuesOf('promises-kept')).toEqual([0, 0, 0, 0, 0, 2, 0]);
    expect(valuesOf('promises-missed')).toEqual([0, 0, 0, 0, 0, 1, 0]);
    // The late one was announced for Tuesday.
    expect(totals(await ask('from=2026-11-23&to=2026-11-26'))).toMatchObject({
      'promises-kept': 0,
      'promises-missed': 1,
      'promises-share': 0,
    });
  });

  test('tell how long the letters that have not left have waited, and which are overdue', async () => {
    const { waiting } = await ask(week);

    expect(waiting).toMatchObject({ total: 2, overdue: 1 });
    expect(waiting?.ages.map(({ id, letters }) => [id, letters])).toEqual([
      ['today', 1],
      ['yesterday', 0],
      ['days-2-3', 0],
      ['days-4-7', 0],
      ['longer', 1],
    ]);
  });

  test('are the same when they are counted again', async () => {
    const read = () =>
      server.house.pool('figure_days').orderBy(['organisation_id', 'level', 'site_id', 'day', 'measure']);
    const followed = await read();

    await recountFigures(server.house);

    expect(await read()).toEqual(followed);
  });

  test('answer from indexes', async () => {
    const { pool } = server.house;
    const of = { organisationIds: [organisation, 'another'], from: '2026-11-01', to: '2026-11-30' };
    const queries = {
      tallies: tallyQuery(pool, of),
      'of a team': tallyQuery(pool, { ...of, siteId: 'site', team: 'team' }),
      accounts: accountsQuery(pool, of.organisationIds, of),
      waiting: waitingQuery(pool, of.organisationIds, { since: [wednesday], today: '2026-11-20' }),
    };
    const plans = await Promise.all(Object.values(queries).map((query) => planOf(server, query.toQuery())));

    expect(Object.keys(queries).map((name, at) => [name, plans[at]])).toEqual([
      ['tallies', 'figure_days by its index'],
      ['of a team', 'figure_days by its index'],
      ['accounts', 'figure_accounts by its index'],
      ['waiting', 'letters by its index'],
    ]);
    expect(await planOf(server, pool('figure_days').where({ n: 1 }).toQuery())).toBe('whole table');
  });

  test('are printed for a month, of all organisations and each, with what every figure means', async () => {
    await moveTo(server, '2026-12-01T09:00:00.000Z');
    const supervisor = await server.as('supervisor');
    const all = await supervisor.get('/api/figures/report?month=2026-11');
    const one = await supervisor.get(
      `/api/figures/report?month=2026-11&organisation=${organisation}&language=en`,
    );

    expect(all.headers.get('content-type')).toBe('application/pdf');
    const pages = (await textOfPages(all.bytes)).map((page) => page.replace(/\s+/g, ' '));
    const firsts = pages.filter((page) => page.includes('Chiffres du service'));
    // All together, each by itself, and what every figure means.
    expect(firsts).toHaveLength(2 + server.house.organisations.all().length);
    expect(firsts[0]).toContain('Tous organismes');
    const english = (await textOfPages(one.bytes)).join(' ').replace(/\s+/g, ' ');
    expect(english).toMatch(/Letters posted 4 0 /);
    expect(english).toMatch(/Cost of post €6\.44 /);
    expect(english).toMatch(/Dates kept 2 0 /);
    expect(english).toContain('What each figure means');
  });

  test('counted again from the command line are the same, and what was added to them is gone', async () => {
    const tallies = () =>
      server.house
        .pool('figure_days')
        .orderBy(['organisation_id', 'level', 'site_id', 'team', 'day', 'measure']);
    const followed = await tallies();
    await server.house.pool('figure_days').where({ measure: 'letters.asked' }).update({ n: 77 });
    const lines: string[] = [];
    const out = (line: string) => void lines.push(line);
    const env = readEnv({
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: server.directory,
      ORGANISATIONS_DIR: join(server.directory, 'organisations'),
      TEMPLATES_DIR: join(server.directory, 'templates'),
      LOG_LEVEL: 'silent',
    });
    const run = (args: string[]) => runCli(args, env, { out, err: out, input: (async function* () {})() });

    const codes = [await run(['figures', 'recount']), await run(['figures', 'recount', 'again'])];

    const rows = Number((await server.house.pool('audit_head').first()).seq);
    expect(codes).toEqual([0, 2]);
    expect(lines[0]).toBe(`${rows} événements comptés.`);
    expect(await tallies()).toEqual(followed);
  });

  test('days whose events retention has emptied stay as they are when the rest is counted again', async () => {
    const asked = () =>
      server.house
        .pool('figure_days')
        .where({ level: 'all', measure: 'letters.asked' })
        .orderBy(['organisation_id', 'day']);
    const before = await asked();
    await server.house.pool('audit_events').where('seq', '<=', 5).update({ payload: null });
    await moveTo(server, '2026-12-30T09:00:00.000Z');
    await room.letters(1);

    const { frozenUntil } = await recountFigures(server.house);
    await recountFigures(server.house);

    // Forty days after the first event that still says what it was.
    expect(frozenUntil).toBe('2026-12-28');
    expect(await asked()).toEqual([...before, expect.objectContaining({ day: '2026-12-30' })]);
  });
});

/** How the engine would find the rows of a query, were the tables large. */
const planOf = async ({ house }: TestServer, sql: string): Promise<string> =>
  house.pool.transaction(async (trx) => {
    const onSqlite = trx.client.config.client !== 'pg';
    // A few rows are read whole, whatever stands beside them.
    if (!onSqlite) await trx.raw('set local enable_seqscan = off');
    const answer: unknown = await trx.raw([onSqlite ? 'explain query plan' : 'explain', sql].join(' '));
    const plan = JSON.stringify(onSqlite ? answer : (answer as { rows: unknown }).rows);
    const found =
      /SEARCH (\w+) USING (?:COVERING )?INDEX/.exec(plan) ??
      /(?:Index (?:Only )?Scan using \w+|Bitmap Heap Scan) on (\w+).*Index Cond/.exec(plan);
    return found && !/Seq Scan|SCAN /.test(plan) ? `${found[1]} by its index` : 'whole table';
  });
