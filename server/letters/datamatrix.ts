import bwip from 'bwip-js';

/** Modules on each side of the symbol that 24 digits make (ECC 200, 16 × 16). */
export const matrixSide = 16;

/**
 * The dark (1) and light (0) modules of the DataMatrix of 24 digits, row by row from the top.
 * @throws RangeError when the text is anything else
 */
export const sheetMatrix = (code: string): Uint8Array => {
  if (!/^\d{24}$/.test(code)) throw new RangeError('A sheet code is 24 digits.');

  const modules = Uint8Array.from(encoded(blank));
  for (let at = 0; at < code.length; at += 2) {
    const pair = code.slice(at, at + 2);
    if (pair === '00') continue;
    const difference = differenceOf(at, pair);
    for (let index = 0; index < modules.length; index += 1) modules[index]! ^= difference[index]!;
  }
  return modules;
};

/** Path operators that fill the dark modules, one unit each, with the origin at the top left, y downwards. */
export const matrixRuns = (modules: Uint8Array): string => {
  let path = '';
  for (let row = 0; row < matrixSide; row += 1) {
    for (let column = 0; column < matrixSide; column += 1) {
      if (!modules[row * matrixSide + column]) continue;
      const start = column;
      while (column < matrixSide && modules[row * matrixSide + column]) column += 1;
      path += `${start} ${row} ${column - start} 1 re\n`;
    }
  }
  return `${path}f`;
};

const blank = '0'.repeat(24);
const symbols = new Map<string, Uint8Array>();
const differences = new Map<string, Uint8Array>();

// The library takes hundreds of microseconds a symbol, as long as the rest of the page. But every digit pair
// is one codeword, Reed–Solomon codes are linear and places are fixed: symbols add up module by module. So the
// library is asked once for each pair at each place (at most 1,188 times), never once for each sheet.
const differenceOf = (at: number, pair: string): Uint8Array => {
  const key = `${at}:${pair}`;
  const known = differences.get(key);
  if (known) return known;

  const empty = encoded(blank);
  const filled = drawnByLibrary(blank.slice(0, at) + pair + blank.slice(at + 2));
  const difference = filled.map((module, index) => module ^ empty[index]!);
  differences.set(key, difference);
  return difference;
};

const encoded = (text: string): Uint8Array => {
  const known = symbols.get(text) ?? drawnByLibrary(text);
  symbols.set(text, known);
  return known;
};

/** One symbol straight from the library: what `sheetMatrix` must equal. */
export const drawnByLibrary = (text: string): Uint8Array => {
  const [symbol] = bwip.raw({ bcid: 'datamatrix', text });
  if (!symbol || !('pixs' in symbol) || symbol.pixx !== matrixSide || symbol.pixy !== matrixSide) {
    throw new Error('The DataMatrix library drew a symbol of another size.');
  }
  return Uint8Array.from(symbol.pixs);
};
