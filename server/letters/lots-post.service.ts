import { record } from '../audit/record.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { activateDeposited, endOfLetters } from '../credentials/credentials.service.ts';
import { oweDepositNotices } from './deposit-notices.service.ts';
import { declaredWithinWorkingDays, mayBeDeclared } from './lateness.ts';
import { moveLetters } from './letters.store.ts';
import * as lotLetters from './lot-letters.store.ts';
import { declareSheets, goodLetters } from './lot-waste.service.ts';
import { assertMay, findLot, toLot } from './lots-view.service.ts';
import type { DepositLot, Lot, LotVersion } from './lots.schema.ts';
import * as store from './lots.store.ts';
import type { LotRow } from './lots.store.ts';
import { replaceSpoiled } from './replacement.service.ts';
import { wrong } from './wrong.ts';

/**
 * Declares a counted lot handed to the post: its passwords come alive, all or none. Said again, it changes nothing.
 *
 * @throws AppError `invalid-input` when the moment lies before the count, ahead, or too far back; `policy-refused`
 * when it is so late that a supervisor decides.
 */
export const depositLot = async (ctx: Ctx, id: string, input: DepositLot): Promise<Lot> => {
  const lot = await findLot(ctx, id);
  await ctx.house.reached('k7');
  if (lot.state === 'deposited') return answerAgain(ctx, lot);
  if (lot.version !== input.version) throw new AppError('conflict', 'common.conflict');
  await assertMay(ctx, 'deposit', lot);
  const depositedAt = depositMoment(ctx, lot, input.at);
  await assertMay(ctx, 'deposit', lot, parisDay(new Date(depositedAt)));

  const now = ctx.now.toISOString();
  const change = {
    state: 'deposited',
    deposited_by: actorId(ctx),
    deposited_at: depositedAt,
    declared_at: now,
  } as const;
  if (!(await store.moveLot(ctx.db, lot, 'counted', change))) {
    const other = await findLot(ctx, id);
    if (other.state === 'deposited') return answerAgain(ctx, other);
    throw new AppError('conflict', 'common.conflict');
  }
  const letters = await bringToLife(ctx, lot);

  const data = { lotId: id, depositedAt, letters };
  record(ctx, { type: 'lot.deposited', organisationId: lot.organisation_id, data });
  return toLot(ctx, await findLot(ctx, id));
};

/**
 * Gives up a counted lot that is too late to be posted, as if every sheet were spoiled: its passwords die and new
 * letters with dates of their own take their place.
 */
export const killLot = async (ctx: Ctx, id: string, { version }: LotVersion): Promise<Lot> => {
  const lot = await findLot(ctx, id, version);
  await assertMay(ctx, 'kill', lot);
  if (!(await store.moveLot(ctx.db, lot, 'counted', { spoiled: lot.printed })))
    throw new AppError('conflict', 'common.conflict');
  const good = await goodLetters(ctx, lot);
  await replaceSpoiled(ctx, lot, good);
  await declareSheets(ctx, lot, 'killed', good);

  const data = { lotId: id, good: 0, spoiled: lot.printed };
  record(ctx, { type: 'lot.counted', organisationId: lot.organisation_id, data });
  return toLot(ctx, await findLot(ctx, id));
};

const depositMoment = (ctx: Ctx, lot: LotRow, said: string | undefined): string => {
  const at = said === undefined ? ctx.now : new Date(said);
  if (at.getTime() > ctx.now.getTime()) throw wrong('at', 'lots.depositAhead');
  if (at.toISOString() < (lot.counted_at ?? '')) throw wrong('at', 'lots.depositBeforeCount');
  if (!mayBeDeclared(parisDay(at), parisDay(ctx.now)))
    throw wrong('at', 'lots.depositTooOld', { days: declaredWithinWorkingDays });
  return at.toISOString();
};

/**
 * Only letters that have not ended come alive, also when one ends in this very moment, and none past the limit that
 * stands on its sheet. Returns how many.
 */
const bringToLife = async (ctx: Ctx, lot: LotRow): Promise<number> => {
  const at = ctx.now.toISOString();
  await endOfLetters(ctx, await lotLetters.expirePrinted(ctx.db, lot.id, at), 'expired');
  const { letterIds } = await activateDeposited(ctx, lot.id, await lotLetters.listToActivate(ctx.db, lot.id));
  await ctx.house.reached('k8');
  const change = { state: 'deposited', state_at: at } as const;
  const posted = new Set(await moveLetters(ctx.db, { ids: letterIds }, ['printed'], change));
  const ended = await lotLetters.listNotAlive(ctx.db, lot.id);
  if (ended.length > 0) await endOfLetters(ctx, ended, 'changed');
  await lotLetters.supersedeEarlier(ctx.db, lot.id, at);
  await oweDepositNotices(ctx, lot.id);
  return posted.size;
};

/** Recorded, because every act is: a declaration that brought no letter to life. */
const answerAgain = async (ctx: Ctx, lot: LotRow): Promise<Lot> => {
  const data = { lotId: lot.id, depositedAt: lot.deposited_at ?? '', letters: 0 };
  record(ctx, { type: 'lot.deposited', organisationId: lot.organisation_id, data });
  return toLot(ctx, lot);
};

const actorId = ({ actor }: Ctx): string => (actor.kind === 'agent' ? actor.id : 'system');
