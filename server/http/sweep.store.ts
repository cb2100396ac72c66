import type { Db } from '../core/ctx.ts';

/** Answers kept for an Idempotency-Key are of use for a day. */
export const sweepIdempotencyKeys = async (db: Db, now: Date): Promise<void> => {
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString();
  await db('idempotency_keys').where('created_at', '<', yesterday).delete();
};

/** Cookie sessions past their absolute end; the column is a moment on one engine and text on the other. */
export const sweepStoredSessions = async (db: Db, now: Date): Promise<void> => {
  await db('sessions').where('expired', '<', now.toISOString()).delete();
};
