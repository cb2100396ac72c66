import { z } from 'zod';

/** Somebody who rings the training desk, as a trainee hears them. */
export const TrainingCall = z.object({
  id: z.string(),
  organisationId: z.string(),
  /** Who they say they are, and the number they read from their card. */
  name: z.string(),
  memberNumber: z.string(),
  /** What they say first, in words. */
  opening: z.string(),
  /** What they answer when they are asked. */
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  /** What becomes of a code that is sent to the contact on file, in words. */
  code: z.string(),
});
export type TrainingCall = z.infer<typeof TrainingCall>;

/** When a caller began to ring, by this server's clock. */
export const TrainingRing = z.object({ rangAt: z.string() });
export type TrainingRing = z.infer<typeof TrainingRing>;

/** Of a debrief: since when what was done counts; without it, the last day. */
export const DebriefQuery = z.strictObject({ since: z.iso.datetime().optional() });

/** What a call was about, and how it went: shown once the trainee asks. */
export const TrainingDebrief = z.object({
  id: z.string(),
  verdict: z.enum(['as-expected', 'mistaken', 'nothing-done']),
  /** In words: how it went, what the call was about and what it teaches. */
  outcome: z.string(),
  lesson: z.string(),
  /** What this trainee did for that member since they rang, in words. */
  done: z.array(z.string()),
});
export type TrainingDebrief = z.infer<typeof TrainingDebrief>;
