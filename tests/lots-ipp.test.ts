import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { followJobs } from '../server/letters/follow-jobs.service.ts';
import { openIppPrinter } from '../server/letters/printers/ipp-printer.ts';
import type { Lot } from '../server/letters/lots.schema.ts';
import { startIppPrinter } from './support/ipp-printer.ts';
import { startIppServer, type Outcome } from './support/ipp-server.ts';
import { C } from './support/ipp-wire.ts';
import { textOfPages } from './support/paper.ts';
import { startPrinting, tally } from './support/printing.ts';
import { databases, wednesday } from './support/server.ts';
import { passwordsOn } from './support/story.ts';

const pagesOf = (bytes: Uint8Array) => textOfPages(new Uint8Array(bytes));
type Printing = Awaited<ReturnType<typeof startPrinting>>;

describe.each(databases)('printing to an IPP printer on %s', (engine) => {
  let printer: Awaited<ReturnType<typeof startIppServer>>;
  let print: Printing;
  let room: Printing['room'];
  beforeAll(async () => {
    printer = await startIppServer();
    print = await startPrinting(engine, { env: { PRINTER_URL: printer.url }, printerTimeoutMs: 300 });
    room = print.room;
  });
  afterAll(async () => {
    await print.server.stop();
    await printer.close();
  });

  test('each bundle is a job, and what arrives at a printer that others wrote is its PDF', async () => {
    const { house } = print.server;
    const [usual, npmPrinter] = [house.targets, await startIppPrinter()];
    onTestFinished(async () => {
      house.targets = usual;
      await npmPrinter.close();
    });
    house.targets = { ...usual, printer: openIppPrinter(npmPrinter.url) };
    const lot = await room.released(3);
    const targets = await (await room.api('print-operator')).get('/api/print-targets');

    const printed = await room.send(lot);
    const pages = await Promise.all(npmPrinter.documents.map(({ bytes }) => pagesOf(bytes)));
    const letters = await room.lettersOf(lot);

    expect(targets.body).toEqual({ printer: { kind: 'ipp', isEncrypted: false }, mailHouse: null });
    expect(printed).toMatchObject({ state: 'printed', printed: 3, attempt: 1, problem: null });
    expect(npmPrinter.documents.map(({ name }) => name)).toEqual([
      `lot-${lot.number}-attempt-1-bundle-1`,
      `lot-${lot.number}-attempt-1-bundle-2`,
    ]);
    expect(npmPrinter.jobs.map(({ state }) => state)).toEqual([C.JOB_COMPLETED, C.JOB_COMPLETED]);
    expect(pages.map((sheets) => sheets.length)).toEqual([2, 1]);
    pages.flat().forEach((page, at) => {
      expect(page).toContain(letters[at].reference);
      expect(page).toContain(JSON.parse(letters[at].address_lines).at(-1));
    });
    expect(new Set(passwordsOn(pages.flat())).size).toBe(3);
    expect(await followJobs(house)).toBe(0);
  });

  const usual = () => ({ ...printer.printer });
  let asItIs: ReturnType<typeof usual>;
  beforeEach(async () => {
    asItIs = usual();
    printer.jobs.length = 0;
    print.server.clock.set(wednesday);
    await room.clear();
  });
  afterEach(() => {
    printer.printer = asItIs;
    printer.outcome = () => 'accept';
    printer.jobState = C.JOB_COMPLETED ?? 9;
  });

  /** The second bundle meets this, the others are accepted. */
  const failSecond = async (outcome: Outcome): Promise<{ lot: Lot; ended: Lot }> => {
    const lot = await room.released(5);
    let bundles = 0;
    printer.outcome = () => {
      bundles += 1;
      return bundles === 2 ? outcome : 'accept';
    };
    return { lot, ended: await room.send(lot) };
  };

  test('asks for one copy, kept nowhere, a sheet for each letter, and names nobody', async () => {
    const lot = await room.released(1);

    await room.send(lot);
    const [job] = printer.jobs;

    expect(job?.asked).toMatchObject({
      copies: [1],
      sides: ['one-sided'],
      'job-hold-until': ['no-hold'],
      'job-retain-until': ['none'],
      media: ['iso_a4_210x297mm'],
      'ipp-attribute-fidelity': [true],
      'document-format': ['application/pdf'],
      'requesting-user-name': ['guichet'],
      'job-name': [`lot-${lot.number}-attempt-1-bundle-1`],
    });
    // What it does not support is not asked for.
    expect(job?.asked).not.toHaveProperty('print-scaling');
    expect(job?.asked).not.toHaveProperty('job-sheets');
  });

  test.each<[string, Outcome, RegExp]>([
    ['refuses', { refuse: 0x0507 }, /L’imprimante a refusé la liasse/],
    ['takes no more jobs', { refuse: 0x0506 }, /n’accepte pas de travaux/],
    ['breaks off in the middle', 'break', /ne répond pas, ou la liaison s’est rompue/],
    ['never answers', 'silence', /n’a plus rien pris pendant trop longtemps/],
  ])(
    'one that %s: what it accepted stands, the rest is printed with new passwords',
    async (_, outcome, words) => {
      const { lot, ended } = await failSecond(outcome);
      const before = await pagesOf(printer.jobs[0]?.bytes ?? Buffer.alloc(0));
      const letters = await room.lettersOf(lot);

      const printed = await room.send(ended);
      const delivered = (await Promise.all(printer.jobs.map(({ bytes }) => pagesOf(bytes)))).flat();

      expect(ended).toMatchObject({ state: 'released', printed: 2, attempt: 1 });
      expect(ended.problem).toMatch(words);
      expect(ended.problem).toMatch(/À détruire.* 3–4 /);
      expect(await room.wasteOf(lot)).toMatchObject([{ kind: 'interrupted', from_sheet: 3, to_sheet: 4 }]);
      expect(printed).toMatchObject({ state: 'printed', printed: 5, attempt: 2, problem: null });
      expect(delivered).toHaveLength(5);
      letters.forEach(({ reference }, at) => expect(delivered[at]).toContain(reference));
      const passwords = passwordsOn(delivered);
      expect(passwords.slice(0, 2)).toEqual(passwordsOn(before));
      expect(new Set(passwords).size).toBe(5);

      await room.deposit(await room.count(printed));
      expect(tally(await room.statesOf(lot))).toEqual({ '1 live': 2, '1 dead interrupted': 2, '2 live': 3 });
    },
  );

  test.each<[string, Record<string, string | boolean>, RegExp]>([
    ['accepts no jobs', { 'printer-is-accepting-jobs': false }, /n’accepte pas de travaux/],
    ['takes no PDF', { 'document-format-supported': 'application/postscript' }, /ne prend pas de PDF/],
    [
      'keeps copies whatever it is told',
      { 'job-retain-until-default': 'indefinite', 'job-retain-until-supported': 'indefinite' },
      /garde une copie/,
    ],
  ])('one that %s is sent nothing, and nothing is to be destroyed', async (_, attributes, words) => {
    const lot = await room.released(1);
    Object.assign(printer.printer, attributes);

    const ended = await room.send(lot);

    expect(ended).toMatchObject({ state: 'released', printed: 0 });
    expect(ended.problem).toMatch(words);
    expect(ended.problem).not.toMatch(/détruire/);
    expect(printer.jobs).toEqual([]);
    expect(await room.wasteOf(lot)).toEqual([]);
    expect(await room.statesOf(lot)).toEqual(['1 dead interrupted']);
  });

  test('a job that it gives up after it had accepted it is shown, and is counted as spoiled', async () => {
    const lot = await room.send(await room.released(3));
    printer.jobState = C.JOB_ABORTED ?? 8;

    const [first, again] = [await followJobs(print.server.house), await followJobs(print.server.house)];
    const shown = await room.show(lot);

    // Bundles of other tests are among them.
    expect(first).toBeGreaterThanOrEqual(2);
    expect(again).toBe(0);
    expect(shown.bundles.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('a abandonné cette liasse'),
      expect.stringContaining('a abandonné cette liasse'),
    ]);
    expect(shown).toMatchObject({ state: 'printed', printed: 3, can: { count: { allowed: true } } });
    expect(await room.count(shown, [1, 2, 3])).toMatchObject({ state: 'counted', spoiled: 3 });
  });
});
