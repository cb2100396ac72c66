import type { House } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { sameDigest } from '../core/secret.ts';
import type { WebVisit } from '../http/routes.ts';
import { outboxVisit } from './attempt.ts';
import { findByReference, type MessageRow } from './messages.store.ts';
import { fail, markDelivered, settleFate, unlessTaken } from './outcome.ts';

export type Receipt = { reference: string; status: 'delivered' | 'failed' | 'pending' };

// A receipt may be faster than the worker that writes down its reference, so it is tried for a while.
type Waiting = Receipt & { until: number };
const patience = 60_000;
const most = 10_000;
const inbox = new WeakMap<House, Waiting[]>();

/** Keeps a gateway's word until the outbox next runs on this server. */
export const keepReceipt = (house: House, receipt: Receipt): void => {
  const waiting = inbox.get(house) ?? [];
  inbox.set(house, waiting);
  if (receipt.status === 'pending' || waiting.length >= most) return;
  waiting.push({ ...receipt, until: house.clock().getTime() + patience });
};

/**
 * A receipt that an HTTP gateway brings.
 * @throws AppError `not-found` where none is expected, `signed-out` without the token.
 */
export const bringReceipt = async (
  { house, web }: WebVisit,
  { body }: { body: Receipt },
): Promise<undefined> => {
  const { smsReceiptToken: expected } = house;
  if (!expected) throw new AppError('not-found', 'common.notFound');
  const given = digest(house.keys, 'message', 'receipt-token', web.bearerToken ?? '');
  if (!sameDigest(given, digest(house.keys, 'message', 'receipt-token', expected.expose()))) {
    throw new AppError('signed-out', 'common.signedOut');
  }
  keepReceipt(house, body);
};

/** Writes what receipts say. One for an attempt that is void names nothing any more, and changes nothing. */
export const takeReceipts = async (house: House): Promise<number> => {
  const waiting = inbox.get(house)?.splice(0) ?? [];
  let taken = 0;
  for (const receipt of waiting) {
    if (await takeReceipt(house, receipt)) taken += 1;
    else if (receipt.until > house.clock().getTime()) inbox.get(house)?.push(receipt);
  }
  return taken;
};

const takeReceipt = async (house: House, { reference, status }: Receipt): Promise<boolean> => {
  const row = await findByReference(house.pool, reference, ours(reference));
  if (!row) return false;
  await unlessTaken(outboxVisit(house, row.organisation_id), async (ctx) => {
    if (row.state === 'unknown') {
      const known = row.gateway_reference ?? reference;
      return settleFate(ctx, row, {
        fate: status === 'delivered' ? 'delivered' : 'failed',
        reference: known,
      });
    }
    if (status === 'delivered') return markDelivered(ctx, row);
    // The number cannot be reached: what it carried is ended, and the desk sees why.
    return fail(ctx, row, 'not-delivered');
  });
  return true;
};

/** Our own reference, which some gateways repeat: the message's id and the attempt. */
const ours = (reference: string): Pick<MessageRow, 'id' | 'attempt'> | undefined => {
  const [, id, attempt] = /^([\w-]{1,64})-(\d{1,4})$/.exec(reference) ?? [];
  return id && attempt ? { id, attempt: Number(attempt) } : undefined;
};
