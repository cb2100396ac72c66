import { z } from 'zod';
import { Approval } from '../approvals/approvals.schema.ts';
import { Letter } from '../letters/letters.schema.ts';
import { Message } from '../messages/messages.schema.ts';
import { CallerVerification } from '../verifications/verifications.schema.ts';
import { MemberPage } from './desk.schema.ts';

/** What moves on an open page while the caller is on the line. */
export const MemberProgress = z.object({
  messages: z.array(Message),
  letters: z.array(Letter),
  headline: MemberPage.shape.headline,
  /** A second person may answer meanwhile, or have checked a document. */
  approvals: z.array(Approval),
  verification: CallerVerification,
  /** With a chosen password; null for never. */
  lastSignedInAt: z.string().nullable(),
  /** When the member chose the password they have. */
  passwordSetAt: z.string().nullable(),
  version: z.number(),
});
export type MemberProgress = z.infer<typeof MemberProgress>;
