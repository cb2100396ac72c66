import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as bundles from './bundles.store.ts';
import * as lotLetters from './lot-letters.store.ts';
import { assertMay, findLot } from './lots-view.service.ts';
import type { PrintTarget } from './lots.schema.ts';
import type { LotRow } from './lots.store.ts';
import * as store from './print-attempt.store.ts';
import { printStopped, type PrintProblem, type ProblemWord } from './print-problem.ts';
import { giveUpUndelivered, type GivenUp } from './undelivered.service.ts';

/** How long an attempt is believed to be alive after its last sign of life. */
const leaseMinutes = 2;

export const leaseFrom = (now: Date): string => new Date(now.getTime() + leaseMinutes * 60_000).toISOString();

/** A lot under one attempt's number: who holds a former number can write nothing. */
export type Claim = {
  lot: LotRow;
  policy: Policy;
  /** The bundles of this attempt whose bytes began to leave: what may be on paper if it ends early. */
  sent: Set<number>;
};

/** Takes a released lot, or one whose attempt has stood still, and voids what that one did not deliver. */
export const claimLot = (
  visit: Visit,
  id: string,
  { version, target }: { version: number | undefined; target: PrintTarget },
): Promise<Claim> =>
  perform(visit, async (ctx) => {
    const found = await findLot(ctx, id, version);
    await assertMay(ctx, 'print', found);
    const policy = policyOf(ctx.house, found.organisation_id);
    const lease = { now: ctx.now.toISOString(), leaseUntil: leaseFrom(ctx.now), target };
    const lot = await store.claimForPrinting(ctx.db, ctx.scope, id, lease);
    if (!lot) throw new AppError('conflict', 'lots.beingPrinted', { rule: 'lot.printing' });

    // The former attempt never came to its end: whatever it may have put on paper is waste.
    if (found.state === 'printing') {
      const givenUp = await giveUpUndelivered(ctx, lot);
      await leave(ctx, lot, { ...givenUp, word: 'interrupted' });
      noteInterrupted(ctx, lot, lot.attempt - 1, givenUp.voided);
    }
    await assertSamePlace(ctx, lot);
    const data = { lotId: id, attempt: lot.attempt };
    record(ctx, { type: 'lot.print-started', organisationId: policy.id, data });
    await ctx.house.reached('k0');
    return { lot, policy, sent: new Set<number>() };
  });

/** A mail house produces and reports a lot as a whole. */
const assertSamePlace = async (ctx: Ctx, lot: LotRow): Promise<void> => {
  const standing = await bundles.listStanding(ctx.db, [lot.id]);
  const isElsewhere = standing.some(
    ({ target }) => (target === 'mail-house') !== (lot.target === 'mail-house'),
  );
  if (!isElsewhere) return;
  const words = lot.target === 'mail-house' ? 'lots.begunHere' : 'lots.begunAtMailHouse';
  throw new AppError('conflict', words, { rule: 'lot.begun-elsewhere' });
};

/**
 * Goes on with the next bundle, unless somebody asked the attempt to stop or the server is stopping.
 *
 * @throws AppError `lots.problems.*`, or `conflict` when a later attempt has taken the lot.
 */
export const assertGoesOn = async ({ house }: Visit, { lot }: Claim): Promise<void> => {
  const now = await store.findPrinting(house.pool, lot);
  if (!now) throw attemptOver();
  if (now.stop_asked_at !== null) throw printStopped('stopped');
  if (house.printRuns.isStopping()) throw printStopped('shutdown');
};

export const attemptOver = (): AppError =>
  new AppError('conflict', 'lots.attemptOver', { rule: 'lot.stale-attempt' });

/** @throws AppError `conflict` when a later attempt has taken the lot. */
export const endAsPrinted = (visit: Visit, { lot }: Claim): Promise<LotRow> =>
  perform(visit, async (ctx) => {
    const ended = await store.endAsPrinted(ctx.db, lot, ctx.now.toISOString());
    if (!ended) throw attemptOver();
    const { attempt, printed, refused } = ended;
    const data = { lotId: lot.id, attempt, sheets: printed, refused };
    record(ctx, { type: 'lot.printed', organisationId: lot.organisation_id, data });
    return ended;
  });

/**
 * Ends this attempt for what it did not deliver; one that had lost the lot to a later attempt changes nothing and is
 * remembered as that.
 */
export const interrupt = (visit: Visit, { lot, sent }: Claim, word: ProblemWord): Promise<void> =>
  perform(visit, async (ctx) => {
    const mine = await store.endEarly(ctx.db, lot);
    if (!mine) return noteInterrupted(ctx, lot, lot.attempt, 0, 'refused');
    await endHere(ctx, mine, { word, sent });
  });

/** What ending early comes to, once the attempt's own row says so. */
export const endHere = async (
  ctx: Ctx,
  lot: LotRow,
  { word, sent }: { word: ProblemWord; sent?: ReadonlySet<number> },
): Promise<void> => {
  const givenUp = await giveUpUndelivered(ctx, lot, sent);
  await leave(ctx, lot, { ...givenUp, word });
  noteInterrupted(ctx, lot, lot.attempt, givenUp.voided);
};

/** Counts anew what stands, and says on the lot what happened; with nothing left to draw it is printed after all. */
const leave = async (ctx: Ctx, lot: LotRow, left: GivenUp & { word: ProblemWord }): Promise<void> => {
  const { word, waste } = left;
  const printed = await bundles.sumStanding(ctx.db, lot.id);
  const problem = JSON.stringify({ word, waste } satisfies PrintProblem);
  // A mail house waits for the manifest, which comes with the end.
  const isWhole =
    lot.state === 'released' &&
    lot.target !== 'mail-house' &&
    printed > 0 &&
    !(await lotLetters.hasToDraw(ctx.db, lot.id));
  const end = isWhole ? ({ state: 'printed', printed_at: ctx.now.toISOString() } as const) : {};
  await store.setLeft(ctx.db, lot.id, { printed, problem, ...end });
};

const noteInterrupted = (
  ctx: Ctx,
  lot: LotRow,
  attempt: number,
  voided: number,
  result: 'done' | 'refused' = 'done',
): void =>
  record(ctx, {
    type: 'lot.print-interrupted',
    organisationId: lot.organisation_id,
    result,
    data: { lotId: lot.id, attempt, voided },
  });
