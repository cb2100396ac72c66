import Holidays from 'date-holidays';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';

import {
  addDays,
  addTransitDays,
  addWorkingDays,
  atParis,
  endOfParisDay,
  isHoliday,
  isTransitDay,
  isWorkingDay,
  parisDay,
  parisTime,
  zoneOfPostcode,
} from '../../server/core/calendar.ts';
import type { Day, Zone } from '../../server/core/calendar.ts';
import { dayInWords, momentInWords } from '../../server/core/days.ts';

const seed = process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {};
const years = [2026, 2027, 2028, 2029];

describe('a day in words', () => {
  test('is the « 1er » of its month in French, and a number else', () => {
    expect(momentInWords('fr', '2027-01-01T09:05:00.000Z')).toBe('1er janvier 2027 à 10:05');
    expect(dayInWords('fr', '2026-12-01')).toBe('mardi 1er décembre');
    expect(momentInWords('fr', '2026-12-21T00:05:00.000Z')).toBe('21 décembre 2026 à 01:05');
    expect(dayInWords('fr', '2026-12-11')).toBe('vendredi 11 décembre');
    expect(dayInWords('en', '2026-12-01')).toMatch(/1 December/);
  });
});

describe('Paris time', () => {
  test.each([
    ['2026-11-20T22:59:59.999Z', '2026-11-20', '23:59'],
    ['2026-11-20T23:00:00.000Z', '2026-11-21', '00:00'],
    ['2027-07-14T21:59:00.000Z', '2027-07-14', '23:59'],
    ['2027-07-14T22:00:00.000Z', '2027-07-15', '00:00'],
    ['2027-03-28T00:59:59.000Z', '2027-03-28', '01:59'],
    ['2027-03-28T01:00:00.000Z', '2027-03-28', '03:00'],
    ['2027-10-31T00:30:00.000Z', '2027-10-31', '02:30'],
    ['2027-10-31T01:30:00.000Z', '2027-10-31', '02:30'],
    ['2028-02-29T11:00:00.000Z', '2028-02-29', '12:00'],
  ])('%s is %s at %s', (instant, day, time) => {
    expect(parisDay(new Date(instant))).toBe(day);
    expect(parisTime(new Date(instant))).toBe(time);
  });

  test.each([
    ['2026-12-31', '2026-12-31T22:59:59.999Z'],
    ['2027-03-27', '2027-03-27T22:59:59.999Z'],
    ['2027-03-28', '2027-03-28T21:59:59.999Z'],
    ['2027-10-30', '2027-10-30T21:59:59.999Z'],
    ['2027-10-31', '2027-10-31T22:59:59.999Z'],
    ['2028-02-29', '2028-02-29T22:59:59.999Z'],
  ])('the day %s ends at %s', (day, instant) => {
    expect(endOfParisDay(day).toISOString()).toBe(instant);
  });

  test('a time that the spring change skips is read an hour later', () => {
    expect(atParis('2027-03-28', '02:30').toISOString()).toBe('2027-03-28T01:30:00.000Z');
  });

  test('a time that the autumn change repeats is its first passage', () => {
    expect(atParis('2027-10-31', '02:30').toISOString()).toBe('2027-10-31T00:30:00.000Z');
  });

  test('agrees with Temporal at every hour around the changes, and anywhere else', () => {
    const around = fc.constantFrom('2026-10-25', '2027-03-28', '2027-10-31', '2028-03-26', '2028-10-29');
    const anyDay = fc.oneof(
      around,
      fc.integer({ min: 0, max: 22_000 }).map((n) => addDays('1980-01-01', n)),
    );
    const agrees = fc.property(anyDay, fc.nat(1439), (day, minute) => {
      const time = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
      const expected = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Paris');
      const instant = atParis(day, time);
      expect(instant.getTime()).toBe(expected.epochMilliseconds);
      expect(parisDay(instant)).toBe(expected.toPlainDate().toString());
      expect(parisTime(instant)).toBe(expected.toPlainTime().toString().slice(0, 5));
    });

    fc.assert(agrees, { ...seed, numRuns: 1_000 });
  });

  test.each(['24:00', '9:30', '12:60', ''])('%j is no time of day', (time) => {
    expect(() => atParis('2027-01-04', time)).toThrow(RangeError);
  });
});

describe('public holidays', () => {
  test.each([
    ['2026-04-05', '2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25'],
    ['2027-03-28', '2027-03-26', '2027-03-29', '2027-05-06', '2027-05-17'],
    ['2028-04-16', '2028-04-14', '2028-04-17', '2028-05-25', '2028-06-05'],
    ['2029-04-01', '2029-03-30', '2029-04-02', '2029-05-10', '2029-05-21'],
    ['2030-04-21', '2030-04-19', '2030-04-22', '2030-05-30', '2030-06-10'],
  ])('Easter on %s moves the others', (easter, goodFriday, monday, ascension, whitMonday) => {
    const movable = [easter, goodFriday, monday, ascension, whitMonday];

    expect(movable.map((day) => isHoliday(day, 'metropole'))).toEqual([false, false, true, true, true]);
    expect(isHoliday(goodFriday, 'alsace-moselle')).toBe(true);
  });

  test.each<[Zone, string | undefined, string[]]>([
    ['metropole', undefined, []],
    ['alsace-moselle', '57', []],
    ['alsace-moselle', '67', []],
    ['alsace-moselle', '68', []],
    ['GP', 'GP', ['good friday']],
    ['MQ', 'MQ', ['good friday']],
    ['GF', 'GF', []],
    ['RE', 'RE', []],
    ['YT', 'YT', []],
    ['BL', 'BL', []],
    ['MF', 'MF', ['05-28']],
    ['PM', undefined, []],
    ['overseas-other', undefined, []],
    ['europe', undefined, []],
    ['world', undefined, []],
  ])('of %s are those of date-holidays %s, but for %j', (zone, state, differences) => {
    for (const year of years) expect(ours(year, zone)).toEqual(theirs(year, state, differences));
  });
});

