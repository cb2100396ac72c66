import type { Db } from '../core/ctx.ts';

const presentMinutes = 15;

/** Whether anybody has been at work on the desk a short while ago: then heavy work goes in smaller steps. */
export const isDeskAttended = async (ctx: { db: Db; now: Date }): Promise<boolean> => {
  const since = new Date(ctx.now.getTime() - presentMinutes * 60_000).toISOString();
  return (await ctx.db('agent_sessions').where('last_seen_at', '>', since).first('id')) !== undefined;
};
