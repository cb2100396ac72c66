import { fillWords, sayDay, type LetterVariables, type LetterWords } from './letter-words.ts';
import { setParagraph, type Column, type SetParagraph, type TextStyle } from './paragraph.ts';
import { colourOperands, printSizes, type PrintSize } from './paper.ts';
import type { LotToDraw, SheetToDraw } from './sheet-to-draw.ts';
import type { Typefaces } from './typesetting.ts';

/** What a letter's words depend on. Sheets that agree in it share one face. */
export type FaceOf = Pick<
  SheetToDraw,
  'language' | 'largePrint' | 'civility' | 'askedDay' | 'limitDay' | 'identifierKind' | 'isTest'
>;

/** What every part of a face is set with: its words filled in, its sizes, the organisation's colour. */
export type Ink = {
  lot: LotToDraw;
  of: FaceOf;
  words: LetterWords;
  size: PrintSize;
  /** Selects the organisation's colour for what follows. */
  brand: string;
  /** A template's text with its placeholders filled. */
  say: (template: string) => string;
  /** Whether one line of so many points holds a word in this style. */
  fits: (word: string, style: TextStyle, width: number) => boolean;
  /** @throws WordsRefused */
  set: (text: string, style: TextStyle, column: Column) => SetParagraph;
};

export const inkOf = (faces: Typefaces, lot: LotToDraw, of: FaceOf): Ink => {
  const variables = variablesOf(lot, of);
  return {
    lot,
    of,
    words: wordsOf(lot, of),
    size: of.largePrint ? printSizes.large : printSizes.normal,
    brand: `${colourOperands(lot.letterhead.colour)} rg`,
    say: (template) => fillWords(template, variables, of.language),
    fits: (word, { size }, width) => (faces.regular.set(word).width * size) / 1000 <= width,
    set: (text, style, column) => setParagraph(faces, text, style, column),
  };
};

/** The words that this sheet speaks with. */
export const wordsOf = (
  { words, testWords }: LotToDraw,
  { isTest, language }: Pick<FaceOf, 'isTest' | 'language'>,
): LetterWords => (isTest ? testWords : words)[language];

/** Sets one thing under the other: each begins at the baseline where the one before ends. */
export const stack = <T>(
  from: number,
  items: T[],
  set: (item: T, y: number, index: number) => SetParagraph,
): SetParagraph => {
  let nextBaseline = from;
  const operators = items.flatMap((item, index) => {
    const done = set(item, nextBaseline, index);
    nextBaseline = done.nextBaseline;
    return done.operators;
  });
  return { operators, nextBaseline };
};

export const present = (...texts: (string | null | undefined)[]): string[] =>
  texts.filter((text) => typeof text === 'string');

/** Data of an organisation's file is text, never a placeholder or a mark for bold. */
export const plain = (text: string): string => text.replaceAll('**', '').replaceAll('{{', '');

/** An address to type by hand: without its scheme, and without a path that nobody would copy. */
export const shownAddress = (address: string | null): string | null => {
  const bare = address === null ? null : withoutScheme(address).replace(/\/$/, '');
  return bare && bare.length > 40 ? bare.replace(/\/.*$/, '') : bare;
};

const withoutScheme = (address: string): string => address.replace(/^https?:\/\//, '');

const variablesOf = (lot: LotToDraw, of: FaceOf): LetterVariables => {
  const { letterhead, organisationName, letterDay, testAddress } = lot;
  const { civilities, identifiers } = wordsOf(lot, of);
  return {
    organisation: organisationName,
    service: letterhead.service[of.language],
    phone: letterhead.phone,
    hours: letterhead.hours?.[of.language] ?? null,
    portalAddress: shownAddress(letterhead.portalAddress),
    letterDay: sayDay(letterDay, of.language),
    askedDay: sayDay(of.askedDay, of.language),
    limitDay: sayDay(of.limitDay, of.language),
    civility: civilities[of.civility],
    identifier: identifiers[of.identifierKind],
    testAddress: withoutScheme(testAddress),
  };
};
