import { parisDay } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import { countOpen } from './account-count.store.ts';

/** How many accounts of an organisation a member could use now. Counts them all: for a worker, not for a page. */
export const countOpenAccounts = (ctx: { db: Db; now: Date }, organisationId: string): Promise<number> =>
  countOpen(ctx.db, organisationId, parisDay(ctx.now));
