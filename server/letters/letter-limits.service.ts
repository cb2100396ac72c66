import { addDays, parisDay, type Day } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { expectedUntil, newsOf, type LetterNews } from './letter-news.ts';
import * as store from './letters.store.ts';
import type { DepositedRow, LetterRow } from './letters.store.ts';

/** What limits a further letter: one on its way, so many days apart, so many in 90 days (DOMAIN, "Letters"). */
export type LetterLimits = {
  /** Asked for and still to be expected: one that is late, and one that came back, keep nobody from another. */
  onItsWay: DepositedRow | null;
  mayAskFrom: Date | null;
  /** The first day on which nothing limits another one; null when that is now, or when nobody can tell. */
  mayAskOn: Day | null;
  news: LetterNews | null;
};

export const noLimits: LetterLimits = { onItsWay: null, mayAskFrom: null, mayAskOn: null, news: null };

export const letterLimits = async (
  ctx: { db: Db; now: Date },
  policy: Policy,
  accountId: string,
): Promise<LetterLimits> => {
  const { letter } = policy;
  const since = daysBefore(ctx.now, 90).toISOString();
  const rows = await store.listOfAccountSince(ctx.db, accountId, since);
  const news = newsOf(policy, rows, ctx.now);
  if (!letter) return { ...noLimits, news };

  const asked = rows.filter(counts);
  const onItsWay = asked.find((row) => expectedUntil(policy, row, ctx.now) !== undefined) ?? null;
  // One that came back reached nobody: once its address is corrected there is nothing to keep apart from.
  const last = asked.find(({ state }) => state !== 'returned');
  const apart = last && daysAfter(new Date(last.asked_at), letter.daysApart);
  const oldest = asked[letter.perNinetyDays - 1];
  const quarter = oldest && daysAfter(new Date(oldest.asked_at), 90);
  const [mayAskFrom = null] = [apart, quarter]
    .filter((at) => at !== undefined && at > ctx.now)
    .sort((a, b) => Number(b) - Number(a));
  const until = onItsWay && expectedUntil(policy, onItsWay, ctx.now);
  const from = mayAskFrom && parisDay(mayAskFrom);
  return { onItsWay, mayAskFrom, mayAskOn: onItsWay ? laterOf(from, until ?? null) : from, news };
};

// Refused, cancelled and spoiled letters never left: they use up nothing of the limits.
const counts = ({ state }: LetterRow): boolean => !['cancelled', 'refused', 'spoiled'].includes(state);

/** The day after the one on which the letter on its way is expected, unless the limits say a later one. */
const laterOf = (from: Day | null, until: Day | null): Day | null => {
  const after = until && addDays(until, 1);
  return after !== null && from !== null && from > after ? from : after;
};

const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * 86_400_000);
const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);
