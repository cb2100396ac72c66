import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { Channel, MessageChannel } from '../core/vocabulary.ts';

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

export const Unfreeze = z.strictObject({ version: Version });

/** What a message would carry if it were asked for now. */
export const MessagePreview = z.object({
  masked: z.string(),
  /** In words: « Lien de réinitialisation ». */
  what: z.string(),
  /** How long it would live, from its sending. */
  minutes: z.number(),
});
export type MessagePreview = z.infer<typeof MessagePreview>;

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
  /** An e-mail or SMS that is about to leave: followed in the member's messages. */
  sending: z
    .object({
      id: z.string(),
      channel: MessageChannel,
      masked: z.string(),
      /** How long what it carries lives, from its sending. */
      minutes: z.number(),
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
