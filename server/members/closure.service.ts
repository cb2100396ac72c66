import { parisDay } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import { listClosing, type ClosingDates } from './closure.store.ts';

export type Closure = { reason: 'contract-ended' | 'client-rights-lost' | 'deceased'; since: string };

/**
 * Which of these members nothing on the desk can let in, and since which day: deceased, contract ended, or their
 * company lost its rights. Ends that lie ahead close nothing yet.
 */
export const closuresOf = async (
  ctx: { db: Db; now: Date },
  memberIds: string[],
): Promise<Map<string, Closure>> => {
  const today = parisDay(ctx.now);
  const found = new Map<string, Closure>();
  for (const row of await listClosing(ctx.db, memberIds)) {
    const closure = closureOn(row, today);
    if (closure) found.set(row.id, closure);
  }
  return found;
};

/** What closes a member on this day, first that applies. */
export const closureOn = (row: ClosingDates, today: string): Closure | undefined => {
  if (row.deceased_on && row.deceased_on <= today) return { reason: 'deceased', since: row.deceased_on };
  // The contract's last day is still a day of the contract.
  if (row.contract_end_on && row.contract_end_on < today) {
    return { reason: 'contract-ended', since: row.contract_end_on };
  }
  if (row.rights_end_on && row.rights_end_on < today) {
    return { reason: 'client-rights-lost', since: row.rights_end_on };
  }
  return undefined;
};
