import { groupForReading } from '../credentials/temporary-password.ts';
import { composeFace } from './letter-face.ts';
import type { FaceOf } from './letter-ink.ts';
import { black } from './paper.ts';
import { WordsRefused } from './paragraph.ts';
import { openPdf, type PdfPages } from './pdf-pages.ts';
import { composeSecret, composeSheet, type Refusal } from './sheet-content.ts';
import type { DrawnBundle, LotToDraw, RefusedSheet, SheetToDraw } from './sheet-to-draw.ts';
import type { FontBook } from './typesetting.ts';

export type LetterDocument = {
  /** Adds a page per sheet that can be drawn; the bytes hold whole pages and nothing of a refused sheet. */
  draw: (sheets: SheetToDraw[]) => DrawnBundle;
  /** Fonts, page tree and end of the document; nothing can be drawn after it. */
  finish: () => Uint8Array;
};

/**
 * Opens the one PDF document that a lot's letters are drawn into, bundle after bundle. Pure: same lot, sheets and
 * fonts give the same bytes.
 */
export const openLetterDocument = (lot: LotToDraw, book: FontBook): LetterDocument => {
  const pages = openPdf(lot, book);
  const faces = faceForms(pages, lot);

  return {
    draw: (sheets) => {
      const drawn: number[] = [];
      const refused: RefusedSheet[] = [];
      for (const sheet of sheets) {
        const content = composeContent(pages, lot, faces, sheet, groupForReading(sheet.secret));
        if (typeof content !== 'string') refused.push({ sheet: sheet.sheet, ...content });
        else {
          pages.addPage(content);
          drawn.push(sheet.sheet);
        }
      }
      return { bytes: pages.take(), drawn, refused };
    },
    finish: pages.end,
  };
};

export type Faces = (of: FaceOf) => string | Refusal;

/** Everything on a page: what sheets share, the secret as it is to be read, and what is this sheet's own. */

export const composeContent = (
  { faces: typefaces }: PdfPages,
  lot: LotToDraw,
  faces: Faces,
  sheet: Omit<SheetToDraw, 'secret'>,
  secret: string,
): string | Refusal => {
  const form = faces(sheet);
  if (typeof form !== 'string') return form;
  const own = composeSheet(typefaces, lot, sheet);
  if ('problem' in own) return own;
  return [`/${form} Do`, black, composeSecret(typefaces, secret, sheet.largePrint), ...own].join('\n');
};

// What sheets have in common is laid out once and stands in the file once, as a form that pages refer to.
export const faceForms = (pages: PdfPages, lot: LotToDraw): Faces => {
  const forms = new Map<string, string | Refusal>();
  return (of) => {
    const { language, largePrint, civility, askedDay, limitDay, identifierKind, isTest } = of;
    const key = [language, largePrint, civility, askedDay, limitDay, identifierKind, isTest].join();
    const known = forms.get(key) ?? composed(pages, lot, of);
    forms.set(key, known);
    return known;
  };
};

const composed = (pages: PdfPages, lot: LotToDraw, of: FaceOf): string | Refusal => {
  try {
    return pages.addForm(composeFace(pages.faces, lot, of));
  } catch (error) {
    if (error instanceof WordsRefused) return { problem: error.problem, line: 0 };
    throw error;
  }
};
