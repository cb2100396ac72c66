import { z } from 'zod';
import { listing, reading, steps, type Route } from '../http/routes.ts';
import { MailboxMessage, Message, MessageFilter, SmsReceipt } from './messages.schema.ts';
import { listMessages, readMailbox } from './messages.service.ts';
import { messageFields } from './messages.store.ts';
import { bringReceipt } from './receipts.service.ts';

export const messageRoutes: Route[] = [
  listing('/messages', {
    summary:
      'E-mails and SMS and how far each is; nothing of the person but a masked address, never the words',
    permission: 'message.list',
    filter: MessageFilter,
    sortable: messageFields,
    response: Message,
    handle: listMessages,
  }),
  steps('post', '/sms-receipts', {
    summary: 'What became of an SMS, brought by its gateway with its token (Authorization: Bearer)',
    permission: 'public',
    body: SmsReceipt,
    response: z.undefined(),
    status: 204,
    handle: bringReceipt,
  }),
  reading('/mailbox', {
    summary: 'The demo mailbox, newest first: messages for which there is no gateway. Never in production',
    permission: 'public',
    response: z.array(MailboxMessage),
    handle: readMailbox,
  }),
];
