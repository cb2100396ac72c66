import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { deliverStanding } from './bundles.store.ts';
import { assertMay, findLot, toLot } from './lots-view.service.ts';
import type { Lot, LotVersion } from './lots.schema.ts';
import { moveLot } from './lots.store.ts';
import type { LotRow } from './lots.store.ts';
import { endHere } from './print-attempt.service.ts';
import * as attempts from './print-attempt.store.ts';

/** Ends the attempt under way before its next bundle; one whose worker has died ends here and now. */
export const stopPrint = async (ctx: Ctx, id: string): Promise<Lot> => {
  const lot = await findLot(ctx, id);
  await assertMay(ctx, 'stop', lot);
  const at = ctx.now.toISOString();
  if (!(await attempts.askToStop(ctx.db, lot, at)))
    throw new AppError('conflict', 'lots.notBeingPrinted', { rule: 'lot.not-printing' });

  const data = { lotId: id, attempt: lot.attempt };
  record(ctx, { type: 'lot.stop-asked', organisationId: lot.organisation_id, data });
  if ((lot.lease_until ?? '') < at) {
    const ended = await attempts.endEarly(ctx.db, lot);
    if (ended) await endHere(ctx, ended, { word: 'stopped' });
  }
  return toLot(ctx, await findLot(ctx, id));
};

/** The document that the browser saved is whole and printed: from here a jam is spoilage. */
export const confirmPrint = async (ctx: Ctx, id: string, { version }: LotVersion): Promise<Lot> => {
  const lot = await findLot(ctx, id, version);
  await assertMay(ctx, 'confirm', lot);
  if (!(await moveLot(ctx.db, lot, 'printed', {}))) throw new AppError('conflict', 'common.conflict');
  await confirmDelivered(ctx, lot);
  return toLot(ctx, await findLot(ctx, id));
};

/**
 * The one delivery of a browser's document is complete: said by its operator, or implied by the first count. Does
 * nothing when that was said before, or when the lot went elsewhere.
 */
export const confirmDelivered = async (ctx: Ctx, lot: LotRow): Promise<void> => {
  const at = ctx.now.toISOString();
  if (!(await attempts.confirmDocument(ctx.db, lot.id, at))) return;
  await deliverStanding(ctx.db, lot.id, at);
  const data = { lotId: lot.id, attempt: lot.attempt };
  record(ctx, { type: 'lot.confirmed', organisationId: lot.organisation_id, data });
};

/** The document did not arrive whole: every sheet of the attempt is waste, and the lot is to be printed again. */
export const redoPrint = async (ctx: Ctx, id: string, { version }: LotVersion): Promise<Lot> => {
  const lot = await findLot(ctx, id, version);
  await assertMay(ctx, 'redo', lot);
  const again = { state: 'released', printed_at: null } as const;
  if (!(await moveLot(ctx.db, lot, 'printed', again))) throw new AppError('conflict', 'common.conflict');
  await endHere(ctx, { ...lot, ...again }, { word: 'redone' });
  return toLot(ctx, await findLot(ctx, id));
};
