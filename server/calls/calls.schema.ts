import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { CallChannel, Caller } from '../core/vocabulary.ts';

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
  endedBy: z.enum(['agent', 'next-call', 'idle']).nullable(),
  version: z.number(),
});
export type Call = z.infer<typeof Call>;

export const CurrentCall = z.object({ call: Call.nullable() });

export const NewCall = z.strictObject({
  channel: CallChannel,
  caller: Caller,
  reference: Reference.optional(),
  reason: ReasonId.optional(),
});
export type NewCall = z.infer<typeof NewCall>;

export const ChangeCall = z.strictObject({
  channel: CallChannel.optional(),
  caller: Caller.optional(),
  reference: Reference.optional(),
  reason: ReasonId.optional(),
  ended: z.literal(true).optional(),
  version: Version,
});
export type ChangeCall = z.infer<typeof ChangeCall>;
