import { z } from 'zod';
import { DocumentKind, MessageChannel } from '../core/vocabulary.ts';
import { VerificationLevel } from '../organisations/policy-parts.schema.ts';

export const callBackKinds = ['mobile', 'landline'] as const;
const CallBackKind = z.enum(callBackKinds);
export type CallBackKind = z.infer<typeof CallBackKind>;

/** One step of verifying who calls. The agent types what the caller says; the server says right or wrong. */
export const Verify = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('fact'),
    /** The question that the server chose. */
    fact: z.string().max(64),
    answer: z.string().trim().min(1, 'verifications.answerNeeded').max(100),
  }),
  z.strictObject({ method: z.literal('send-code'), channel: MessageChannel }),
  z.strictObject({ method: z.literal('code'), code: z.string().trim().min(1).max(20) }),
  z.strictObject({ method: z.literal('call-back'), kind: CallBackKind, reached: z.boolean() }),
  z.strictObject({
    method: z.literal('document'),
    kind: DocumentKind,
    /** Where the document is kept, e.g. the number of the case; never what stands on it. */
    reference: z.string().trim().min(1, 'verifications.referenceNeeded').max(40),
  }),
]);
export type Verify = z.infer<typeof Verify>;

export const ShowNumber = z.strictObject({ kind: CallBackKind });
/** Shown once, to be dialled. */
export const NumberToCall = z.object({ number: z.string() });

const Method = z.enum(['open', 'sent', 'done', 'failed', 'unavailable']);

/** What was proved in the agent's call about this member, and what may be tried next. Never an expected answer. */
export const CallerVerification = z.object({
  level: VerificationLevel,
  levelInWords: z.string(),
  /** Whether whoever speaks may be verified at all. */
  caller: z.enum(['unsaid', 'entitled', 'not-entitled']),
  failed: z.boolean(),
  facts: z.object({
    state: Method,
    why: z.string().nullable(),
    needed: z.number(),
    right: z.number(),
    question: z.object({ fact: z.string(), label: z.string(), hint: z.string() }).nullable(),
  }),
  codes: z.array(
    z.object({
      channel: MessageChannel,
      masked: z.string(),
      state: Method,
      why: z.string().nullable(),
      digits: z.number(),
      triesLeft: z.number(),
    }),
  ),
  callBacks: z.array(
    z.object({ kind: CallBackKind, masked: z.string(), state: Method, why: z.string().nullable() }),
  ),
  document: z.object({
    state: Method,
    why: z.string().nullable(),
    kinds: z.array(z.object({ id: DocumentKind, label: z.string() })),
  }),
});
export type CallerVerification = z.infer<typeof CallerVerification>;

/** What came of one step, in words for the agent and for the caller. */
export const Verified = z.object({
  outcome: z.enum(['right', 'wrong', 'sent', 'noted']),
  message: z.string(),
  toSay: z.string().nullable(),
  verification: CallerVerification,
});
export type Verified = z.infer<typeof Verified>;
