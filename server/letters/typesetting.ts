import PDFDocument from 'pdfkit';

/** Text ready to be shown (hexadecimal glyphs, kerns between them), and its width in thousandths of the font's size. */
export type SetText = { operand: string; width: number };

export type Typeface = {
  /** The name under which the page's resources know it. */
  id: string;
  reference: object;
  /** False for a glyph the font lacks, control and format characters, and marks that no letter carries. */
  canDraw: (text: string) => boolean;
  /** A word, kerned: for words that many sheets and documents share. */
  set: (word: string) => SetText;
  /** Glyph by glyph, each looked up once: for what differs on every sheet. */
  setPlain: (text: string) => SetText;
};

type Each<T> = { regular: T; bold: T; mono: T };
export type Typefaces = Each<Typeface>;

/** The three font files (TrueType) that letters are set in. */
export type LetterFonts = Each<Uint8Array>;

/** Fonts read once for all documents of a process, and the words laid out with them so far. */
export type FontBook = Each<BookFont>;

/** Reading a font takes longer than drawing fifty letters. */
export const openFontBook = (fonts: LetterFonts): FontBook => eachOf(fonts, readFont);

/** Embeds the fonts into a document; only glyphs that are used reach the file. */
export const openTypefaces = (document: PDFKit.PDFDocument, book: FontBook): Typefaces =>
  eachOf(book, (font) => openTypeface(document, font));

/** A number as PDF writes it: two decimals are a hundredth of a point. */
export const coordinate = (value: number): string => String(Math.round(value * 100) / 100);

/** The operators that show a text with its baseline at (x, y), on a page whose y grows downwards. */
export const showText = (face: Typeface, size: number, x: number, y: number, text: SetText): string =>
  `BT /${face.id} ${size} Tf 1 0 0 -1 ${coordinate(x)} ${coordinate(y)} Tm [<${text.operand}>] TJ ET`;

// What pdfkit keeps of an embedded font, and fontkit of a font, and their types do not show.
type Glyph = { id: number; advanceWidth: number };
type ParsedFont = {
  unitsPerEm: number;
  hasGlyphForCodePoint: (codePoint: number) => boolean;
  layout: (text: string, features: object) => { glyphs: Glyph[]; positions: { xAdvance: number }[] };
};
type EmbeddedFont = {
  id: string;
  ref: () => object;
  font: ParsedFont;
  subset: { includeGlyph: (id: number) => number };
  widths: number[];
  unicode: number[][];
};

type LaidGlyph = { id: number; advance: number; codePoints: number[]; kern: number };
type LaidWord = { glyphs: LaidGlyph[]; width: number };
type BookFont = { parsed: ParsedFont; drawable: Set<string>; words: Map<string, LaidWord> };

const eachOf = <From, To>({ regular, bold, mono }: Each<From>, make: (from: From) => To): Each<To> => ({
  regular: make(regular),
  bold: make(bold),
  mono: make(mono),
});

const readFont = (file: Uint8Array): BookFont => {
  const document = new PDFDocument({ autoFirstPage: false, font: '' });
  document.font(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  return { parsed: embeddedFont(document).font, drawable: new Set(), words: new Map() };
};

const openTypeface = (document: PDFKit.PDFDocument, book: BookFont): Typeface => {
  // Since 0.20 pdfkit takes a font that is already parsed; its types do not say so.
  document.font(book.parsed as unknown as PDFKit.Mixins.PDFFontSource);
  const font = embeddedFont(document);
  const words = new Map<string, SetText>();
  const characters = new Map<string, SetText>();
  const set = (word: string): SetText => {
    const known = words.get(word) ?? encode(font, laid(book, word));
    words.set(word, known);
    return known;
  };

  return {
    id: font.id,
    reference: font.ref(),
    canDraw: (text) => canDraw(book, text),
    set,
    setPlain: (text) => {
      let operand = '';
      let width = 0;
      for (const character of text) {
        const known = characters.get(character) ?? encode(font, laid(book, character));
        characters.set(character, known);
        operand += known.operand;
        width += known.width;
      }
      return { operand, width };
    },
  };
};

const embeddedFont = (document: PDFKit.PDFDocument): EmbeddedFont => {
  const font: unknown = Reflect.get(document, '_font');
  if (!isEmbeddedFont(font)) throw new Error('pdfkit keeps its fonts in another way than 0.20 did.');
  return font;
};

const isEmbeddedFont = (font: unknown): font is EmbeddedFont =>
  typeof font === 'object' &&
  font !== null &&
  ['ref', 'font', 'subset', 'widths', 'unicode'].every((key) => key in font);

// Kerning alone. Ligatures would make one glyph of several letters, which some readers cannot turn back into text;
// what else fontkit tries changes nothing in our words and takes most of the time.
const features = Object.fromEntries(
  ['liga', 'clig', 'rlig', 'ccmp', 'locl', 'calt', 'rclt', 'mark', 'mkmk', 'curs', 'rvrn', 'ltra', 'ltrm']
    .concat(['frac', 'numr', 'dnom'])
    .map((feature) => [feature, false]),
);

const laid = ({ parsed, words }: BookFont, word: string): LaidWord => {
  const known = words.get(word);
  if (known) return known;
  const { glyphs, positions } = parsed.layout(word, features);
  const codePoints = Array.from(word, (character) => character.codePointAt(0) ?? 0);
  if (glyphs.length !== codePoints.length)
    throw new Error('This font makes other glyphs of a word than its letters.');
  const scale = 1000 / parsed.unitsPerEm;
  const advances = positions.map(({ xAdvance }) => xAdvance * scale);
  const layout = {
    glyphs: glyphs.map((glyph, at) => {
      const advance = glyph.advanceWidth * scale;
      // Not the glyph's own code points: fontkit forgets those of a part of other glyphs, once a document ended.
      return {
        id: glyph.id,
        advance,
        codePoints: [codePoints[at] ?? 0],
        kern: Math.round(advance - (advances[at] ?? 0)),
      };
    }),
    width: advances.reduce((sum, advance) => sum + advance, 0),
  };
  words.set(word, layout);
  return layout;
};

// As pdfkit encodes a text: every glyph takes its place in the part of the font that the document carries.
const encode = (font: EmbeddedFont, { glyphs, width }: LaidWord): SetText => {
  let operand = '';
  glyphs.forEach(({ id, advance, codePoints, kern }, index) => {
    const place = font.subset.includeGlyph(id);
    font.widths[place] ??= advance;
    font.unicode[place] ??= codePoints;
    operand += place.toString(16).padStart(4, '0');
    if (kern !== 0 && index < glyphs.length - 1) operand += `> ${kern} <`;
  });
  return { operand, width };
};

const canDraw = ({ parsed, drawable }: BookFont, text: string): boolean => {
  for (const character of text) {
    if (drawable.has(character)) continue;
    if (!isDrawable.test(character) || !parsed.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) {
      return false;
    }
    // Else reading the text back would not give the letter.
    if (parsed.layout(character, features).glyphs.length !== 1) return false;
    drawable.add(character);
  }
  return true;
};

const isDrawable = /^(?:[^\p{C}\p{M}\p{Zl}\p{Zp}\p{Extended_Pictographic}]|[©®™])$/u;
