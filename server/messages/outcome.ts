import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { perform } from '../core/perform.ts';
import { endOfMessage } from '../credentials/one-time.service.ts';
import { backOff } from './back-off.ts';
import type { Fate, SendOutcome } from './gateways.ts';
import { aboutMessage, ended, recordEnds } from './messages.service.ts';
import { moveAttempt, type MessageRow } from './messages.store.ts';

/** Somebody else has taken the message meanwhile, or it has ended: what was begun here is undone. */
export class Taken extends Error {}

/** Runs an act on a message; nothing when it turns out to be taken. */
export const unlessTaken = async <T>(
  visit: Visit,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await perform(visit, work);
  } catch (error) {
    if (error instanceof Taken) return undefined;
    throw error;
  }
};

/** Changes a message as this attempt found it. @throws Taken */
export const change = async (ctx: Ctx, row: MessageRow, to: Partial<MessageRow>): Promise<void> => {
  const which = { id: row.id, attempt: row.attempt, state: row.state };
  if (!(await moveAttempt(ctx.db, which, to))) throw new Taken();
};

/** SMS without a word are given up after two minutes, and sent again with a new secret (YARDSTICK F9). */
export const giveUpAfter = 120_000;
const firstAskAfter = 5_000;
const alertAfter = 5;

/** Writes what became of an attempt. Whatever surely did not leave is ended, so that nothing of it is left alive. */
export const settle = async (ctx: Ctx, row: MessageRow, outcome: SendOutcome): Promise<void> => {
  if (outcome.as === 'accepted') return markSent(ctx, row, outcome.reference);
  if (outcome.as === 'refused') return fail(ctx, row, outcome.problem);
  await countFailure(ctx, row);
  if (outcome.as === 'later') return goBack(ctx, row, outcome.problem, backOff(row.attempt), 'not-sent');

  const { problem } = outcome;
  await change(ctx, row, {
    state: 'unknown',
    state_at: ctx.now.toISOString(),
    lease_until: null,
    problem,
    next_at: before(row, ctx.now.getTime() + nextLook(ctx.house, row)),
  });
  recordDelay(ctx, row, problem);
};

/** Writes what a gateway says of a message whose fate was not known. */
export const settleFate = async (
  ctx: Ctx,
  row: MessageRow,
  { fate, reference }: { fate: Fate; reference: string | null },
): Promise<void> => {
  if (fate === 'accepted') return markSent(ctx, row, reference);
  if (fate === 'delivered') {
    await markSent(ctx, row, reference);
    return markDelivered(ctx, { ...row, state: 'sent' });
  }
  if (fate === 'unknown') return goBack(ctx, row, 'no-word', 0, 'superseded');
  return goBack(ctx, row, 'not-delivered', 0, 'not-sent');
};

export const markDelivered = async (ctx: Ctx, row: MessageRow): Promise<void> => {
  await change(ctx, row, { state: 'delivered', state_at: ctx.now.toISOString() });
  record(ctx, { type: 'message.delivered', ...aboutMessage(row), data: { messageId: row.id } });
};

/** Ends a message; nothing that it carried is alive after that. */
export const fail = async (ctx: Ctx, row: MessageRow, problem: string): Promise<void> => {
  await change(ctx, row, ended(ctx, problem));
  await endOfMessage(ctx, row.id, 'not-sent');
  recordEnds(ctx, [row], problem);
};

const markSent = async (ctx: Ctx, row: MessageRow, reference: string | null): Promise<void> => {
  const at = ctx.now.toISOString();
  failures(ctx.house).delete(laneOf(row));
  await change(ctx, row, {
    state: 'sent',
    state_at: at,
    sent_at: at,
    problem: null,
    lease_until: null,
    gateway_reference: reference,
    destination_sealed: null,
  });
  record(ctx, {
    type: 'message.sent',
    ...aboutMessage(row),
    data: { messageId: row.id, attempt: row.attempt },
  });
};

const goBack = async (
  ctx: Ctx,
  row: MessageRow,
  problem: string,
  waitMs: number,
  as: 'not-sent' | 'superseded',
): Promise<void> => {
  await change(ctx, row, {
    state: 'waiting',
    state_at: ctx.now.toISOString(),
    lease_until: null,
    problem,
    next_at: before(row, ctx.now.getTime() + waitMs),
  });
  await endOfMessage(ctx, row.id, as);
  recordDelay(ctx, row, problem);
};

// What comes too late is looked at when it is too late, so that it does not seem to wait any longer.
const before = ({ too_late_at }: MessageRow, time: number): string => {
  const at = new Date(time).toISOString();
  return at < too_late_at ? at : too_late_at;
};

const nextLook = ({ smsGateway }: House, { channel, attempt }: MessageRow): number => {
  if (channel === 'email') return backOff(attempt);
  return smsGateway.ask ? firstAskAfter : giveUpAfter;
};

const recordDelay = (ctx: Ctx, row: MessageRow, problem: string): void =>
  record(ctx, {
    type: 'message.delayed',
    ...aboutMessage(row),
    data: { messageId: row.id, attempt: row.attempt, problem },
  });

// In a row, by organisation and channel; a server that starts anew counts anew, and finds out soon enough.
const inARow = new WeakMap<House, Map<string, number>>();
const laneOf = ({ organisation_id, channel }: MessageRow): string => `${organisation_id}:${channel}`;
const failures = (house: House): Map<string, number> => {
  const known = inARow.get(house) ?? new Map<string, number>();
  inARow.set(house, known);
  return known;
};

const countFailure = async (ctx: Ctx, row: MessageRow): Promise<void> => {
  const counts = failures(ctx.house);
  const count = (counts.get(laneOf(row)) ?? 0) + 1;
  counts.set(laneOf(row), count);
  if (count % alertAfter !== 0) return;
  const { organisation_id: organisationId, channel } = row;
  await raiseAlert(ctx, { organisationId, kind: 'messages-failing', subject: channel });
};
