import { mostLinesIn } from '../organisations/address-window.schema.ts';
import { matrixRuns, sheetMatrix } from './datamatrix.ts';
import { wordsOf } from './letter-ink.ts';
import { grey, mm, paper, printSizes } from './paper.ts';
import { sheetCode } from './sheet-code.ts';
import type { LotToDraw, RefusedSheet, SheetToDraw } from './sheet-to-draw.ts';
import { coordinate, showText, type Typefaces } from './typesetting.ts';

export type Refusal = Omit<RefusedSheet, 'sheet'>;

/** What differs on every sheet but its secret. The operators, or why the sheet cannot be drawn. */
export const composeSheet = (
  faces: Typefaces,
  lot: LotToDraw,
  sheet: Omit<SheetToDraw, 'secret'>,
): string[] | Refusal => {
  if (!faces.regular.canDraw(sheet.reference)) return { problem: 'missing-glyph', line: 0 };
  const address = composeAddress(faces, lot, sheet.addressLines);
  if ('problem' in address) return address;
  return [...address.operators, ...composeMatrix(lot, sheet.sheet), ...referenceOf(faces, lot, sheet)];
};

/** The secret, as grouped for reading, in the middle of its frame. */
export const composeSecret = ({ mono }: Typefaces, grouped: string, largePrint: boolean): string => {
  const { secret: size, frameTop } = largePrint ? printSizes.large : printSizes.normal;
  const set = mono.setPlain(grouped);
  const x = mm(paper.left) + (mm(paper.width) - (set.width * size) / 1000) / 2;
  return showText(mono, size, x, mm(frameTop + paper.secretBaseline), set);
};

// La Poste reads 9 to 12 points (FACTS 4.1). A block wider than the window is set at 9, then narrowed by at most a
// fifth, as Arial Narrow is.
const [usual, least, narrowest] = [10, 9, 0.8];

/** The address, where the window shows it, as large as its widest line allows. */
export const composeAddress = (
  { regular }: Typefaces,
  { addressPlace: place }: Pick<LotToDraw, 'addressPlace'>,
  addressLines: string[],
): { operators: string[] } | Refusal => {
  const lines = addressLines.map((line) => line.normalize('NFC'));
  const most = mostLinesIn(place);
  if (lines.length > most) return { problem: 'too-many-lines', line: most + 1 };
  const undrawable = lines.findIndex((line) => !regular.canDraw(line));
  if (undrawable >= 0) return { problem: 'missing-glyph', line: undrawable + 1 };

  const set = lines.map((line) => regular.setPlain(line));
  const room = mm(place.widthMm) * 1000;
  const widest = set.reduce((most, line, index) => (line.width > (set[most]?.width ?? 0) ? index : most), 0);
  const width = set[widest]?.width ?? 0;
  const size = Math.min(usual, Math.max(least, Math.floor((room / width) * 10) / 10));
  const narrowed = Math.min(1, room / (width * size));
  if (narrowed < narrowest) return { problem: 'too-wide', line: widest + 1 };

  const pitch = coordinate(mm(place.linePitchMm));
  const [left, top] = [mm(place.leftMm), mm(topOf(place, lines.length))].map(coordinate);
  return {
    operators: [
      `BT /${regular.id} ${size} Tf ${coordinate(narrowed * 100)} Tz ${pitch} TL 1 0 0 -1 ${left} ${top} Tm`,
      ...set.map(({ operand }) => `<${operand}> '`),
      '100 Tz ET',
    ],
  };
};

// Baselines lie eight tenths of the size below the top of their line; ' goes down a line before it shows.
const topOf = (place: LotToDraw['addressPlace'], lines: number): number => {
  const top = (lines > 6 ? place.topWithCountryMm : null) ?? place.topMm;
  return top + 2.8 - place.linePitchMm;
};

export const composeMatrix = (lot: Pick<LotToDraw, 'number' | 'attempt'>, sheet: number): string[] => {
  const { x, y, module } = paper.matrix;
  const scale = coordinate(mm(module));
  const runs = matrixRuns(sheetMatrix(sheetCode({ lot: lot.number, attempt: lot.attempt, sheet })));
  return [`q ${scale} 0 0 ${scale} ${coordinate(mm(x))} ${coordinate(mm(y))} cm`, runs, 'Q'];
};

const referenceOf = (
  { regular }: Typefaces,
  lot: LotToDraw,
  sheet: Pick<SheetToDraw, 'reference' | 'largePrint' | 'language' | 'isTest'>,
): string[] => {
  const size = (sheet.largePrint ? printSizes.large : printSizes.normal).reference;
  const text = regular.setPlain(`${wordsOf(lot, sheet).reference} ${sheet.reference}`);
  return [grey, showText(regular, size, mm(paper.left), mm(paper.dateBaseline), text)];
};
