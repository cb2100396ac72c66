import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { Channel } from '../core/vocabulary.ts';

const ReasonId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'calls.badReason');

export const Unblock = z.strictObject({
  /** May be left out when the call has one. */
  reason: ReasonId.optional(),
  version: Version,
});
export type Unblock = z.infer<typeof Unblock>;

export const IssueTemporaryPassword = z.strictObject({
  channel: Channel,
  reason: ReasonId.optional(),
  callId: z.string().max(64).optional(),
  version: Version,
});
export type IssueTemporaryPassword = z.infer<typeof IssueTemporaryPassword>;

/** What an act did, in words to say and in data: where it goes (masked), when it arrives. */
export const Outcome = z.object({
  message: z.string(),
  toSay: z.string().nullable(),
  letter: z
    .object({
      id: z.string(),
      reference: z.string(),
      to: z.array(z.string()),
      plannedPostingOn: z.string(),
      announcedOn: z.string(),
      earliestArrivalOn: z.string(),
      limitOn: z.string(),
    })
    .nullable(),
  version: z.number(),
});
export type Outcome = z.infer<typeof Outcome>;

export const Verdict = z.object({
  allowed: z.boolean(),
  /** The rule that refuses, e.g. `account.not-locked`; for programs and tests. */
  rule: z.string().nullable(),
  why: z.string().nullable(),
  /** What would make it possible, or what to do instead. */
  instead: z.string().nullable(),
});
export type Verdict = z.infer<typeof Verdict>;
