import { describe, expect, test } from 'vitest';
import { loadReviewSettings } from '../../server/supervision/review-settings-file.ts';
import { scoreOf } from '../../server/supervision/review-keeping.service.ts';
import { besides, rateAt } from '../../server/supervision/review-rates.ts';

describe('what a signal’s threshold costs', () => {
  const peaks = [
    { peak: 1, times: 6 },
    { peak: 4, times: 2 },
    { peak: 9, times: 1 },
  ];

  test.each([
    [1, { alarms: 9, perDay: 1.8, perThousandActs: 45 }],
    [4, { alarms: 3, perDay: 0.6, perThousandActs: 15 }],
    [5, { alarms: 1, perDay: 0.2, perThousandActs: 5 }],
    [10, { alarms: 0, perDay: 0, perThousandActs: 0 }],
  ])('at %i', (from, expected) => {
    expect(rateAt(peaks, from, { days: 5, acts: 200 })).toEqual({ from, ...expected });
  });

  test('where nothing was done there is no rate to tell', () => {
    expect(rateAt([], 1, { days: 0, acts: 0 })).toEqual({
      from: 1,
      alarms: 0,
      perDay: 0,
      perThousandActs: null,
    });
  });

  test('is told at half and at twice of it', () => {
    expect([besides('looks', 10), besides('looks', 3), besides('looks', 1)]).toEqual([[5, 20], [1, 6], [2]]);
    expect(besides('way-in', 3)).toEqual([2]);
  });
});

describe('the file of the signals', () => {
  test('that says too little stops the start, naming what is wrong; so does none', () => {
    expect(() => loadReviewSettings('seeds/limits.yaml')).toThrow(/limits\.yaml signals/);
    expect(() => loadReviewSettings('seeds/none.yaml')).toThrow('REVIEWS_FILE');
  });

  test('gives each signal a weight that counts once in the score', () => {
    const settings = loadReviewSettings('seeds/reviews.yaml');
    const { weight } = settings.signals['back-office'];

    expect(scoreOf([{ signal: 'back-office' }, { signal: 'back-office' }], settings)).toBe(weight);
    expect(scoreOf([{ signal: 'back-office' }, { signal: 'sample' }], settings)).toBe(weight + 1);
  });
});
