import type { Ctx } from '../core/ctx.ts';
import type { RepeatCalls } from './repeat-calls.schema.ts';
import { countCalls } from './repeat-calls.store.ts';

const dayMs = 86_400_000;

/** How many calls were about this member in the last 24 hours and 7 days, the open one included. */
export const repeatCallsOf = async (ctx: Pick<Ctx, 'db' | 'now'>, memberId: string): Promise<RepeatCalls> => {
  const since = (days: number) => new Date(ctx.now.getTime() - days * dayMs).toISOString();
  return {
    day: await countCalls(ctx.db, memberId, since(1)),
    week: await countCalls(ctx.db, memberId, since(7)),
  };
};
