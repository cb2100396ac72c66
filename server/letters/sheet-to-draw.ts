import type { LetterWordsPair } from './letter-words.ts';

/** What the paper needs to know, as plain data: it crosses into the drawing worker. */

type InBoth = { fr: string; en: string };

/** Where the envelope's window shows the address (FACTS 4.5), in millimetres from the top left of the sheet. */
export type AddressPlace = {
  leftMm: number;
  topMm: number;
  /** Seven lines, with the country, begin higher. */
  topWithCountryMm: number;
  widthMm: number;
  linePitchMm: number;
};

export const usualAddressPlace: AddressPlace = {
  leftMm: 110,
  topMm: 57,
  topWithCountryMm: 51,
  widthMm: 80,
  linePitchMm: 3.6,
};

export type Letterhead = {
  name: string;
  /** `#rrggbb`, dark enough to be read on white. */
  colour: string;
  returnAddress: string[];
  /** The service that answers, as « Service clients ». */
  service: InBoth;
  phone: string | null;
  hours: InBoth | null;
  /** The members' site, with or without https://. */
  portalAddress: string | null;
};

export type LotToDraw = {
  number: number;
  attempt: number;
  organisationName: string;
  letterhead: Letterhead;
  signatory: { name: string; role: InBoth };
  addressPlace: AddressPlace;
  words: LetterWordsPair;
  /** The date at the head of the letters, YYYY-MM-DD. */
  letterDay: string;
  /** Goes into the document's information. */
  drawnAt: Date;
};

export type SheetToDraw = {
  sheet: number;
  /** « Réf. pli »: printed outside the window, so that an agent finds the letter without seeing the secret. */
  reference: string;
  addressLines: string[];
  language: 'fr' | 'en';
  largePrint: boolean;
  civility: 'madame' | 'monsieur' | 'none';
  askedDay: string;
  limitDay: string;
  identifierKind: 'nir' | 'member-number' | 'other';
  /** The 13 symbols of the temporary password, ungrouped. */
  secret: string;
};

/** A sheet that was not drawn, and why; `line` counts the address lines from 1, 0 is the letter itself. */
export type RefusedSheet = {
  sheet: number;
  problem: 'missing-glyph' | 'too-wide' | 'too-many-lines' | 'words-too-long';
  line: number;
};

/** `bytes` go on from the former bundle's; `drawn` are the sheet numbers whose pages they hold, in order. */
export type DrawnBundle = { bytes: Uint8Array; drawn: number[]; refused: RefusedSheet[] };
