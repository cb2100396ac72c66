import { parisDay } from '../core/calendar.ts';
import type { Db } from '../core/ctx.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { numbersOfLots as readNumbers } from './letters.store.ts';
import type { LotRow } from './lots.store.ts';
import { declaredWithinMs, depositDueAt, missedSince, plannedSince, printDueAt } from './overdue.ts';
import type { OverdueKind } from './overdue.schema.ts';
import * as store from './overdue.store.ts';
import { lateTestLetters } from './test-letters.service.ts';

/** Something that stands late now: `subject` is a day, a lot's id or a week, never a person. */
export type Overdue = { kind: OverdueKind; subject: string; count: number };

/** Everything that stands late in an organisation's print room at this moment, each kind and subject once. */
export const listOverdue = async (ctx: { db: Db; now: Date }, policy: Policy): Promise<Overdue[]> => [
  ...(await lateLetters(ctx, policy)),
  ...(await lateLots(ctx, policy)),
  ...(await missedDates(ctx, policy)),
  ...(await lateTestLetters(ctx, policy)).map((week) => ({
    kind: 'test-letter-missing' as const,
    subject: week,
    count: 1,
  })),
  ...(await lateDestructions(ctx, policy)),
];

/** The numbers by which people know these lots. */
export const numbersOfLots = ({ db }: { db: Db }, lotIds: string[]): Promise<Map<string, number>> =>
  readNumbers(db, lotIds);

const lateLetters = async ({ db, now }: { db: Db; now: Date }, { id }: Policy): Promise<Overdue[]> => {
  const printed = new Date(now.getTime() - declaredWithinMs).toISOString();
  return byDay('letters-late', await store.countLate(db, id, { notPrinted: now.toISOString(), printed }));
};

const lateLots = async ({ db, now }: { db: Db; now: Date }, { id }: Policy): Promise<Overdue[]> => {
  const lots = await store.listUnderWay(db, id);
  return lots.flatMap((lot): Overdue[] => {
    if (shouldBePrinted(lot, now)) return [{ kind: 'lot-not-printed', subject: lot.id, count: lot.letters }];
    if (!shouldBeDeposited(lot, now)) return [];
    return [{ kind: 'lot-not-deposited', subject: lot.id, count: lot.printed - lot.spoiled }];
  });
};

const shouldBePrinted = (lot: LotRow, now: Date): boolean => {
  if (lot.state !== 'released' && lot.state !== 'printing') return false;
  // An attempt that is alive prints it.
  if (lot.state === 'printing' && (lot.lease_until ?? '') >= now.toISOString()) return false;
  const { released_at: releasedAt, latest_posting_at: latestPostingAt } = lot;
  return releasedAt !== null && now >= printDueAt({ releasedAt, latestPostingAt });
};

const shouldBeDeposited = (lot: LotRow, now: Date): boolean => {
  // A lot that was given up has no good sheet.
  if (!['printed', 'counted'].includes(lot.state) || lot.spoiled >= lot.printed) return false;
  const { printed_at: printedAt, planned_posting_on: plannedPostingOn } = lot;
  return printedAt !== null && now >= depositDueAt({ plannedPostingOn, printedAt });
};

/** From the morning of the day said: a letter that has not left in time for it will not be in the box. */
const missedDates = async ({ db, now }: { db: Db; now: Date }, { id }: Policy): Promise<Overdue[]> => {
  const today = parisDay(now);
  const from = missedSince(today);
  const days = { plannedFrom: plannedSince(from), from, to: today };
  const counts = new Map<string, number>();
  for (const { day, count } of [
    ...(await store.countNotLeft(db, id, days)),
    ...(await store.countLeftLate(db, id, days)),
  ]) {
    counts.set(day, (counts.get(day) ?? 0) + count);
  }
  return [...counts].map(([subject, count]) => ({ kind: 'date-missed', subject, count }));
};

const lateDestructions = async ({ db, now }: { db: Db; now: Date }, { id }: Policy): Promise<Overdue[]> =>
  byDay('destruction-overdue', await store.countUnwitnessed(db, id, parisDay(now)));

const byDay = (kind: OverdueKind, rows: store.DayCount[]): Overdue[] =>
  rows.map(({ day, count }) => ({ kind, subject: day, count }));
