import { addDays, type Day } from '../core/calendar.ts';
import type { Language } from '../core/words.ts';
import { costsOn } from './costs-file.ts';
import type { Costs } from './costs.schema.ts';
import type { Counted } from './figures-measures.ts';
import type { FigureStep } from './figures.schema.ts';
import type { AccountsOn, DayFigure } from './figures.store.ts';

export type Stretch = { from: Day; to: Day };

/** The days, weeks (from Monday) or months from one day to another; the first and the last may be cut. */
export const stretchesOf = ({ from, to }: Stretch, by: FigureStep): Stretch[] => {
  const stretches: Stretch[] = [];
  for (let begins = from; begins <= to;) {
    const ends = by === 'day' ? begins : by === 'week' ? endOfWeek(begins) : endOfMonth(begins);
    stretches.push({ from: begins, to: ends < to ? ends : to });
    begins = addDays(ends, 1);
  }
  return stretches;
};

export const endOfMonth = (day: Day): Day => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
};

const endOfWeek = (day: Day): Day => addDays(day, 6 - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** « 12/11 », « sem. 12/11 », « nov. 2026 ». */
export const stretchInWords = (
  language: Language,
  by: FigureStep,
  { from }: Stretch,
  week: string,
): string => {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const at = new Date(`${from}T12:00:00Z`);
  if (by === 'month')
    return at.toLocaleDateString(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const day = at.toLocaleDateString(locale, { day: '2-digit', month: '2-digit', timeZone: 'UTC' });
  return by === 'day' ? day : `${week} ${day}`;
};

/** What these tallies come to in a stretch: costs by the prices of each day. */
export const countedIn = (
  stretch: Stretch,
  { tallies, accounts, costs }: { tallies: DayFigure[]; accounts: AccountsOn[]; costs: Costs },
): Counted => {
  const totals = new Map<string, { n: number; sum: number }>();
  let [posted, unblockCost] = [0, 0];
  let postCost: number | null = 0;
  for (const { day, measure, n, sum } of tallies) {
    if (day < stretch.from || day > stretch.to) continue;
    const known = totals.get(measure) ?? { n: 0, sum: 0 };
    totals.set(measure, { n: known.n + n, sum: known.sum + sum });

    const price = costsOn(costs, day);
    if (measure === 'unblock.calls') unblockCost += (sum / 60) * price.callMinute;
    if (measure === 'unblock.sms') unblockCost += n * price.sms;
    if (measure === 'unblock.emails') unblockCost += n * price.email;
    if (!measure.startsWith(postedPrefix)) continue;
    posted += n;
    const postage: number | undefined = price.postage[measure.slice(postedPrefix.length)];
    postCost = postage === undefined || postCost === null ? null : postCost + n * (postage + price.sheet);
  }
  return {
    n: (measure) => totals.get(measure)?.n ?? 0,
    sum: (measure) => totals.get(measure)?.sum ?? 0,
    posted,
    postCost,
    unblockCost,
    accounts: accountsAt(accounts, stretch.to),
  };
};

const postedPrefix = 'posted:';

/** The last count of each organisation up to a day. */
const accountsAt = (accounts: AccountsOn[], day: Day): number | null => {
  const last = new Map<string, number>();
  for (const one of accounts) if (one.day <= day) last.set(one.organisationId, one.accounts);
  return last.size === 0 ? null : [...last.values()].reduce((sum, one) => sum + one, 0);
};
