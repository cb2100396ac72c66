import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { CallChannel, CallEnd, Caller, CallOutcome } from '../core/vocabulary.ts';

/** What a person types about a call: never a telephone number, a name or an identifier of the member. */
const Reference = z.string().trim().max(60);
/** One of the organisation's reasons (its file), kept as its id. */
const ReasonId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'calls.badReason');

export const Call = z.object({
  id: z.string(),
  agentId: z.string(),
  agentName: z.string().nullable(),
  organisationId: z.string().nullable(),
  memberId: z.string().nullable(),
  channel: CallChannel,
  caller: Caller,
  reference: z.string().nullable(),
  reason: z.string().nullable(),
  openedAt: z.string(),
  lastActivityAt: z.string(),
  endedAt: z.string().nullable(),
  endedBy: CallEnd.nullable(),
  /** What it came to; null while it lasts. */
  outcome: CallOutcome.nullable(),
  /** The call that this one goes on with. */
  resumesId: z.string().nullable(),
  version: z.number(),
});
export type Call = z.infer<typeof Call>;

export const CurrentCall = z.object({ call: Call.nullable() });

export const ResumableCall = Call.extend({ resumableUntil: z.string() });
export type ResumableCall = z.infer<typeof ResumableCall>;

export const ResumableCalls = z.object({ calls: z.array(ResumableCall) });
export type ResumableCalls = z.infer<typeof ResumableCalls>;

export const NewCall = z.strictObject({
  channel: CallChannel,
  caller: Caller,
  /** Whom it is about: what is said of the caller is said for this member alone. */
  memberId: z.string().max(64).optional(),
  reference: Reference.optional(),
  reason: ReasonId.optional(),
});
export type NewCall = z.infer<typeof NewCall>;

export const ChangeCall = z
  .strictObject({
    channel: CallChannel.optional(),
    caller: Caller.optional(),
    reference: Reference.optional(),
    reason: ReasonId.optional(),
    ended: z.literal(true).optional(),
    /** The line went dead: it ends, and may be resumed. */
    dropped: z.literal(true).optional(),
    /** With `ended`: what it came to, in place of what the server reads from what was done. */
    outcome: CallOutcome.optional(),
    version: Version,
  })
  .refine(({ ended, dropped }) => !(ended && dropped), { path: ['dropped'], error: 'calls.endsOnce' })
  .refine(({ ended, outcome }) => ended || outcome === undefined, {
    path: ['outcome'],
    error: 'calls.outcomeAtTheEnd',
  });

export const ResumeCall = z.strictObject({});
export type ChangeCall = z.infer<typeof ChangeCall>;
