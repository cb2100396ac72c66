import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { countLot } from './counting.service.ts';
import { listDrawn } from './lot-letters.store.ts';
import { problemsOfReport, type ReportedSheet, type ReportProblem } from './lot-report.ts';
import { depositLot } from './lots-post.service.ts';
import { findLot } from './lots-view.service.ts';
import { listByReference, listBySheet, type SentLetterRow } from './returns.store.ts';

/** How a line names a sheet: by its reference, by its lot and its number in it, or by both. */
export type NamedSheet = { reference: string | null; lot: number | null; sheet: number | null };
/** The letter and its lot; `unknown` for other organisations' too; `disagree` when the two names differ. */
export type FoundSheet = { letterId: string; lotId: string } | 'unknown' | 'disagree';

/** Which sheets these are, in their order. */
export const findReported = async (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  named: NamedSheet[],
): Promise<FoundSheet[]> => {
  const references = named.flatMap(({ reference }) => reference ?? []);
  const places = named.flatMap(({ lot, sheet }) => (lot !== null && sheet !== null ? [{ lot, sheet }] : []));
  const letters = [
    ...(await listByReference(ctx.db, ctx.scope, references)),
    ...(await listBySheet(ctx.db, ctx.scope, places)),
  ];
  const byReference = new Map(letters.map((letter) => [letter.reference, letter]));
  const byPlace = new Map(letters.map((letter) => [placeOf(letter.lot_number, letter.sheet), letter]));
  return named.map(({ reference, lot, sheet }) => {
    const here = lot === null || sheet === null ? null : byPlace.get(placeOf(lot, sheet));
    const said = reference === null ? null : byReference.get(reference);
    return foundOf(said, here);
  });
};

const placeOf = (lot: number | string | null, sheet: number | null): string => `${lot}/${sheet}`;

// `null`: not named that way; `undefined`: named, and nobody has it.
type Lookup = SentLetterRow | null | undefined;

const foundOf = (said: Lookup, here: Lookup): FoundSheet => {
  if (said === undefined || here === undefined) return 'unknown';
  if (said && here && said.id !== here.id) return 'disagree';
  const letter = said ?? here;
  return letter?.lot_id ? { letterId: letter.id, lotId: letter.lot_id } : 'unknown';
};

/**
 * Counts a lot that a mail house produced and deposits it, as it reports; all of it or nothing. Answers what is wrong
 * with the report, and then has changed nothing. A report that says what is known already changes nothing either.
 *
 * @throws AppError when the lot cannot be counted or deposited for a reason of its own: roll back.
 */
export const takeLotReport = async (
  ctx: Ctx,
  lotId: string,
  sheets: ReportedSheet[],
): Promise<ReportProblem[]> => {
  const lot = await findLot(ctx, lotId);
  const spoiled = sheets.filter(({ isGood }) => !isGood);
  const depositedAt = sheets.find(({ isGood }) => isGood)?.depositedAt ?? null;
  const isSame =
    lot.state === 'deposited' &&
    lot.deposited_at === depositedAt &&
    lot.printed === sheets.length &&
    lot.spoiled === spoiled.length;
  if (isSame) return [];

  const drawn = await listDrawn(ctx.db, lotId);
  const problems = problemsOfReport(lot, new Set(drawn.map(({ id }) => id)), sheets, ctx.now);
  if (problems.length > 0) return problems;
  if (depositedAt !== null && depositedAt < (lot.printed_at ?? ''))
    throw new AppError('invalid-input', 'lots.depositBeforeCount');

  const isSpoiled = new Set(spoiled.map(({ letterId }) => letterId));
  const spoiledSheets = drawn.flatMap(({ id, sheet }) => (isSpoiled.has(id) ? (sheet ?? []) : []));
  const good = sheets.length - spoiled.length;
  // The mail house counted before it deposited; when exactly it does not say.
  const countedAt = depositedAt ?? ctx.now.toISOString();
  const count = { good, spoiled: spoiledSheets, version: lot.version };
  const { version } = await countLot(ctx, lotId, count, countedAt);
  if (depositedAt !== null) await depositLot(ctx, lotId, { at: depositedAt, version });
  return [];
};
