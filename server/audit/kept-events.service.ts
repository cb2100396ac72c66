import type { Db, House } from '../core/ctx.ts';
import { hmacUnder } from '../core/hmac.ts';
import { listKept } from './audit.store.ts';
import { payloadDigest } from './chain.ts';
import type { EventType } from './vocabulary.schema.ts';

/**
 * What the chain says in its last events of these types from row `from` on, newest first, at most `limit`. A row that our
 * key did not bind says nothing.
 */
export const keptData = async <Data>(
  house: House,
  db: Db,
  { types, limit, from = 1 }: { types: readonly EventType[]; limit: number; from?: number },
): Promise<Data[]> => {
  const mac = hmacUnder(house.keys.derive('audit-chain'));
  return (await listKept(db, { types, limit, from }))
    .filter(({ payload, payloadDigest: bound }) => payloadDigest(mac, payload) === bound)
    .map(({ payload }) => (JSON.parse(payload) as { data: Data }).data);
};
