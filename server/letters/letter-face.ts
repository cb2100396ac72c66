import { foldsFor } from '../organisations/address-window.schema.ts';
import { composeBody, composeFoot } from './letter-body.ts';
import { inkOf, type FaceOf } from './letter-ink.ts';
import { composeLetterhead } from './letterhead.ts';
import { composeWatermark } from './paper-aids.ts';
import { black, mm } from './paper.ts';
import type { LotToDraw } from './sheet-to-draw.ts';
import { coordinate, type Typefaces } from './typesetting.ts';

/**
 * The drawing operators of everything on a letter but its address, reference, secret and DataMatrix.
 * @throws WordsRefused
 */
export const composeFace = (faces: Typefaces, lot: LotToDraw, of: FaceOf): string => {
  const ink = inkOf(faces, lot, of);
  return [
    ...(lot.watermark ? [...composeWatermark(faces, lot.watermark[of.language]), black] : []),
    ...foldMarks(lot),
    ...composeLetterhead(ink),
    ...composeBody(ink),
    ...composeFoot(ink),
  ].join('\n');
};

/** Short lines at the left edge, where the sheet is folded for the organisation's envelope. */
export const foldMarks = ({ addressPlace }: Pick<LotToDraw, 'addressPlace'>): string[] => [
  '0.6 G 0.4 w',
  ...foldsFor(addressPlace.envelope).map((at) => {
    const [from, to, y] = [mm(5), mm(9), mm(at)].map(coordinate);
    return `${from} ${y} m ${to} ${y} l S`;
  }),
];
