import type { Db, Scope } from '../core/ctx.ts';
import type { LetterState } from './letters.schema.ts';
import type { LetterRow } from './letters.store.ts';

const table = (db: Db) => db<LetterRow>('letters');

/** Moves the letters of these accounts from any of `from`; says whose. */
export const moveOfAccounts = async (
  db: Db,
  accountIds: string[],
  from: LetterState[],
  change: Partial<LetterRow>,
): Promise<{ accountId: string }[]> => {
  const rows = await table(db)
    .whereIn('account_id', accountIds)
    .whereIn('state', from)
    .update({ ...change, version: db.raw('version + 1') as unknown as number })
    .returning('account_id');
  return rows.map((row) => ({ accountId: row.account_id }));
};

export const countOfAccounts = async (
  db: Db,
  accountIds: string[],
  states: LetterState[],
): Promise<number> => {
  const row = await table(db)
    .whereIn('account_id', accountIds)
    .whereIn('state', states)
    .count({ n: '*' })
    .first();
  return Number((row as { n: number | string } | undefined)?.n ?? 0);
};

export type SheetOfLot = { memberId: string; organisationId: string; lotId: string; reason: string };

/** The letters of these lots that were printed, whatever became of them. */
export const listSheetsOfLots = async (db: Db, scope: Scope, lotIds: string[]): Promise<SheetOfLot[]> => {
  const rows = await table(db)
    .whereIn('lot_id', lotIds)
    .whereIn('organisation_id', [...scope.organisationIds])
    .whereNotNull('printed_attempt')
    .select('member_id', 'organisation_id', 'lot_id', 'reason');
  return rows.map((row) => ({
    memberId: row.member_id,
    organisationId: row.organisation_id,
    lotId: row.lot_id ?? '',
    reason: row.reason,
  }));
};
