import { record } from '../audit/record.ts';
import type { House, Visit } from '../core/ctx.ts';
import { housekeep, perform, read } from '../core/perform.ts';
import { markDelivered } from './bundles.store.ts';
import { bundlesToDraw, drawBundle, openDrawing, type CommittedBundle } from './draw-bundle.service.ts';
import type { LotLetterRow } from './lot-letters.store.ts';
import { findLot, toLot } from './lots-view.service.ts';
import type { Lot, SendLot } from './lots.schema.ts';
import { manifestOf } from './manifest.service.ts';
import {
  assertGoesOn,
  attemptOver,
  claimLot,
  endAsPrinted,
  interrupt,
  leaseFrom,
  type Claim,
} from './print-attempt.service.ts';
import { renewLease } from './print-attempt.store.ts';
import { problemOf } from './print-problem.ts';
import { bundleName, type Printer, type Receipt } from './printers/printer.ts';
import { targetOf, tidyTargets } from './targets.service.ts';

/**
 * Takes a released lot for the printer or the mail house and answers; the printing goes on in this process, bundle
 * after bundle, each a file or a job of its own.
 *
 * @throws AppError `invalid-input` when there is no such way out; `conflict` when it is being printed or was.
 */
export const sendLot = async (visit: Visit, id: string, { target, version }: SendLot): Promise<Lot> => {
  const { house } = visit;
  const printer = targetOf(house, target);
  const claim = await claimLot(visit, id, { version, target });
  await house.reached('k1');
  house.printRuns.follow(run(visit, claim, printer));
  return read(visit, async (ctx) => toLot(ctx, await findLot(ctx, id)));
};

/** Whatever breaks ends the attempt for what was not delivered; what was, stands. Never throws. */
const run = async (visit: Visit, claim: Claim, printer: Printer): Promise<void> => {
  const { house } = visit;
  try {
    await tidyTargets(house, claim.lot);
    await sendBundles(visit, claim, printer);
    await printer.complete(await manifestOf(house, claim.lot));
    await endAsPrinted(visit, claim);
    await house.reached('k6');
  } catch (error) {
    const problem = problemOf(error, 'failed');
    house.log.warn({ lot: claim.lot.number, problem, ...causeOf(error) }, 'a print ended early');
    await interrupt(visit, claim, problem)
      .then(() => tidyTargets(house, claim.lot))
      .catch((cause: unknown) => house.log.error(causeOf(cause), 'an ended print left something behind'));
  }
};

/** Codes and kinds only: a database's message quotes what it was given. */
const causeOf = (error: unknown) => {
  const { name, cause } = error as Error;
  const { code, status } = (cause ?? {}) as { code?: unknown; status?: unknown };
  return { name, code, status };
};

const sendBundles = async (visit: Visit, claim: Claim, printer: Printer): Promise<void> => {
  let number = 1;
  for await (const letters of bundlesToDraw(visit.house, claim.lot)) {
    await assertGoesOn(visit, claim);
    const bundle = await drawAlone(visit, claim, letters, number);
    if (bundle.sheets.length === 0) continue;
    const receipt = await deliver(visit, claim, printer, bundle);
    await visit.house.reached('k5');
    await keepDelivered(visit, claim, printer, { number, receipt });
    number += 1;
  }
};

/** A document of its own, so that memory stays the same however many sheets a lot has. */
const drawAlone = async (
  visit: Visit,
  claim: Claim,
  letters: LotLetterRow[],
  number: number,
): Promise<CommittedBundle> => {
  const drawing = await openDrawing(visit, claim);
  try {
    const bundle = await drawBundle(visit, claim, { drawing, letters, number });
    return { ...bundle, bytes: Buffer.concat([bundle.bytes, await drawing.finish()]) };
  } catch (error) {
    await drawing.abort().catch(() => undefined);
    throw error;
  }
};

const renewEveryMs = 30_000;

/** A printer may take longer over a document than a lease lasts: as long as it takes bytes the attempt is alive. */
const deliver = async (
  { house }: Visit,
  { lot, sent }: Claim,
  printer: Printer,
  { number, bytes }: CommittedBundle,
): Promise<Receipt> => {
  const lost = new AbortController();
  const renewing = setInterval(() => {
    renew(house, lot).then(
      (isMine) => isMine || lost.abort(attemptOver()),
      (error: unknown) => house.log.warn(causeOf(error), 'a lease could not be renewed'),
    );
  }, renewEveryMs);
  const document = {
    name: bundleName(lot, number),
    bytes,
    leaves: () => void sent.add(number),
    halfway: () => house.reached('k4'),
  };
  try {
    return await printer.deliver(document, AbortSignal.any([lost.signal, house.printRuns.signal]));
  } finally {
    clearInterval(renewing);
  }
};

const renew = (house: House, lot: Claim['lot']): Promise<boolean> =>
  housekeep(house, (db, now) => renewLease(db, lot, leaseFrom(now)));

const keepDelivered = (
  visit: Visit,
  { lot }: Claim,
  printer: Printer,
  { number, receipt }: { number: number; receipt: Receipt },
): Promise<void> =>
  perform(visit, async (ctx) => {
    const key = { lot_id: lot.id, attempt: lot.attempt, number };
    const isMine =
      (await renewLease(ctx.db, lot, leaseFrom(ctx.now))) &&
      (await markDelivered(ctx.db, key, { ...receipt, delivered_at: ctx.now.toISOString() }));
    if (!isMine) throw attemptOver();
    const data = { lotId: lot.id, attempt: lot.attempt, bundle: number, to: printer.kind };
    record(ctx, { type: 'lot.bundle-delivered', organisationId: lot.organisation_id, data });
  });
