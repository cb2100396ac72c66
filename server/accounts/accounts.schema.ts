import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { Channel, MessageChannel } from '../core/vocabulary.ts';
import { CorrectedFields } from './corrections.schema.ts';

const ReasonId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'calls.badReason');

/** The postal product a letter leaves by; left out, the organisation's usual one. */
const ProductId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'letters.unknownProduct');

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
  /** Zero the failures in the same act: one dialog, one confirmation. */
  unblock: z.literal(true).optional(),
  /** A letter not yet released that this one takes the place of, because nothing came. */
  cancelLetterId: z.string().max(64).optional(),
  product: ProductId.optional(),
  version: Version,
});
export type IssueTemporaryPassword = z.infer<typeof IssueTemporaryPassword>;

/** An act that needs nothing but the account as it was seen. */
export const OnAccount = z.strictObject({ version: Version });

export const Correct = z.strictObject({
  ...CorrectedFields.shape,
  reason: ReasonId.optional(),
  callId: z.string().max(64).optional(),
  version: Version,
});
export type Correct = z.infer<typeof Correct>;

const asking = {
  reason: ReasonId.optional(),
  note: z.string().trim().max(200).optional(),
  version: Version,
};

/** What a second person is asked for: the act with everything it would be asked with. */
export const AskApproval = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.enum(['unblock', 'sms', 'email', 'letter']),
    unblock: z.literal(true).optional(),
    cancelLetterId: z.string().max(64).optional(),
    product: ProductId.optional(),
    ...asking,
  }),
  z.strictObject({ act: z.literal('contacts'), ...CorrectedFields.shape, ...asking }),
]);
export type AskApproval = z.infer<typeof AskApproval>;

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
      product: z.string(),
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
  /** `after`: once something is said or proved; `approval`: with a second person's word. */
  state: z.enum(['allowed', 'after', 'approval', 'refused']),
  allowed: z.boolean(),
  /** The rule that refuses, or the step that comes first; for programs and tests. */
  rule: z.string().nullable(),
  why: z.string().nullable(),
  /** What would make it possible, or what to do instead. */
  instead: z.string().nullable(),
  /** Why it needs a second person, one by one. */
  reasons: z.array(z.string()),
});
export type Verdict = z.infer<typeof Verdict>;
