/** Text ready for a TJ operator, and its width in thousandths of the font's size. */
export type SetText = { operand: string; width: number };

export type Typeface = {
  /** The name under which the page's resources know it. */
  id: string;
  reference: object;
  /** False for a glyph the font lacks, control and format characters, and marks that no letter carries. */
  canDraw: (text: string) => boolean;
  /** Kerned: for words that are set once and shown often. */
  set: (text: string) => SetText;
  /** Glyph by glyph, each looked up once: for what differs on every sheet. */
  setPlain: (text: string) => SetText;
};

export type Typefaces = { regular: Typeface; bold: Typeface; mono: Typeface };

/** The three font files (TrueType) that letters are set in. */
export type LetterFonts = { regular: Uint8Array; bold: Uint8Array; mono: Uint8Array };

/** Embeds the fonts into a document; only glyphs that are used reach the file. */
export const openTypefaces = (document: PDFKit.PDFDocument, fonts: LetterFonts): Typefaces => ({
  regular: openTypeface(document, fonts.regular),
  bold: openTypeface(document, fonts.bold),
  mono: openTypeface(document, fonts.mono),
});

/** A number as PDF writes it: two decimals are a hundredth of a point. */
export const coordinate = (value: number): string => String(Math.round(value * 100) / 100);

/** The operators that show a text with its baseline at (x, y), on a page whose y grows downwards. */
export const showText = (face: Typeface, size: number, x: number, y: number, text: SetText): string =>
  `BT /${face.id} ${size} Tf 1 0 0 -1 ${coordinate(x)} ${coordinate(y)} Tm [${text.operand}] TJ ET`;

// What pdfkit keeps of an embedded font and its types do not show.
type EmbeddedFont = {
  id: string;
  ref: () => object;
  encode: (text: string, features: object) => [string[], { xAdvance: number; advanceWidth: number }[]];
  font: { hasGlyphForCodePoint: (codePoint: number) => boolean };
};

const openTypeface = (document: PDFKit.PDFDocument, file: Uint8Array): Typeface => {
  document.font(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  const font = embeddedFont(document);
  const glyphs = new Map<string, SetText>();

  const setPlain = (text: string): SetText => {
    let operand = '';
    let width = 0;
    for (const character of text) {
      const glyph = glyphs.get(character) ?? encode(font, character);
      glyphs.set(character, glyph);
      operand += glyph.operand.slice(1, -1);
      width += glyph.width;
    }
    return { operand: `<${operand}>`, width };
  };
  return {
    id: font.id,
    reference: font.ref(),
    canDraw: (text) => canDraw(font, text),
    set: (text) => encode(font, text),
    setPlain,
  };
};

const embeddedFont = (document: PDFKit.PDFDocument): EmbeddedFont => {
  const font: unknown = Reflect.get(document, '_font');
  if (!isEmbeddedFont(font)) throw new Error('pdfkit keeps its fonts in another way than 0.20 did.');
  return font;
};

const isEmbeddedFont = (font: unknown): font is EmbeddedFont =>
  typeof font === 'object' && font !== null && 'encode' in font && 'ref' in font && 'font' in font;

// Ligatures would make one glyph of several letters, which some readers cannot turn back into text.
const features = { liga: false, clig: false };

const encode = (font: EmbeddedFont, text: string): SetText => {
  const [glyphs, positions] = font.encode(text, features);
  let operand = '<';
  let width = 0;
  glyphs.forEach((glyph, index) => {
    const { xAdvance = 0, advanceWidth = 0 } = positions[index] ?? {};
    width += xAdvance;
    operand += glyph;
    const kern = Math.round(advanceWidth - xAdvance);
    if (kern !== 0 && index < glyphs.length - 1) operand += `> ${kern} <`;
  });
  return { operand: `${operand}>`, width };
};

const canDraw = (font: EmbeddedFont, text: string): boolean => {
  if (/[\p{C}\p{M}\p{Zl}\p{Zp}]|\p{Extended_Pictographic}(?<![©®™])/u.test(text)) return false;
  for (const character of text) {
    if (!font.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return false;
  }
  return true;
};
