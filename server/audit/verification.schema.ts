import { z } from 'zod';

/** How a chain can be broken. */
export const whys = [
  'missing-row',
  'stray-row',
  'payload-changed',
  'payload-removed',
  'column-changed',
  'link-broken',
  'forked',
  'cut-short',
  'head-changed',
  'heads-damaged',
  'heads-missing',
  'checkpoint-forged',
  'segment-forged',
] as const;
export const Why = z.enum(whys);
export type Why = z.infer<typeof Why>;

/** What is known of one segment: the chain goes on in a new one where it was found broken. */
export const SegmentVerdict = z.object({
  number: z.number(),
  fromRow: z.number(),
  toRow: z.number(),
  /** How many rows were found right, up to the first that is not. */
  rows: z.number(),
  holds: z.boolean(),
  brokenAt: z.number().nullable(),
  why: Why.nullable(),
  /** How many more places are wrong. */
  more: z.number(),
});
export type SegmentVerdict = z.infer<typeof SegmentVerdict>;

/** Of the whole chain: `brokenAt` and `why` are those of its first fault. While it is being read, `finished` is false. */
export const Verification = z.object({
  finished: z.boolean(),
  holds: z.boolean(),
  rows: z.number(),
  /** How many rows there were when the reading began. */
  of: z.number(),
  brokenAt: z.number().nullable(),
  why: Why.nullable(),
  segments: z.array(SegmentVerdict),
});
export type Verification = z.infer<typeof Verification>;
