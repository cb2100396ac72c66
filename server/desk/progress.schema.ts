import { z } from 'zod';
import { Message } from '../messages/messages.schema.ts';
import { MemberPage } from './desk.schema.ts';

/** What moves on an open page while the caller is on the line. */
export const MemberProgress = z.object({
  messages: z.array(Message),
  headline: MemberPage.shape.headline,
  /** With a chosen password; null for never. */
  lastSignedInAt: z.string().nullable(),
  /** When the member chose the password they have. */
  passwordSetAt: z.string().nullable(),
  version: z.number(),
});
export type MemberProgress = z.infer<typeof MemberProgress>;
