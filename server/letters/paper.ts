export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

export const sheetSize = { width: mm(210), height: mm(297) };

/**
 * The measures of the paper in millimetres and points. The rectangle x 85–210, y 30–105 mm belongs to the
 * address, the third panel (below 198 mm, the secret below 205 mm) faces no envelope (FACTS 4.5).
 */
export const paper = {
  left: 20,
  width: 170,
  headWidth: 60,
  foldMarks: [99, 198],
  referenceBaseline: 93,
  dateBaseline: 109,
  subjectBaseline: 119,
  frameHeight: 33,
  /** Below the top of the frame. */
  secretBaseline: 19.5,
  /** Top left of the DataMatrix and its module, in the left margin with more than two modules of quiet around. */
  matrix: { x: 6.5, y: 115.5, module: 0.6 },
  footEnds: 291,
};

export const printSizes = {
  normal: {
    body: { size: 11, leading: 14.4 },
    small: { size: 9, leading: 12 },
    subject: 13.5,
    subjectLeading: 24,
    gap: 8.5,
    phone: 12,
    secret: 26,
    frameTop: 206,
  },
  large: {
    body: { size: 16, leading: 20 },
    small: { size: 11, leading: 13 },
    subject: 20,
    subjectLeading: 30,
    gap: 7,
    phone: 16,
    secret: 31,
    frameTop: 212,
  },
};

export const black = '0 g';
export const grey = '0.33 g';

/** Operands of rg or RG for `#rrggbb`, mixed with white when `strength` is below 1. */
export const colourOperands = (colour: string, strength = 1): string =>
  [1, 3, 5]
    .map((at) => 1 - strength * (1 - Number.parseInt(colour.slice(at, at + 2), 16) / 255))
    .map((part) => part.toFixed(3))
    .join(' ');