describe('counting days', () => {
  test.each([
    ['2026-12-24', 1, '2026-12-28'],
    ['2026-12-26', 0, '2026-12-28'],
    ['2026-12-28', 0, '2026-12-28'],
    ['2027-04-30', 1, '2027-05-03'],
    ['2027-05-05', 1, '2027-05-07'],
    ['2027-05-08', 1, '2027-05-10'],
    ['2028-02-28', 2, '2028-03-01'],
    ['2027-12-31', 1, '2028-01-03'],
  ])('%s plus %i working days is %s', (day, n, expected) => {
    expect(addWorkingDays(day, n)).toBe(expected);
  });

  // FACTS 4.4: deposit, then J+1, J+2, J+3.
  test.each([
    ['2026-12-23', ['2026-12-24', '2026-12-26', '2026-12-28']],
    ['2027-04-30', ['2027-05-03', '2027-05-04', '2027-05-05']],
    ['2027-05-05', ['2027-05-07', '2027-05-10', '2027-05-11']],
    ['2027-05-14', ['2027-05-15', '2027-05-18', '2027-05-19']],
    ['2027-07-12', ['2027-07-13', '2027-07-15', '2027-07-16']],
    ['2027-11-10', ['2027-11-12', '2027-11-13', '2027-11-15']],
  ])('a letter posted on %s arrives on %j', (day, expected) => {
    expect([1, 2, 3].map((n) => addTransitDays(day, n))).toEqual(expected);
  });

  test('nothing is delivered in Alsace-Moselle on 26 December', () => {
    const arrivals = [1, 2, 3].map((n) => addTransitDays('2026-12-23', n, 'alsace-moselle'));

    expect(arrivals).toEqual(['2026-12-24', '2026-12-28', '2026-12-29']);
  });

  test('Saturday is a day of transit, not of work; Sunday neither', () => {
    expect([isTransitDay('2027-01-09'), isWorkingDay('2027-01-09')]).toEqual([true, false]);
    expect([isTransitDay('2027-01-10'), isWorkingDay('2027-01-10')]).toEqual([false, false]);
  });

  test('calendar days cross leap days and changes of the clock', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2028-02-29', 1)).toBe('2028-03-01');
    expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
    expect(addDays('2027-10-31', -1)).toBe('2027-10-30');
  });

  test('neither a day that is none nor a count below zero is taken', () => {
    expect(() => addDays('soon', 1)).toThrow(RangeError);
    expect(() => addWorkingDays('2027-01-04', -1)).toThrow(RangeError);
    expect(() => addTransitDays('2027-01-04', 1.5)).toThrow(RangeError);
  });
});

describe('the zone of an address', () => {
  test.each<[string, string | undefined, Zone]>([
    ['75012', undefined, 'metropole'],
    ['20000', 'FR', 'metropole'],
    ['57000', '', 'alsace-moselle'],
    ['67 000', 'fr', 'alsace-moselle'],
    ['68100', 'FR', 'alsace-moselle'],
    ['97110', 'FR', 'GP'],
    ['97133', 'FR', 'BL'],
    ['97150', 'FR', 'MF'],
    ['97200', 'FR', 'MQ'],
    ['97300', 'FR', 'GF'],
    ['97400', 'FR', 'RE'],
    ['97500', 'FR', 'PM'],
    ['97600', 'FR', 'YT'],
    ['98800', 'FR', 'overseas-other'],
    ['98714', 'PF', 'overseas-other'],
    ['97400', 'RE', 'RE'],
    ['98000', 'FR', 'europe'],
    ['98000', 'MC', 'europe'],
    ['1000', 'BE', 'europe'],
    ['67000', 'DE', 'europe'],
    ['1200', 'CH', 'europe'],
    ['SW1A 1AA', 'gb', 'europe'],
    ['10001', 'US', 'world'],
    ['20000', 'MA', 'world'],
    ['', 'FR', 'metropole'],
    ['constructor', 'constructor', 'world'],
  ])('%s %s is %s', (postcode, country, zone) => {
    expect(zoneOfPostcode(postcode, country)).toBe(zone);
  });
});

const pad = (number: number): string => String(number).padStart(2, '0');

const ours = (year: number, zone: Zone): Day[] => {
  const days = Array.from({ length: 366 }, (_, n) => addDays(`${year}-01-01`, n));
  return days.filter((day) => day.startsWith(String(year)) && isHoliday(day, zone));
};

// The package lists Good Friday in the Antilles (usage, not statute); Saint-Martin also keeps 28 May.
const theirs = (year: number, state: string | undefined, differences: string[]): Day[] => {
  const calendar = state ? new Holidays('FR', state) : new Holidays('FR');
  const listed = calendar.getHolidays(year, 'fr').filter(({ type }) => type === 'public');
  const kept = listed.filter(
    ({ name }) => !(differences.includes('good friday') && name === 'Vendredi saint'),
  );
  const added = differences.filter((day) => day !== 'good friday').map((day) => `${year}-${day}`);
  return [...new Set([...kept.map(({ date }) => date.slice(0, 10)), ...added])].sort();
};
