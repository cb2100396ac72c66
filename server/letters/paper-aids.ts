import { foldsFor, shownBy, type Rectangle } from '../organisations/address-window.schema.ts';
import { colourOperands, mm, paper, sheetSize } from './paper.ts';
import { setParagraph } from './paragraph.ts';
import type { AidWords, LotToDraw } from './sheet-to-draw.ts';
import { coordinate, showText, type Typefaces } from './typesetting.ts';

const colours = { always: '#0a7d32', ever: '#b85c00', free: '#6a6a6a', fold: '#1f4e79' };
const label = { size: 8, leading: 10 };

/** What the envelope shows of the sheet, where it is folded and below which line a password may stand. */
export const composeOverlay = (faces: Typefaces, lot: LotToDraw, words: AidWords): string[] => {
  const { envelope } = lot.addressPlace;
  const { always, ever } = shownBy(lot.addressPlace);
  return [
    ...box(paper.free, colours.free, '1 2'),
    ...box(ever, colours.ever, '4 2'),
    ...box(always, colours.always, ''),
    ...say(faces, words.free, colours.free, paper.free.left + 2, paper.free.top + 3.5),
    ...say(faces, words.ever, colours.ever, ever.left + 2, ever.bottom - 1.5),
    ...say(faces, words.always, colours.always, always.left + 2, always.top - 1.5),
    ...foldsFor(envelope).flatMap((y) => [
      ...line({ x: 0, y }, { x: 210, y }, colours.fold, '6 3'),
      ...say(faces, words.fold, colours.fold, 190, y - 1),
    ]),
    ...line({ x: 15, y: paper.secretBelow }, { x: 195, y: paper.secretBelow }, colours.ever, '1 2'),
    ...say(faces, words.secret, colours.ever, 120, paper.secretBelow - 1),
  ];
};

/** The word across a sheet that is nobody's, pale, to be drawn before the rest. */
export const composeWatermark = ({ bold }: Typefaces, word: string): string[] => {
  const [size, slant] = [96, (50 * Math.PI) / 180];
  const set = bold.setPlain(word);
  const half = (set.width * size) / 2000;
  const [cos, sin] = [Math.cos(slant), Math.sin(slant)];
  const [x, y] = [sheetSize.width / 2 - half * cos + 36 * sin, mm(150) + half * sin + 36 * cos];
  const matrix = [cos, -sin, -sin, -cos].map((part) => part.toFixed(4)).join(' ');
  return [
    '0.9 g',
    `BT /${bold.id} ${size} Tf ${matrix} ${coordinate(x)} ${coordinate(y)} Tm [<${set.operand}>] TJ ET`,
  ];
};

/** Two scales in millimetres from the edges of the sheet: across at `y`, down at `x`. */
export const composeScales = (faces: Typefaces, at: { x: number; y: number }): string[] => {
  const across = marks(10, 190).flatMap((x) => tick({ x, y: at.y }, { x, y: at.y + lengthOf(x) }));
  const down = marks(10, 285).flatMap((y) => tick({ x: at.x, y }, { x: at.x + lengthOf(y), y }));
  const numbers = (from: number, to: number) => marks(from, to).filter((mark) => mark % 10 === 0);
  return [
    ...line({ x: 10, y: at.y }, { x: 190, y: at.y }, '#000000', ''),
    ...line({ x: at.x, y: 10 }, { x: at.x, y: 285 }, '#000000', ''),
    '0 G 0.3 w',
    ...across,
    ...down,
    ...numbers(10, 190).map((x) => number(faces, x, x - 1.5, at.y + 7.5)),
    ...numbers(10, 285).map((y) => number(faces, y, at.x + 5, y + 1)),
  ];
};

type Point = { x: number; y: number };

const marks = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const lengthOf = (mark: number): number => (mark % 10 === 0 ? 4 : mark % 5 === 0 ? 3 : 1.5);

const number = ({ regular }: Typefaces, value: number, x: number, y: number): string =>
  showText(regular, 7, mm(x), mm(y), regular.setPlain(String(value)));

const tick = (from: Point, to: Point): string[] => [`${point(from)} m ${point(to)} l S`];

const point = ({ x, y }: Point): string => `${coordinate(mm(x))} ${coordinate(mm(y))}`;

const line = (from: Point, to: Point, colour: string, dashes: string): string[] => [
  `q ${colourOperands(colour)} RG 0.6 w [${dashes}] 0 d ${point(from)} m ${point(to)} l S Q`,
];

const box = ({ left, right, top, bottom }: Rectangle, colour: string, dashes: string): string[] => {
  const sides = `${point({ x: left, y: top })} ${point({ x: right - left, y: bottom - top })}`;
  return [`q ${colourOperands(colour)} RG 0.8 w [${dashes}] 0 d ${sides} re S Q`];
};

const say = (faces: Typefaces, text: string, colour: string, x: number, y: number): string[] => {
  const { operators } = setParagraph(faces, text, label, { x: mm(x), y: mm(y), width: mm(100) });
  return [`${colourOperands(colour)} rg`, ...operators];
};
