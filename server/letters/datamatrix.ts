import bwip from 'bwip-js';

/** Modules on each side of the symbol that 24 digits make (ECC 200, 16 × 16). */
export const matrixSide = 16;

/**
 * The modules of the DataMatrix of 24 digits: a number for each row from the top, the leftmost module its highest
 * bit, dark is 1.
 * @throws RangeError when the text is anything else
 */
export const sheetMatrix = (code: string): Uint16Array => {
  if (!/^\d{24}$/.test(code)) throw new RangeError('A sheet code is 24 digits.');

  const rows = Uint16Array.from(drawnOf(blank));
  for (let at = 0; at < code.length; at += 2) add(rows, differenceOf(at, Number(code.slice(at, at + 2))));
  return rows;
};

/** Path operators that fill the dark modules, one unit each, with the origin at the top left, y downwards. */
export const matrixRuns = (rows: Uint16Array): string => {
  let path = '';
  for (let row = 0; row < matrixSide; row += 1) {
    const bits = rows[row] ?? 0;
    for (let column = 0; column < matrixSide; column += 1) {
      const start = column;
      while (column < matrixSide && bits & (0x8000 >> column)) column += 1;
      if (column > start) path += `${start} ${row} ${column - start} 1 re\n`;
    }
  }
  return `${path}f`;
};

/** One symbol straight from the library: what `sheetMatrix` must equal. */
export const drawnByLibrary = (text: string): Uint16Array => {
  const [symbol] = bwip.raw({ bcid: 'datamatrix', text });
  if (!symbol || !('pixs' in symbol) || symbol.pixx !== matrixSide || symbol.pixy !== matrixSide) {
    throw new Error('The DataMatrix library drew a symbol of another size.');
  }
  const rows = new Uint16Array(matrixSide);
  symbol.pixs.forEach((dark, at) => {
    if (dark) rows[Math.floor(at / matrixSide)]! |= 0x8000 >> (at % matrixSide);
  });
  return rows;
};

const blank = '0'.repeat(24);
const pairs = 100;
const differences = new Map<number, Uint16Array>();
const symbols = new Map<string, Uint16Array>();

// The library takes hundreds of microseconds a symbol, as long as the rest of the page. But a pair of digits is one
// codeword, 130 and its value; places are fixed, and Reed–Solomon codes are linear over single bits: symbols add up
// module by module. So the library draws one symbol for each bit of each codeword, 85 in all, never one for a sheet.
const differenceOf = (at: number, pair: number): Uint16Array => {
  const key = at * pairs + pair;
  const known = differences.get(key);
  if (known) return known;

  const rows = new Uint16Array(matrixSide);
  for (const value of sumOf(steps, bitsOf(pair)).values) {
    add(rows, drawnOf(blank.slice(0, at) + String(value).padStart(2, '0') + blank.slice(at + 2)));
    add(rows, drawnOf(blank));
  }
  differences.set(key, rows);
  return rows;
};

/** In which bits the codeword of a pair differs from that of 00. */
const bitsOf = (pair: number): number => 130 ^ (130 + pair);

type Sum = { left: number; values: Set<number> };
type Step = { bits: number; values: Set<number> };

// What is left of `bits` once the steps are taken that make it smaller, and the pairs that these steps are made of.
const sumOf = (steps: Step[], bits: number): Sum =>
  steps.reduce<Sum>(
    (sum, step) =>
      (sum.left ^ step.bits) < sum.left
        ? { left: sum.left ^ step.bits, values: difference(sum.values, step.values) }
        : sum,
    { left: bits, values: new Set() },
  );

const difference = (one: Set<number>, other: Set<number>): Set<number> =>
  new Set([...one, ...other].filter((value) => !(one.has(value) && other.has(value))));

// Few pairs differ from 00 in one bit alone: most bits are reached over several.
const makeSteps = (): Step[] => {
  const steps: Step[] = [];
  for (let pair = 1; pair < pairs; pair += 1) {
    const { left, values } = sumOf(steps, bitsOf(pair));
    if (left === 0) continue;
    steps.push({ bits: left, values: difference(values, new Set([pair])) });
    steps.sort((one, other) => other.bits - one.bits);
  }
  return steps;
};
const steps = makeSteps();

const add = (rows: Uint16Array, others: Uint16Array): void => {
  for (let row = 0; row < matrixSide; row += 1) rows[row]! ^= others[row]!;
};

const drawnOf = (text: string): Uint16Array => {
  const known = symbols.get(text) ?? drawnByLibrary(text);
  symbols.set(text, known);
  return known;
};
