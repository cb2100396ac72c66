import { z } from 'zod';
import { UndoAct } from '../accounts/undo.schema.ts';
import { Version } from '../core/version.schema.ts';
import { SignalName } from './review-settings.schema.ts';

/** A member's case, an agent's day, a lot, or the cause that several agents share. */
export const reviewKinds = ['case', 'day', 'lot', 'cause'] as const;
export const ReviewKind = z.enum(reviewKinds);
export type ReviewKind = z.infer<typeof ReviewKind>;

/** What a supervisor may say; `to-explain` may be followed by another word, the others are the last. */
export const Verdict = z.enum(['ordinary', 'to-explain', 'fault']);
export type Verdict = z.infer<typeof Verdict>;
/** `by-cause`: it was settled with the cause that it belonged to. */
export const GivenVerdict = z.enum([...Verdict.options, 'by-cause']);
export type GivenVerdict = z.infer<typeof GivenVerdict>;

const Can = z.object({ allowed: z.boolean(), why: z.string().nullable() });

export const ReviewSignal = z.object({
  signal: SignalName,
  /** What it counted; of a cause, how many agents. */
  measure: z.number(),
  weight: z.number(),
  /** Site or rule, in words where it has some; null where the signal says all. */
  cause: z.string().nullable(),
  /** It counts with its cause and no more with this item. */
  isFolded: z.boolean(),
});
export type ReviewSignal = z.infer<typeof ReviewSignal>;

export const Review = z.object({
  id: z.string(),
  organisationId: z.string().nullable(),
  kind: ReviewKind,
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  memberId: z.string().nullable(),
  lotId: z.string().nullable(),
  /** Paris day. */
  day: z.string(),
  score: z.number(),
  isSampled: z.boolean(),
  signals: z.array(ReviewSignal),
  /** Rows of the chain; of a cause, the items that it stands for. */
  acts: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** The cause that stands for it. */
  partOf: z.string().nullable(),
  verdict: GivenVerdict.nullable(),
  word: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedByName: z.string().nullable(),
  can: z.object({ decide: Can }),
  version: z.number(),
});
export type Review = z.infer<typeof Review>;

/** One row of the chain that an item is about, without what it says. */
export const ReviewedAct = z.object({
  seq: z.number(),
  at: z.string(),
  type: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  memberId: z.string().nullable(),
  callId: z.string().nullable(),
});

/** An item with what happened, and what can be undone for each member it touches. */
export const ReviewPage = Review.extend({
  happened: z.array(ReviewedAct),
  /** Beyond those shown. */
  moreHappened: z.number(),
  undoable: z.array(z.object({ memberId: z.string(), act: UndoAct, can: Can })),
  undone: z.array(
    z.object({ memberId: z.string(), act: UndoAct, at: z.string(), byName: z.string().nullable() }),
  ),
});
export type ReviewPage = z.infer<typeof ReviewPage>;

const id = z.string().max(64);
export const ReviewFilter = {
  id: z.array(id).max(100).optional(),
  /** Not yet decided, and not inside a cause. */
  open: z.boolean().optional(),
  signal: SignalName.optional(),
  agentId: id.optional(),
  organisationId: id.optional(),
  sampled: z.boolean().optional(),
  verdict: GivenVerdict.optional(),
  day: z.iso.date('reviews.badDay').optional(),
  /** What a cause stands for. */
  partOf: id.optional(),
};

export const wordLength = 200;
export const Decide = z
  .strictObject({
    verdict: Verdict,
    /** For the agent, who reads it. */
    word: z.string().trim().max(wordLength).default(''),
    /** Said after the warning: none of it is about health or opinions. */
    confirmed: z.boolean().optional(),
    version: Version,
  })
  .refine(({ verdict, word }) => verdict === 'ordinary' || word !== '', {
    path: ['word'],
    message: 'reviews.wordNeeded',
  });
export type Decide = z.infer<typeof Decide>;

export const Undo = z.strictObject({
  act: UndoAct,
  /** Whose account; may be left out where the item is about one member. */
  memberId: id.optional(),
  version: Version,
});
export type Undo = z.infer<typeof Undo>;

/** A verdict on one's own acts. */
export const OwnReview = z.object({
  id: z.string(),
  organisationId: z.string().nullable(),
  kind: ReviewKind,
  day: z.string(),
  memberId: z.string().nullable(),
  lotId: z.string().nullable(),
  signals: z.array(SignalName),
  acts: z.number(),
  verdict: Verdict,
  word: z.string().nullable(),
  decidedAt: z.string(),
});
export type OwnReview = z.infer<typeof OwnReview>;

const Rate = z.object({
  from: z.number(),
  alarms: z.number(),
  perDay: z.number(),
  /** Null while nothing was done at all. */
  perThousandActs: z.number().nullable(),
});

/** What each signal costs: how often it fired in the last days, and would have at other thresholds. */
export const ReviewSignals = z.object({
  /** How far back it counts, and on how many of these days anything was done. */
  overDays: z.number(),
  daysWithActs: z.number(),
  acts: z.number(),
  sampleOneIn: z.number(),
  gatherFrom: z.number(),
  /** Items of each Paris day, newest first. */
  days: z.array(z.object({ day: z.string(), raised: z.number(), open: z.number() })),
  signals: z.array(
    z.object({
      signal: SignalName,
      why: z.string(),
      weight: z.number(),
      structuralFrom: z.number().nullable(),
      rate: Rate,
      /** At half and twice the threshold. */
      otherwise: z.array(Rate),
      /** Items with it that were decided in these days, and how many of them were not ordinary. */
      decided: z.number(),
      notOrdinary: z.number(),
    }),
  ),
});
export type ReviewSignals = z.infer<typeof ReviewSignals>;
