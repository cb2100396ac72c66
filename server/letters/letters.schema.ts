import { z } from 'zod';
import { Version } from '../core/version.schema.ts';

export const letterStates = [
  'requested',
  'in-lot',
  'printing',
  'printed',
  'deposited',
  'used',
  'cancelled',
  'refused',
  'spoiled',
  'superseded',
  'expired',
  'returned',
] as const;
export const LetterState = z.enum(letterStates);
export type LetterState = z.infer<typeof LetterState>;

/** Why a letter was not printed; `letters.problems.<code>` says it in words. */
export const letterProblems = [
  'missing-glyph',
  'too-wide',
  'too-many-lines',
  'words-too-long',
  'address-doubtful',
  'account-closed',
] as const;
export type LetterProblem = (typeof letterProblems)[number];

/** A letter as lists show it: where it stands and its dates, nothing of the person but the postcode. */
export const Letter = z.object({
  id: z.string(),
  reference: z.string(),
  organisationId: z.string(),
  state: LetterState,
  stateAt: z.string(),
  askedAt: z.string(),
  postcode: z.string(),
  product: z.string(),
  plannedPostingOn: z.string(),
  latestPostingAt: z.string(),
  earliestArrivalOn: z.string(),
  latestArrivalOn: z.string(),
  announcedOn: z.string(),
  promisedOn: z.string().nullable(),
  /** Whether the dates keep what was promised; null where nothing was, and of letters from before it was kept. */
  keepsPromise: z.boolean().nullable(),
  limitOn: z.string(),
  /** Whether it can still be posted in time: the console marks late and at-risk ones. */
  timeliness: z.enum(['on-time', 'at-risk', 'late', 'gone']),
  /** In words: why it was not printed and what to do. */
  problem: z.string().nullable(),
  /** In words: why the post brought it back. */
  returnReason: z.string().nullable(),
  /** The organisation sent it to itself. */
  isTest: z.boolean(),
  lotId: z.string().nullable(),
  lotNumber: z.number().nullable(),
  sheet: z.number().nullable(),
  version: z.number(),
});
export type Letter = z.infer<typeof Letter>;

export const CancelLetter = z.strictObject({
  reason: z.string().regex(/^[a-z0-9-]{1,64}$/, 'calls.badReason'),
  version: Version,
});
