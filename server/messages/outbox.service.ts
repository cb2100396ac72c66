import type { House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { messageChannels, type MessageChannel } from '../core/vocabulary.ts';
import { endOfMessage } from '../credentials/one-time.service.ts';
import { attemptMessage, inTime, outboxVisit } from './attempt.ts';
import type { SendOutcome } from './gateways.ts';
import { ended, recordEnds } from './messages.service.ts';
import * as store from './messages.store.ts';
import type { DueRow } from './messages.store.ts';
import { giveUpAfter, settleFate, Taken, unlessTaken } from './outcome.ts';
import { takeReceipts } from './receipts.service.ts';

const leaseMs = 60_000;
const askAgainMs = 15_000;
/** What one pass may send by one channel: after an outage the gateway is not flooded. */
const mostInAPass = 20;
const atOnce = 4;
/** Ending what comes too late costs no gateway anything. */
const mostTooLate = 200;

/**
 * Sends what is due by these channels, once. Answers how many messages it moved; safe on several servers at once.
 * With nothing due it costs one select a channel.
 */
export const runOutbox = async (
  house: House,
  channels: readonly MessageChannel[] = messageChannels,
): Promise<number> => {
  if (channels.includes('sms')) house.smsGateway.stayBound?.();
  const moved = await Promise.all([
    channels.includes('sms') ? takeReceipts(house) : 0,
    ...channels.map((channel) => runChannel(house, channel)),
  ]);
  return moved.reduce((sum, one) => sum + one, 0);
};

const runChannel = async (house: House, channel: MessageChannel): Promise<number> => {
  const now = house.clock().toISOString();
  const due = await store.listDue(house.pool, channel, now, mostTooLate);
  const late = due.filter(({ too_late_at }) => too_late_at <= now);
  const waiting = due.filter(({ too_late_at }) => too_late_at > now).slice(0, mostInAPass);

  let moved = await endLate(house, late);
  let isDown = false;
  const oneAfterTheOther = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !isDown; next = waiting.shift()) {
      const outcome = await moveOn(house, next);
      moved += 1;
      // What every message would meet: the rest is left for the next pass, and is not put off for it.
      isDown ||= outcome !== undefined && isGatewayDown(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  return moved;
};

const moveOn = async (house: House, due: DueRow): Promise<SendOutcome | undefined> => {
  if (due.state === 'unknown' && due.channel === 'sms') return void (await askAfter(house, due));
  const row = await housekeep(house, (db, now) =>
    store.claim(db, due, now.toISOString(), new Date(now.getTime() + leaseMs).toISOString()),
  );
  return row && attemptMessage(house, row);
};

/** Asks the gateway what became of an SMS; without a word for two minutes, its secret ends and it is sent again. */
const askAfter = async (house: House, due: DueRow): Promise<void> => {
  const row = await housekeep(house, (db, now) =>
    store.postpone(db, due, now.toISOString(), new Date(now.getTime() + askAgainMs).toISOString()),
  );
  if (!row) return;
  const unknown = { fate: 'unknown', reference: null } as const;
  const asking = house.smsGateway.ask?.({ id: row.id, attempt: row.attempt }).catch(() => unknown);
  const answer = asking ? await inTime(asking, unknown) : unknown;
  const waited = house.clock().getTime() - Date.parse(row.state_at);
  if (answer.fate === 'unknown' && waited < giveUpAfter) return;
  await unlessTaken(outboxVisit(house, row.organisation_id), (ctx) => settleFate(ctx, row, answer));
};

/** A code that comes when nobody waits for it any more is of no use to its member (YARDSTICK F45). */
const endLate = async (house: House, late: DueRow[]): Promise<number> => {
  const [first] = late;
  if (!first) return 0;
  const ids = late.map(({ id }) => id);
  const visit = outboxVisit(house, first.organisation_id);
  const count = await unlessTaken(visit, async (ctx) => {
    const rows = await store.endTooLate(ctx.db, ids, ctx.now.toISOString(), ended(ctx, 'too-late'));
    if (rows.length === 0) throw new Taken();
    for (const { id } of rows) await endOfMessage(ctx, id, 'superseded');
    recordEnds(ctx, rows, 'too-late');
    return rows.length;
  });
  return count ?? 0;
};

const isGatewayDown = (outcome: SendOutcome): boolean =>
  outcome.as !== 'accepted' && ['gateway-down', 'gateway-settings', 'no-answer'].includes(outcome.problem);
