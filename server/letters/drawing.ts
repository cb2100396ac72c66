import PDFDocument from 'pdfkit';
import { groupForReading } from '../credentials/temporary-password.ts';
import { matrixRuns, sheetMatrix } from './datamatrix.ts';
import { composeFace, type FaceOf } from './letter-face.ts';
import { black, grey, mm, paper, printSizes, sheetSize } from './paper.ts';
import { WordsRefused } from './paragraph.ts';
import { sheetCode } from './sheet-code.ts';
import type { DrawnBundle, LotToDraw, RefusedSheet, SheetToDraw } from './sheet-to-draw.ts';
import { coordinate, openTypefaces, showText, type LetterFonts, type Typefaces } from './typesetting.ts';

export type LetterDocument = {
  /** Adds a page per sheet that can be drawn; the bytes hold whole pages and nothing of a refused sheet. */
  draw: (sheets: SheetToDraw[]) => DrawnBundle;
  /** Fonts, page tree and end of the document; nothing can be drawn after it. */
  finish: () => Uint8Array;
};

/**
 * Opens the one PDF document that a lot's letters are drawn into, bundle after bundle. Pure: same lot, sheets and
 * fonts give the same bytes. Memory grows by about a kilobyte a page: draw at most 5,000 sheets into one document.
 */
export const openLetterDocument = (lot: LotToDraw, fonts: LetterFonts): LetterDocument => {
  const document = openDocument(lot);
  const faces = openTypefaces(document, fonts);
  const desk = { document, faces, lot, forms: new Map() } satisfies Desk;

  return {
    draw: (sheets) => {
      const drawn: number[] = [];
      const refused: RefusedSheet[] = [];
      for (const sheet of sheets) {
        const refusal = drawSheet(desk, sheet);
        if (refusal) refused.push({ sheet: sheet.sheet, ...refusal });
        else drawn.push(sheet.sheet);
      }
      document.flushPages();
      return { bytes: taken(document), drawn, refused };
    },
    finish: () => {
      document.end();
      return taken(document);
    },
  };
};

type Form = { name: string; reference: PDFKit.PDFKitReference };
type Desk = {
  document: PDFKit.PDFDocument;
  faces: Typefaces;
  lot: LotToDraw;
  forms: Map<string, Form | Refusal>;
};
type Refusal = Omit<RefusedSheet, 'sheet'>;

const openDocument = (lot: LotToDraw): PDFKit.PDFDocument =>
  new PDFDocument({
    size: [sheetSize.width, sheetSize.height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'fr',
    // None of pdfkit's own fonts: they lack most of the names of Europe.
    font: '',
    info: {
      Title: `Lot ${lot.number}, ${lot.attempt}`,
      Creator: 'Guichet',
      Producer: 'Guichet',
      CreationDate: lot.drawnAt,
    },
  });

// Never flowing: read() gives all that was written since the last call.
const taken = (document: PDFKit.PDFDocument): Uint8Array => {
  const bytes: unknown = document.read();
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
};

const drawSheet = (desk: Desk, sheet: SheetToDraw): Refusal | null => {
  const { document, faces, lot } = desk;
  const form = formOf(desk, sheet);
  if ('problem' in form) return form;
  if (!faces.regular.canDraw(sheet.reference)) return { problem: 'missing-glyph', line: 0 };
  const address = setAddress(faces, lot, sheet);
  if ('problem' in address) return address;

  const content = [
    `/${form.name} Do`,
    black,
    ...address.operators,
    ...secretOf(faces, sheet),
    ...matrixOf(lot, sheet),
    ...referenceOf(faces, lot, sheet),
  ];
  document.addPage();
  for (const { id, reference } of Object.values(faces)) document.page.fonts[id] = reference;
  document.page.xobjects[form.name] = form.reference;
  document.addContent(content.join('\n'));
  return null;
};

// What sheets have in common is laid out once and stands in the file once, as a form that pages refer to.
const formOf = (desk: Desk, sheet: FaceOf): Form | Refusal => {
  const { document, faces, lot, forms } = desk;
  const key = [
    sheet.language,
    sheet.largePrint,
    sheet.civility,
    sheet.askedDay,
    sheet.limitDay,
    sheet.identifierKind,
  ].join();
  const known = forms.get(key);
  if (known !== undefined) return known;

  const operators = composed(faces, lot, sheet);
  const form =
    typeof operators === 'string'
      ? { name: `L${forms.size}`, reference: toForm(document, faces, operators) }
      : operators;
  forms.set(key, form);
  return form;
};

const composed = (faces: Typefaces, lot: LotToDraw, sheet: FaceOf): string | Refusal => {
  try {
    return composeFace(faces, lot, sheet);
  } catch (error) {
    if (error instanceof WordsRefused) return { problem: error.problem, line: 0 };
    throw error;
  }
};

const toForm = (
  document: PDFKit.PDFDocument,
  faces: Typefaces,
  operators: string,
): PDFKit.PDFKitReference => {
  const fonts = Object.values(faces).map(({ id, reference }) => [id, reference]);
  const form = document.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, sheetSize.width, sheetSize.height],
    Resources: { Font: Object.fromEntries(fonts) },
  });
  form.end(operators);
  return form;
};

