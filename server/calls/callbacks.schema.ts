import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { NoteText } from './notes.schema.ts';

/** Why somebody owes a member something. Each has its words under `callbacks.kinds`. */
export const callbackKinds = [
  'promised-call',
  'missed-promise',
  'approval-refused',
  'approval-expired',
  'back-office',
  'undeliverable',
] as const;
export const CallbackKind = z.enum(callbackKinds);
export type CallbackKind = z.infer<typeof CallbackKind>;

export const CallbackOutcome = z.enum(['reached', 'not-reached', 'no-longer-needed']);
export type CallbackOutcome = z.infer<typeof CallbackOutcome>;

/** What is owed, to whom and by when; of the member nothing but the way to the page. */
export const Callback = z.object({
  id: z.string(),
  organisationId: z.string(),
  memberId: z.string(),
  kind: CallbackKind,
  /** The kind in words. */
  what: z.string(),
  team: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  note: z.string().nullable(),
  dueAt: z.string(),
  overdue: z.boolean(),
  createdAt: z.string(),
  doneAt: z.string().nullable(),
  doneByName: z.string().nullable(),
  /** The last try's; not reached leaves it open. */
  outcome: CallbackOutcome.nullable(),
  version: z.number(),
});
export type Callback = z.infer<typeof Callback>;

export const OverdueCallbacks = z.object({ overdue: z.number() });
export type OverdueCallbacks = z.infer<typeof OverdueCallbacks>;

export const CallbackFilter = {
  team: z.string().max(64).optional(),
  mine: z.boolean().optional(),
  state: z.enum(['open', 'done']).optional(),
  overdue: z.boolean().optional(),
  memberId: z.string().max(64).optional(),
  organisationId: z.string().max(64).optional(),
};

/** A call that an agent promises, in the call that is open. */
export const NewCallback = z.strictObject({
  memberId: z.string().max(64),
  dueAt: z.iso.datetime({ offset: true }),
  note: NoteText.optional(),
  /** The note stays as it is, whatever it smells of. */
  confirmed: z.boolean().optional(),
  callId: z.string().max(64).optional(),
});
export type NewCallback = z.infer<typeof NewCallback>;

export const TakeCallback = z.strictObject({ version: Version });
export type TakeCallback = z.infer<typeof TakeCallback>;

export const DoneCallback = z.strictObject({
  outcome: CallbackOutcome,
  /** Kept among the member's notes. */
  note: NoteText.optional(),
  confirmed: z.boolean().optional(),
  version: Version,
});
export type DoneCallback = z.infer<typeof DoneCallback>;
