import type { BundleRow } from './bundles.store.ts';
import type { CountLot } from './lots.schema.ts';
import type { SheetCode } from './sheet-code.schema.ts';
import type { Run } from './sheet-runs.ts';
import { wrong } from './wrong.ts';

/** The paper that is being counted: the attempt that printed each of its sheets, and the bundles that are not. */
export type Paper = {
  lotNumber: number;
  attemptOf: ReadonlyMap<number, number>;
  others: readonly BundleRow[];
};

/**
 * The sheets that are said to be spoiled: numbers, ranges and scanned codes, each sheet once. Both ends of a range
 * must have been printed; a number in between that has no page is no mistake.
 *
 * @throws AppError `invalid-input` at `spoiled`, about the first sheet that is wrong.
 */
export const spoiledSheets = (said: CountLot['spoiled'], paper: Paper): Set<number> => {
  const spoiled = new Set<number>();
  for (const sheet of said.flatMap((one) => sheetsOf(one, paper))) {
    if (spoiled.has(sheet)) throw wrong('spoiled', 'lots.sheetTwice', { sheet });
    spoiled.add(sheet);
  }
  return spoiled;
};

/** @throws AppError `invalid-input` at `good`, with the difference: printed = good + spoiled. */
export const assertSum = (count: { printed: number; good: number; spoiled: number }): void => {
  const missing = count.printed - count.good - count.spoiled;
  if (missing > 0) throw wrong('good', 'lots.sumIsShort', { ...count, missing });
  if (missing < 0) throw wrong('good', 'lots.sumIsOver', { ...count, extra: -missing });
};

const sheetsOf = (one: CountLot['spoiled'][number], paper: Paper): number[] => {
  if (typeof one === 'number') return [printed(one, paper)];
  return 'from' in one ? inRange(one, paper) : [scanned(one, paper)];
};

const printed = (sheet: number, { attemptOf, others }: Paper): number => {
  if (attemptOf.has(sheet)) return sheet;
  const other = others.find(({ from_sheet, to_sheet }) => from_sheet <= sheet && sheet <= to_sheet);
  if (!other) throw wrong('spoiled', 'lots.unknownSheet', { sheet });
  throw wrong('spoiled', 'lots.sheetOfBundle', { sheet, from: other.from_sheet, to: other.to_sheet });
};

// The ends are looked at first: a slip of the finger must not make a long range.
const inRange = ({ from, to }: Run, paper: Paper): number[] => {
  if (from > to) throw wrong('spoiled', 'lots.rangeBackwards', { from, to });
  printed(from, paper);
  printed(to, paper);
  return [...paper.attemptOf.keys()].filter((sheet) => from <= sheet && sheet <= to);
};

const scanned = ({ lot, attempt, sheet }: SheetCode, paper: Paper): number => {
  if (lot !== paper.lotNumber) throw wrong('spoiled', 'lots.scannedElsewhere', { lot });
  const known = paper.attemptOf.get(printed(sheet, paper));
  if (known !== attempt) throw wrong('spoiled', 'lots.scannedWaste', { sheet });
  return sheet;
};
