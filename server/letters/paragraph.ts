import { showText, type SetText, type Typeface, type Typefaces } from './typesetting.ts';

export type TextStyle = { size: number; leading: number };
export type Column = { x: number; y: number; width: number; align?: 'left' | 'centre' };

/** What setting a paragraph gives: its operators, and the baseline of the line that would follow. */
export type SetParagraph = { operators: string[]; nextBaseline: number };

/**
 * Breaks a text into lines of at most `width` points from the baseline `y` on; `**this**` is bold.
 * A single word wider than the column is a fault of the words or of the organisation's data.
 * @throws WordsRefused
 */
export const setParagraph = (
  faces: Typefaces,
  text: string,
  { size, leading }: TextStyle,
  { x, y, width, align = 'left' }: Column,
): SetParagraph => {
  const lines = breakLines(wordsOf(faces, text), (width * 1000) / size);
  const operators = lines.flatMap((line, index) => {
    const indent = align === 'left' ? 0 : (width - (line.width * size) / 1000) / 2;
    return showLine(line, size, x + indent, y + index * leading);
  });
  return { operators, nextBaseline: y + lines.length * leading };
};

/** The letter's own words, or an organisation's data in them, cannot be printed as they are. */
export class WordsRefused extends Error {
  readonly problem: 'words-too-long' | 'missing-glyph';

  constructor(problem: 'words-too-long' | 'missing-glyph') {
    super(`The words of the letter cannot be printed: ${problem}.`);
    this.problem = problem;
  }
}

type Piece = { face: Typeface; text: SetText };
type Word = { pieces: Piece[]; width: number };
type Line = { words: Word[]; width: number };

const wordsOf = (faces: Typefaces, text: string): Word[] => {
  if (!faces.regular.canDraw(text) || !faces.bold.canDraw(text)) throw new WordsRefused('missing-glyph');

  const words: Piece[][] = [[]];
  text.split('**').forEach((segment, index) => {
    const face = index % 2 === 1 ? faces.bold : faces.regular;
    segment.split(/ +/).forEach((part, position) => {
      if (position > 0) words.push([]);
      if (part) words.at(-1)?.push({ face, text: face.set(part) });
    });
  });
  return words
    .filter((pieces) => pieces.length > 0)
    .map((pieces) => ({
      pieces,
      width: pieces.reduce((sum, { text: { width } }) => sum + width, 0),
    }));
};

const spaceWidth = (word: Word): number => word.pieces.at(-1)?.face.set(' ').width ?? 0;

const breakLines = (words: Word[], room: number): Line[] => {
  const lines: Line[] = [];
  for (const word of words) {
    if (word.width > room) throw new WordsRefused('words-too-long');
    const line = lines.at(-1);
    const last = line?.words.at(-1);
    const grown = line && last ? line.width + spaceWidth(last) + word.width : Infinity;
    if (!line || grown > room) lines.push({ words: [word], width: word.width });
    else {
      line.words.push(word);
      line.width = grown;
    }
  }
  return lines;
};

const showLine = (line: Line, size: number, x: number, y: number): string[] => {
  const runs: Piece[] = [];
  line.words.forEach((word, index) => {
    for (const { face, text } of word.pieces) append(runs, face, text);
    const last = word.pieces.at(-1);
    if (last && index < line.words.length - 1) append(runs, last.face, last.face.set(' '));
  });

  let left = x;
  return runs.map(({ face, text }) => {
    const shown = showText(face, size, left, y, text);
    left += (text.width * size) / 1000;
    return shown;
  });
};

const append = (runs: Piece[], face: Typeface, { operand, width }: SetText): void => {
  const last = runs.at(-1);
  if (last?.face !== face) runs.push({ face, text: { operand, width } });
  else last.text = { operand: last.text.operand + operand, width: last.text.width + width };
};
