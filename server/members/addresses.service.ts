import type { Db } from '../core/ctx.ts';
import { listDoubtful } from './addresses.store.ts';

/** Which of these members have an address at which mail is known not to arrive. */
export const doubtfulAddresses = async (ctx: { db: Db }, memberIds: string[]): Promise<Set<string>> =>
  new Set(await listDoubtful(ctx.db, memberIds));
