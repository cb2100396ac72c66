import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { hire } from './support/agents.ts';
import type { Answer, Client } from './support/client.ts';
import { passwordOf } from './support/lots.ts';
import { textOfPages } from './support/paper.ts';
import { startPrinting } from './support/printing.ts';
import { databases, type TestServer } from './support/server.ts';
import { passwordsOn } from './support/story.ts';

const sheets = 6;

describe.each(databases)('two operators with eight tabs on one lot, on %s', (engine) => {
  const spool = mkdtempSync(join(tmpdir(), 'guichet-tabs-'));
  let server: TestServer;
  let room: Awaited<ReturnType<typeof startPrinting>>['room'];
  /** Four tabs each, one after the other. */
  let tabs: Client[];
  beforeAll(async () => {
    ({ server, room } = await startPrinting(engine, { env: { PRINTER_URL: spool } }));
    const second = await hire(server, 'second-operator', 'print-operator');
    const first = await server.as('print-operator');
    tabs = Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? first : second));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(spool, { recursive: true, force: true });
  });

  /** Every tab does the same to the lot at once. */
  const all = (lot: Lot, act: string, body: (tab: number) => object): Promise<Answer[]> =>
    Promise.all(tabs.map((client, tab) => client.post(`/api/lots/${lot.id}/${act}`, body(tab))));
  const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status).sort();
  const oneOf = (answers: Answer[]): Answer => {
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    return done[0] as Answer;
  };

  /** The pages of the one print that went through: of the browser's document, or of the printer's files. */
  const pagesOf = async (print: Answer): Promise<string[]> => {
    if (print.headers.get('content-type') === 'application/pdf') return textOfPages(print.bytes);
    await server.house.printRuns.idle();
    const files = readdirSync(spool).map((name) => new Uint8Array(readFileSync(join(spool, name))));
    return (await Promise.all(files.map(textOfPages))).flat();
  };

  test('one attempt prints at a time, each sheet is drawn, counted and brought to life once', async () => {
    const letters = await room.letters(sheets);
    const released = await room.release(await room.make());
    const { version } = released;

    // Everything at once: to the browser, to the printer, and what is not yet to be done.
    const acts = [
      ['send', { target: 'printer', version }],
      ['print', {}],
      ['count', { good: sheets, spoiled: [], version }],
      ['deposit', { version }],
    ] as const;
    const wild = await Promise.all(
      [0, 1, 2, 3, 1, 0, 1, 0].map((act, tab) =>
        tabs[tab]?.post(`/api/lots/${released.id}/${acts[act]?.[0]}`, acts[act]?.[1]),
      ),
    );
    const answers = wild.flatMap((answer) => answer ?? []);
    const pages = await pagesOf(oneOf(answers));
    const prints = await all(released, 'print', () => ({}));
    const printed = await room.show(released);

    expect(statusesOf(answers)).toEqual([200, ...Array(7).fill(409)]);
    expect(statusesOf(prints)).toEqual(Array(8).fill(409));
    expect(printed).toMatchObject({ state: 'printed', attempt: 1, printed: sheets });
    expect(pages).toHaveLength(sheets);

    // One of the two operators counts first, the others must look again.
    const counts = await all(printed, 'count', (tab) => ({
      good: sheets - 1,
      spoiled: [1 + (tab % sheets)],
      version: printed.version,
    }));
    const counted = oneOf(counts).body as Lot;
    expect(statusesOf(counts)).toEqual([200, ...Array(7).fill(409)]);

    const deposits = await all(counted, 'deposit', () => ({ version: counted.version }));
    expect(statusesOf(deposits)).toEqual(Array(8).fill(200));

    const events = await room.eventsOf(released);
    const times = (type: string) => events.filter((event) => event.type === type).length;
    expect(['lot.print-started', 'lot.printed', 'lot.counted', 'destruction.declared'].map(times)).toEqual([
      1, 1, 1, 0,
    ]);
    const lives = events.filter(({ type }) => type === 'lot.deposited').map(({ data }) => data.letters);
    expect(lives.sort()).toEqual([...Array(7).fill(0), sheets - 1]);

    const { pool } = server.house;
    const bundles = await pool('lot_bundles').where({ lot_id: released.id });
    expect(bundles.map(({ attempt, from_sheet: from, to_sheet: to }) => [attempt, from, to]).sort()).toEqual([
      [1, 1, 2],
      [1, 3, 4],
      [1, 5, 6],
    ]);
    const credentials = await room.credentialsOf(released);
    expect(credentials.map(({ state }) => state).sort()).toEqual(['dead', ...Array(sheets - 1).fill('live')]);
    expect(new Set(credentials.map(({ account_id }) => account_id)).size).toBe(sheets);
    expect(await pool('destructions').where({ lot_id: released.id })).toMatchObject([
      { kind: 'spoiled', sheets: 1 },
    ]);

    // What is on the one paper opens exactly the accounts whose sheets are good.
    const drawn = { pages, passwords: passwordsOn(pages) };
    const knocks = await Promise.all(letters.map((letter) => room.knock(letter, passwordOf(letter, drawn))));
    expect(statusesOf(knocks)).toEqual([...Array(sheets - 1).fill(200), 401]);
  });
});
