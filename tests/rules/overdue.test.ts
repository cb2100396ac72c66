import { describe, expect, test } from 'vitest';
import { isoWeekOf } from '../../server/letters/iso-week.ts';
import { acknowledgementDueOn, depositDueAt, printDueAt } from '../../server/letters/overdue.ts';

describe('when something stands late', () => {
  test.each([
    ['2026-11-18', '2026-W47'],
    ['2026-11-22', '2026-W47'],
    ['2026-11-23', '2026-W48'],
    // A week belongs to the year of its Thursday.
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2028-12-31', '2028-W52'],
    ['2029-01-01', '2029-W01'],
    ['2029-12-31', '2030-W01'],
  ])('%s is in week %s', (day, week) => {
    expect(isoWeekOf(day)).toBe(week);
  });

  test.each([
    ['two hours after its release', '08:00', '15:00', '10:00'],
    ['an hour before its latest moment, when that comes first', '12:30', '14:00', '13:00'],
    ['a quarter of an hour after a late release', '13:50', '14:00', '14:05'],
    ['a quarter of an hour after the release of a lot that is late', '15:30', '14:00', '15:45'],
  ])('a released lot should be on paper %s', (_when, released, latest, due) => {
    const on = (time: string) => `2026-11-18T${time}:00.000Z`;

    const found = printDueAt({ releasedAt: on(released), latestPostingAt: on(latest) });

    expect(found.toISOString()).toBe(on(due));
  });

  test.each([
    ['printed in time: of its planned day', '2026-11-18', '2026-11-18T09:00', '2026-11-18T18:00'],
    ['printed the day before: of its planned day', '2026-11-19', '2026-11-18T16:00', '2026-11-19T18:00'],
    ['printed late: of that day', '2026-11-16', '2026-11-18T09:00', '2026-11-18T18:00'],
    ['printed at seven in the evening: of the next', '2026-11-18', '2026-11-18T18:00', '2026-11-19T18:00'],
    ['printed on Friday night: of Monday', '2026-11-20', '2026-11-20T20:00', '2026-11-23T18:00'],
    ['printed on a Saturday: of Monday', '2026-11-18', '2026-11-21T09:00', '2026-11-23T18:00'],
    [
      'printed before Christmas Eve is over: of the next working day',
      '2026-12-24',
      '2026-12-24T19:00',
      '2026-12-28T18:00',
    ],
    ['at seven of summer time too', '2027-03-29', '2027-03-26T09:00', '2027-03-30T17:00'],
    ['the evening after the clocks went back', '2027-11-02', '2027-11-02T09:00', '2027-11-02T18:00'],
  ])('a lot should be declared deposited, %s', (_when, plannedPostingOn, printedAt, due) => {
    const found = depositDueAt({ plannedPostingOn, printedAt: `${printedAt}:00.000Z` });

    expect(found.toISOString()).toBe(`${due}:00.000Z`);
  });

  test.each([
    ['2026-11-19', '2026-11-23'],
    ['2026-11-21', '2026-11-24'],
    ['2026-12-24', '2026-12-29'],
  ])('a test letter expected on %s is acknowledged by %s', (expected, due) => {
    expect(acknowledgementDueOn(expected)).toBe(due);
  });
});
