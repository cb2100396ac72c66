import type { Db } from '../core/ctx.ts';

export type CorrectionRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  field: string;
  old_digest: string;
  corrected_at: string;
  confirmed_at: string | null;
};

const table = (db: Db) => db<CorrectionRow>('desk_corrections');

export const insertCorrection = async (db: Db, row: CorrectionRow): Promise<void> => {
  await table(db).insert(row);
};

/** Corrections that the management system has not confirmed. */
export const listCorrections = (db: Db, memberIds: string[]): Promise<CorrectionRow[]> =>
  table(db).whereIn('member_id', memberIds).whereNull('confirmed_at');

/** Says whose they were, and of what. */
export const confirmCorrections = (
  db: Db,
  ids: string[],
  at: string,
): Promise<Pick<CorrectionRow, 'member_id' | 'field'>[]> =>
  table(db).whereIn('id', ids).update({ confirmed_at: at }).returning(['member_id', 'field']);
