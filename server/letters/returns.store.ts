import type { Db, Scope } from '../core/ctx.ts';
import type { BundleRow } from './bundles.store.ts';
import type { DestructionRow } from './destructions.store.ts';
import { unreleased, type LetterRow } from './letters.store.ts';
import type { SheetCode } from './sheet-code.schema.ts';

/** A letter with what its lot knows: when it was really handed to the post, and how often it was printed. */
export type SentLetterRow = LetterRow & {
  lot_number: number | null;
  lot_attempt: number | null;
  deposited_at: string | null;
  /** How many bundles that were given up hold the sheet that carries it. */
  is_voided: number | string;
};

const table = (db: Db) => db<LetterRow>('letters as l').leftJoin('lots as o', 'o.id', 'l.lot_id');
const voided = (db: Db) =>
  db<BundleRow>('lot_bundles as b')
    .whereRaw('b.lot_id = l.lot_id and b.attempt = l.printed_attempt')
    .whereRaw('l.sheet between b.from_sheet and b.to_sheet')
    .whereNotNull('b.voided_at')
    .count('*')
    .as('is_voided');
const inScope = (db: Db, scope: Scope) =>
  table(db)
    .whereIn('l.organisation_id', [...scope.organisationIds])
    .select('l.*', 'o.number as lot_number', 'o.attempt as lot_attempt', 'o.deposited_at', voided(db));

export const findSent = async (db: Db, scope: Scope, id: string): Promise<SentLetterRow | undefined> =>
  (await inScope(db, scope).where('l.id', id))[0] as SentLetterRow | undefined;

export const listByReference = async (
  db: Db,
  scope: Scope,
  references: string[],
): Promise<SentLetterRow[]> =>
  references.length === 0
    ? []
    : ((await inScope(db, scope).whereIn('l.reference', references)) as SentLetterRow[]);

/** The letters of these sheets, whichever attempt printed them. */
export const listBySheet = async (
  db: Db,
  scope: Scope,
  sheets: Pick<SheetCode, 'lot' | 'sheet'>[],
): Promise<SentLetterRow[]> => {
  if (sheets.length === 0) return [];
  const rows = await inScope(db, scope).where((some) => {
    for (const { lot, sheet } of sheets) some.orWhere({ 'o.number': lot, 'l.sheet': sheet });
  });
  return rows as SentLetterRow[];
};

/** What has not been released of a member's letters. */
export const listUnreleased = (db: Db, memberId: string): Promise<LetterRow[]> =>
  db<LetterRow>('letters').where({ member_id: memberId }).whereIn('state', unreleased);

/** Holds a letter until the act ends, so that two who have the same paper in hand come one after the other. */
export const holdLetter = async (db: Db, id: string): Promise<void> => {
  await db<LetterRow>('letters')
    .where({ id })
    .update({ version: db.raw('version') as unknown as number });
};

/** Whether this paper that came back is entered for destruction: a letter, or one sheet of an attempt. */
export const isPaperDeclared = async (
  db: Db,
  paper: { letterId: string } | { lotId: string; attempt: number; sheet: number },
): Promise<boolean> => {
  let found = db<DestructionRow>('destructions').where({ kind: 'returned' });
  if ('letterId' in paper) found = found.where({ letter_id: paper.letterId });
  else {
    const { lotId: lot_id, attempt, sheet: from_sheet } = paper;
    found = found.where({ lot_id, attempt, from_sheet });
  }
  return (await found.first('id')) !== undefined;
};
