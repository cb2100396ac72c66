import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { sheetSize } from './paper.ts';
import type { LotToDraw } from './sheet-to-draw.ts';
import { coordinate, openTypefaces, type FontBook, type Typefaces } from './typesetting.ts';

/** One document of A4 pages whose y grows downwards from the top left, in points. */
export type PdfPages = {
  faces: Typefaces;
  /** Puts operators into the file once; pages show them by the name. */
  addForm: (operators: string) => string;
  addPage: (operators: string) => void;
  /** The bytes since the last call: whole objects. */
  take: () => Uint8Array;
  /** Fonts, page tree and end of the document; nothing can be added after it. */
  end: () => Uint8Array;
};

type Reference = PDFKit.PDFKitReference;
type PageTree = { Kids: Reference[]; Count: number };

/** `drawnAt` and the lot's numbers are all that the document says about itself: same lot, same bytes. */
export const openPdf = (lot: Pick<LotToDraw, 'number' | 'attempt' | 'drawnAt'>, book: FontBook): PdfPages => {
  const document = openDocument(lot);
  const faces = openTypefaces(document, book);
  const tree = pageTreeOf(document);
  const Font = Object.fromEntries(Object.values(faces).map(({ id, reference }) => [id, reference]));
  const XObject: Record<string, Reference> = {};
  const resources = document.ref({ Font, XObject });

  return {
    faces,
    addForm: (operators) => {
      const name = `L${Object.keys(XObject).length}`;
      const form = document.ref({
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, sheetSize.width, sheetSize.height],
        Resources: { Font },
      });
      form.end(operators);
      XObject[name] = form;
      return name;
    },
    addPage: (operators) => {
      const content = document.ref({ Filter: 'FlateDecode' });
      content.end(compressed(`${downwards}\n${operators}`));
      const page = document.ref({
        Type: 'Page',
        Parent: tree.reference,
        MediaBox: [0, 0, sheetSize.width, sheetSize.height],
        Contents: content,
        Resources: resources,
      });
      page.end(undefined);
      tree.data.Kids.push(page);
      tree.data.Count += 1;
      forget(content, page);
    },
    take: () => taken(document),
    end: () => {
      resources.end(undefined);
      document.end();
      return taken(document);
    },
  };
};

const openDocument = ({ number, attempt, drawnAt }: Pick<LotToDraw, 'number' | 'attempt' | 'drawnAt'>) =>
  new PDFDocument({
    size: [sheetSize.width, sheetSize.height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'fr',
    // None of pdfkit's own fonts: they lack most of the names of Europe.
    font: '',
    info: {
      Title: `Lot ${number}, ${attempt}`,
      Creator: 'Guichet',
      Producer: 'Guichet',
      CreationDate: drawnAt,
    },
  });

const downwards = `1 0 0 -1 0 ${coordinate(sheetSize.height)} cm`;

// A page holds less than two kilobytes: the usual tables of 256 would take longer to clear than the page to write.
const compressed = (content: string): Uint8Array =>
  deflateSync(Buffer.from(content, 'latin1'), { level: 4, windowBits: 11, memLevel: 4 });

// pdfkit's own pages cost an object more and keep all that they held; these only keep their place in the file.
const forget = (...references: Reference[]): void => {
  for (const reference of references) Object.assign(reference, { data: null });
};

const pageTreeOf = (document: PDFKit.PDFDocument): { reference: Reference; data: PageTree } => {
  const root: unknown = Reflect.get(document, '_root');
  const reference = (root as { data?: { Pages?: Reference & { data?: PageTree } } } | undefined)?.data?.Pages;
  const data = reference?.data;
  if (!reference || !data || !Array.isArray(data.Kids)) {
    throw new Error('pdfkit keeps its pages in another way than 0.20 did.');
  }
  return { reference, data };
};

// Never flowing: read() gives all that was written since the last call.
const taken = (document: PDFKit.PDFDocument): Uint8Array => {
  const bytes: unknown = document.read();
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
};
