import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { VerificationLevel } from '../organisations/policy-parts.schema.ts';

/** What may wait for a second person: acts on an account, and a document to be checked. */
export const approvableActs = ['unblock', 'sms', 'email', 'letter', 'contacts', 'document'] as const;
export const ApprovableAct = z.enum(approvableActs);
export type ApprovableAct = z.infer<typeof ApprovableAct>;

/** `done`: it was approved and has been carried out; `overtaken`: approved, but the world had changed meanwhile. */
export const approvalStates = ['waiting', 'done', 'refused', 'expired', 'overtaken', 'withdrawn'] as const;
export const ApprovalState = z.enum(approvalStates);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** A request to a second person, as both sides see it. */
export const Approval = z.object({
  id: z.string(),
  organisationId: z.string(),
  memberId: z.string(),
  callId: z.string(),
  act: ApprovableAct,
  /** In words: « Lien de réinitialisation par e-mail ». */
  what: z.string(),
  /** Why it needs a second person, in words. */
  reasons: z.array(z.string()),
  /** What the call that asked had proved; it holds for this act alone. */
  level: VerificationLevel,
  levelInWords: z.string(),
  /** What exactly, masked: the document's reference, the corrected contact; null where the act says it all. */
  detail: z.string().nullable(),
  note: z.string().nullable(),
  askedById: z.string(),
  askedByName: z.string().nullable(),
  askedAt: z.string(),
  expiresAt: z.string(),
  state: ApprovalState,
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  word: z.string().nullable(),
  /** What came of it, in words; null while it waits. */
  outcome: z.string().nullable(),
  /** Whether whoever reads it may decide such a request; never their own. */
  mayAnswer: z.boolean(),
  version: z.number(),
});
export type Approval = z.infer<typeof Approval>;

/** A number and no member: polled, and no look. */
export const WaitingApprovals = z.object({ waiting: z.number() });
export type WaitingApprovals = z.infer<typeof WaitingApprovals>;

export const ApprovalFilter = {
  id: z.array(z.string().max(64)).max(100).optional(),
  organisationId: z.string().max(64).optional(),
  memberId: z.string().max(64).optional(),
  state: ApprovalState.optional(),
  act: ApprovableAct.optional(),
  mine: z.boolean().optional(),
};

const Word = z.string().trim().max(200);
export const Approve = z.strictObject({ word: Word.optional(), version: Version });
export type Approve = z.infer<typeof Approve>;
export const Refuse = z.strictObject({ word: Word.min(1, 'approvals.wordNeeded'), version: Version });
export type Refuse = z.infer<typeof Refuse>;
export const Withdraw = z.strictObject({ version: Version });
