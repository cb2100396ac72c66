import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { drawnByLibrary, matrixSide, sheetMatrix } from '../server/letters/datamatrix.ts';
import { readSheetCode, sheetCode } from '../server/letters/sheet-code.ts';
import { drawnWith, lot, mmPerPoint, sheet } from './support/paper.ts';

describe('the DataMatrix', () => {
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    const wasmBinary = new Uint8Array(readFileSync(wasm)).buffer;
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  });

  test('read from the runs on the page, tells lot, attempt and sheet, and nothing else', async () => {
    const { pdf } = drawnWith(lot({ number: 1207, attempt: 3 }), [sheet(1), sheet(318)]);
    const scanned = await scan(runsOf(pdf, 2));

    expect(scanned).toMatch(/^\d{24}$/);
    expect(readSheetCode(scanned)).toEqual({ lot: 1207, attempt: 3, sheet: 318 });
  });

  test('summed from known symbols is the one that the library draws', () => {
    const numbers = fc.record({
      lot: fc.nat(999_999_999),
      attempt: fc.nat(9_999),
      sheet: fc.nat(9_999_999),
    });
    const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};

    fc.assert(
      fc.property(numbers, (of) => {
        expect(sheetMatrix(sheetCode(of))).toEqual(drawnByLibrary(sheetCode(of)));
      }),
      { ...seed, numRuns: 200 },
    );
  });

  test('stands in the left margin, at least 8 mm wide, with two quiet modules around', async () => {
    const { left, top, module } = runsOf(drawnWith(lot(), [sheet(1)]).pdf, 1);

    expect(module * matrixSide).toBeGreaterThanOrEqual(8);
    expect(left - 2 * module).toBeGreaterThan(4.5);
    expect(left + (matrixSide + 2) * module).toBeLessThan(20);
    expect(top).toBeGreaterThan(105);
  });

  test.each(['', '42', '01'.padEnd(24, '0'), '010000000420001000001700', 'x'.repeat(24)])(
    'a scan that is no code of ours is told apart: %s',
    (scanned) => expect(readSheetCode(scanned)).toBeNull(),
  );

  test('numbers that it cannot hold are refused', () => {
    expect(() => sheetCode({ lot: 1_000_000_000, attempt: 1, sheet: 1 })).toThrow(RangeError);
    expect(() => sheetCode({ lot: 1, attempt: -1, sheet: 1 })).toThrow(RangeError);
    expect(() => sheetCode({ lot: 1, attempt: 1, sheet: 1.5 })).toThrow(RangeError);
  });
});

type Runs = { left: number; top: number; module: number; cells: boolean[][] };

// Reads the runs back from the page's own operators, as a printer would.
const runsOf = (pdf: Uint8Array, page: number): Runs => {
  const content = contentOf(pdf, page);
  const found = /q\s+(\S+) 0 0 \S+ (\S+) (\S+) cm\s+((?:\d+ \d+ \d+ 1 re\s+)+)f/.exec(content);
  if (!found) throw new Error('No DataMatrix on this page.');

  const cells = Array.from({ length: matrixSide }, () => Array.from({ length: matrixSide }, () => false));
  for (const [, x, y, width] of (found[4] ?? '').matchAll(/(\d+) (\d+) (\d+) 1 re/g)) {
    cells[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  const [module = 0, left = 0, top = 0] = found.slice(1, 4).map((points) => Number(points) * mmPerPoint);
  return { left, top, module, cells };
};

const contentOf = (pdf: Uint8Array, page: number): string => {
  const file = Buffer.from(pdf).toString('latin1');
  const contents = [...file.matchAll(/\/Contents (\d+) 0 R/g)].map(([, id]) => id);
  const start = file.indexOf('stream\n', file.indexOf(`\n${contents[page - 1]} 0 obj`)) + 'stream\n'.length;
  return inflateSync(Buffer.from(pdf).subarray(start)).toString('latin1');
};

const scan = async ({ cells }: Runs): Promise<string> => {
  const scale = 5;
  const quiet = 2;
  const side = (matrixSide + 2 * quiet) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const dark = cells[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet];
      if (dark) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  const [read] = await readBarcodes(
    { data, width: side, height: side, colorSpace: 'srgb' },
    { formats: ['DataMatrix'] },
  );
  return read?.text ?? '';
};
