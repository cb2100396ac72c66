import type { Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Outgoing } from '../http/routes.ts';
import type { Drawing } from './drawing-desk.ts';
import { bundlesToDraw, drawBundle, openDrawing } from './draw-bundle.service.ts';
import { assertGoesOn, claimLot, endAsPrinted, interrupt, type Claim } from './print-attempt.service.ts';
import { problemOf } from './print-problem.ts';
import { tidyTargets } from './targets.service.ts';

/**
 * Prints a released lot as one document into `out`: bundle after bundle, the passwords are made, their pages
 * drawn, the hashes committed as not yet valid, and only then do the bytes leave. Whatever breaks ends the
 * attempt: its hashes are void and the lot is released again, to be printed with new passwords.
 *
 * @throws AppError `conflict` when it is being printed or was; `policy-refused` when no sheet could be drawn.
 */
export const printLot = (
  visit: Visit,
  id: string,
  version: number | undefined,
  out: Outgoing,
): Promise<void> => {
  const run = printInto(visit, id, version, out);
  visit.house.printRuns.follow(run);
  return run;
};

const printInto = async (
  visit: Visit,
  id: string,
  version: number | undefined,
  out: Outgoing,
): Promise<void> => {
  const { house } = visit;
  const claim = await claimLot(visit, id, { version, target: 'browser' });
  await house.reached('k1');
  let drawing: Drawing | undefined;
  let hasPages = false;
  try {
    await tidyTargets(house, claim.lot);
    drawing = await openDrawing(visit, claim);
    hasPages = await stream(visit, claim, drawing, out);
    await house.reached('k5');
    // Before the document's end leaves, so that whoever has all of it finds the lot printed.
    await endAsPrinted(visit, claim);
    await house.reached('k6');
    if (hasPages) await out.end();
  } catch (error) {
    // A drawing thread that died has nothing left to give up.
    await drawing?.abort().catch(() => undefined);
    await interrupt(visit, claim, problemOf(error, 'broken'));
    throw error;
  }
  if (!hasPages) throw new AppError('policy-refused', 'lots.nothingPrinted', { rule: 'lot.all-refused' });
};

/**
 * Bytes wait for the first page, so that a lot without any is answered in words and not with half a file. Says
 * whether there was one.
 */
const stream = async (visit: Visit, claim: Claim, drawing: Drawing, out: Outgoing): Promise<boolean> => {
  const waiting: Uint8Array[] = [];
  for await (const letters of bundlesToDraw(visit.house, claim.lot)) {
    await assertGoesOn(visit, claim);
    const number = claim.sent.size + 1;
    const bundle = await drawBundle(visit, claim, { drawing, letters, number });
    waiting.push(bundle.bytes);
    if (claim.sent.size === 0 && bundle.sheets.length === 0) continue;
    if (claim.sent.size === 0) out.begin('application/pdf', `lot-${claim.lot.number}.pdf`);
    if (bundle.sheets.length > 0) claim.sent.add(number);
    for (const part of waiting.splice(0)) await writeInHalves(visit, part, out);
  }
  const last = await drawing.finish();
  if (claim.sent.size > 0) await out.write(last);
  return claim.sent.size > 0;
};

const writeInHalves = async ({ house }: Visit, bytes: Uint8Array, out: Outgoing): Promise<void> => {
  const half = bytes.length >> 1;
  await out.write(bytes.subarray(0, half));
  await house.reached('k4');
  await out.write(bytes.subarray(half));
};
