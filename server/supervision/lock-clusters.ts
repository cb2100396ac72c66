/** So many locks of one cause in one quarter of an hour are no coincidence … */
const atLeast = 10;
/** … when they are also this many times what a quarter of it usually sees. */
const timesUsual = 5;
export const quarterMs = 15 * 60_000;

export type Quarter = { at: number; locks: number };
export type Run = { from: number; to: number; locks: number };

/**
 * Stretches of quarters that stand out, from the first to the end of the last; `quarters` names those with a lock in
 * them, in order, out of `inAll`. One quiet quarter within does not part a run.
 */
export const runsOfLocks = (quarters: Quarter[], inAll: number): Run[] => {
  const limit = Math.max(atLeast, timesUsual * medianOf(quarters, inAll));
  const runs: Run[] = [];
  for (const { at, locks } of quarters.filter((quarter) => quarter.locks >= limit)) {
    const last = runs.at(-1);
    if (last && at - last.to <= quarterMs) {
      last.to = at + quarterMs;
      last.locks += locks;
    } else runs.push({ from: at, to: at + quarterMs, locks });
  }
  return runs;
};

// Quarters without a lock count too, or a portal that locks once a day would look busy.
const medianOf = (quarters: Quarter[], inAll: number): number => {
  const sorted = quarters.map(({ locks }) => locks).sort((a, b) => a - b);
  const empty = Math.max(0, inAll - sorted.length);
  const middle = Math.floor(inAll / 2);
  return middle < empty ? 0 : (sorted[middle - empty] ?? 0);
};
