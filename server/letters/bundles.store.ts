import type { Db } from '../core/ctx.ts';
import type { PrintTarget } from './lots.schema.ts';

/** What is drawn, committed, delivered and counted together; `number` counts from 1 within its attempt. */
export type BundleRow = {
  lot_id: string;
  attempt: number;
  number: number;
  target: PrintTarget;
  from_sheet: number;
  to_sheet: number;
  /** Pages drawn; refused sheets have none. */
  sheets: number;
  drawn_at: string;
  delivered_at: string | null;
  voided_at: string | null;
  /** What it became where it was delivered: a file's name, or a printer's job. */
  file: string | null;
  sha256: string | null;
  /** The words of what the printer said of its job after it had accepted it. */
  problem: string | null;
  good: number | null;
  spoiled: number | null;
  counted_by: string | null;
  counted_at: string | null;
};
export type BundleKey = Pick<BundleRow, 'lot_id' | 'attempt' | 'number'>;

const table = (db: Db) => db<BundleRow>('lot_bundles');

export const insertBundle = async (
  db: Db,
  row: BundleKey & Pick<BundleRow, 'target' | 'from_sheet' | 'to_sheet' | 'sheets' | 'drawn_at'>,
): Promise<void> => {
  const untouched = { delivered_at: null, voided_at: null, file: null, sha256: null, problem: null };
  const uncounted = { good: null, spoiled: null, counted_by: null, counted_at: null };
  await table(db).insert({ ...row, ...untouched, ...uncounted });
};

/** The bundles of these lots that still stand, in the order of their sheets. */
export const listStanding = (db: Db, lotIds: string[]): Promise<BundleRow[]> =>
  table(db).whereIn('lot_id', lotIds).whereNull('voided_at').orderBy(['lot_id', 'from_sheet']);

/** Pages in the bundles of a lot that still stand. */
export const sumStanding = async (db: Db, lotId: string): Promise<number> => {
  const row = await table(db)
    .where({ lot_id: lotId })
    .whereNull('voided_at')
    .sum({ sheets: 'sheets' })
    .first();
  return Number((row as { sheets: number | string | null } | undefined)?.sheets ?? 0);
};

/** A bundle was accepted where it went; false when it had been given up meanwhile. */
export const markDelivered = async (
  db: Db,
  key: BundleKey,
  change: { delivered_at: string; file: string | null; sha256: string | null },
): Promise<boolean> => {
  const { lot_id, attempt, number } = key;
  const hit = await table(db)
    .where({ lot_id, attempt, number })
    .whereNull('voided_at')
    .whereNull('delivered_at')
    .update(change);
  return hit > 0;
};

/** All bundles of a lot that stand have arrived: a document is one delivery. */
export const deliverStanding = async (db: Db, lotId: string, at: string): Promise<void> => {
  await table(db)
    .where({ lot_id: lotId })
    .whereNull('voided_at')
    .whereNull('delivered_at')
    .update({ delivered_at: at });
};

/** Gives up what was never delivered of a lot; says which bundles. */
export const voidUndelivered = (db: Db, lotId: string, at: string): Promise<BundleRow[]> =>
  table(db)
    .where({ lot_id: lotId })
    .whereNull('delivered_at')
    .whereNull('voided_at')
    .update({ voided_at: at })
    .returning('*');

/** Enters what was counted of a bundle; false when somebody counted it first, or it was given up. */
export const countBundle = async (
  db: Db,
  { lot_id, attempt, number }: BundleKey,
  count: { good: number; spoiled: number; counted_by: string; counted_at: string },
): Promise<boolean> => {
  const hit = await table(db)
    .where({ lot_id, attempt, number })
    .whereNull('counted_at')
    .whereNull('voided_at')
    .update(count);
  return hit > 0;
};

export type JobRow = BundleKey & { file: string; organisation_id: string };

/** Jobs that a printer accepted since a moment, and that nobody has counted or knows to have failed. */
export const listJobs = (db: Db, since: string): Promise<JobRow[]> =>
  db('lot_bundles as b')
    .join('lots as o', 'o.id', 'b.lot_id')
    .where('b.target', 'printer')
    .where('b.delivered_at', '>=', since)
    .whereLike('b.file', 'job-%')
    .whereNull('b.counted_at')
    .whereNull('b.problem')
    .select('b.lot_id', 'b.attempt', 'b.number', 'b.file', 'o.organisation_id');

/** False when somebody noted it first. */
export const setProblem = async (
  db: Db,
  { lot_id, attempt, number }: BundleKey,
  problem: string,
): Promise<boolean> => {
  const hit = await table(db).where({ lot_id, attempt, number }).whereNull('problem').update({ problem });
  return hit > 0;
};
