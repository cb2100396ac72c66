export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

export const sheetSize = { width: mm(210), height: mm(297) };

/**
 * The measures of the paper in millimetres and points. The rectangle x 85–210, y 30–105 mm belongs to the
 * address, the third panel (below 198 mm, the secret below 205 mm) faces no envelope (FACTS 4.5).
 */
export const paper = {
  left: 20,
  width: 170,
  barTop: 10.5,
  titleBaseline: 20,
  headBaseline: 31,
  headWidth: 63,
  headEnds: 103,
  /** Of the reference, and of the date across from it. */
  dateBaseline: 110.5,
  subjectBaseline: 120.5,
  frameHeight: 33,
  /** Below the top of the frame. */
  secretTitleBaseline: 8,
  secretBaseline: 19.5,
  lifeBaseline: 28.5,
  /** Top left of the DataMatrix and its module, in the left margin with more than two modules of quiet around. */
  matrix: { x: 6.5, y: 115.5, module: 0.6 },
  footEnds: 290,
  /** Nothing but the address stands here; nothing of a secret above. */
  free: { left: 85, right: 210, top: 30, bottom: 105 },
  secretBelow: 205,
};

type TextStyle = { size: number; leading: number };
/** `isRunOn`: the sender's lines follow each other, where there are too many to stand on their own. */
export type HeadStyle = TextStyle & { isRunOn?: boolean };
export type PrintSize = {
  title: TextStyle;
  /** Of the column left of the window: the first that fits. */
  heads: HeadStyle[];
  phone: number;
  reference: number;
  body: TextStyle;
  subject: TextStyle;
  gap: number;
  stepIndent: number;
  frameTop: number;
  secret: number;
};

/** Nothing that the member reads is smaller than 11 points (issue 5); the address, for the post, is. */
export const printSizes: { normal: PrintSize; large: PrintSize } = {
  normal: {
    title: { size: 19, leading: 22 },
    heads: [
      { size: 11, leading: 14 },
      { size: 11, leading: 12.4 },
      { size: 11, leading: 12.4, isRunOn: true },
    ],
    phone: 13,
    reference: 11,
    body: { size: 11, leading: 14.5 },
    subject: { size: 14, leading: 24 },
    gap: 8,
    stepIndent: mm(6),
    frameTop: 209,
    secret: 26,
  },
  large: {
    title: { size: 22, leading: 25 },
    heads: [
      { size: 14, leading: 17 },
      { size: 14, leading: 16 },
      { size: 12.5, leading: 15 },
      { size: 11, leading: 12.4 },
      { size: 11, leading: 12.4, isRunOn: true },
    ],
    phone: 16,
    reference: 14,
    body: { size: 16, leading: 20 },
    subject: { size: 20, leading: 29 },
    gap: 6.5,
    stepIndent: mm(8),
    frameTop: 216,
    secret: 31,
  },
};

/** From the address on to the right margin, on a baseline in millimetres. */
export const rightColumn = ({ leftMm }: { leftMm: number }, baseline: number) => ({
  x: mm(leftMm),
  y: mm(baseline),
  width: mm(paper.left + paper.width - leftMm),
});

export const black = '0 g';
export const grey = '0.33 g';

/** Operands of rg or RG for `#rrggbb`, mixed with white when `strength` is below 1. */
export const colourOperands = (colour: string, strength = 1): string =>
  [1, 3, 5]
    .map((at) => 1 - strength * (1 - Number.parseInt(colour.slice(at, at + 2), 16) / 255))
    .map((part) => part.toFixed(3))
    .join(' ');
