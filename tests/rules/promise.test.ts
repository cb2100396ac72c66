import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { atParis, zoneOfRow } from '../../server/core/calendar.ts';
import { letterDates, productTo, type LetterPromise } from '../../server/letters/promise.ts';

const posting = { cutoff: '15:00', collectionAt: '17:00' };
const byDays = (transitDays: number) => ({
  id: `j${transitDays}`,
  label: '',
  transitDays,
  overseasExtraDays: 2,
  europeExtraDays: 1,
  worldExtraDays: 7,
  abroadOnly: false,
});
const verte = byDays(3);

const paris = (moment: string): Date => atParis(moment.slice(0, 10), moment.slice(11, 16));
const datesOf = (asked: string, zone = 'metropole', product = verte, promise: LetterPromise | null = null) =>
  letterDates({ ...posting, askedAt: paris(asked), product, zone: zoneOfRow(zone), promise });

/** The cells of a table of cases; what begins with # is said to people. */
const table = (file: string): string[][] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the dates of a letter, 2026 to 2029', () => {
  const cases = table('promise-dates.txt').map((cells) => [cells[6], ...cells] as string[]);

  test.each(cases)('%s: asked on %s, %s', (_why, asked = '', zone, posted, earliest, latest, last) => {
    expect(datesOf(asked, zone)).toMatchObject({
      plannedPostingDay: posted,
      earliestArrival: earliest,
      latestArrival: latest,
      announcedDay: latest,
      latestPostingAt: paris(`${last} 17:00`),
    });
  });

  test('are those of every year, zone and kind of holiday', () => {
    const of = (column: number, end?: number) => new Set(cases.map((cells) => cells[column]?.slice(0, end)));

    expect([...of(1, 4)].sort()).toEqual(['2026', '2027', '2028', '2029']);
    expect([...of(2)].sort()).toHaveLength(13);
  });

  // FACTS 4.4, word for word: deposit, then J+1, J+2, J+3.
  test.each([
    ['Wed 23 Dec 2026', '2026-12-23', ['2026-12-24', '2026-12-26', '2026-12-28']],
    ['Fri 30 Apr 2027', '2027-04-30', ['2027-05-03', '2027-05-04', '2027-05-05']],
    ['Wed 5 May 2027', '2027-05-05', ['2027-05-07', '2027-05-10', '2027-05-11']],
    ['Fri 14 May 2027', '2027-05-14', ['2027-05-15', '2027-05-18', '2027-05-19']],
    ['Mon 12 Jul 2027', '2027-07-12', ['2027-07-13', '2027-07-15', '2027-07-16']],
    ['Wed 10 Nov 2027', '2027-11-10', ['2027-11-12', '2027-11-13', '2027-11-15']],
  ])('as in the facts: %s', (_day, day, arrivals) => {
    const answers = [1, 2, 3].map((n) => datesOf(`${day} 10:00`, 'metropole', byDays(n)));

    expect(answers.map(({ announcedDay }) => announcedDay)).toEqual(arrivals);
  });
});

describe('the limit', () => {
  test.each([
    ['2027-03-15', '2027-03-30', '2027-03-30T21:59:59.999Z'],
    ['2027-10-18', '2027-11-02', '2027-11-02T22:59:59.999Z'],
    ['2027-10-15', '2027-10-30', '2027-10-30T21:59:59.999Z'],
    ['2028-02-14', '2028-02-29', '2028-02-29T22:59:59.999Z'],
  ])('of a letter posted on %s is the end of %s in Paris', (day, limitDay, validUntil) => {
    expect(datesOf(`${day} 10:00`)).toMatchObject({ limitDay, validUntil: new Date(validUntil) });
  });

  test.each([
    ['alsace-moselle', '2027-01-07'],
    ['RE', '2027-01-22'],
    ['europe', '2027-01-22'],
    ['world', '2027-01-22'],
  ])('of a letter to %s posted on 23 December 2026 is %s', (zone, limitDay) => {
    expect(datesOf('2026-12-23 10:00', zone).limitDay).toBe(limitDay);
  });
});

describe('whether the promise holds', () => {
  const promiseOf = (words: string): LetterPromise => {
    const [event, value, unit, basis] = words.split(' ');
    return { event, value: Number(value), unit, basis } as LetterPromise;
  };

  test.each(table('promise-kept.txt').map((cells) => [cells[5], ...cells] as string[]))(
    '%s: asked on %s, %s',
    (_why, asked = '', promised = '', by = '', until, holds) => {
      const dates = datesOf(asked, 'metropole', byDays(Number(by.slice(2))), promiseOf(promised));

      expect(dates).toMatchObject({ promisedDay: until, keepsPromise: holds === 'yes' });
    },
  );

  test('none made: nothing kept, nothing broken', () => {
    expect(datesOf('2027-01-04 10:00')).toMatchObject({ promisedDay: null, keepsPromise: null });
  });

  test('a promise to post does not wait for a holiday of the destination', () => {
    const within = (value: number) => ({ ...promiseOf('deposited 0 hours calendar'), value });

    const [tight, loose] = [8, 48].map((hours) =>
      datesOf('2027-03-25 10:00', 'alsace-moselle', verte, within(hours)),
    );

    expect(tight).toMatchObject({ keepsPromise: true, latestPostingAt: paris('2027-03-25 17:00') });
    expect(loose).toMatchObject({ keepsPromise: true, latestPostingAt: paris('2027-03-26 17:00') });
  });

  test('a letter that takes another’s place is measured by what was promised then', () => {
    const dates = letterDates({
      ...posting,
      askedAt: paris('2026-11-20 10:00'),
      promisedAt: paris('2026-11-16 10:00'),
      product: verte,
      zone: 'metropole',
      promise: promiseOf('received 8 days calendar'),
    });

    expect(dates).toMatchObject({
      promisedDay: '2026-11-24',
      announcedDay: '2026-11-24',
      keepsPromise: true,
    });
  });
});

describe('the product of a letter', () => {
  const home = { ...byDays(2), id: 'home', europeExtraDays: null, worldExtraDays: null };
  const slow = { ...byDays(4), id: 'slow', europeExtraDays: null, worldExtraDays: null };
  const abroad = { ...byDays(3), id: 'abroad', overseasExtraDays: null, abroadOnly: true };
  const letter = { product: 'slow', products: [home, slow, abroad] };

  test.each([
    ['is the usual one', 'metropole', undefined, 'slow'],
    ['is the usual one overseas', 'RE', undefined, 'slow'],
    ['is the one wanted', 'metropole', 'home', 'home'],
    ['is the usual one where there is none of that name', 'metropole', 'pigeon', 'slow'],
    ['is not one that is sold for other countries', 'metropole', 'abroad', 'slow'],
    ['is the first that goes abroad', 'europe', undefined, 'abroad'],
    ['is one that goes there, whatever is wanted', 'world', 'home', 'abroad'],
  ] as const)('%s (%s, %s)', (_why, zone, wanted, product) => {
    expect(productTo(letter, zone, wanted).id).toBe(product);
  });

  test('of a letter from before abroad was divided goes to the world', () => {
    expect([zoneOfRow('foreign'), zoneOfRow('europe'), zoneOfRow('RE')]).toEqual(['world', 'europe', 'RE']);
  });
});
