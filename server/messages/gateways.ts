import type { Secret } from '../core/secret.ts';
import type { MailboxMessage } from './messages.schema.ts';

/** One attempt to hand a message over. `id` is the message's own and the same in every attempt. */
export type EmailToSend = {
  id: string;
  attempt: number;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  organisationId: string;
};
export type SmsToSend = {
  id: string;
  attempt: number;
  from: string;
  /** E.164. */
  to: string;
  text: string;
  /** After so long the network need not deliver it any more. */
  validMinutes: number;
  organisationId: string;
};

/**
 * What became of an attempt. `accepted`: the gateway answers for it. `refused`: it never will be taken, asking
 * again is of no use. `later`: it surely did not leave and may be tried again. `unknown`: it may have left.
 * `problem` is a key under `messages.problems` of the words.
 */
export type SendOutcome =
  | { as: 'accepted'; reference: string | null }
  | { as: 'refused'; problem: string }
  | { as: 'later'; problem: string }
  | { as: 'unknown'; problem: string };

/** What a gateway says of a message whose fate is not known. */
export type Fate = 'delivered' | 'accepted' | 'failed' | 'never-seen' | 'unknown';

export type EmailGateway = {
  /** A problem known beforehand, before any secret is made. */
  cannotTake?: (to: string) => string | undefined;
  send: (email: EmailToSend) => Promise<SendOutcome>;
  close: () => Promise<void>;
};
export type SmsGateway = {
  cannotTake?: (to: string) => string | undefined;
  /** Called by each pass of the outbox: keeps the line open on which receipts come. */
  stayBound?: () => void;
  send: (sms: SmsToSend) => Promise<SendOutcome>;
  /** Asks by our own reference (message id and attempt), where the gateway can be asked. */
  ask?: (sms: Pick<SmsToSend, 'id' | 'attempt'>) => Promise<{ fate: Fate; reference: string | null }>;
  /** Called with each delivery receipt that the gateway sends. */
  onReceipt?: (
    listener: (receipt: { reference: string; status: 'delivered' | 'failed' | 'pending' }) => void,
  ) => void;
  close: () => Promise<void>;
};

/** Outside production without a gateway: messages as files under DATA_DIR, newest first. */
export type Mailbox = { list: () => Promise<MailboxMessage[]> };

/** An account that may be sent a secret now, held until the transaction ends. */
export type AccountForMessage = {
  id: string;
  organisationId: string;
  memberId: string;
  salt: string;
  isSuspected: boolean;
};

declare module '../core/ctx.ts' {
  interface House {
    emailGateway: EmailGateway;
    smsGateway: SmsGateway;
    mailbox: Mailbox | null;
    /** What an SMS gateway shows when it brings a receipt; null where none may. */
    smsReceiptToken: Secret | null;
    /** Holds the account; nothing when it is frozen or closed. The accounts room hands it over. */
    accountForMessage: (ctx: Ctx, accountId: string) => Promise<AccountForMessage | undefined>;
    /** The same, frozen and closed ones too: a code read out to an agent opens nothing. */
    accountForCallerCode: (ctx: Ctx, accountId: string) => Promise<AccountForMessage | undefined>;
  }
}
