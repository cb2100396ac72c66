import { describe, expect, test } from 'vitest';
import { isFarFromDesk } from '../../server/accounts/desk-volume.ts';

const [least, timesMedian] = [25, 4];
const desk = (own: number, ...others: number[]): ReadonlyMap<string, number> =>
  new Map([['me', own], ...others.map((sent, n) => [`other-${n}`, sent] as const)]);

describe('far from the desk’s volume', () => {
  test.each<[string, ReadonlyMap<string, number>, boolean]>([
    ['nothing sent is never far', new Map(), false],
    ['few are never far, however little the others send', desk(least - 1, 0, 0), false],
    ['many are, where the others send little', desk(least, 1, 2, 3), true],
    ['and where nobody else sends', desk(least), true],
    ['not where everybody sends many', desk(least * 2, least * 2, least * 2), false],
    ['one other who sends much does not make it usual', desk(least, 1, 1, 500), true],
    ['four times the median is far', desk(timesMedian * 10, 10, 10, 10), true],
    ['less is not', desk(timesMedian * 10 - 1, 10, 10, 10), false],
    ['between two the median is the middle', desk(timesMedian * 10, 5, 15), true],
  ])('%s', (_case, sent, expected) => {
    expect(isFarFromDesk(sent, 'me', { least, timesMedian })).toBe(expected);
  });
});
