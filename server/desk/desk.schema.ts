import { z } from 'zod';
import { MessagePreview, Verdict } from '../accounts/accounts.schema.ts';
import { Approval } from '../approvals/approvals.schema.ts';
import { Callback } from '../calls/callbacks.schema.ts';
import { Note } from '../calls/notes.schema.ts';
import { RepeatCalls } from '../calls/repeat-calls.schema.ts';
import { Headline } from '../core/vocabulary.ts';
import { Letter } from '../letters/letters.schema.ts';
import { Message } from '../messages/messages.schema.ts';
import { CallerVerification } from '../verifications/verifications.schema.ts';
import { HouseholdMember, Identity, MaskedContact } from '../members/members.schema.ts';

const Choice = z.object({ id: z.string(), label: z.string() });

/** One line of the timeline: when, from whose side, what, in words. */
export const TimelineEntry = z.object({
  id: z.string(),
  at: z.string(),
  side: z.enum(['member', 'desk', 'print-room', 'system']),
  type: z.string(),
  text: z.string(),
  who: z.string().nullable(),
  /** Same entry several times in a row: told once, with how often. */
  times: z.number(),
});

/** The member's page (fiche adhérent): one glance answers "may they get in, and if not why". */
export const MemberPage = z.object({
  id: z.string(),
  organisationId: z.string(),
  organisationName: z.string(),
  identity: Identity,
  headline: z.object({
    state: Headline,
    title: z.string(),
    detail: z.string(),
    since: z.string().nullable(),
  }),
  /** What to tell the caller: a sentence that betrays nothing, and one for whoever has proved enough; null until then. */
  say: z.object({ before: z.string(), after: z.string().nullable() }),
  /** What the agent's call proved about this member, and what may be tried next. */
  verification: CallerVerification,
  approvals: z.array(Approval),
  callbacks: z.array(Callback),
  notes: z.array(Note),
  repeatCalls: RepeatCalls,
  /** A suspicion that holds now. */
  suspicion: z.object({ since: z.string(), until: z.string() }).nullable(),
  signsInWith: z.string(),
  contacts: z.array(MaskedContact),
  letters: z.array(Letter),
  /** The last e-mails and SMS, newest first: where each is, and why it failed or waits. */
  messages: z.array(Message),
  household: z.array(HouseholdMember),
  timeline: z.array(TimelineEntry),
  can: z.object({
    unblock: Verdict,
    unfreeze: Verdict,
    letter: Verdict,
    email: Verdict,
    sms: Verdict,
    contacts: Verdict,
    revealNir: Verdict,
    reportSuspicion: Verdict,
    reportDeath: Verdict,
    disputeClosure: Verdict,
  }),
  /** What a letter asked for now would be: shown before it is asked for. */
  letterPreview: z
    .object({
      to: z.array(z.string()),
      product: z.string(),
      label: z.string(),
      plannedPostingOn: z.string(),
      earliestArrivalOn: z.string(),
      announcedOn: z.string(),
      limitOn: z.string(),
      keepsPromise: z.boolean().nullable(),
      /** Missed where it mostly is kept: worth telling. */
      missesPromise: z.boolean(),
      /** The other products that arrive earlier, the slowest first. */
      faster: z.array(
        z.object({
          product: z.string(),
          label: z.string(),
          earliestArrivalOn: z.string(),
          announcedOn: z.string(),
          keepsPromise: z.boolean().nullable(),
          /** The first that keeps the promise, where the usual one does not. */
          isProposed: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** What a message asked for now would carry; null without the channel or the contact. */
  messagePreview: z.object({ email: MessagePreview.nullable(), sms: MessagePreview.nullable() }),
  /** Until when a contact or an address corrected now would not be trusted. */
  correctionWaitsUntil: z.string(),
  reasons: z.object({
    unblock: z.array(Choice),
    letter: z.array(Choice),
    message: z.array(Choice),
    cancel: z.array(Choice),
    reveal: z.array(Choice),
    correct: z.array(Choice),
  }),
  /** The account's version: stale ones are refused. */
  version: z.number(),
});
export type MemberPage = z.infer<typeof MemberPage>;
