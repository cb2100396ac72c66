import type { Db } from '../core/ctx.ts';
import { listChannels } from './channels.store.ts';

/** By which channel each of these messages goes. */
export const channelsOf = async (db: Db, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await listChannels(db, ids)).map(({ id, channel }) => [id, channel]));
