import type { Ctx } from '../core/ctx.ts';
import { endOfLetters } from '../credentials/credentials.service.ts';
import * as bundles from './bundles.store.ts';
import { declareWaste } from './destructions.service.ts';
import { moveLetters } from './letters.store.ts';
import * as lotLetters from './lot-letters.store.ts';
import type { LotRow } from './lots.store.ts';
import type { PrintProblem } from './print-problem.ts';
import { runsOf } from './sheet-runs.ts';

/** How many passwords died, and which sheets may be on paper although they open nothing. */
export type GivenUp = { voided: number; waste: PrintProblem['waste'] };

/**
 * Gives up what was drawn of a lot and not delivered: its passwords die, its letters are to be drawn again, and what
 * may have left is entered for destruction. `sent` names the bundles of the lot's attempt whose bytes began to leave;
 * without it nobody knows, and all may have.
 */
export const giveUpUndelivered = async (
  ctx: Ctx,
  lot: LotRow,
  sent?: ReadonlySet<number>,
): Promise<GivenUp> => {
  const at = ctx.now.toISOString();
  let voided = 0;
  const onPaper = new Map<number, number[]>();
  for (const bundle of await bundles.voidUndelivered(ctx.db, lot.id, at)) {
    const letters = await lotLetters.listInBundle(ctx.db, bundle);
    const ids = letters.map(({ id }) => id);
    voided += (await endOfLetters(ctx, ids, 'interrupted')).length;
    await moveLetters(ctx.db, { ids }, ['printed'], { state: 'printing', state_at: at });
    if (sent && !sent.has(bundle.number)) continue;
    const sheets = letters.flatMap(({ sheet }) => sheet ?? []);
    onPaper.set(bundle.attempt, [...(onPaper.get(bundle.attempt) ?? []), ...sheets]);
  }

  const waste = [...onPaper].map(([attempt, sheets]) => ({ attempt, runs: runsOf(sheets), sheets }));
  for (const { attempt, sheets } of waste) {
    const of = { organisationId: lot.organisation_id, lotId: lot.id, attempt };
    await declareWaste(ctx, { ...of, kind: 'interrupted', sheets });
  }
  return { voided, waste: waste.map(({ attempt, runs }) => ({ attempt, runs })) };
};
