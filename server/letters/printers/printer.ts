import type { WordParams } from '../../core/errors.ts';

/** A bundle's document on its way out. */
export type Document = {
  /** Of files and jobs, without an ending; says nothing about a person. */
  name: string;
  /** A whole PDF. */
  bytes: Uint8Array;
  /** To be called just before anybody can get hold of some of it: from then on it may be on paper. */
  leaves: () => void;
  /** To be awaited when half of the bytes have left. */
  halfway: () => void | Promise<void>;
};

/** What a document became: a file's name, or a printer's job; with the digest of what left. */
export type Receipt = { file: string; sha256: string };

/** What a mail house has to produce, once all of it is there. Nothing about a person stands in it. */
export type Manifest = {
  lot: number;
  organisation: string;
  product: string;
  plannedPostingOn: string;
  sheets: number;
  files: {
    file: string;
    sha256: string;
    sheets: number;
    /** In the order of the pages. */
    references: { sheet: number; reference: string }[];
  }[];
};

/** Something that is wrong with a way out, in words (a key) with their parameters. */
export type Trouble = { words: string; params?: WordParams };

/**
 * Where bundles go besides the browser.
 *
 * `deliver` throws an AppError `lots.problems.*` when the document was not accepted, and what `signal` gives as its
 * reason when it is aborted.
 */
export type Printer = {
  kind: 'directory' | 'ipp' | 'mail-house';
  isEncrypted: boolean;
  deliver: (document: Document, signal: AbortSignal) => Promise<Receipt>;
  /** Takes away what attempts up to this one left and never delivered. */
  tidy: (lot: { number: number; attempt: number }, delivered: ReadonlySet<string>) => Promise<void>;
  /** The lot is whole. */
  complete: (manifest: Manifest) => Promise<void>;
  /** What has become of an accepted document that will not be printed; null while all is well. */
  failureOf: (file: string) => Promise<'aborted' | 'canceled' | null>;
  /** Looks without changing anything. */
  examine: () => Promise<Trouble[]>;
};

/** What a bundle is called wherever it goes. */
export const bundleName = (lot: { number: number; attempt: number }, bundle: number): string =>
  `lot-${lot.number}-attempt-${lot.attempt}-bundle-${bundle}`;

/** A file of that name and its lot and attempt; also one that was never finished. */
export const readBundleFile = (name: string): { lot: number; attempt: number } | undefined => {
  const ours = /^\.?lot-(\d+)-attempt-(\d+)-bundle-\d+\.pdf(\.pgp)?(\.part)?$/.exec(name);
  return ours ? { lot: Number(ours[1]), attempt: Number(ours[2]) } : undefined;
};
