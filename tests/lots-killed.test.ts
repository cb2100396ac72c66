import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FailPoint } from '../server/letters/fail-points.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import type { BuiltLetter } from './support/build.ts';
import { deaths, fateOf, type Way } from './support/deaths.ts';
import { startDying, type Dying, type Heard } from './support/dying.ts';
import { passwordOf } from './support/lots.ts';
import { expectInvariants } from './support/oracle.ts';
import { textOfPages } from './support/paper.ts';
import { startPrinting, tally } from './support/printing.ts';
import { databases, moveTo, wednesday, type TestServer } from './support/server.ts';
import { eventually, passwordsOn } from './support/story.ts';

const later = '2026-11-18T09:03:00.000Z';
type Struck = { lot: Lot; letters: BuiltLetter[]; heard: Promise<Heard> };
type Paper = { pages: string[]; passwords: string[] };

describe.each(databases)('a print room whose server is killed, on %s', (engine) => {
  const spool = mkdtempSync(join(tmpdir(), 'guichet-killed-'));
  let server: TestServer;
  let room: Awaited<ReturnType<typeof startPrinting>>['room'];
  const asked: string[] = [];
  beforeAll(async () => {
    ({ server, room } = await startPrinting(engine, { env: { PRINTER_URL: spool } }));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(spool, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await moveTo(server, wednesday);
    // All knock from one address: what it may fail is another test's matter.
    await server.house.pool('budgets').delete();
  });

  /** A lot of three letters, in the order of their sheets. */
  const released = async () => {
    const letters = new Map((await room.letters(3)).map((letter) => [letter.id, letter]));
    asked.push(...letters.keys());
    const lot = await room.release(await room.make());
    return { lot, letters: (await room.lettersOf(lot)).map(({ id }) => letters.get(id) as BuiltLetter) };
  };
  const begin = (way: Way, lot: Lot): [string, object] =>
    way === 'browser'
      ? [`/api/lots/${lot.id}/print`, {}]
      : [`/api/lots/${lot.id}/send`, { target: 'printer', version: lot.version }];
  const filesOf = (lot: Lot) => readdirSync(spool).filter((name) => name.startsWith(`lot-${lot.number}-`));
  const read = async (documents: Uint8Array[]): Promise<Paper> => {
    const pages = (await Promise.all(documents.map((bytes) => textOfPages(new Uint8Array(bytes))))).flat();
    return { pages, passwords: passwordsOn(pages) };
  };
  const inSpool = (lot: Lot) => read(filesOf(lot).map((name) => readFileSync(join(spool, name))));
  const knock = async (letter: BuiltLetter, password: string) => fateOf(await room.knock(letter, password));
  const openOf = (lot: Lot) => server.house.pool('credentials').where({ lot_id: lot.id, state: 'live' });
  /** Another process prints it, with whatever of it is delivered already. */
  const printNext = async (way: Way, lot: Lot): Promise<Paper> => {
    if (way === 'browser') return room.print(lot);
    await room.send(lot);
    return inSpool(lot);
  };
  /** Counts and deposits it: each letter has one password that opens, and the one on its paper does. */
  const bringHome = async (lot: Lot, letters: BuiltLetter[], paper: Paper): Promise<void> => {
    await room.deposit(await room.count(lot));
    expect(tally((await room.lettersOf(lot)).map(({ state }) => state))).toEqual({ deposited: 3 });
    expect((await openOf(lot)).map(({ letter_id }) => letter_id).sort()).toEqual(
      letters.map(({ id }) => id).sort(),
    );
    for (const letter of letters.filter((_one, at) => at !== 1))
      expect(await knock(letter, passwordOf(letter, paper))).toBe('opens');
    await expectInvariants(server, asked);
  };

  describe.each(['browser', 'printer'] as const)('printing to the %s', (way) => {
    const struck = new Map<FailPoint, Struck>();
    let child: Dying;
    // One process for all: each lot comes to its moment and stays there, and with the last one the process dies.
    beforeAll(async () => {
      await moveTo(server, wednesday);
      mkdirSync(spool, { recursive: true, mode: 0o750 });
      child = await startDying(server, spool);
      for (const { point, nth } of deaths[way]) {
        const one = await released();
        const then = point === deaths[way].at(-1)?.point ? 'SIGKILL' : 'stay';
        struck.set(point, { ...one, ...(await child.bring({ point, nth, then }, ...begin(way, one.lot))) });
      }
    });

    test.each(deaths[way])(
      'at $point, passing $nth: nothing is lost and nothing opens twice',
      async (expected) => {
        const { point, state, made, committed, waste } = expected;
        const { lot, letters, heard } = struck.get(point) as Struck;
        const attempt = state === 'released' ? 0 : 1;

        // The process is gone. All that it ever made, whether or not it got out, opens nothing.
        const left = await room.show(lot);
        expect(left).toMatchObject({ state, attempt, printed: committed, letters: 3 });
        expect(await room.statesOf(lot)).toEqual(Array(committed).fill('1 printed'));
        await expectInvariants(server, asked);
        const dead = letters.flatMap((letter) =>
          child.made(letter.reference).map((secret) => ({ letter, secret })),
        );
        const fates = await Promise.all(dead.map(({ letter, secret }) => knock(letter, secret)));
        expect(fates.sort()).toEqual([
          ...Array<string>(committed).fill('not yet'),
          ...Array<string>(made - committed).fill('unknown'),
        ]);

        // What got out holds nothing else than that.
        const { status, bytes } = await heard;
        const isWhole = way === 'browser' && (point === 'k5' || point === 'k6');
        const out = way === 'printer' ? await inSpool(lot) : await read(isWhole ? [bytes] : []);
        expect(dead.map(({ secret }) => secret)).toEqual(
          expect.arrayContaining(out.passwords.map((password) => password.replaceAll('-', ''))),
        );
        // The printer's operator was told that it began, the browser's when the first bytes left; that stands.
        expect(status).toBe(attempt === 1 && !(point === 'k1') ? 200 : 0);

        const former = (await room.show(lot)).version;
        if (state === 'printing') {
          expect(await room.act('print-operator', lot, 'print', {})).toMatchObject({
            status: 409,
            body: { rule: 'lot.printing' },
          });
          await moveTo(server, later);
        }
        const standing = await room.show(lot);
        expect(standing.version).toBe(former);
        if (waste > 0) expect(standing.problem).toMatch(/sans aller à son terme/);
        const paper = state === 'printed' ? out : await printNext(way, standing);
        const printed = await room.show(lot);
        expect(printed).toMatchObject({
          state: 'printed',
          printed: 3,
          attempt: state === 'printed' ? 1 : attempt + 1,
        });
        const ends = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.print-interrupted');
        expect(ends.map(({ result, data }) => [result, data.attempt, data.voided])).toEqual(
          state === 'printing' ? [['done', 1, waste]] : [],
        );
        const sheets = (await room.wasteOf(lot)).map((row) => Number(row.sheets));
        expect(sheets.reduce((sum, one) => sum + one, 0)).toBe(waste);

        await bringHome(printed, letters, paper);
        const last = dead[committed - 1];
        if (waste > 0 && last) expect(await knock(last.letter, last.secret)).toBe('replaced');
      },
    );
  });

  test.each(['k7', 'k8'] as const)('at %s: the deposit is declared whole, and once', async (point) => {
    const { lot, letters } = await released();
    const paper = await room.print(lot);
    const counted = await room.count(await room.show(lot));
    const child = await startDying(server, spool);

    const fate = { point, nth: 1, then: 'SIGKILL' } as const;
    const { heard } = await child.bring(fate, `/api/lots/${lot.id}/deposit`, { version: counted.version });

    expect(await heard).toMatchObject({ status: 0 });
    expect(await room.show(lot)).toMatchObject({ state: 'counted', version: counted.version });
    expect(await room.statesOf(lot)).toEqual(Array(3).fill('1 printed'));
    for (const letter of letters) expect(await knock(letter, passwordOf(letter, paper))).toBe('not yet');
    await expectInvariants(server, asked);
    await room.deposit(counted);
    await room.deposit(counted);
    expect(await room.statesOf(lot)).toEqual(Array(3).fill('1 live'));
    for (const letter of letters) expect(await knock(letter, passwordOf(letter, paper))).toBe('opens');
    await expectInvariants(server, asked);
  });

  test('k9: one that stood still longer than its lease can write nothing any more', async () => {
    mkdirSync(spool, { recursive: true, mode: 0o750 });
    const child = await startDying(server, spool);
    const [toBrowser, toPrinter] = [await released(), await released()];
    const fates = [
      { point: 'k2', nth: 2, then: 'stay' },
      { point: 'k4', nth: 2, then: 'SIGSTOP' },
    ] as const;
    const stuck = await child.bring(fates[0], ...begin('browser', toBrowser.lot));
    await child.bring(fates[1], ...begin('printer', toPrinter.lot));
    await moveTo(server, later);
    const both = [
      { way: 'browser', voided: 2, ...toBrowser },
      { way: 'printer', voided: 1, ...toPrinter },
    ] as const;
    const papers = [];
    for (const { way, lot } of both) papers.push(await printNext(way, await room.show(lot)));
    const printed = await Promise.all(both.map(({ lot }) => room.show(lot)));
    const files = filesOf(toPrinter.lot);

    child.goOn();

    for (const [n, { lot, letters, voided }] of both.entries()) {
      const ends = await eventually(
        async () => (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.print-interrupted'),
        (all) => all.length === 2,
      );
      expect(ends.map(({ result, data }) => [result, data.attempt, data.voided])).toEqual([
        ['done', 1, voided],
        ['refused', 1, 0],
      ]);
      expect(await room.show(lot)).toEqual(printed[n]);
      expect(printed[n]).toMatchObject({ state: 'printed', attempt: 2, printed: 3 });
      await bringHome(printed[n] as Lot, letters, papers[n] as Paper);
    }
    await stuck.heard;
    expect(filesOf(toPrinter.lot)).toEqual(files);
    await child.stop();
  });
});
