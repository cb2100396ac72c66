import { parisDay } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import { closureOn, type Closure } from '../members/closure.service.ts';
import { listHolderDates } from './accounts.store.ts';

/**
 * Which accounts nothing on the desk opens: those of which every holder is closed. A person whose former contract
 * ended and who has a new one keeps the account; the gate, the sessions and the desk all ask here.
 */
export const closuresOfAccounts = async (
  ctx: { db: Db; now: Date },
  accountIds: string[],
): Promise<Map<string, Closure>> => {
  const today = parisDay(ctx.now);
  const holders = await listHolderDates(ctx.db, accountIds);
  const closed = new Map<string, Closure>();
  for (const accountId of accountIds) {
    const own = holders.filter((holder) => holder.account_id === accountId);
    const ends = own.map((dates) => closureOn(dates, today)).filter((end) => end !== undefined);
    if (ends.length < own.length) continue;
    // Without a holder nothing leads to the account any more.
    const last = ends.sort((a, b) => b.since.localeCompare(a.since))[0];
    closed.set(accountId, last ?? { reason: 'contract-ended', since: today });
  }
  return closed;
};
