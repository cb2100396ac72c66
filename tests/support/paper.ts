import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { loadWords } from '../../server/core/words.ts';
import { aidWords } from '../../server/letters/aid-words.ts';
import { openLetterDocument } from '../../server/letters/drawing.ts';
import { loadLetterWords } from '../../server/letters/letter-words.ts';
import { usualAddressPlace, type LotToDraw, type SheetToDraw } from '../../server/letters/sheet-to-draw.ts';
import { openFontBook } from '../../server/letters/typesetting.ts';

export const templates = new URL('../../templates/', import.meta.url).pathname;
export const fontsDirectory = join(templates, 'fonts');
const font = (name: string) => readFileSync(join(fontsDirectory, name));
const book = openFontBook({
  regular: font('NotoSans-Regular.ttf'),
  bold: font('NotoSans-Bold.ttf'),
  mono: font('NotoSansMono-Bold.ttf'),
});
export const words = loadLetterWords(templates);
const serverWords = loadWords(templates);
const testWords = loadLetterWords(templates, 'test-letter');

/** What a lot takes from the house besides its organisation's file. */
export const usualHouse = {
  training: false,
  words: serverWords,
  letterWords: words,
  testLetterWords: testWords,
  portalUrl: 'https://portail.example',
};

export const lot = (more: Partial<LotToDraw> = {}): LotToDraw => ({
  number: 42,
  attempt: 1,
  organisationName: 'Mutuelle des Tilleuls',
  letterhead: {
    name: 'Mutuelle des Tilleuls',
    colour: '#1f4e79',
    returnAddress: ['SERVICE ADHERENTS', '12 RUE DES ECOLES', 'TSA 12345', '99999 VILLENEUVE CEDEX 9'],
    service: { fr: 'Service adhérents', en: 'Member services' },
    phone: '06 39 98 00 01',
    hours: { fr: 'du lundi au vendredi, de 8 h 30 à 18 h', en: 'Monday to Friday, 8.30 to 18.00' },
    portalAddress: 'https://espace.tilleuls.example/',
  },
  signatory: { name: 'Camille Laurent', role: { fr: 'responsable du service', en: 'Head of service' } },
  addressPlace: usualAddressPlace,
  words: words('tilleuls'),
  testWords: testWords('tilleuls'),
  testAddress: 'https://portail.tilleuls.example/lettre-temoin',
  aids: aidWords(serverWords, 'Mutuelle des Tilleuls', usualAddressPlace),
  letterDay: '2027-03-03',
  drawnAt: new Date('2027-03-03T17:00:00Z'),
  ...more,
});

export const sheet = (number: number, more: Partial<SheetToDraw> = {}): SheetToDraw => ({
  sheet: number,
  reference: `42-${number}`,
  addressLines: ['Madame Élodie ŒUVRARD', '15 RUE DU GENERAL DE GAULLE', '99999 VILLENEUVE'],
  language: 'fr',
  largePrint: false,
  civility: 'madame',
  askedDay: '2027-03-01',
  limitDay: '2027-03-18',
  identifierKind: 'nir',
  isTest: false,
  secret: 'K7QDM2XW9RTB0',
  ...more,
});

export const drawnWith = (lotToDraw: LotToDraw, ...bundles: SheetToDraw[][]) => {
  const document = openLetterDocument(lotToDraw, book);
  const drawn = bundles.map((sheets) => document.draw(sheets));
  const last = document.finish();
  return {
    drawn,
    refused: drawn.flatMap(({ refused }) => refused),
    pdf: joined(
      drawn.map((b) => b.bytes),
      last,
    ),
  };
};
export const joined = (bundles: Uint8Array[], last: Uint8Array) =>
  new Uint8Array(Buffer.concat([...bundles, last]));

export type Text = { text: string; left: number; right: number; baseline: number; size: number };
export const mmPerPoint = 25.4 / 72;

export const openPdf = (pdf: Uint8Array) =>
  getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 }).promise;

export const textsOf = async (pdf: Uint8Array, page = 1): Promise<Text[]> =>
  textsOnPage(await (await openPdf(pdf)).getPage(page));

export const textsOnPage = async (page: PDFPageProxy): Promise<Text[]> => {
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || !item.str.trim()) return [];
    const [, , , , x = 0, y = 0] = item.transform;
    const left = x * mmPerPoint;
    const text = item.str.replace(/\u00a0/g, ' ');
    return [
      {
        text,
        left,
        right: left + item.width * mmPerPoint,
        baseline: 297 - y * mmPerPoint,
        size: item.height,
      },
    ];
  });
};
export const pageText = async (pdf: Uint8Array, page = 1) =>
  (await textsOf(pdf, page))
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ');

/** The text of each page, in order. */
export const textOfPages = async (pdf: Uint8Array): Promise<string[]> => {
  const document = await openPdf(pdf);
  const pages: string[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
};
