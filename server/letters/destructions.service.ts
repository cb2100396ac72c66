import { record } from '../audit/record.ts';
import { addWorkingDays, parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Destruction, DestructionKind } from './destructions.schema.ts';
import * as store from './destructions.store.ts';
import type { DestructionField, DestructionFilter, DestructionRow, ShownRow } from './destructions.store.ts';
import type { LotVersion } from './lots.schema.ts';
import { runsOf } from './sheet-runs.ts';

/** DOMAIN and ISO 9564 practice: the second person within one working day. */
const witnessedWithinWorkingDays = 1;

export type Waste = {
  organisationId: string;
  kind: DestructionKind;
  lotId: string | null;
  attempt: number | null;
  /** Numbers of the sheets, in any order; of a returned letter, its one sheet. */
  sheets: readonly number[];
  letterId?: string | null;
};

/**
 * Enters paper that must be destroyed, a row for each run of sheets, under the name of whoever acts; of a lot's
 * sheets, those that were entered before are not entered again. Belongs to the transaction that made it waste; a
 * second person witnesses it later.
 */
export const declareWaste = async (ctx: Ctx, waste: Waste): Promise<void> => {
  const { organisationId, kind, lotId, attempt, letterId = null } = waste;
  // What came back by post was entered before where it was waste already, and is here again.
  const before = lotId === null || kind === 'returned' ? [] : await store.listOfLot(ctx.db, lotId);
  const sheets = waste.sheets.filter((sheet) => !before.some((one) => isOf(one, attempt, sheet)));
  const rows = runsOf(sheets).map(({ from, to }) => ({
    id: ctx.newId(),
    organisation_id: organisationId,
    kind,
    lot_id: lotId,
    attempt,
    from_sheet: from,
    to_sheet: to,
    sheets: to - from + 1,
    letter_id: letterId,
    declared_by: actorId(ctx),
    declared_at: ctx.now.toISOString(),
    due_on: addWorkingDays(parisDay(ctx.now), witnessedWithinWorkingDays),
    witnessed_by: null,
    witnessed_at: null,
    version: 1,
  }));
  await store.insertDestructions(ctx.db, rows);
  for (const { id, sheets: of } of rows)
    record(ctx, {
      type: 'destruction.declared',
      organisationId,
      data: { destructionId: id, kind, sheets: of },
    });
};

/** Whether this sheet of an attempt is among the paper of a row. */
export const isOf = (row: DestructionRow, attempt: number | null, sheet: number): boolean =>
  row.attempt === attempt && (row.from_sheet ?? 0) <= sheet && sheet <= (row.to_sheet ?? 0);

export const listDestructions = async (
  ctx: Ctx,
  query: ListQuery<DestructionFilter, DestructionField>,
): Promise<Page<Destruction>> => {
  const { rows, total } = await store.listDestructions(ctx.db, ctx.scope, query);
  return { rows: await toDestructions(ctx, rows), total };
};

/**
 * The second person saw this paper destroyed. Never who declared it, however many roles they have.
 *
 * @throws AppError `policy-refused` for who declared it, `conflict` when somebody witnessed it first.
 */
export const witnessDestruction = async (
  ctx: Ctx,
  id: string,
  { version }: LotVersion,
): Promise<Destruction> => {
  const found = await store.findDestruction(ctx.db, ctx.scope, id);
  if (!found) throw new AppError('not-found', 'common.notFound');
  const refusal = refusalOf(ctx, found);
  if (refusal) throw new AppError(refusal.code, refusal.words, { rule: refusal.rule });
  const by = { witnessed_by: actorId(ctx), witnessed_at: ctx.now.toISOString() };
  if (!(await store.witness(ctx.db, ctx.scope, { id, version }, by)))
    throw new AppError('conflict', 'common.conflict');

  const { organisation_id: organisationId, sheets } = found;
  record(ctx, { type: 'destruction.witnessed', organisationId, data: { destructionId: id, sheets } });
  const [shown] = await toDestructions(ctx, [{ ...found, ...by, version: version + 1 }]);
  if (!shown) throw new Error('A destruction was lost while it was shown.');
  return shown;
};

/** Rows in words, with what this actor may do with each. */
export const toDestructions = async (ctx: Ctx, rows: ShownRow[]): Promise<Destruction[]> => {
  const say = (key: string) => ctx.house.words.say(ctx.language, `destructions.${key}`);
  const people = rows.flatMap((row) => [row.declared_by, row.witnessed_by ?? []].flat());
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(people)]);
  const today = parisDay(ctx.now);
  return rows.map((row) => {
    const refusal = refusalOf(ctx, row);
    const why = refusal && ctx.house.words.say(ctx.language, refusal.words);
    return {
      id: row.id,
      organisationId: row.organisation_id,
      kind: row.kind,
      kindInWords: say(`kinds.${row.kind}`),
      lotId: row.lot_id,
      lotNumber: row.lot_number,
      attempt: row.attempt,
      fromSheet: row.from_sheet,
      toSheet: row.to_sheet,
      sheets: row.sheets,
      reference: row.reference,
      declaredBy: row.declared_by,
      declaredByName: names.get(row.declared_by) ?? (row.declared_by === 'system' ? say('bySystem') : null),
      declaredAt: row.declared_at,
      dueOn: row.due_on,
      isOverdue: row.witnessed_at === null && row.due_on < today,
      witnessedByName: names.get(row.witnessed_by ?? '') ?? null,
      witnessedAt: row.witnessed_at,
      can: { witness: { allowed: refusal === null, why } },
      version: row.version,
    };
  });
};

type Refusal = { code: 'conflict' | 'forbidden' | 'policy-refused'; words: string; rule: string };

const refusalOf = (ctx: Ctx, row: DestructionRow): Refusal | null => {
  const { actor } = ctx;
  if (actor.kind !== 'agent' || !actor.permissions.has('destruction.witness'))
    return { code: 'forbidden', words: 'common.forbidden', rule: 'destruction.role' };
  if (row.witnessed_by !== null)
    return { code: 'conflict', words: 'destructions.witnessed', rule: 'destruction.witnessed' };
  if (row.declared_by === actor.id)
    return { code: 'policy-refused', words: 'destructions.own', rule: 'destruction.own' };
  return null;
};

const actorId = ({ actor }: Ctx): string => (actor.kind === 'agent' ? actor.id : 'system');
