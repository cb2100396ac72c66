import type { Ctx, House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';

// Another server was faster: nothing was done and nothing is recorded.
class Nothing extends Error {}

/** An act of a worker that may find nothing left to do. Answers how many events it recorded. */
export const unlessNothing = async (
  house: House,
  { name, organisationIds }: { name: string; organisationIds: readonly string[] },
  work: (ctx: Ctx) => Promise<void>,
): Promise<number> => {
  try {
    return await perform(systemVisit(house, name, organisationIds), async (ctx) => {
      await work(ctx);
      if (ctx.events.length === 0) throw new Nothing();
      return ctx.events.length;
    });
  } catch (error) {
    if (error instanceof Nothing) return 0;
    throw error;
  }
};
