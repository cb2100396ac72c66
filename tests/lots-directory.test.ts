import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { textOfPages } from './support/paper.ts';
import { startPrinting, tally } from './support/printing.ts';
import { databases, wednesday, type TestServer } from './support/server.ts';
import { passwordsOn } from './support/story.ts';

describe.each(databases)('printing to a directory on %s', (engine) => {
  const spool = mkdtempSync(join(tmpdir(), 'guichet-spool-'));
  let print: Awaited<ReturnType<typeof startPrinting>>;
  let server: TestServer;
  let room: typeof print.room;
  beforeAll(async () => {
    print = await startPrinting(engine, { env: { PRINTER_URL: spool } });
    ({ server, room } = print);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(spool, { recursive: true, force: true });
  });
  beforeEach(async () => {
    server.clock.set(wednesday);
    print.forget();
    rmSync(spool, { recursive: true, force: true });
    mkdirSync(spool, { mode: 0o750 });
    await room.clear();
  });

  const files = () => readdirSync(spool).sort();
  const pagesOf = (name: string) => textOfPages(new Uint8Array(readFileSync(join(spool, name))));

  test('each bundle is a file of its own, whole, and holds its sheets', async () => {
    const lot = await room.released(5);

    const printed = await room.send(lot);
    const names = [1, 2, 3].map((bundle) => `lot-${lot.number}-attempt-1-bundle-${bundle}.pdf`);
    const pages = await Promise.all(names.map(pagesOf));
    const letters = await room.lettersOf(lot);

    expect(files()).toEqual(names);
    expect(statSync(join(spool, names[0] ?? '')).mode & 0o007).toBe(0);
    expect(pages.map((sheets) => sheets.length)).toEqual([2, 2, 1]);
    pages.flat().forEach((page, at) => expect(page).toContain(letters[at].reference));
    expect(new Set(passwordsOn(pages.flat())).size).toBe(5);
    expect(printed).toMatchObject({
      state: 'printed',
      target: 'printer',
      attempt: 1,
      printed: 5,
      startedAt: wednesday,
      problem: null,
      bundles: [
        { number: 1, fromSheet: 1, toSheet: 2, sheets: 2, deliveredAt: wednesday },
        { number: 2, fromSheet: 3, toSheet: 4, sheets: 2, deliveredAt: wednesday },
        { number: 3, fromSheet: 5, toSheet: 5, sheets: 1, deliveredAt: wednesday },
      ],
      can: { redo: { allowed: false }, confirm: { allowed: false }, count: { allowed: true } },
    });
    const delivered = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.bundle-delivered');
    expect(delivered.map(({ data }) => [data.bundle, data.to])).toEqual([
      [1, 'directory'],
      [2, 'directory'],
      [3, 'directory'],
    ]);
  });

  test('it answers at once and shows how far it is', async () => {
    const lot = await room.released(5);
    const held = print.hold('k2', 2);

    const answer = await room.sent(lot, 'printer');
    await held.arrived;
    const under = await room.show(lot);
    held.letGo();
    await server.house.printRuns.idle();

    expect(answer).toMatchObject({ status: 200, body: { state: 'printing', printed: 0, letters: 5 } });
    expect(under).toMatchObject({ state: 'printing', printed: 2, can: { stop: { allowed: true } } });
    expect(await room.show(lot)).toMatchObject({ state: 'printed', printed: 5 });
  });

  test('stopped in the middle, what was delivered stands and the next print goes on with the rest', async () => {
    const lot = await room.released(5);
    const held = print.hold('k2', 2);
    await room.sent(lot, 'printer');
    await held.arrived;

    const stopping = await room.act('print-operator', lot, 'stop', {});
    held.letGo();
    await server.house.printRuns.idle();
    const stopped = await room.show(lot);
    const first = await Promise.all(files().map(pagesOf));
    const printed = await room.send(stopped);

    expect(stopping.body).toMatchObject({
      state: 'printing',
      isStopping: true,
      can: { stop: { allowed: false } },
    });
    expect(stopped).toMatchObject({ state: 'released', printed: 4, attempt: 1, isStopping: false });
    expect(stopped.problem).toBe(
      'L’impression a été arrêtée sur demande. Imprimez de nouveau pour la suite.',
    );
    expect(await room.wasteOf(lot)).toEqual([]);
    expect(printed).toMatchObject({ state: 'printed', printed: 5, attempt: 2, problem: null });
    expect(printed.bundles.map(({ attempt, fromSheet, toSheet }) => [attempt, fromSheet, toSheet])).toEqual([
      [1, 1, 2],
      [1, 3, 4],
      [2, 5, 5],
    ]);

    await room.deposit(await room.count(printed));
    expect(tally(await room.statesOf(lot))).toEqual({ '1 live': 4, '2 live': 1 });
    const [password = ''] = passwordsOn(first.flat());
    expect(password).not.toBe('');
  });

  test('a server that died in a delivery: only what was not delivered dies, and its file goes', async () => {
    const lot = await room.released(5);
    const held = print.hold('k5', 2);
    await room.sent(lot, 'printer');
    await held.arrived;
    const left = files();
    server.clock.advance(3);
    const standing = await room.show(lot);

    const taken = await room.sent(await room.show(lot), 'printer');
    // What was believed dead wakes up, and can neither write nor leave its file behind.
    const other = print.hold('k3', 1);
    held.letGo();
    other.letGo();
    await server.house.printRuns.idle();
    const printed = await room.show(lot);

    expect(left).toHaveLength(2);
    expect(standing).toMatchObject({ state: 'printing', can: { print: { allowed: true } } });
    expect(standing.problem).toMatch(/sans aller à son terme.* 3–4 /);
    expect(taken).toMatchObject({ status: 200, body: { attempt: 2, printed: 2 } });
    expect(taken.body.problem).toMatch(/À détruire.* 3–4 .*1, qui n’ouvrent rien/);
    expect(printed).toMatchObject({ state: 'printed', attempt: 2, printed: 5 });
    expect(files()).toEqual(
      ['attempt-1-bundle-1', 'attempt-2-bundle-1', 'attempt-2-bundle-2'].map(
        (name) => `lot-${lot.number}-${name}.pdf`,
      ),
    );
    expect(await room.wasteOf(lot)).toMatchObject([
      { kind: 'interrupted', attempt: 1, from_sheet: 3, to_sheet: 4, sheets: 2, witnessed_at: null },
    ]);
    const stale = (await room.eventsOf(lot)).filter(({ type }) => type === 'lot.print-interrupted');
    expect(stale.map(({ result, data }) => [result, data.attempt, data.voided])).toEqual([
      ['done', 1, 2],
      ['refused', 1, 0],
    ]);
    await room.deposit(await room.count(printed));
    expect(tally(await room.statesOf(lot))).toEqual({ '1 live': 2, '1 dead interrupted': 2, '2 live': 3 });
  });

  test('a print whose worker has died can be stopped, which ends it here and now', async () => {
    const lot = await room.released(3);
    const held = print.hold('k2', 1);
    await room.sent(lot, 'printer');
    await held.arrived;
    server.clock.advance(3);

    const stopped = await room.act('print-operator', lot, 'stop', {});
    held.letGo();
    await server.house.printRuns.idle();

    expect(stopped).toMatchObject({
      status: 200,
      body: { state: 'released', can: { print: { allowed: true } } },
    });
    expect(await room.show(lot)).toMatchObject({ state: 'released', printed: 0, attempt: 1 });
    expect(await room.credentialsOf(lot)).toEqual([]);
    expect(files()).toEqual([]);
  });

  test('a directory that has gone ends the attempt in words, and no paper is declared', async () => {
    const lot = await room.released(3);
    rmSync(spool, { recursive: true });

    const ended = await room.send(lot);

    expect(ended).toMatchObject({ state: 'released', printed: 0, can: { print: { allowed: true } } });
    expect(ended.problem).toContain('Le répertoire ne peut pas être écrit.');
    expect(await room.wasteOf(lot)).toEqual([]);
  });

  test('who may not, who is late and what does not exist are refused and change nothing', async () => {
    const lot = await room.released(1);
    const body = { target: 'printer', version: lot.version };

    const answers = [
      await room.act('agent', lot, 'send', body),
      await room.act('stranger', lot, 'send', body),
      await room.act('print-operator', { id: 'nobody' }, 'send', body),
      await room.act('print-operator', lot, 'send', { ...body, version: lot.version + 1 }),
      await room.act('print-operator', lot, 'send', { ...body, target: 'mail-house' }),
      await room.act('print-operator', lot, 'send', { ...body, target: 'fax' }),
      await room.act('print-operator', lot, 'stop', {}),
    ];
    const [, , , , noMailHouse] = answers;

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 404, 409, 400, 400, 409]);
    expect(noMailHouse?.body.errors.target).toContain('MAIL_HOUSE_DIR');
    expect(await room.show(lot)).toMatchObject({ state: 'released', attempt: 0, version: lot.version });
    expect(files()).toEqual([]);
  });

  test('of eight sends at once one prints, each sheet once', async () => {
    const lot = await room.released(5);

    const answers = await Promise.all(Array.from({ length: 8 }, () => room.sent(lot, 'printer')));
    await server.house.printRuns.idle();

    expect(tally(answers.map(({ status }) => `${status}`))).toEqual({ 200: 1, 409: 7 });
    expect(await room.show(lot)).toMatchObject({ state: 'printed', attempt: 1, printed: 5 });
    expect(tally(await room.statesOf(lot))).toEqual({ '1 printed': 5 });
  });

  test('a server that stops ends its prints before their next bundle', async () => {
    const lot = await room.released(5);
    const held = print.hold('k2', 1);
    await room.sent(lot, 'printer');
    await held.arrived;

    const stopping = server.house.printRuns.stop();
    held.letGo();
    await stopping;

    expect(await room.show(lot)).toMatchObject({ state: 'released', printed: 2 });
    expect((await room.show(lot)).problem).toContain('Le serveur s’est arrêté');
  });
});
