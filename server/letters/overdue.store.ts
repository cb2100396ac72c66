import type { Db } from '../core/ctx.ts';
import { testLetterReason } from './test-letter.ts';
import { unposted } from './letters.store.ts';
import type { LotRow } from './lots.store.ts';

/** How many there are of one day. */
export type DayCount = { day: string; count: number };

/** Letters that are not with the post though their latest moment has passed, by the day planned for them. */
export const countLate = async (
  db: Db,
  organisationId: string,
  before: { notPrinted: string; printed: string },
): Promise<DayCount[]> =>
  counted(
    await db('letters')
      .where({ organisation_id: organisationId })
      .whereIn('state', unposted)
      .where('latest_posting_at', '<', before.notPrinted)
      .where((late) => late.whereNot({ state: 'printed' }).orWhere('latest_posting_at', '<', before.printed))
      .groupBy('planned_posting_on')
      .select('planned_posting_on as day', db.raw('count(*) as count')),
  );

/** Letters to members that have not left, of each day on which they were said to be there. */
export const countNotLeft = async (
  db: Db,
  organisationId: string,
  days: { from: string; to: string },
): Promise<DayCount[]> =>
  counted(
    await db('letters')
      .where({ organisation_id: organisationId })
      .whereIn('state', unposted)
      .whereNot({ reason: testLetterReason })
      .whereBetween('announced_on', [days.from, days.to])
      .groupBy('announced_on')
      .select('announced_on as day', db.raw('count(*) as count')),
  );

/**
 * Letters to members that were deposited after the last moment that keeps the day said, and are not known to have
 * come. Found by their lots, of which few are late; `plannedFrom` is the earliest day that such a lot was planned for.
 */
export const countLeftLate = async (
  db: Db,
  organisationId: string,
  days: { plannedFrom: string; from: string; to: string },
): Promise<DayCount[]> =>
  counted(
    await db('lots as o')
      .join('letters as l', 'l.lot_id', 'o.id')
      .where({ 'o.organisation_id': organisationId, 'o.state': 'deposited' })
      .where('o.planned_posting_on', '>=', days.plannedFrom)
      .whereRaw('o.deposited_at > o.latest_posting_at')
      .whereRaw('o.deposited_at > l.latest_posting_at')
      .where('l.state', 'deposited')
      .whereNot('l.reason', testLetterReason)
      .whereBetween('l.announced_on', [days.from, days.to])
      .groupBy('l.announced_on')
      .select('l.announced_on as day', db.raw('count(*) as count')),
  );

/** Lots that somebody is to print or to carry to the post. */
export const listUnderWay = (db: Db, organisationId: string): Promise<LotRow[]> =>
  db<LotRow>('lots')
    .where({ organisation_id: organisationId })
    .whereIn('state', ['released', 'printing', 'printed', 'counted'])
    .orderBy('number');

/** Paper that nobody has seen destroyed, by the day on which somebody should have. */
export const countUnwitnessed = async (
  db: Db,
  organisationId: string,
  dueBefore: string,
): Promise<DayCount[]> =>
  counted(
    await db('destructions')
      .where({ organisation_id: organisationId })
      .whereNull('witnessed_at')
      .where('due_on', '<', dueBefore)
      .groupBy('due_on')
      .select('due_on as day', db.raw('count(*) as count')),
  );

const counted = (rows: unknown[]): DayCount[] =>
  (rows as { day: string; count: number | string }[]).map(({ day, count }) => ({
    day,
    count: Number(count),
  }));
