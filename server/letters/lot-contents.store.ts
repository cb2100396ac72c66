import type { Db } from '../core/ctx.ts';
import { unposted, type LetterRow } from './letters.store.ts';

const table = (db: Db) => db<LetterRow>('letters');

/** The accounts whose letters lie in lots not yet released. */
export const listAccountsIn = async (
  db: Db,
  lotIds: string[],
): Promise<{ lotId: string; accountId: string }[]> => {
  if (lotIds.length === 0) return [];
  const rows = await table(db)
    .whereIn('lot_id', lotIds)
    .where({ state: 'in-lot' })
    .distinct('lot_id', 'account_id');
  return rows.map((row) => ({ lotId: row.lot_id ?? '', accountId: row.account_id }));
};

export type Urgent = { late: number; atRisk: number };

/** For each lot with such letters: how many, not yet posted, are late, and how many will soon be. */
export const countUrgent = async (
  db: Db,
  lotIds: string[],
  { now, riskUntil, today }: { now: string; riskUntil: string; today: string },
): Promise<Map<string, Urgent>> => {
  if (lotIds.length === 0) return new Map();
  const rows = (await table(db)
    .whereIn('lot_id', lotIds)
    .whereIn('state', unposted)
    .where('latest_posting_at', '<', riskUntil)
    .groupBy('lot_id')
    .select(
      'lot_id',
      db.raw('sum(case when latest_posting_at < ? then 1 else 0 end) as late', [now]),
      db.raw(
        'sum(case when latest_posting_at >= ? and planned_posting_on = ? then 1 else 0 end) as at_risk',
        [now, today],
      ),
    )) as unknown as { lot_id: string; late: number | string; at_risk: number | string }[];
  return new Map(rows.map((row) => [row.lot_id, { late: Number(row.late), atRisk: Number(row.at_risk) }]));
};
