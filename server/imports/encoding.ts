import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { AppError } from '../core/errors.ts';

export type FileEncoding = 'utf-8' | 'windows-1252';

export type FileProblem =
  | 'empty'
  | 'not-text'
  | 'utf-16'
  | 'nul-bytes'
  | 'invalid-utf-8'
  | 'damaged-text'
  | 'no-header'
  | 'no-delimiter'
  | 'no-rows'
  | 'quotes'
  | 'row-too-long'
  | 'cut-short'
  | 'line-count';

/** The whole file is refused: `imports.file.<problem>` says what to do, `line` where (physical line, from 1). */
export const fileRefused = (problem: FileProblem, params: Record<string, number> = {}): AppError =>
  new AppError('invalid-input', `imports.file.${problem}`, { params });

export type TextDecoding = {
  /** Pieces of text whose line ends are all `\n`, in order. */
  texts: AsyncGenerator<string>;
  /** What the bytes were read as so far; a file of plain ASCII is both, and answers UTF-8. */
  encoding: () => FileEncoding;
};

/**
 * Decodes a file as UTF-8 (with or without a byte-order mark) or Windows-1252, one piece at a time.
 * The first character beyond ASCII decides; whatever contradicts it later refuses the file.
 *
 * @throws AppError `imports.file.*` (see FileProblem) while `texts` is read.
 */
export const decodeText = (source: AsyncIterable<Uint8Array>): TextDecoding => {
  const state: State = { encoding: null, line: 1, before: '' };
  return { texts: readPieces(source, state), encoding: () => state.encoding ?? 'utf-8' };
};

type State = { encoding: FileEncoding | null; line: number; before: string };

const readPieces = async function* (source: AsyncIterable<Uint8Array>, state: State): AsyncGenerator<string> {
  let held: Buffer = Buffer.alloc(0);
  let isStart = true;
  let heldReturn = '';

  for await (const piece of source) {
    let bytes: Buffer = held.length > 0 ? Buffer.concat([held, piece]) : Buffer.from(piece);
    held = Buffer.alloc(0);
    if (isStart) {
      if (bytes.length < 4) {
        held = bytes;
        continue;
      }
      bytes = readSignature(bytes, state);
      isStart = false;
    }
    const whole = wholeCharacters(bytes, state);
    held = bytes.subarray(whole);
    const text = heldReturn + decode(bytes.subarray(0, whole), state);
    // A \r at the end may be half of a \r\n.
    heldReturn = text.endsWith('\r') ? '\r' : '';
    yield withPlainLineEnds(heldReturn ? text.slice(0, -1) : text, state);
  }

  if (isStart) held = readSignature(held, state);
  const rest = heldReturn + decode(held, state);
  if (rest) yield withPlainLineEnds(rest, state);
};

/** Recognises what is not a text file at all, and takes UTF-8's byte-order mark off. */
const readSignature = (bytes: Buffer, state: State): Buffer => {
  if (bytes.length === 0) throw fileRefused('empty');
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw fileRefused('utf-16');
  // "PK" starts a spreadsheet (xlsx, ods), D0 CF an old one (xls), "%PDF" speaks for itself.
  if (/^(PK\x03\x04|\xd0\xcf\x11|%PDF)/.test(bytes.subarray(0, 4).toString('latin1'))) {
    throw fileRefused('not-text');
  }
  if (a !== 0xef || b !== 0xbb || c !== 0xbf) return bytes;
  state.encoding = 'utf-8';
  return bytes.subarray(3);
};

/** How many of these bytes hold no half character at their end. */
const wholeCharacters = (bytes: Buffer, state: State): number => {
  if (state.encoding === 'windows-1252') return bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

const decode = (bytes: Buffer, state: State): string => {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw refusedAt('nul-bytes', bytes.subarray(0, nul).toString('latin1'), state);
  if (isAscii(bytes)) return remember(bytes.toString('latin1'), state);

  state.encoding ??= firstCharacterEncoding(bytes);
  if (state.encoding === 'utf-8') {
    if (!isUtf8(bytes)) throw refusedAt('invalid-utf-8', textBeforeInvalid(bytes), state);
    return checkDamage(bytes.toString('utf8'), damage, state);
  }
  return checkDamage(iconv.decode(bytes, 'win1252'), damageInWindows1252, state);
};

const firstCharacterEncoding = (bytes: Buffer): FileEncoding => {
  const start = bytes.findIndex((byte) => byte >= 0x80);
  const lead = bytes[start] ?? 0;
  const isSequence = lead >= 0xc2 && isUtf8(bytes.subarray(start, start + sequenceLength(lead)));
  return isSequence ? 'utf-8' : 'windows-1252';
};

const textBeforeInvalid = (bytes: Buffer): string => {
  let end = 0;
  for (let next = bytes.indexOf(10); next >= 0; next = bytes.indexOf(10, end)) {
    if (!isUtf8(bytes.subarray(end, next + 1))) break;
    end = next + 1;
  }
  return bytes.subarray(0, end).toString('latin1');
};

// UTF-8 that was once read as Windows-1252 ("Ã©"), and the mark of a character already lost.
const continuation =
  '\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122';
const damage = new RegExp(`[\u00c2\u00c3][${continuation}]|\u00e2\u20ac|\u00ef\u00bb\u00bf|\ufffd`);
// In CP850 and Mac Roman é, ê, à or ç are bytes that Windows-1252 shows as these signs inside a word.
const damageInWindows1252 = new RegExp(`${damage.source}|[A-Za-z][‚ƒ„†‡ˆ‰‹˜™›][A-Za-z]`);

const checkDamage = (text: string, pattern: RegExp, state: State): string => {
  const found = pattern.exec(state.before + text);
  if (!found) return remember(text, state);
  throw refusedAt('damaged-text', text.slice(0, Math.max(0, found.index - state.before.length)), state);
};

const remember = (text: string, state: State): string => {
  state.before = (state.before + text).slice(-2);
  return text;
};

const refusedAt = (problem: FileProblem, textBefore: string, state: State): AppError =>
  fileRefused(problem, { line: state.line + countLineEnds(textBefore.replace(/\r\n?/g, '\n')) });

const withPlainLineEnds = (text: string, state: State): string => {
  const plain = text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  state.line += countLineEnds(plain);
  return plain;
};

/** How many `\n` a text holds. */
export const countLineEnds = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};
