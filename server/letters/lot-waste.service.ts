import type { Ctx } from '../core/ctx.ts';
import type { DestructionKind } from './destructions.schema.ts';
import { declareWaste, isOf } from './destructions.service.ts';
import { listOfLot } from './destructions.store.ts';
import { listDrawn, type LotLetterRow } from './lot-letters.store.ts';
import type { LotRow } from './lots.store.ts';

/** Enters the sheets of these letters into the destruction record, by the attempt whose paper they are. */
export const declareSheets = async (
  ctx: Ctx,
  lot: LotRow,
  kind: DestructionKind,
  letters: LotLetterRow[],
): Promise<void> => {
  const attempts = new Map<number, number[]>();
  for (const { printed_attempt: attempt, sheet } of letters) {
    if (attempt === null || sheet === null) continue;
    attempts.set(attempt, [...(attempts.get(attempt) ?? []), sheet]);
  }
  for (const [attempt, sheets] of attempts)
    await declareWaste(ctx, { organisationId: lot.organisation_id, kind, lotId: lot.id, attempt, sheets });
};

/** The letters whose sheets stand on paper and are not waste, also those that have ended meanwhile. */
export const goodLetters = async (ctx: Ctx, lot: Pick<LotRow, 'id'>): Promise<LotLetterRow[]> => {
  const waste = await listOfLot(ctx.db, lot.id);
  const letters = await listDrawn(ctx.db, lot.id);
  return letters.filter(({ sheet, printed_attempt: attempt, state }) => {
    const isWaste = waste.some((one) => isOf(one, attempt, sheet ?? 0));
    return state !== 'spoiled' && !isWaste;
  });
};
