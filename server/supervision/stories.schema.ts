import { z } from 'zod';
import { AuditRow } from '../audit/audit.schema.ts';
import { Call } from '../calls/calls.schema.ts';

/** Whose it is, as an auditor too is shown it; `number`: the member's, with the rank where there is one. */
export const IdentityLine = z.object({
  lastName: z.string(),
  firstName: z.string(),
  number: z.string(),
});

/** What a call was, beside what was done in it. */
export const StoryCall = Call.pick({
  id: true,
  agentId: true,
  agentName: true,
  organisationId: true,
  memberId: true,
  channel: true,
  caller: true,
  reason: true,
  openedAt: true,
  endedAt: true,
  outcome: true,
});
export type StoryCall = z.infer<typeof StoryCall>;

/** Whole, as somebody typed it for the call. */
export const FindCalls = z.strictObject({ reference: z.string().trim().min(1).max(60) });
export const FoundCalls = z.object({ calls: z.array(StoryCall) });
export type FoundCalls = z.infer<typeof FoundCalls>;

/** The moment and place of the last row of the page before. */
export const StoryQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z_\d{1,15}$/, 'audit.badMoment')
    .optional(),
});

/** Everything about one member, newest first, a page at a time. */
export const MemberStory = z.object({
  memberId: z.string(),
  who: IdentityLine,
  organisationId: z.string(),
  total: z.number(),
  /** There are at least `total`. */
  bounded: z.boolean(),
  events: z.array(AuditRow),
  /** The calls that these events belong to. */
  calls: z.array(StoryCall),
  /** What to ask the next page with; null on the last. */
  next: z.string().nullable(),
});
export type MemberStory = z.infer<typeof MemberStory>;

export const DayQuery = z.strictObject({ day: z.iso.date('audit.badMoment').optional() });

/** What one agent did on a Paris day, call by call. It says what was done, not how well. */
export const AgentDay = z.object({
  agentId: z.string(),
  agentName: z.string().nullable(),
  day: z.string(),
  counts: z.array(z.object({ type: z.string(), times: z.number() })),
  groups: z.array(z.object({ call: StoryCall.nullable(), events: z.array(AuditRow) })),
  /** The day holds more than is shown. */
  cut: z.boolean(),
});
export type AgentDay = z.infer<typeof AgentDay>;
