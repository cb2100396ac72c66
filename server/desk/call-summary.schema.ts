import { z } from 'zod';
import { Call } from '../calls/calls.schema.ts';
import { CallOutcome } from '../core/vocabulary.ts';
import { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import { TimelineEntry } from './desk.schema.ts';

/** What happened in a call, those that it goes on with included, and the same as one text for a ticket. */
export const CallSummary = z.object({
  call: Call,
  steps: z.array(TimelineEntry),
  level: VerificationLevel,
  /** What it came to; of one that lasts, what it would come to if it ended now. */
  outcome: CallOutcome,
  /** Nobody's name, number or address: it goes where others read it. */
  text: z.string(),
});
export type CallSummary = z.infer<typeof CallSummary>;
