import type { Db, Scope } from '../core/ctx.ts';
import type { LetterState } from './letters.schema.ts';
import type { LetterRow } from './letters.store.ts';
import type { LotRow } from './lots.store.ts';

const table = (db: Db) => db<LetterRow>('letters');
const lots = (db: Db) => db<LotRow>('lots');
const nextVersion = (db: Db) => db.raw('version + 1') as unknown as number;

/** Whose letter ended, and where its paper lies if it has one. */
export type Ended = {
  accountId: string;
  organisationId: string;
  lotId: string | null;
  sheet: number | null;
  attempt: number | null;
};

/** Moves the letters of these accounts from any of `from`; says whose. */
export const moveOfAccounts = async (
  db: Db,
  accountIds: string[],
  from: LetterState[],
  change: Partial<LetterRow>,
): Promise<Ended[]> => {
  const rows = await table(db)
    .whereIn('account_id', accountIds)
    .whereIn('state', from)
    .update({ ...change, version: nextVersion(db) })
    .returning(['account_id', 'organisation_id', 'lot_id', 'sheet', 'printed_attempt']);
  return rows.map((row) => ({
    accountId: row.account_id,
    organisationId: row.organisation_id,
    lotId: row.lot_id,
    sheet: row.sheet,
    attempt: row.printed_attempt,
  }));
};

/** Holds the lots on whose paper letters of these accounts stand, in one order. */
export const holdPrintedLots = async (db: Db, accountIds: string[]): Promise<void> => {
  const rows = await table(db)
    .whereIn('account_id', accountIds)
    .where({ state: 'printed' })
    .whereNotNull('lot_id')
    .distinct('lot_id');
  for (const id of rows.map((row) => row.lot_id ?? '').sort())
    await lots(db)
      .where({ id })
      .update({ version: db.ref('version') as unknown as number });
};

export const isAtMailHouse = async (db: Db, lotId: string): Promise<boolean> =>
  (await lots(db).where({ id: lotId, target: 'mail-house' }).first('id')) !== undefined;

/** Sheets that were counted as good are not any more; whoever has the lot on screen must look again. */
export const addSpoiled = async (db: Db, lotId: string, sheets: number): Promise<void> => {
  await lots(db)
    .where({ id: lotId })
    .whereIn('state', ['printing', 'printed', 'counted'])
    .update({ spoiled: db.raw('spoiled + ?', [sheets]) as unknown as number, version: nextVersion(db) });
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
