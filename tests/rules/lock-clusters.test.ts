import { describe, expect, test } from 'vitest';
import { quarterMs, runsOfLocks, type Quarter } from '../../server/supervision/lock-clusters.ts';

const quarters = (...locks: number[]): Quarter[] =>
  locks.flatMap((count, at) => (count > 0 ? [{ at: at * quarterMs, locks: count }] : []));

describe('what stands out among locks', () => {
  const cases: [string, number[], number, [number, number, number][]][] = [
    ['nothing when there is none', [], 96, []],
    ['nothing of nine in a quarter', [9], 96, []],
    ['ten in a quarter', [0, 10], 96, [[1, 2, 10]]],
    [
      'one run over a quiet quarter, two over more',
      [12, 0, 11, 0, 0, 20],
      96,
      [
        [0, 3, 23],
        [5, 6, 20],
      ],
    ],
    ['nothing of a portal that is always so busy', Array<number>(96).fill(12), 96, []],
    ['five times the usual of a busy one', [...Array<number>(95).fill(12), 60], 96, [[95, 96, 60]]],
  ];

  test.each(cases)('%s', (_name, locks, inAll, expected) => {
    const runs = runsOfLocks(quarters(...locks), inAll);

    expect(runs.map(({ from, to, locks: n }) => [from / quarterMs, to / quarterMs, n])).toEqual(expected);
  });
});
