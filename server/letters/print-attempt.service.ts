import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { voidAttempt } from '../credentials/credentials.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { moveLetters } from './letters.store.ts';
import { assertMay, findLot } from './lots-view.service.ts';
import * as store from './lots.store.ts';
import type { LotRow } from './lots.store.ts';

/** How long an attempt is believed to be alive after its last bundle. */
const leaseMinutes = 2;

export const leaseFrom = (now: Date): string => new Date(now.getTime() + leaseMinutes * 60_000).toISOString();

/** A lot under one attempt's number: who holds a former number can write nothing. */
export type Claim = { lot: LotRow; policy: Policy };

/** Takes a released lot, or one whose attempt has stood still, and voids what that one put on paper. */
export const claimLot = (visit: Visit, id: string, version: number | undefined): Promise<Claim> =>
  perform(visit, async (ctx) => {
    const found = await findLot(ctx, id, version);
    await assertMay(ctx, 'print', found);
    const policy = policyOf(ctx.house, found.organisation_id);
    const lease = { now: ctx.now.toISOString(), leaseUntil: leaseFrom(ctx.now) };
    const lot = await store.claimForPrinting(ctx.db, ctx.scope, id, lease);
    if (!lot) throw new AppError('conflict', 'lots.beingPrinted', { rule: 'lot.printing' });

    // The former attempt never came to its end: whatever it put on paper is waste.
    const former = lot.attempt - 1;
    if (found.state === 'printing') noteInterrupted(ctx, lot, former, await voidPrinted(ctx, lot, former));
    record(ctx, {
      type: 'lot.print-started',
      organisationId: policy.id,
      data: { lotId: id, attempt: lot.attempt },
    });
    return { lot, policy };
  });

/** @throws AppError `conflict` when a later attempt has taken the lot. */
export const endAsPrinted = (visit: Visit, { lot }: Claim): Promise<LotRow> =>
  perform(visit, async (ctx) => {
    const change = { state: 'printed', printed_at: ctx.now.toISOString() } as const;
    const ended = await store.endAttempt(ctx.db, lot, ['printing'], change);
    if (!ended) throw new AppError('conflict', 'lots.attemptOver', { rule: 'lot.stale-attempt' });
    const { attempt, printed, refused } = ended;
    const data = { lotId: lot.id, attempt, sheets: printed, refused };
    record(ctx, { type: 'lot.printed', organisationId: lot.organisation_id, data });
    return ended;
  });

/** Ends this attempt; one that had lost the lot to a later attempt changes nothing and is remembered as that. */
export const interrupt = (visit: Visit, { lot }: Claim): Promise<void> =>
  perform(visit, async (ctx) => {
    const change = { state: 'released', printed: 0, printed_at: null } as const;
    const isMine = await store.endAttempt(ctx.db, lot, ['printing', 'printed'], change);
    if (isMine) noteInterrupted(ctx, lot, lot.attempt, await voidPrinted(ctx, lot, lot.attempt));
    else noteInterrupted(ctx, lot, lot.attempt, 0, 'refused');
  });

const voidPrinted = async (ctx: Ctx, lot: LotRow, attempt: number): Promise<number> => {
  const voided = await voidAttempt(ctx, lot.id, attempt);
  const again = { state: 'printing', state_at: ctx.now.toISOString() } as const;
  await moveLetters(ctx.db, { lotId: lot.id }, ['printed'], again);
  return voided;
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
