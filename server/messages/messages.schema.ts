import { z } from 'zod';
import { MessageChannel } from '../core/vocabulary.ts';

/** The secrets that a message can carry, each with a template of its own. */
export const secretTemplates = ['reset-link', 'code', 'temporary-password', 'caller-code'] as const;
/** Those that lead back into the account; a code read out to an agent opens nothing. */
export const wayInTemplates = ['reset-link', 'code', 'temporary-password'] as const;
/** What a member is told on the other known contacts, without any secret (NIST 800-63B-4 §4.6, CNIL 2022-100). */
export const noticeTemplates = [
  'notice-unblocked',
  'notice-recovery',
  'notice-letter',
  'notice-letter-posted',
  'notice-password-changed',
  'notice-contact-changed',
] as const;
export const messageTemplates = [...secretTemplates, ...noticeTemplates] as const;
export const MessageTemplate = z.enum(messageTemplates);
export type MessageTemplate = z.infer<typeof MessageTemplate>;
export type SecretTemplate = (typeof secretTemplates)[number];
export type NoticeTemplate = (typeof noticeTemplates)[number];

export const messageStates = ['waiting', 'sending', 'sent', 'delivered', 'failed', 'unknown'] as const;
export const MessageState = z.enum(messageStates);
export type MessageState = z.infer<typeof MessageState>;

/** One message as the desk sees it: where it goes (masked) and how far it is. Never its words. */
export const Message = z.object({
  id: z.string(),
  organisationId: z.string(),
  channel: MessageChannel,
  template: MessageTemplate,
  /** The template in words: « Lien de réinitialisation ». */
  what: z.string(),
  masked: z.string(),
  state: MessageState,
  stateAt: z.string(),
  /** Why it failed or waits, in words. */
  problem: z.string().nullable(),
  attempt: z.number(),
  askedAt: z.string(),
  sentAt: z.string().nullable(),
  version: z.number(),
});
export type Message = z.infer<typeof Message>;

export const MessageFilter = {
  id: z.array(z.string().max(64)).max(100).optional(),
  organisationId: z.string().max(64).optional(),
  state: MessageState.optional(),
  channel: MessageChannel.optional(),
};

/** A gateway's word on a message it took: SMPP receipts come by their own way, HTTP gateways call this. */
export const SmsReceipt = z.strictObject({
  reference: z.string().max(200),
  status: z.enum(['delivered', 'failed', 'pending']),
});

/** Outside production without a gateway: a message as it would have gone out. */
export const MailboxMessage = z.object({
  id: z.string(),
  at: z.string(),
  organisationId: z.string(),
  channel: MessageChannel,
  to: z.string(),
  from: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
});
export type MailboxMessage = z.infer<typeof MailboxMessage>;
