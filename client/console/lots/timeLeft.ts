import type { Lot } from '../../../server/letters/lots.schema.ts';

type Running = Pick<Lot, 'startedAt' | 'attempt' | 'letters' | 'printed' | 'refused' | 'bundles'>;

/** Longer than any print takes: the clocks of the server and of this computer disagree. */
const longest = 24 * 60;

/**
 * Whole minutes until the attempt ends at the speed it had so far, 0 for less than one; null while nothing is
 * done yet or the clocks make no sense.
 */
export const minutesLeft = (lot: Running, now: number): number | null => {
  const elapsed = (now - Date.parse(lot.startedAt ?? '')) / 60_000;
  // What an earlier attempt delivered took none of this one's time.
  const before = lot.bundles
    .filter(({ attempt }) => attempt !== lot.attempt)
    .reduce((sum, { sheets }) => sum + sheets, 0);
  const done = lot.printed - before;
  const todo = lot.letters - lot.refused - lot.printed;
  if (!(elapsed > 0 && elapsed < longest) || done <= 0 || todo <= 0) return null;
  const left = (elapsed / done) * todo;
  return left < 1 ? 0 : Math.round(left);
};
