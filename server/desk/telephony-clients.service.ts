import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import * as store from './telephony-clients.store.ts';
import type { TelephonyClientRow } from './telephony-clients.store.ts';

/** A key for a telephone system, which announces the calls that ring. It is told once: only its digest is kept. */
export const addTelephonyClient = (visit: Visit, name: string): Promise<{ id: string; key: Secret }> =>
  perform(visit, async (ctx) => {
    const key = new Secret(`telephony_${Buffer.from(ctx.house.random.bytes(32)).toString('base64url')}`);
    const id = ctx.newId();
    await store.insertTelephonyClient(ctx.db, {
      id,
      name,
      key_digest: digestOf(ctx.house, key),
      created_at: ctx.now.toISOString(),
      revoked_at: null,
    });
    record(ctx, { type: 'telephony-client.created', data: { clientId: id } });
    return { id, key };
  });

/** @throws AppError `not-found` when there is no such key, or it was revoked before. */
export const revokeTelephonyClient = (visit: Visit, id: string): Promise<void> =>
  perform(visit, async (ctx) => {
    const hit = await store.revokeTelephonyClient(ctx.db, id, ctx.now.toISOString());
    if (!hit) throw new AppError('not-found', 'common.notFound');
    record(ctx, { type: 'telephony-client.revoked', data: { clientId: id } });
  });

export const listTelephonyClients = (ctx: Pick<Ctx, 'db'>): Promise<TelephonyClientRow[]> =>
  store.listTelephonyClients(ctx.db);

/** Whose key this is. @throws AppError `signed-out` without a key, or for one that is wrong or revoked. */
export const telephonyClientOf = async (house: House, token: string | null): Promise<{ id: string }> => {
  const found =
    token === null
      ? undefined
      : await store.findTelephonyClient(house.pool, digestOf(house, new Secret(token)));
  if (!found) throw new AppError('signed-out', 'incoming.badKey');
  return { id: found.id };
};

const digestOf = ({ keys }: House, key: Secret): string => digest(keys, 'telephony-client', key.expose());
