import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { countBundle, listStanding, type BundleRow } from './bundles.store.ts';
import { isOf } from './destructions.service.ts';
import { listOfLot } from './destructions.store.ts';
import * as lotLetters from './lot-letters.store.ts';
import type { LotLetterRow } from './lot-letters.store.ts';
import { declareSheets } from './lot-waste.service.ts';
import { assertMay, findLot, toLot } from './lots-view.service.ts';
import type { CountLot, Lot } from './lots.schema.ts';
import * as store from './lots.store.ts';
import type { LotRow } from './lots.store.ts';
import { confirmDelivered } from './print-outcome.service.ts';
import { replaceSpoiled } from './replacement.service.ts';
import { assertSum, spoiledSheets } from './spoiled-sheets.ts';
import { wrong } from './wrong.ts';

/**
 * Takes the count of one bundle, or of all that are left: the sum must come out. Each spoiled sheet's password dies,
 * a new letter takes its place and the paper is declared for destruction; one whose letter has ended meanwhile is
 * only counted and destroyed. With the last bundle the lot is counted. `countedAt` is now, unless others counted.
 *
 * @throws AppError `invalid-input` with the field when the sum or a sheet is wrong, `conflict` when somebody counted
 * first.
 */
export const countLot = async (
  ctx: Ctx,
  id: string,
  input: CountLot,
  countedAt = ctx.now.toISOString(),
): Promise<Lot> => {
  const lot = await findLot(ctx, id, input.version);
  await assertMay(ctx, 'count', lot);
  const standing = await listStanding(ctx.db, [id]);
  const counted = await countOf(ctx, lot, standing, input);

  // A document whose sheets can be counted is whole.
  await confirmDelivered(ctx, lot);
  await moveOn(ctx, lot, standing, { counted, countedAt });
  const spoiled = counted.flatMap(({ spoiled: letters }) => letters);
  await replaceSpoiled(ctx, lot, spoiled);
  await declareSheets(ctx, lot, 'spoiled', spoiled);
  return toLot(ctx, await findLot(ctx, id));
};

type Counted = { bundle: BundleRow; spoiled: LotLetterRow[] };

const countOf = async (
  ctx: Ctx,
  lot: LotRow,
  standing: BundleRow[],
  { good, spoiled: said, bundle }: CountLot,
): Promise<Counted[]> => {
  const bundles = bundle ? [chosen(standing, bundle)] : standing.filter(({ counted_at }) => !counted_at);
  const papers = [];
  for (const one of bundles)
    papers.push({ bundle: one, letters: await lotLetters.listInBundle(ctx.db, one) });

  const attemptOf = new Map(
    papers.flatMap(({ bundle: { attempt }, letters }) =>
      letters.map(({ sheet }) => [sheet ?? 0, attempt] as const),
    ),
  );
  const others = standing.filter((one) => !bundles.includes(one));
  const spoiled = spoiledSheets(said, { lotNumber: lot.number, attemptOf, others });
  const printed = bundles.reduce((sum, { sheets }) => sum + sheets, 0);
  assertSum({ printed, good, spoiled: spoiled.size });
  await assertTakenOut(ctx, lot, attemptOf, spoiled);
  return papers.map(({ bundle: one, letters }) => ({
    bundle: one,
    spoiled: letters.filter(({ sheet }) => spoiled.has(sheet ?? 0)),
  }));
};

/** @throws AppError `invalid-input` while a sheet that an incident ended is counted as one to post. */
const assertTakenOut = async (
  ctx: Ctx,
  lot: LotRow,
  attemptOf: ReadonlyMap<number, number>,
  spoiled: ReadonlySet<number>,
): Promise<void> => {
  const ended = (await listOfLot(ctx.db, lot.id)).filter(({ kind }) => kind === 'incident');
  const left = [...attemptOf].filter(
    ([sheet, attempt]) => !spoiled.has(sheet) && ended.some((one) => isOf(one, attempt, sheet)),
  );
  const sheets = left.map(([sheet]) => sheet).join(', ');
  if (left.length > 0) throw wrong('spoiled', 'lots.endedByIncident', { sheets });
};

const chosen = (standing: BundleRow[], { attempt, number }: NonNullable<CountLot['bundle']>): BundleRow => {
  const bundle = standing.find((one) => one.attempt === attempt && one.number === number);
  if (!bundle) throw wrong('bundle', 'lots.unknownBundle');
  if (bundle.counted_at) throw alreadyCounted();
  return bundle;
};

const alreadyCounted = (): AppError =>
  new AppError('conflict', 'lots.bundleCounted', { rule: 'lot.bundle-counted' });

/** The lot first: whoever holds its version counts, and anybody else must look again. */
const moveOn = async (
  ctx: Ctx,
  lot: LotRow,
  standing: BundleRow[],
  { counted, countedAt }: { counted: Counted[]; countedAt: string },
): Promise<void> => {
  const by = { counted_by: actorId(ctx), counted_at: countedAt };
  const spoiled = counted.reduce((sum, one) => sum + one.spoiled.length, lot.spoiled);
  const isLast = standing.filter(({ counted_at }) => !counted_at).length === counted.length;
  const change = isLast ? ({ state: 'counted', spoiled, ...by } as const) : { spoiled };
  if (!(await store.moveLot(ctx.db, lot, 'printed', change)))
    throw new AppError('conflict', 'common.conflict');

  const organisationId = lot.organisation_id;
  for (const { bundle, spoiled: letters } of counted) {
    const sum = { good: bundle.sheets - letters.length, spoiled: letters.length };
    if (!(await countBundle(ctx.db, bundle, { ...sum, ...by }))) throw alreadyCounted();
    const data = { lotId: lot.id, attempt: bundle.attempt, bundle: bundle.number, ...sum };
    record(ctx, { type: 'lot.bundle-counted', organisationId, data });
  }
  if (!isLast) return;
  const printed = standing.reduce((sum, { sheets }) => sum + sheets, 0);
  record(ctx, {
    type: 'lot.counted',
    organisationId,
    data: { lotId: lot.id, good: printed - spoiled, spoiled },
  });
};

const actorId = ({ actor }: Ctx): string => (actor.kind === 'agent' ? actor.id : 'system');
