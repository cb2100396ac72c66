import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { DestructionKind } from './destructions.schema.ts';

export type DestructionRow = {
  id: string;
  organisation_id: string;
  kind: DestructionKind;
  lot_id: string | null;
  attempt: number | null;
  from_sheet: number | null;
  to_sheet: number | null;
  sheets: number;
  letter_id: string | null;
  declared_by: string;
  declared_at: string;
  due_on: string;
  witnessed_by: string | null;
  witnessed_at: string | null;
  version: number;
};

const table = (db: Db) => db<DestructionRow>('destructions');

export const insertDestructions = async (db: Db, rows: DestructionRow[]): Promise<void> => {
  for (let from = 0; from < rows.length; from += 100) await table(db).insert(rows.slice(from, from + 100));
};

/** What was declared of a lot's paper. */
export const listOfLot = (db: Db, lotId: string): Promise<DestructionRow[]> =>
  table(db).where({ lot_id: lotId }).orderBy(['declared_at', 'from_sheet']);

/** A row with what other tables tell of its paper. */
export type ShownRow = DestructionRow & { lot_number: number | null; reference: string | null };

const shown = (db: Db, scope: Scope) =>
  db<DestructionRow>('destructions as d')
    .leftJoin('lots as o', 'o.id', 'd.lot_id')
    .leftJoin('letters as l', 'l.id', 'd.letter_id')
    .whereIn('d.organisation_id', [...scope.organisationIds]);
const shownColumns = ['d.*', 'o.number as lot_number', 'l.reference'];

export const findDestruction = async (db: Db, scope: Scope, id: string): Promise<ShownRow | undefined> =>
  (await shown(db, scope).where('d.id', id).first(shownColumns)) as ShownRow | undefined;

/**
 * The second name, in one statement: never by who declared it, and once. Answers whether it hit.
 */
export const witness = async (
  db: Db,
  scope: Scope,
  { id, version }: { id: string; version: number },
  by: { witnessed_by: string; witnessed_at: string },
): Promise<boolean> => {
  const hit = await table(db)
    .where({ id, version })
    .whereIn('organisation_id', [...scope.organisationIds])
    .whereNull('witnessed_by')
    .whereNot({ declared_by: by.witnessed_by })
    .update({ ...by, version: version + 1 });
  return hit > 0;
};

const columns = { dueOn: 'd.due_on', declaredAt: 'd.declared_at', lotNumber: 'o.number' } as const;
export type DestructionField = keyof typeof columns;
export const destructionFields = Object.keys(columns) as [DestructionField, ...DestructionField[]];

export type DestructionFilter = {
  id?: string[];
  /** Not yet witnessed. */
  open?: boolean;
  organisationId?: string;
  lotId?: string;
  kind?: DestructionKind;
};

export const listDestructions = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<DestructionFilter, DestructionField>,
): Promise<{ rows: ShownRow[]; total: number }> => {
  let found = shown(db, scope);
  if (filter.id) found = found.whereIn('d.id', filter.id);
  if (filter.open === true) found = found.whereNull('d.witnessed_at');
  if (filter.open === false) found = found.whereNotNull('d.witnessed_at');
  if (filter.organisationId) found = found.where('d.organisation_id', filter.organisationId);
  if (filter.lotId) found = found.where('d.lot_id', filter.lotId);
  if (filter.kind) found = found.where('d.kind', filter.kind);
  const order = [
    { column: columns[sort.field], order: sort.order },
    { column: 'd.lot_id' },
    { column: 'd.from_sheet' },
    { column: 'd.id' },
  ];
  return readPage<ShownRow>(found, page, order, shownColumns);
};

/** What a record holds, by organisation, then as it was declared; at most `limit` rows. */
export const listForRecord = async (
  db: Db,
  scope: Scope,
  of: { lotId: string } | { from: string; to: string },
  limit: number,
): Promise<ShownRow[]> => {
  let found = shown(db, scope);
  if ('lotId' in of) found = found.where('d.lot_id', of.lotId);
  else found = found.whereBetween('d.declared_at', [of.from, of.to]);
  return (await found
    .orderBy(['d.organisation_id', 'd.declared_at', 'd.lot_id', 'd.from_sheet', 'd.id'])
    .limit(limit)
    .select(shownColumns)) as ShownRow[];
};
