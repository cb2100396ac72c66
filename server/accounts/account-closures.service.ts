import { parisDay } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import { closuresOf, type Closure } from '../members/closure.service.ts';
import { listHolders } from './accounts.store.ts';

/**
 * Which accounts nothing on the desk opens: those of which every holder is closed. A person whose former contract
 * ended and who has a new one keeps the account; the gate, the sessions and the desk all ask here.
 */
export const closuresOfAccounts = async (
  ctx: { db: Db; now: Date },
  accountIds: string[],
): Promise<Map<string, Closure>> => {
  const holders = await listHolders(ctx.db, accountIds);
  const closures = await closuresOf(
    ctx,
    holders.map(({ memberId }) => memberId),
  );
  const closed = new Map<string, Closure>();
  for (const accountId of accountIds) {
    const own = holders.filter((holder) => holder.accountId === accountId);
    const ends = own.map(({ memberId }) => closures.get(memberId)).filter((end) => end !== undefined);
    if (ends.length < own.length) continue;
    // Without a holder nothing leads to the account any more.
    const last = ends.sort((a, b) => b.since.localeCompare(a.since))[0];
    closed.set(accountId, last ?? { reason: 'contract-ended', since: parisDay(ctx.now) });
  }
  return closed;
};
