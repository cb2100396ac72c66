import type { AddressWindow } from '../organisations/address-window.schema.ts';
import type { LetterWordsPair } from './letter-words.ts';

/** What the paper needs to know, as plain data: it crosses into the drawing worker. */

type InBoth = { fr: string; en: string };

/** What works with most French window envelopes (FACTS 4.5). */
export const usualAddressPlace: AddressWindow = {
  envelope: 'DL',
  heightMm: 45,
  opaque: true,
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

/** What specimens and calibration sheets say; `steps` tell what to do with one, in order. */
export type AidWords = {
  specimen: string;
  always: string;
  ever: string;
  free: string;
  fold: string;
  secret: string;
  title: string;
  envelope: string;
  steps: string[];
};

export type LotToDraw = {
  number: number;
  attempt: number;
  organisationName: string;
  letterhead: Letterhead;
  signatory: { name: string; role: InBoth };
  addressPlace: AddressWindow;
  words: LetterWordsPair;
  /** Those of test letters, and the page where one is acknowledged, to be typed by hand. */
  testWords: LetterWordsPair;
  testAddress: string;
  aids: { fr: AidWords; en: AidWords };
  /** Across every sheet, where all are invented. */
  watermark?: InBoth;
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
  /** A letter that the organisation sends to itself. */
  isTest: boolean;
  /** The 13 symbols of the temporary password, ungrouped. */
  secret: string;
};

/** Nobody's address, of six lines: the most that a window must show in France. */
export const specimenAddress = [
  'MME CAMILLE SPECIMEN',
  'APPARTEMENT 4',
  'RESIDENCE DES TILLEULS',
  '12 RUE DE L EXEMPLE',
  'BP 12',
  '99999 VILLE EXEMPLE',
];

/** A sheet of nobody's: it has no secret, so that none can be drawn on it. */
export type SpecimenToDraw = Omit<SheetToDraw, 'secret' | 'sheet'>;

/** A sheet that was not drawn, and why; `line` counts the address lines from 1, 0 is the letter itself. */
export type RefusedSheet = {
  sheet: number;
  problem: 'missing-glyph' | 'too-wide' | 'too-many-lines' | 'words-too-long';
  line: number;
};

/** `bytes` go on from the former bundle's; `drawn` are the sheet numbers whose pages they hold, in order. */
export type DrawnBundle = { bytes: Uint8Array; drawn: number[]; refused: RefusedSheet[] };
