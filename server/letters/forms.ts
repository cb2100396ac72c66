import PDFDocument from 'pdfkit';
import { drawBars, type Bars } from './form-bars.ts';
import { mm, sheetSize } from './paper.ts';
import type { LetterFonts } from './typesetting.ts';

/** What the print room signs on paper: titles, facts, a table and boxes for hands and stamps. Nothing of a member. */
export type Form = {
  organisation: string;
  title: string;
  subtitle: string;
  blocks: Block[];
};
export type Block =
  | { kind: 'facts'; rows: { label: string; value: string }[] }
  | { kind: 'text'; text: string }
  /** `total`: the last row, in bold; empty for none. */
  | { kind: 'table'; columns: Column[]; rows: string[][]; total: string[] }
  | Bars
  /** With the sentence that is signed. */
  | { kind: 'boxes'; text: string; boxes: { title: string; lines: string[] }[] };
/** `share` of the width that its text may take. */
export type Column = { title: string; share: number; align?: 'left' | 'right' };

/** `page` counts the pages: « Page {at} sur {of} ». */
export type FormsInfo = { title: string; language: string; at: Date; page: string };

/** One A4 document, each form from a new page on. Pure: same forms and fonts give the same bytes. */
export const drawForms = (
  forms: Form[],
  info: FormsInfo,
  fonts: Pick<LetterFonts, 'regular' | 'bold'>,
): Uint8Array => {
  const document = openDocument(info, fonts);
  for (const form of forms) drawForm(document, form);
  numberPages(document, info.page);
  document.end();
  // Never flowing: read() gives all that was written.
  const bytes: unknown = document.read();
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
};

type Document = PDFKit.PDFDocument;

const left = mm(20);
const width = mm(170);
const top = mm(18);
const bottom = sheetSize.height - mm(24);
const ink = '#1a1a1a';
const pale = '#5a5a5a';
const rule = '#b8b8b8';

const openDocument = (
  { title, language, at }: FormsInfo,
  fonts: Pick<LetterFonts, 'regular' | 'bold'>,
): Document => {
  const document = new PDFDocument({
    size: [sheetSize.width, sheetSize.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: language,
    // None of pdfkit's own fonts: they lack most of the names of Europe.
    font: '',
    info: { Title: title, Creator: 'Guichet', Producer: 'Guichet', CreationDate: at },
  });
  document.registerFont('regular', Buffer.from(fonts.regular));
  document.registerFont('bold', Buffer.from(fonts.bold));
  return document;
};

const drawForm = (document: Document, { organisation, title, subtitle, blocks }: Form): void => {
  document.addPage();
  document.y = top;
  write(document, organisation, { size: 11, colour: pale });
  write(document, title, { size: 20, font: 'bold' });
  write(document, subtitle, { size: 12 });
  document.y += mm(2);
  line(document, document.y, ink, 1);
  document.y += mm(5);
  for (const block of blocks) {
    if (block.kind === 'facts') drawFacts(document, block.rows);
    else if (block.kind === 'text') write(document, block.text, { size: 10.5 });
    else if (block.kind === 'table') drawTable(document, block);
    else if (block.kind === 'bars') drawBars(document, block, { left, width, top, bottom });
    else drawBoxes(document, block);
    document.y += mm(5);
  }
};

type Ink = { size: number; font?: 'regular' | 'bold'; colour?: string; x?: number; width?: number };

const inked = (document: Document, { size, font = 'regular', colour = ink }: Ink): Document =>
  document.font(font).fontSize(size).fillColor(colour);

const write = (document: Document, text: string, how: Ink): void => {
  inked(document, how).text(text, how.x ?? left, document.y, { width: how.width ?? width, lineGap: 1.5 });
};

const line = (document: Document, y: number, colour = rule, thick = 0.5): void => {
  document
    .moveTo(left, y)
    .lineTo(left + width, y)
    .lineWidth(thick)
    .strokeColor(colour)
    .stroke();
};

const drawFacts = (document: Document, rows: { label: string; value: string }[]): void => {
  const indent = mm(46);
  for (const { label, value } of rows) {
    const { y } = document;
    write(document, label, { size: 10, colour: pale, width: indent - mm(3) });
    const below = document.y;
    document.y = y;
    write(document, value, { size: 11, x: left + indent, width: width - indent });
    document.y = Math.max(below, document.y) + mm(1.2);
  }
};

type Table = Extract<Block, { kind: 'table' }>;
const cellGap = mm(3);

const drawTable = (document: Document, { columns, rows, total }: Table): void => {
  const heads = columns.map(({ title }) => title);
  const head = () => drawRow(document, columns, heads, 'bold');
  head();
  for (const row of rows) drawRow(document, columns, row, 'regular', head);
  if (total.length > 0) drawRow(document, columns, total, 'bold', head);
};

const rowSize = 9.5;
const rowInk = (font: 'regular' | 'bold'): Ink => ({ size: rowSize, font });

const heightOf = (document: Document, columns: Column[], cells: string[], font: 'regular' | 'bold'): number =>
  Math.max(
    ...columns.map(({ share }, at) =>
      inked(document, rowInk(font)).heightOfString(cells[at] ?? '', { width: widthOf(share), lineGap: 1 }),
    ),
  ) + mm(3);

const widthOf = (share: number): number => share * width - cellGap;

// What does not fit goes on a new page, below the table's head.
const drawRow = (
  document: Document,
  columns: Column[],
  cells: string[],
  font: 'regular' | 'bold',
  head?: () => void,
): void => {
  const height = heightOf(document, columns, cells, font);
  if (head && document.y + height > bottom) {
    document.addPage();
    document.y = top;
    head();
  }
  const { y } = document;
  let x = left;
  columns.forEach(({ share, align = 'left' }, at) => {
    const cell = { width: widthOf(share), lineGap: 1, align };
    inked(document, rowInk(font)).text(cells[at] ?? '', x, y + mm(1.2), cell);
    x += share * width;
  });
  line(document, y + height);
  document.y = y + height;
};

const boxHeight = mm(42);

// The sentence and the boxes stay in one piece: whoever signs sees what they sign.
const drawBoxes = (document: Document, { text, boxes }: Extract<Block, { kind: 'boxes' }>): void => {
  const said = inked(document, { size: 10.5 }).heightOfString(text, { width, lineGap: 1.5 });
  if (document.y + said + mm(4) + boxHeight > bottom) {
    document.addPage();
    document.y = top;
  }
  if (text !== '') {
    write(document, text, { size: 10.5 });
    document.y += mm(4);
  }
  const { y } = document;
  const gap = mm(6);
  const boxWidth = (width - gap * (boxes.length - 1)) / boxes.length;
  boxes.forEach(({ title, lines }, at) => {
    const x = left + at * (boxWidth + gap);
    document.rect(x, y, boxWidth, boxHeight).lineWidth(0.8).strokeColor(pale).stroke();
    const inside = { x: x + mm(3), width: boxWidth - mm(6) };
    document.y = y + mm(2.5);
    write(document, title, { size: 10, font: 'bold', ...inside });
    for (const said of lines) write(document, said, { size: 9.5, colour: pale, ...inside });
  });
  document.y = y + boxHeight;
};

const numberPages = (document: Document, page: string): void => {
  const { count } = document.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    document.switchToPage(at);
    document.y = sheetSize.height - mm(16);
    inked(document, { size: 8.5, colour: pale }).text(
      page.replace('{at}', String(at + 1)).replace('{of}', String(count)),
      left,
      document.y,
      {
        width,
        align: 'right',
        lineBreak: false,
      },
    );
  }
};
