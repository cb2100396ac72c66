import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { digest, seal, unseal } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { MessageChannel } from '../core/vocabulary.ts';
import { endOfMessage } from '../credentials/one-time.service.ts';
import { maskEmail, maskPhone } from '../members/phone.ts';
import {
  secretTemplates,
  wayInTemplates,
  type MailboxMessage,
  type Message,
  type MessageTemplate,
  type SecretTemplate,
} from './messages.schema.ts';
import * as store from './messages.store.ts';
import type { MessageField, MessageFilterValues, MessageRow } from './messages.store.ts';

export type MessageToAsk = {
  organisationId: string;
  memberId: string;
  accountId: string | null;
  callId?: string | null;
  recoveryId?: string | null;
  /** An agent's id, `member` or `system`. */
  askedBy: string;
  channel: MessageChannel;
  template: MessageTemplate;
  /** What its secret is for: `recovery`, `contact-change`; null for notices. */
  purpose?: string | null;
  language: 'fr' | 'en';
  /** Of the organisation's list, when the desk asks. */
  reason?: string;
  /** How far its caller was verified, and whether a second person said yes, when the desk asks. */
  decidedOn?: { level: string; approved: boolean };
  /** As it is on file now; sealed in the row. An e-mail address or a number in E.164. */
  destination: string;
  /** What its words need besides the standard ones; never a secret. */
  params?: Record<string, string>;
  /** After this many minutes it would come too late and is not sent. */
  tooLateAfterMinutes: number;
};

/**
 * Writes what is to be told, in the transaction of its cause. Answers the message's id. One that carries a secret
 * takes the place of the account's former one for the same thing, if that has not left yet.
 */
export const askMessage = async (ctx: Ctx, message: MessageToAsk): Promise<string> => {
  const { organisationId, memberId, accountId, channel, template, destination } = message;
  if (accountId && isSecret(template)) {
    const which = { templates: [template], purpose: message.purpose ?? null };
    const former = await store.endOfAccount(ctx.db, accountId, which, ended(ctx, 'replaced'));
    for (const { id } of former) await endOfMessage(ctx, id, 'superseded');
    recordEnds(ctx, former, 'replaced');
  }

  const id = ctx.newId();
  const now = ctx.now.toISOString();
  const masked = channel === 'email' ? maskEmail(destination) : maskPhone(destination);
  const { keys } = ctx.house;
  await store.insertMessage(ctx.db, {
    id,
    organisation_id: organisationId,
    member_id: memberId,
    account_id: accountId,
    call_id: message.callId ?? null,
    recovery_id: message.recoveryId ?? null,
    asked_by: message.askedBy,
    channel,
    template,
    purpose: message.purpose ?? null,
    language: message.language,
    destination_sealed: seal(keys, 'message', placeOf(id), destination),
    destination_index: digest(keys, 'message', 'destination', channel, destination),
    masked,
    params: JSON.stringify(message.params ?? {}),
    state: 'waiting',
    state_at: now,
    problem: null,
    attempt: 0,
    lease_until: null,
    next_at: now,
    too_late_at: new Date(ctx.now.getTime() + message.tooLateAfterMinutes * 60_000).toISOString(),
    asked_at: now,
    sent_at: null,
    gateway_reference: null,
    version: 1,
  });
  record(ctx, {
    type: 'message.asked',
    organisationId,
    memberId,
    callId: message.callId ?? null,
    data: {
      messageId: id,
      channel,
      template,
      reason: message.reason ?? null,
      destination: masked,
      ...message.decidedOn,
    },
  });
  return id;
};

/** Messages that carry a secret and have not left yet end: the account changed, or was frozen. */
export const endMessagesOfAccount = async (ctx: Ctx, accountId: string | string[]): Promise<number> => {
  const problem = 'account-changed';
  const which = { templates: [...secretTemplates] };
  const rows = await store.endOfAccount(ctx.db, accountId, which, ended(ctx, problem));
  recordEnds(ctx, rows, problem);
  return rows.length;
};

