import { afterAll, describe, expect, test } from 'vitest';
import { makeDrawingDesk } from '../server/letters/drawing-desk.ts';
import { drawnWith, fontsDirectory, joined, lot, openPdf, pageText, sheet } from './support/paper.ts';

describe('the drawing thread', () => {
  const desk = makeDrawingDesk(fontsDirectory);
  afterAll(() => desk.close());

  test('streams two bundles and an end that make one valid document, the same as drawn here', async () => {
    const bundles = [
      [sheet(1), sheet(2)],
      [sheet(3, { largePrint: true }), sheet(4)],
    ];
    const drawing = await desk.open(lot());
    const first = await drawing.draw(bundles[0] ?? []);
    const second = await drawing.draw(bundles[1] ?? []);
    const last = await drawing.finish();
    const pdf = joined([first.bytes, second.bytes], last);

    expect(Buffer.from(first.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect([first.drawn, second.drawn]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect((await openPdf(pdf)).numPages).toBe(4);
    expect(await pageText(pdf, 4)).toContain('Réf. pli 42-4');
    expect(Buffer.from(pdf).equals(drawnWith(lot(), ...bundles).pdf)).toBe(true);
  });

  test('draws two lots side by side without mixing them', async () => {
    const [one, other] = await Promise.all([desk.open(lot()), desk.open(lot({ number: 43 }))]);
    const [a, b] = await Promise.all([one.draw([sheet(1)]), other.draw([sheet(1), sheet(2)])]);
    const pdfs = [joined([a.bytes], await one.finish()), joined([b.bytes], await other.finish())];

    expect(await Promise.all(pdfs.map(async (pdf) => (await openPdf(pdf)).numPages))).toEqual([1, 2]);
  });

  test('draws nothing more once the document is given up, and goes on with others', async () => {
    const drawing = await desk.open(lot());
    await drawing.draw([sheet(1)]);
    await drawing.abort();

    await expect(drawing.draw([sheet(2)])).rejects.toThrow('closed');
    await expect(drawing.finish()).rejects.toThrow('closed');
    expect((await (await desk.open(lot())).draw([sheet(1)])).drawn).toEqual([1]);
  });

  test('fails what it holds when it is stopped, and starts again for the next document', async () => {
    const drawing = await desk.open(lot());
    const pending = drawing.draw([sheet(1)]);
    const outcome = pending.then(
      () => 'drawn',
      () => 'failed',
    );
    await desk.close();

    expect(['drawn', 'failed']).toContain(await outcome);
    await expect(drawing.draw([sheet(2)])).rejects.toThrow('stopped');
    expect((await (await desk.open(lot())).draw([sheet(1)])).drawn).toEqual([1]);
  });

  test('takes bundles of 250 at most', async () => {
    const drawing = await desk.open(lot());

    await expect(drawing.draw(Array.from({ length: 251 }, (_, at) => sheet(at)))).rejects.toThrow(RangeError);
  });
});
