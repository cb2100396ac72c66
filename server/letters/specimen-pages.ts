import { composeContent, faceForms } from './drawing.ts';
import { composeFrame } from './letter-body.ts';
import { foldMarks } from './letter-face.ts';
import { stack } from './letter-ink.ts';
import { black, mm, paper, printSizes } from './paper.ts';
import { composeOverlay, composeScales, composeWatermark } from './paper-aids.ts';
import { setParagraph, WordsRefused } from './paragraph.ts';
import { openPdf, type PdfPages } from './pdf-pages.ts';
import { composeAddress, composeMatrix, composeSecret, type Refusal } from './sheet-content.ts';
import { specimenAddress, type AidWords, type LotToDraw, type SpecimenToDraw } from './sheet-to-draw.ts';
import type { FontBook, Typefaces } from './typesetting.ts';

/** In the place of a secret, and not of its shape: nobody could type it. */
const blanked = 'XXXX-XXXX-XXXX-X';

/** No sheet of a lot has these numbers. */
const nobodys = { number: 0, attempt: 0 };
const sheet = 0;

/**
 * One page drawn as letters are, of nobody and without a secret, marked as a specimen; with `withWindow`, what the
 * envelope shows of it. Or why the letter cannot be drawn.
 */
export const drawSpecimen = (
  lot: LotToDraw,
  specimen: SpecimenToDraw,
  withWindow: boolean,
  book: FontBook,
): Uint8Array | Refusal => {
  const nobodysLot = { ...lot, ...nobodys };
  const pages = openPdf(nobodysLot, book);
  const words = lot.aids[specimen.language];
  const content = composeContent(
    pages,
    nobodysLot,
    faceForms(pages, nobodysLot),
    { ...specimen, sheet },
    blanked,
  );
  if (typeof content !== 'string') return content;
  const overlay = withWindow ? composeOverlay(pages.faces, lot, words) : [];
  return onlyPage(pages, [...composeWatermark(pages.faces, words.specimen), content, ...overlay]);
};

/** A page to try paper, printer, envelope and scanner with, French first; or why it cannot be drawn. */
export const drawCalibration = (lot: LotToDraw, book: FontBook): Uint8Array | Refusal => {
  const pages = openPdf({ ...lot, ...nobodys }, book);
  try {
    const content = calibrationOf(pages.faces, lot);
    return 'problem' in content ? content : onlyPage(pages, content);
  } catch (error) {
    if (error instanceof WordsRefused) return { problem: error.problem, line: 0 };
    throw error;
  }
};

const calibrationOf = (faces: Typefaces, lot: LotToDraw): string[] | Refusal => {
  const address = composeAddress(faces, lot, specimenAddress);
  if ('problem' in address) return address;
  const { frameTop } = printSizes.normal;
  return [
    ...foldMarks(lot),
    ...composeFrame(frameTop, lot.letterhead.colour),
    ...composeOverlay(faces, lot, lot.aids.fr),
    black,
    ...composeScales(faces, { x: 197, y: 186 }),
    ...address.operators,
    composeSecret(faces, blanked, false),
    ...composeMatrix({ ...lot, ...nobodys }, sheet),
    ...heading(faces, lot.aids.fr),
    ...stepsFrom(faces, lot.aids.fr, 112),
    ...stepsFrom(faces, lot.aids.en, frameTop + paper.frameHeight + 7),
  ];
};

const onlyPage = (pages: PdfPages, content: string[]): Uint8Array => {
  pages.addPage(content.join('\n'));
  return pages.end();
};

const column = { x: mm(paper.left), width: mm(paper.width) };
const small = { size: 10, leading: 12.5 };

const heading = (faces: Typefaces, { title, envelope }: AidWords): string[] => [
  ...setParagraph(faces, `**${title}**`, printSizes.normal.title, { ...column, y: mm(paper.titleBaseline) })
    .operators,
  ...setParagraph(faces, envelope, small, { ...column, y: mm(paper.titleBaseline + 7) }).operators,
];

const stepsFrom = (faces: Typefaces, { steps }: AidWords, top: number): string[] =>
  stack(mm(top), steps, (step, y, index) => {
    const set = setParagraph(faces, `**${index + 1}.** ${step}`, small, { ...column, y });
    return { ...set, nextBaseline: set.nextBaseline + 2 };
  }).operators;