// La Poste reads 9 to 12 points. Lines keep a tenth of their pitch free, for accents on capitals; what is wider
// than the window is narrowed by at most a tenth.
const addressSize = (pitch: number): number => Math.min(10, Math.max(9, pitch * 0.9));
const narrowest = 0.9;

const setAddress = (
  { regular }: Typefaces,
  lot: LotToDraw,
  sheet: SheetToDraw,
): { operators: string[] } | Refusal => {
  const place = lot.addressPlace;
  const lines = sheet.addressLines.map((line) => line.normalize('NFC'));
  if (lines.length > 7) return { problem: 'too-many-lines', line: 8 };
  const undrawable = lines.findIndex((line) => !regular.canDraw(line));
  if (undrawable >= 0) return { problem: 'missing-glyph', line: undrawable + 1 };

  const set = lines.map((line) => regular.setPlain(line));
  const room = mm(place.widthMm) * 1000;
  const widest = set.reduce((most, line, index) => (line.width > (set[most]?.width ?? 0) ? index : most), 0);
  const width = set[widest]?.width ?? 0;
  const pitch = mm(place.linePitchMm);
  const size = addressSize(pitch);
  const narrowed = Math.min(1, room / (width * size));
  if (narrowed < narrowest) return { problem: 'too-wide', line: widest + 1 };

  const top = mm(lines.length > 6 ? place.topWithCountryMm : place.topMm);
  const shown = set.map((line, index) =>
    showText(regular, size, mm(place.leftMm), top + size * 0.8 + index * pitch, line),
  );
  if (narrowed === 1) return { operators: shown };
  return { operators: [`${coordinate(narrowed * 100)} Tz`, ...shown, '100 Tz'] };
};

const secretOf = ({ mono }: Typefaces, sheet: SheetToDraw): string[] => {
  const { secret: size, frameTop } = sheet.largePrint ? printSizes.large : printSizes.normal;
  const set = mono.setPlain(groupForReading(sheet.secret));
  const x = mm(paper.left) + (mm(paper.width) - (set.width * size) / 1000) / 2;
  return [showText(mono, size, x, mm(frameTop + paper.secretBaseline), set)];
};

const matrixOf = (lot: LotToDraw, { sheet }: SheetToDraw): string[] => {
  const { x, y, module } = paper.matrix;
  const scale = coordinate(mm(module));
  const runs = matrixRuns(sheetMatrix(sheetCode({ lot: lot.number, attempt: lot.attempt, sheet })));
  return [`q ${scale} 0 0 ${scale} ${coordinate(mm(x))} ${coordinate(mm(y))} cm`, runs, 'Q'];
};

const referenceOf = ({ regular }: Typefaces, lot: LotToDraw, sheet: SheetToDraw): string[] => {
  const size = (sheet.largePrint ? printSizes.large : printSizes.normal).small.size;
  const text = regular.setPlain(`${lot.words[sheet.language].reference} ${sheet.reference}`);
  return [grey, showText(regular, size, mm(paper.left), mm(paper.referenceBaseline), text)];
};
