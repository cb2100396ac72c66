import bwip from 'bwip-js';
import PDFDocument from 'pdfkit';
import { groupForReading } from '../../server/credentials/temporary-password.ts';
import { fillWords, sayDay, type LetterVariables } from '../../server/letters/letter-words.ts';
import { mm, sheetSize } from '../../server/letters/paper.ts';
import { sheetCode } from '../../server/letters/sheet-code.ts';
import type { LotToDraw, SheetToDraw } from '../../server/letters/sheet-to-draw.ts';
import { fontFile } from './letters-content.ts';

type Fonts = { regular: Buffer; bold: Buffer };

export const plainFonts = (): Fonts => ({
  regular: fontFile('NotoSans-Regular.ttf'),
  bold: fontFile('NotoSans-Bold.ttf'),
});

/** A document as one writes it from pdfkit's manual: two fonts, text that flows. */
export const openPlain = (fonts: Fonts): PDFKit.PDFDocument => {
  const document = new PDFDocument({
    size: [sheetSize.width, sheetSize.height],
    margin: 0,
    autoFirstPage: false,
  });
  document.registerFont('regular', fonts.regular);
  document.registerFont('bold', fonts.bold);
  return document;
};

/** The bytes of a document, once ended. */
export const sizeOf = (document: PDFKit.PDFDocument): Promise<number> =>
  new Promise((resolve, reject) => {
    let bytes = 0;
    document.on('data', (piece: Buffer) => (bytes += piece.length));
    document.on('end', () => resolve(bytes));
    document.on('error', reject);
  });

/** The same words, address, secret and DataMatrix as ours, laid out anew for each sheet. */
export const drawPlain = (document: PDFKit.PDFDocument, lot: LotToDraw, sheet: SheetToDraw): void => {
  const words = lot.words[sheet.language];
  const text = words.normal;
  const say = (template: string) => fillWords(template, variablesOf(lot, sheet), sheet.language);
  const [left, width] = [mm(20), mm(170)];
  const column = { width, lineGap: 0.5 };
  document.addPage();

  document.font('bold').fontSize(18).fillColor(lot.letterhead.colour);
  document.text(lot.letterhead.name, left, mm(14), column);
  const { returnAddress, phone, hours, service } = lot.letterhead;
  document.font('regular').fontSize(9).fillColor('#333');
  const head = [
    service.fr,
    ...returnAddress,
    words.contact,
    phone ?? '',
    hours?.fr ?? '',
    'espace.tilleuls.example',
  ];
  document.text(head.join('\n'), left, mm(25), { width: mm(60) });
  document.fontSize(10).fillColor('#000');
  document.text(sheet.addressLines.join('\n'), mm(lot.addressPlace.leftMm), mm(lot.addressPlace.topMm), {
    width: mm(lot.addressPlace.widthMm),
  });
  document.fontSize(9).text(`${words.reference} ${sheet.reference}`, left, mm(90));
  document.fontSize(11).text(say(words.date), mm(lot.addressPlace.leftMm), mm(105));

  document.font('bold').fontSize(13.5).text(say(words.subject), left, mm(115), column);
  document.font('regular').fontSize(11).moveDown(0.5).text(say(words.greeting), column).moveDown(0.3);
  inMixed(document, say(text.opening), column);
  document.moveDown(0.5);
  if (text.stepsTitle) document.font('bold').text(say(text.stepsTitle), column).font('regular');
  text.steps.forEach((step, index) => inMixed(document, `**${index + 1}.** ${say(step)}`, column));
  document.moveDown(0.5).text(say(text.closing), column);
  inMixed(document, `**${lot.signatory.name}**, ${lot.signatory.role[sheet.language]}`, column);

  document.rect(left, mm(206), width, mm(33)).stroke(lot.letterhead.colour);
  const centred = { width, align: 'center' } as const;
  document.font('bold').text(say(text.secretTitle), left, mm(210), centred);
  document.fontSize(26).text(groupForReading(sheet.secret), left, mm(218), centred);
  document.font('regular').fontSize(11).text(say(text.life).replaceAll('**', ''), left, mm(232), centred);
  text.notes.forEach((note, index) => {
    const x = left + index * mm(89);
    document.font('bold').text(say(note.title), x, mm(244), { width: mm(81) });
    inMixed(document, say(note.text), { width: mm(81) });
  });
  document.text(say(text.farewell), left, mm(285), column);
  drawMatrix(document, sheetCode({ lot: lot.number, attempt: lot.attempt, sheet: sheet.sheet }));
};

/** What stands between two `**` in bold, and the rest goes on in the same line. */
const inMixed = (document: PDFKit.PDFDocument, text: string, options: PDFKit.Mixins.TextOptions): void => {
  const pieces = text.split('**');
  pieces.forEach((piece, index) => {
    document.font(index % 2 ? 'bold' : 'regular');
    document.text(piece, { ...options, continued: index < pieces.length - 1 });
  });
  document.font('regular');
};

const drawMatrix = (document: PDFKit.PDFDocument, code: string): void => {
  const [symbol] = bwip.raw({ bcid: 'datamatrix', text: code });
  if (!symbol || !('pixs' in symbol)) throw new Error('bwip-js drew no DataMatrix.');
  const module = mm(0.6);
  [...symbol.pixs].forEach((dark, at) => {
    const [column, row] = [at % symbol.pixx, Math.floor(at / symbol.pixx)];
    if (dark) document.rect(mm(6.5) + column * module, mm(115.5) + row * module, module, module);
  });
  document.fill('#000');
};

/** What fills the placeholders of a letter's words. */
export const variablesOf = (lot: LotToDraw, sheet: SheetToDraw): LetterVariables => ({
  organisation: lot.organisationName,
  service: lot.letterhead.service[sheet.language],
  phone: lot.letterhead.phone,
  hours: lot.letterhead.hours?.[sheet.language] ?? null,
  portalAddress: 'espace.tilleuls.example',
  letterDay: sayDay(lot.letterDay, sheet.language),
  askedDay: sayDay(sheet.askedDay, sheet.language),
  limitDay: sayDay(sheet.limitDay, sheet.language),
  civility: lot.words[sheet.language].civilities[sheet.civility],
  identifier: lot.words[sheet.language].identifiers[sheet.identifierKind],
  testAddress: lot.testAddress,
});
