import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Lot } from '../server/letters/lots.schema.ts';
import { textOfPages } from './support/paper.ts';
import { makeKeyPair } from './support/pgp.ts';
import { startPrinting, tally } from './support/printing.ts';
import { databases, wednesday, type TestServer } from './support/server.ts';
import { passwordsOn } from './support/story.ts';

describe.each(databases)('a mail house on %s', (engine) => {
  const place = mkdtempSync(join(tmpdir(), 'guichet-mail-house-'));
  const directory = join(place, 'out');
  let keys: Awaited<ReturnType<typeof makeKeyPair>>;
  let print: Awaited<ReturnType<typeof startPrinting>>;
  let server: TestServer;
  let room: typeof print.room;
  beforeAll(async () => {
    keys = await makeKeyPair(join(place, 'routeur.asc'));
    const env = { MAIL_HOUSE_DIR: directory, MAIL_HOUSE_KEY_FILE: join(place, 'routeur.asc') };
    print = await startPrinting(engine, { env });
    ({ server, room } = print);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(place, { recursive: true });
  });
  beforeEach(async () => {
    server.clock.set(wednesday);
    print.forget();
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory);
    await room.clear();
  });

  const files = () => readdirSync(directory).sort();
  const manifestOf = (lot: Lot) =>
    JSON.parse(readFileSync(join(directory, `lot-${lot.number}-manifest.json`), 'utf8'));

  test('receives each bundle encrypted for it, and last the manifest that says what belongs to the lot', async () => {
    const released = await room.released(3);

    const lot = await room.send(released, 'mail-house');
    const letters = await room.lettersOf(lot);
    const manifest = manifestOf(lot);
    const names = [1, 2].map((bundle) => `lot-${lot.number}-attempt-1-bundle-${bundle}.pdf.pgp`);
    const opened = await Promise.all(names.map((name) => keys.open(join(directory, name))));
    const pages = (await Promise.all(opened.map((bytes) => textOfPages(bytes)))).flat();

    expect(lot).toMatchObject({ state: 'printed', target: 'mail-house', printed: 3, problem: null });
    expect(files()).toEqual([...names, `lot-${lot.number}-manifest.json`]);
    expect(manifest).toEqual({
      lot: lot.number,
      organisation: lot.organisationId,
      product: 'lettre-verte',
      plannedPostingOn: letters[0].planned_posting_on,
      sheets: 3,
      files: names.map((file, at) => ({
        file,
        sha256: createHash('sha256')
          .update(readFileSync(join(directory, file)))
          .digest('hex'),
        sheets: [2, 1][at],
        references: letters.slice(at * 2, at * 2 + 2).map(({ sheet, reference }) => ({ sheet, reference })),
      })),
    });
    letters.forEach(({ reference }, at) => expect(pages[at]).toContain(reference));
    expect(new Set(passwordsOn(pages)).size).toBe(3);
    // Nothing that names a person or opens an account lies there in the clear.
    const clear = files().map((name) => readFileSync(join(directory, name), 'latin1'));
    for (const secret of [...passwordsOn(pages), JSON.parse(letters[0].address_lines)[0], '%PDF'])
      expect(clear.join()).not.toContain(secret);
  });

  test('has no manifest as long as its lot is not whole, and then no file of what was given up', async () => {
    const released = await room.released(3);
    print.at('k4', 2, () => {
      throw new Error('The machine fails in the middle of a file.');
    });

    const ended = await room.send(released, 'mail-house');
    const between = files();
    const elsewhere = await room.act('print-operator', ended, 'print', {});
    const lot = await room.send(ended, 'mail-house');

    expect(ended).toMatchObject({ state: 'released', printed: 2 });
    expect(between).toEqual([`lot-${lot.number}-attempt-1-bundle-1.pdf.pgp`]);
    // The second file never had its name: nobody can have taken it.
    expect(await room.wasteOf(lot)).toEqual([]);
    expect(elsewhere).toMatchObject({ status: 409, body: { rule: 'lot.begun-elsewhere' } });
    expect(manifestOf(lot).files.map(({ file }: { file: string }) => file)).toEqual([
      `lot-${lot.number}-attempt-1-bundle-1.pdf.pgp`,
      `lot-${lot.number}-attempt-2-bundle-1.pdf.pgp`,
    ]);
    expect(lot).toMatchObject({ state: 'printed', attempt: 2, printed: 3 });
    await room.deposit(await room.count(lot));
    expect(tally(await room.statesOf(lot))).toEqual({ '1 live': 2, '1 dead interrupted': 1, '2 live': 1 });
  });

  test('a manifest that cannot be written leaves the lot to be sent again, without a sheet drawn twice', async () => {
    const released = await room.released(2);
    mkdirSync(join(directory, `.lot-${released.number}-manifest.json.part`));

    const ended = await room.send(released, 'mail-house');
    rmSync(join(directory, `.lot-${released.number}-manifest.json.part`), { recursive: true, force: true });
    const lot = await room.send(ended, 'mail-house');

    expect(ended).toMatchObject({ state: 'released', printed: 2 });
    expect(ended.problem).toContain('Le répertoire ne peut pas être écrit.');
    expect(lot).toMatchObject({ state: 'printed', printed: 2, attempt: 2 });
    expect(manifestOf(lot).sheets).toBe(2);
    expect(tally(await room.statesOf(lot))).toEqual({ '1 printed': 2 });
  });

  test('a lot that was begun here is not given to it', async () => {
    const lot = await room.released(2);
    await room.print(lot);
    await server.house.pool('lots').where({ id: lot.id }).update({ state: 'released' });

    const answer = await room.sent(await room.show(lot), 'mail-house');

    expect(answer).toMatchObject({ status: 409, body: { rule: 'lot.begun-elsewhere' } });
    expect(files()).toEqual([]);
  });

  test('a foreign file in its directory is left alone', async () => {
    writeFileSync(join(directory, 'lot-1-attempt-1-bundle-1.pdf.pgp.note'), 'kept');

    await room.send(await room.released(1), 'mail-house');

    expect(files()).toContain('lot-1-attempt-1-bundle-1.pdf.pgp.note');
  });
});
