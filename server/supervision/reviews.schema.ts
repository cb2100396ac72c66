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

/** A member as this list or page may show them: by name to whoever may open their page, else by a masked number. */
export const Who = z.object({ memberId: z.string(), name: z.string().nullable(), number: z.string() });
export type Who = z.infer<typeof Who>;

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
  /** Whom it is about, where it is one member. */
  who: Who.nullable(),
  /** What was done: kinds of events, the first of each, in their order; of a cause, in all that it stands for. */
  what: z.array(z.string()),
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
  /** What the agent said to `to-explain`. */
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedByName: z.string().nullable(),
  /** When it had passed the retention: only its numbers remain, and without a verdict nobody looked at it. */
  forgottenAt: z.string().nullable(),
  /** `explain`: whether « to explain » is among the verdicts; the agent answers once. */
  can: z.object({ decide: Can, explain: Can }),
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
  /** Those who stand in what happened or can be undone. */
  members: z.array(Who),
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
  /** Not yet decided or answered by its agent since, and not inside a cause. */
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

/** An agent's sentence to `to-explain`, once. */
export const AnswerReview = z.strictObject({
  answer: z.string().trim().min(1, 'reviews.answerNeeded').max(wordLength),
  /** Said after the warning: none of it is about health or opinions. */
  confirmed: z.boolean().optional(),
});
export type AnswerReview = z.infer<typeof AnswerReview>;

/** A verdict on one's own acts. */
export const OwnReview = z.object({
  id: z.string(),
  organisationId: z.string().nullable(),
  kind: ReviewKind,
  day: z.string(),
  who: Who.nullable(),
  what: z.array(z.string()),
  lotId: z.string().nullable(),
  signals: z.array(SignalName),
  acts: z.number(),
  verdict: Verdict,
  word: z.string().nullable(),
  decidedAt: z.string(),
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  can: z.object({ answer: z.boolean() }),
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
  /** When supervisors are alerted, and when an agent's next way in needs a second person. */
  today: z.object({ why: z.string(), oldestHours: z.number(), score: z.number() }),
  farFromDesk: z.object({
    ...{ why: z.string(), hours: z.number() },
    ...{ least: z.number(), timesMedian: z.number() },
  }),
  /** Items of each Paris day, newest first. */
  days: z.array(z.object({ day: z.string(), raised: z.number(), open: z.number() })),
  /** Since when the oldest item waits, and when retention empties the first of them, decided or not. */
  waiting: z.object({ oldestAt: z.string().nullable(), forgottenAt: z.string().nullable() }),
  /** Items that retention emptied before anybody had decided them: never looked at. */
  neverDecided: z.number(),
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