/** By which channels a way in asked for less than `minutes` ago is about to leave for the account. */
export const secretsLeaving = async (
  ctx: Pick<Ctx, 'db' | 'now'>,
  accountId: string,
  minutes: number,
): Promise<Set<MessageChannel>> => {
  const since = new Date(ctx.now.getTime() - minutes * 60_000).toISOString();
  return new Set(await store.listChannelsLeaving(ctx.db, accountId, wayInTemplates, since));
};

/** How many ways in each agent asked for since this moment, of one organisation. */
export const countSecretsByAsker = (
  ctx: Pick<Ctx, 'db'>,
  organisationId: string,
  since: string,
): Promise<Map<string, number>> => store.countByAsker(ctx.db, organisationId, wayInTemplates, since);

/** The last ten of a member, newest first. */
export const messagesOfMember = async (ctx: Ctx, memberId: string): Promise<Message[]> =>
  (await store.listOfMember(ctx.db, ctx.scope, memberId, 10)).map((row) => toMessage(ctx, row));

export const listMessages = async (
  ctx: Ctx,
  query: ListQuery<MessageFilterValues, MessageField>,
): Promise<Page<Message>> => {
  const { rows, total } = await store.listMessages(ctx.db, ctx.scope, query);
  return { rows: rows.map((row) => toMessage(ctx, row)), total };
};

/** What went to files in the place of a gateway. @throws AppError `not-found` where there is no mailbox. */
export const readMailbox = async ({ house }: Ctx): Promise<MailboxMessage[]> => {
  if (!house.mailbox) throw new AppError('not-found', 'common.notFound');
  return house.mailbox.list();
};

export const isSecret = (template: MessageTemplate): template is SecretTemplate =>
  (secretTemplates as readonly string[]).includes(template);

/** Where a message goes. @throws Error once it has ended: the address is kept no longer than it is needed. */
export const destinationOf = ({ house }: Pick<Visit, 'house'>, row: MessageRow): string => {
  if (!row.destination_sealed) throw new Error('This message has ended.');
  return unseal(house.keys, 'message', placeOf(row.id), row.destination_sealed);
};

/** What a failed message becomes. */
export const ended = (ctx: Pick<Ctx, 'now'>, problem: string): Partial<MessageRow> => ({
  state: 'failed',
  state_at: ctx.now.toISOString(),
  problem,
  lease_until: null,
  destination_sealed: null,
});

/** Records the end of each of these. */
export const recordEnds = (
  ctx: Ctx,
  rows: Pick<MessageRow, 'id' | 'organisation_id' | 'member_id' | 'call_id'>[],
  problem: string,
): void => {
  for (const row of rows) {
    record(ctx, { type: 'message.failed', ...aboutMessage(row), data: { messageId: row.id, problem } });
  }
};

/** Whose it is, for the audit. */
export const aboutMessage = (row: Pick<MessageRow, 'organisation_id' | 'member_id' | 'call_id'>) => ({
  organisationId: row.organisation_id,
  memberId: row.member_id,
  callId: row.call_id,
});

const placeOf = (id: string): string => `messages.destination:${id}`;

const toMessage = ({ house, language }: Visit, row: MessageRow): Message => {
  const problem = `messages.problems.${row.problem}`;
  const known = house.words.has(problem) ? problem : 'messages.problems.unexpected';
  return {
    id: row.id,
    organisationId: row.organisation_id,
    channel: row.channel,
    template: row.template,
    what: house.words.say(language, `messages.what.${row.template}`),
    masked: row.masked,
    state: row.state,
    stateAt: row.state_at,
    problem: row.problem === null ? null : house.words.say(language, known),
    attempt: Number(row.attempt),
    askedAt: row.asked_at,
    sentAt: row.sent_at,
    version: Number(row.version),
  };
};
